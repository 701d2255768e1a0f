package widgets

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
)

// lateShown is the lateness below which an alert counts as on time.
const lateShown = 10 * time.Second

// noteText is what happened to the alert on its way.
func noteText(a Alert) string {
	var all []string
	if a.Late > lateShown {
		all = append(all, tongue.Tf("Shown here %s late: this station did not hear it at once.", board.Span(a.Late)))
	}
	if a.Unrecorded && a.State != alert.EndedByCause {
		all = append(all, tongue.T("Not in the record yet."))
	}
	if s := sentText(a); s != "" && !a.Nameless() {
		if a.Alert.Patient != "" && a.Alert.Holders != alert.One {
			s += " " + tongue.T("The patient was found by the bed.")
		}
		all = append(all, s)
	}
	if s := changedText(a); s != "" {
		all = append(all, s)
	}
	if a.State != alert.EndedByCause {
		for _, w := range a.OnWay {
			all = append(all, tongue.Tf("%s is on the way since %s.", w.By, tongue.Clock(w.Since)))
		}
	}
	if a.State == alert.EndedByCause {
		all = append(all, heldText(a))
	}
	if a.State == alert.Open {
		if why := a.Call.Why; why != "" {
			first, size := utf8.DecodeRuneInString(why)
			all = append(all, string(unicode.ToUpper(first))+why[size:]+".")
		}
		if a.BackBy != "" {
			all = append(all, tongue.Tf("Given back by %s.", a.BackBy))
		}
		if len(a.RejectedBy) > 0 {
			all = append(all, tongue.Tf("Turned down by %s.", strings.Join(a.RejectedBy, " "+tongue.T("and")+" ")))
		}
	}
	if a.ForwardedBy != "" && a.State != alert.EndedByCause {
		s := tongue.Tf("%s asks %s", a.ForwardedBy, a.ForwardedTo)
		if a.Comment != "" {
			s += ": " + a.Comment
		}
		all = append(all, strings.TrimSuffix(s, ".")+".")
	}
	return strings.Join(all, " ")
}

// heldText is who had an alert in hand when it ended.
func heldText(a Alert) string {
	switch {
	case a.TakenBy != "":
		return tongue.Tf("%s had accepted it (%s).", a.TakenBy, tongue.Moment(a.TakenAt, a.Ended))
	case a.BackBy != "":
		return tongue.Tf("%s had given it back, and nobody had it in hand.", a.BackBy)
	case a.Turn > 0:
		return tongue.T("Nobody had it in hand any more.")
	}
	return tongue.T("Nobody had accepted it.")
}

func since(a alert.Alert) time.Time {
	if !a.Raised.IsZero() {
		return a.Raised
	}
	return a.Received
}

func (c *AlertCard) prioRoles() (fill, ink theme.Role) {
	_, fill, ink = PriorityMark(c.alert.Alert.Priority)
	return fill, ink
}

func (c *AlertCard) prioText() (string, tagLook) {
	text, fill, ink := PriorityMark(c.alert.Alert.Priority)
	look := c.prio.tag.look
	look.fill, look.ink = fill, ink
	return text, look
}

func (c *AlertCard) routeText() string {
	switch a := c.alert; a.State {
	case alert.TakenInHand:
		if a.TakerOut {
			return tongue.Tf("Accepted by %s, not signed in on this ward", a.TakenBy)
		}
		return tongue.Tf("Accepted by %s", a.TakenBy)
	case alert.EndedByCause:
		at := tongue.Moment(a.Ended, c.now)
		if a.EndedBy != "" {
			return tongue.Tf("Ended by %s, %s", a.EndedBy, at)
		}
		return tongue.Tf("Ended by itself, %s", at)
	case alert.TurnedDown:
		return tongue.T("Rejected by you")
	default:
		if a.Yours {
			return tongue.Tf("%s (yours)", a.Route)
		}
		return a.Route
	}
}

// nameRuns is the patient's name as the banner writes it. While the patient is
// being looked up the card says so; it never shows a bed in place of a name.
func nameRuns(a Alert) []Run {
	if a.Unread {
		return []Run{{Text: tongue.T("The patient cannot be read now"), Style: theme.Bold, Role: theme.Muted}}
	}
	if a.Unidentified {
		return []Run{{Text: tongue.T("Looking up the patient…"), Style: theme.Bold, Role: theme.Muted}}
	}
	if a.Nameless() {
		return []Run{{Text: tongue.T("Patient not known"), Style: theme.Bold}}
	}
	p := patient.Patient{Surname: a.Surname, Given: a.Given}
	return []Run{{Text: p.Name(), Style: theme.Bold}}
}

func identifiers(a Alert) string {
	if a.Unidentified {
		return strings.TrimSpace(tongue.T("Identify the patient before you act.") + " " + asSent(a))
	}
	if a.Nameless() {
		return asSent(a)
	}
	s := tongue.T("DOB not recorded")
	if born := patient.BornText(a.Born, a.BornIn); born != "" {
		s = together(tongue.Tf("DOB %s", born))
	}
	s += " · " + mrn(patient.GroupDigits(a.MRN))
	switch at := a.Place(); {
	case at == "":
	case a.Now.Moved: // too long to stay on one line
		s += " · " + at
	default:
		s += " · " + placeTogether(at)
	}
	return s
}

// asSent is what the alert itself says of its patient.
func asSent(a Alert) string {
	s := sentText(a)
	if bed := a.Alert.Bed; bed != "" {
		s += " " + tongue.Tf("Bed sent: %s.", bed)
	}
	return strings.TrimSpace(s)
}

// sentText is the number that the source sent, where that is not the patient's.
func sentText(a Alert) string {
	sent := a.Alert.Sent
	switch {
	case sent == "":
		return ""
	case a.Alert.Holders == alert.Nobody:
		return tongue.Tf("Number sent: %s. Nobody has it.", sent)
	case a.Alert.Holders == alert.Several:
		return tongue.Tf("Number sent: %s. Several patients have it.", sent)
	case a.Alert.Holders == alert.One && a.Alert.Patient == "", a.Alert.Holders == "":
		return tongue.Tf("Number sent: %s. It could not be looked up.", sent)
	case a.MRN == "" || alert.SameNumber(sent, a.MRN):
		return ""
	}
	return tongue.Tf("Number sent: %s.", sent)
}

// changedText is what the source said of the alert later.
func changedText(a Alert) string {
	if a.Change == nil {
		return ""
	}
	var all []string
	if a.Change.Rises() {
		was, _, _ := PriorityMark(a.Change.Was.Priority)
		all = append(all, tongue.Tf("More urgent since %s; it was %s.", tongue.Clock(a.Changed), was))
	}
	if a.Change.Was.Text != a.Change.Is.Text {
		all = append(all, tongue.Tf("It said before: %s", strings.TrimSuffix(a.Change.Was.Text, ".")+"."))
	}
	return strings.Join(all, " ")
}

func progress(a Alert, now time.Time) float32 {
	start := a.Alert.Received
	if start.IsZero() {
		start = a.Alert.Raised
	}
	total := a.NextAt.Sub(start)
	if total <= 0 {
		return 1
	}
	// In steps that can be seen.
	return min(max(float32(100*now.Sub(start)/total)/100, 0), 1)
}

// moving is what a card shows that goes on with time.
type moving struct {
	age, next, fold string
	progress        float32
}

func nextText(a Alert, now time.Time) string {
	todo := a.Todo()
	if a.State != alert.Open || a.NextAt.IsZero() {
		return todo
	}
	where := "→ " + tongue.Tf("%s now", a.NextTo)
	if left := a.NextAt.Sub(now); left > 0 {
		where = "→ " + tongue.Tf("%s in %s", a.NextTo, board.Span(left))
	}
	if todo != "" {
		where += " · " + todo
	}
	return where
}
