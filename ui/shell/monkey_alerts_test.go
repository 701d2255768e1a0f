package shell_test

import (
	"fmt"
	"slices"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// raise puts one more alert on the ward, at any place of the list.
func (w *world) raise() {
	w.made++
	r := w.snap.Rows[w.rand.IntN(len(surnames))]
	a := widgets.Alert{May: alert.Rights{Accept: true, Reject: true, Forward: true}}
	a.State = alert.Open
	a.Alert = alert.Alert{ID: fmt.Sprint("a", w.made), Ward: "4B", Bed: r.Bed, Patient: r.Patient, Priority: alert.High,
		Text: fmt.Sprintf("A#%d SpO2 low", w.made), Raised: w.now, Received: w.now}
	a.Surname, a.Given, a.MRN, a.Born = r.Surname, r.Given, r.MRN, r.Born
	w.alerts = slices.Insert(slices.Clone(w.alerts), w.rand.IntN(len(w.alerts)+1), a)
}

// change lets an alert come, go, be taken by another, or move.
func (w *world) change() {
	n := len(w.alerts)
	w.alerts = slices.Clone(w.alerts)
	switch i := w.rand.IntN(max(n, 1)); {
	case n < 3 || n < 5 && w.rand.IntN(3) == 0:
		w.raise()
	case w.rand.IntN(2) == 0:
		w.alerts = slices.Delete(w.alerts, i, i+1)
	default:
		a := w.alerts[i]
		w.alerts = slices.Insert(slices.Delete(w.alerts, i, i+1), w.rand.IntN(n), a)
	}
}

func (w *world) alertAt(id string) int {
	return slices.IndexFunc(w.alerts, func(a widgets.Alert) bool { return a.Alert.ID == id })
}

// move is a move that the record takes once, or does not: the answer comes later.
func (w *world) move(verb, id string, to func(*widgets.Alert)) {
	i := w.alertAt(id)
	if i < 0 {
		return
	}
	tag := w.alertTag(id)
	w.did(verb, tag)
	w.soon(func() {
		if i := w.alertAt(id); i >= 0 && w.rand.IntN(4) > 0 {
			w.alerts = slices.Clone(w.alerts)
			to(&w.alerts[i])
			w.redraw()
			return
		}
		w.failed = append(w.failed, act{verb, tag}) // it may be asked for again
		w.screens.Alerts.Answered(id)
	})
}

func (w *world) accept(id string) {
	w.move("accept", id, func(a *widgets.Alert) {
		a.State, a.Mine, a.TakenBy = alert.TakenInHand, true, "Me"
		a.May = alert.Rights{End: true, GiveBack: true, Forward: true}
	})
}

func (w *world) ask(verb, id string) {
	i := w.alertAt(id)
	if i < 0 {
		return
	}
	w.shell.Ask(shell.Dialog{Title: verb, Text: w.alerts[i].Alert.Text, Reason: "Why", Confirm: verb, Cancel: "Cancel",
		OnCancel: func() { w.screens.Alerts.Answered(id) },
		OnConfirm: func(string) {
			w.move(verb, id, func(a *widgets.Alert) { a.State, a.May = alert.TurnedDown, alert.Rights{Accept: true} })
		}})
}

func (w *world) reject(id string) { w.ask("reject", id) }

func (w *world) end(id string) { w.ask("end", id) }

func (w *world) forward(id string) {
	w.soon(func() {
		if i := w.alertAt(id); i >= 0 {
			w.shell.Ask(shell.Dialog{Title: "Forward to whom?", Text: w.alerts[i].Alert.Text, Cancel: "Cancel",
				Choices: []shell.Choice{{Text: "One", Do: func() { w.move("forward", id, func(*widgets.Alert) {}) }},
					{Text: "Two", Do: func() { w.move("forward", id, func(*widgets.Alert) {}) }}}})
		}
	})
}
