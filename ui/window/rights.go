package window

import (
	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
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

// may is what the screen offers a session on the ward that it shows.
func (w *Window) may(s staff.Session, p staff.Permission) bool {
	return w.opt.Station.Staff.May(s, p, w.place().ID)
}

// mayNot says why a key of a card does nothing, and whose would.
func (w *Window) mayNot(alertID string, k alert.MoveKind) {
	a, in := w.begins("", "")
	c, ok := w.findCard(alertID)
	w.mu.Lock()
	hidden := w.glass.initials
	w.mu.Unlock()
	switch {
	case !in || !ok:
	case hidden:
		w.sayHere(words.Message{What: tongue.T("Names are hidden on this screen."),
			Next: tongue.T("Press Ctrl I to show them, then answer the alert.")}, saidFor)
	default:
		m := words.About(c, words.MayNot(c, w.answers(a.by)(c), a.by.Staff.ID, a.by.Staff.Role, k))
		w.forOnly(a.by, func() { w.refuse(m) })
	}
}
