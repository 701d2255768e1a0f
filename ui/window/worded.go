package window

import (
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// A question may wait for an hour, behind the lock or under the cover. What it says of time and
// place must be true when it is read, so it is worded when it is opened.

// askWorded is [act.ask] of a question that tells of time or place: it is worded now, and again
// if it waited. UI goroutine only, as word is.
func (a act) askWorded(word func(now time.Time) shell.Dialog) {
	d := word(time.Now())
	d.Anew = word
	a.ask(d)
}

// askWordedLater is [act.askWorded] away from the UI goroutine.
func (a act) askWordedLater(word func(now time.Time) shell.Dialog) {
	a.w.gate.Do(func() { a.askWorded(word) })
}

// anew words a question of this act after a wait: where the patient of the open chart lies is
// said as the chart has it by then.
func (a act) anew(d shell.Dialog) func(time.Time) shell.Dialog {
	return func(now time.Time) shell.Dialog {
		n := d
		if d.Anew != nil {
			n = d.Anew(now)
		}
		if s := a.w.chart.Patient(); a.patient != "" && n.Whom.Is() && s.Patient.ID == a.patient {
			n.Whom = ask.OfSummary(s)
		}
		return n
	}
}

// chartIsShown reports whether the chart that it is about is on the screen as the record has it: one
// that was just opened is blank yet.
func (a act) chartIsShown() bool {
	return a.patient == "" || a.w.chart.Patient().Patient.ID == a.patient
}

// tellItWaits says of a question that stays why it is not asked yet: nothing is lost, and it comes
// by itself. Behind the lock nothing is said. UI goroutine only.
func (a act) tellItWaits(title string) {
	if is, locked := a.mine(); !is || locked {
		return
	}
	m := a.amiss(title)
	if m.What != "" && m != words.For(staff.ErrNotAllowed) {
		m = words.Message{What: tongue.T("A question waits until you open this chart again."), Next: title}
	}
	if m.What != "" {
		a.w.sayHere(m, saidFor)
	}
}

// asKnown is a patient as the station knows them by now: of the open chart, or with the bed that
// the board has; as they were, if neither shows them. UI goroutine only.
func (w *Window) asKnown(s patient.Summary) patient.Summary {
	if now := w.chart.Patient(); now.Patient.ID == s.Patient.ID {
		return now
	}
	if r := w.row(s.Patient.ID); r.Patient != "" {
		s.Ward, s.Bed, s.Room = w.place().ID, r.Bed, r.Room
	}
	return s
}

// askOfCard asks about an alert: first as the person who pressed its card read it there, and after
// a wait as the list has it by then. What the question says of it is what they answer.
func (a act) askOfCard(c *alert.Card, word func() shell.Dialog) {
	d := word()
	d.Anew = func(time.Time) shell.Dialog {
		*c = a.w.newest(*c)
		return word()
	}
	a.ask(d)
}

// newest is an alert's card as the list has it by now; as it was, if it is there no more.
func (w *Window) newest(c alert.Card) alert.Card {
	if now, is := w.findCard(c.Alert.ID); is {
		return now
	}
	return c
}
