package window

import (
	"context"
	"fmt"
	"strings"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// inEmergency reports whether a session has emergency access to the ward on the
// screen.
func (w *Window) inEmergency(s staff.Session) bool {
	place := w.place().ID
	for _, e := range w.opt.Station.Staff.Emergency(s) {
		if e.Ward == place {
			return true
		}
	}
	return false
}

// answers is what a session may do with alerts of the ward on the screen, by the
// table that decides it in the record: see [alert.RightsTo].
func (w *Window) answers(s staff.Session) func(alert.Card) alert.Rights {
	if !w.may(s, staff.AnswerAlert) {
		return func(alert.Card) alert.Rights { return alert.Rights{} }
	}
	emergency := w.inEmergency(s)
	return func(c alert.Card) alert.Rights { return c.May(s.Staff, emergency) }
}

// together counts for each patient how many open alerts a session could accept at
// once; "" are those of no known patient.
func (w *Window) together(cards []alert.Card, s staff.Session) map[string]int {
	out := map[string]int{}
	if !w.may(s, staff.AnswerAlert) {
		return out
	}
	of := map[string][]alert.Card{}
	for _, c := range cards {
		if c.State == alert.Open && !c.Unidentified {
			of[c.Alert.Patient] = append(of[c.Alert.Patient], c)
		}
	}
	emergency := w.inEmergency(s)
	for id, list := range of {
		out[id] = len(alert.Together(list, s.Staff, emergency))
	}
	return out
}

// onMyWay says that who is signed in goes there.
func (w *Window) onMyWay(alertID string) {
	w.move(alertID, func(ctx context.Context, s staff.Session, a alert.Alert) error {
		_, err := w.opt.Station.Line.OnMyWay(ctx, s, a)
		return err
	})
}

// mayNot says why a key of a card does nothing, and who could.
func (w *Window) mayNot(alertID string, k alert.MoveKind) {
	s, in := w.signed()
	c, ok := w.findCard(alertID)
	w.mu.Lock()
	hidden := w.initials
	w.mu.Unlock()
	switch {
	case !in || !ok:
	case hidden:
		w.say(words.Message{What: tongue.T("Names are hidden on this screen."),
			Next: tongue.T("Press Ctrl I to show them, then answer the alert.")})
	default:
		w.say(words.MayNot(c, w.answers(s)(c), s.Staff.Role, k))
	}
}

// acceptAll asks whether to accept all open alerts of an alert's patient, or of no
// known patient: those in the list that the person reads, and as they read them.
func (w *Window) acceptAll(alertID string) {
	s, in := w.signed()
	c, ok := w.findCard(alertID)
	w.mu.Lock()
	lw := w.live
	w.mu.Unlock()
	if !in || !ok || lw == nil {
		return
	}
	emergency := w.inEmergency(s)
	w.off(func(context.Context) {
		list := alert.Together(lw.Of(c.Alert.Patient), s.Staff, emergency)
		if len(list) == 0 {
			w.say(words.Message{What: tongue.T("There is no more than one alert left to accept."),
				Next: tongue.T("Accept it on its card.")})
			return
		}
		d := togetherDialog(c, list)
		d.OnConfirm = func(string) { w.takeAll(s, list) }
		w.gate.Do(func() {
			if now, ok := w.signed(); ok && now.ID == s.ID {
				w.shell.Ask(d)
			}
		})
	})
}

// takeAll accepts what was read, if who read it is still signed in.
func (w *Window) takeAll(s staff.Session, list []alert.Card) {
	if now, ok := w.signed(); !ok || now.ID != s.ID {
		return
	}
	read := make([]alert.Read, len(list))
	for n, c := range list {
		read[n] = alert.Read{Alert: c.Alert, AsOf: c.AsOf()}
	}
	w.off(func(ctx context.Context) {
		errs := w.opt.Station.Line.AcceptAll(ctx, s, read)
		if taken, why := alert.Taken(errs); why != nil {
			w.say(words.NotAll(taken, len(read), why))
			w.ended(why)
		}
	})
}

// togetherMost bounds the lines of the question; the counts above them name all.
const togetherMost = 40

// togetherDialog asks for several alerts at once: whose, how many of each priority,
// and each with its text.
func togetherDialog(c alert.Card, list []alert.Card) shell.Dialog {
	d := shell.Dialog{Cancel: tongue.T("Cancel"), Confirm: tongue.Tf("Accept all %d", len(list)) + of(c)}
	count := map[alert.Priority]int{}
	for n, one := range list {
		count[one.Alert.Priority]++
		if n < togetherMost {
			text, _, _ := widgets.PriorityMark(one.Alert.Priority)
			d.Pairs = append(d.Pairs, widgets.Pair{Left: text, Right: one.Alert.Words() + " · " +
				tongue.Tf("since %s", tongue.Clock(one.Alert.Received)) + bedOf(c, one)})
		}
	}
	if more := len(list) - togetherMost; more > 0 {
		d.Pairs = append(d.Pairs, widgets.Pair{Left: "…", Right: tongue.N(more, "and %d more", "and %d more")})
	}
	var counts []string
	for _, p := range []alert.Priority{alert.High, alert.Medium, alert.Technical, alert.Low} {
		if count[p] > 0 {
			text, _, _ := widgets.PriorityMark(p)
			counts = append(counts, fmt.Sprintf("%d × %s", count[p], text))
		}
	}
	d.Title = tongue.Tf("Accept all %d alerts of no known patient?", len(list))
	if c.Alert.Patient != "" {
		d.Title = tongue.Tf("Accept all %d alerts of %s?", len(list), nameOf(c))
	}
	d.Text = strings.TrimSpace(about(c) + "\n" + strings.Join(counts, ", "))
	return d
}

// bedOf is the bed that an alert of no known patient was sent with.
func bedOf(c, one alert.Card) string {
	if c.Alert.Patient != "" || one.Alert.Bed == "" {
		return ""
	}
	return " · " + tongue.Tf("Bed sent: %s.", one.Alert.Bed)
}

func nameOf(c alert.Card) string { return patient.Patient{Surname: c.Surname, Given: c.Given}.Name() }

// about says on whom a question acts: name, bed and number.
func about(c alert.Card) string {
	switch {
	case c.Unidentified:
		return tongue.T("Identify the patient before you act.")
	case c.Alert.Patient == "" && c.Alert.Priority == alert.Technical && !c.Nameless():
		return ""
	case c.Alert.Patient == "":
		return tongue.T("Patient not known")
	}
	parts := []string{nameOf(c)}
	if at := c.Place(); at != "" {
		parts = append(parts, at)
	}
	return strings.Join(append(parts, tongue.Tf("MRN %s", patient.GroupDigits(c.MRN))), " · ")
}

// asked is a question about one alert: whose it is, and what it says.
func asked(c alert.Card, d shell.Dialog) shell.Dialog {
	text, _, _ := widgets.PriorityMark(c.Alert.Priority)
	d.Text, d.Pairs = about(c), []widgets.Pair{{Left: text, Right: c.Alert.Words()}}
	if d.Cancel == "" {
		d.Cancel = tongue.T("Cancel")
	}
	return d
}
