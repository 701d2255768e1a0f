package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// turnInitials puts initials in place of names, or names again.
func (w *Window) turnInitials() {
	w.mu.Lock()
	w.glass.initials = !w.glass.initials
	w.mu.Unlock()
	w.off(func(context.Context) { w.redraw() })
}

// withoutNames leaves out of a frame what the public must not read. Nothing can
// be acted on then: two identifiers are missing.
func (f *frame) withoutNames(q board.Query) {
	f.board.Snapshot = f.board.Snapshot.InInitials()
	q.Text = "" // a search by name would tell who lies here
	f.board.Rows = f.board.Snapshot.Select(q)
	f.board.MayEdit, f.board.MayAssign = false, false
	f.board.Notice, f.board.NoticeRest = tongue.T("Names are hidden."),
		tongue.T("Ctrl I shows them again. Charts do not open meanwhile.")
	for _, list := range [][]widgets.Alert{f.alerts.Open, f.alerts.Mine, f.alerts.History} {
		for i := range list {
			a := &list[i]
			if a.Alert.Patient != "" { // the card of nobody, with the place in its text
				a.Alert.Text = tongue.Tf("Bed %s, %s: %s", a.Alert.Bed, board.Initials(a.Given, a.Surname),
					a.Alert.Text)
			}
			if a.Alert.Patient != "" {
				a.Alert.Bed, a.Change = "", nil
			}
			a.Alert.Sent, a.Alert.Holders = "", ""
			a.Surname, a.Given, a.MRN, a.Born = "", "", "", time.Time{}
			a.Alert.Patient, a.Unidentified, a.May, a.All = "", false, alert.Rights{}, 0
			a.Unread, a.Now = false, alert.Whereabouts{}
		}
	}
}

// openNamed opens a chart from the board. While names are hidden nobody can be
// told apart, so none opens.
func (w *Window) openNamed(patientID string) {
	w.mu.Lock()
	hidden := w.glass.initials
	w.mu.Unlock()
	if hidden {
		w.sayHere(words.Message{What: tongue.T("Names are hidden on this screen."),
			Next: tongue.T("Press Ctrl I to show them, then open the chart.")}, saidFor)
		return
	}
	w.open(patientID)
}
