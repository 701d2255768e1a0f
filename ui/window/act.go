package window

import (
	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// act is something that a person pressed, until it is carried out: by whom, on which ward, by
// which right, and in whose open chart. Every act of this window begins with [Window.begins],
// and asks through [act.ask] or [act.askLater]: what was true when it was pressed must be true
// when it asks and when it is answered.
//
// What is pressed and does not begin so: signing in and unlocking, for nobody is signed in yet,
// and the question of an emergency at the door is asked of nobody who is; locking, switching
// the user and initials in place of names, which whoever is there may do; filtering, leaving a
// screen and copying one's own text, which change nothing in the record. Opening a chart only
// turns to it: the record decides, and what it refuses stands in the chart. What is typed is
// always kept. source_test.go names all that asks who is signed in without begins.
type act struct {
	w       *Window
	by      staff.Session
	ward    string
	right   staff.Permission // "" is that of whoever is signed in
	patient string           // whose chart must be open; "": no chart need be
	// press is its ID: what the record gets of one press has it, however often it is sent.
	press string
}

// begins is the act of the person who is signed in, who needs a right on the ward on the
// screen, and, if it is of a patient, that patient's chart open before them. Where it may not
// begin it says why. UI goroutine only.
func (w *Window) begins(right staff.Permission, patientID string) (act, bool) {
	s, ok := w.signed()
	if !ok {
		return act{}, false // nobody pressed it
	}
	a := w.actOf(s, right, patientID)
	if m := a.amiss(""); m.What != "" {
		w.sayHere(m, saidFor)
		return act{}, false
	}
	return a, true
}

// actOf is an act that a session began before, on the ward on the screen.
func (w *Window) actOf(s staff.Session, right staff.Permission, patientID string) act {
	return act{w: w, by: s, ward: w.place().ID, right: right, patient: patientID, press: uuid.NewString()}
}

// mine reports whether the person who began it is signed in still, and whether they have
// locked the station.
func (a act) mine() (is, locked bool) {
	a.w.mu.Lock()
	defer a.w.mu.Unlock()
	return a.w.who.session != nil && a.w.who.session.ID == a.by.ID, a.w.who.locked
}

// amiss says why it may not go on, about a question with a title, "" where none was asked yet;
// nothing if it may. UI goroutine only.
func (a act) amiss(title string) words.Message {
	turned := a.turned()
	switch {
	case a.right != "" && !a.w.opt.Station.Staff.May(a.by, a.right, a.ward):
		return words.For(staff.ErrNotAllowed)
	case turned && title == "":
		return words.Message{What: tongue.T("This chart is not open any more."),
			Next: tongue.T("Look again, then press.")}
	case turned: // the question is not for the eye that would see it
		return words.Message{What: tongue.T("Nothing was recorded: a question was not answered."), Next: title}
	}
	return words.Message{}
}

// turned reports whether the screen shows another ward, or not the chart that it is about.
func (a act) turned() bool {
	return a.w.place().ID != a.ward || a.patient != "" && a.w.chart.Opened() != a.patient
}

// stands reports whether it may go on, and says why not to the person who began it. UI
// goroutine only.
func (a act) stands(title string) bool {
	if is, locked := a.mine(); !is || locked {
		return false
	}
	m := a.amiss(title)
	if m.What != "" {
		a.w.sayHere(m, saidFor)
	}
	return m.What == ""
}

// ask asks something of the person who began the act, at once; one that stays, as soon as they
// can read it. What is answered is carried out only while the act stands. UI goroutine only.
func (a act) ask(d shell.Dialog) {
	is, _ := a.mine()
	switch {
	case !is:
		return
	case d.Stays && a.patient == "": // what it asks about is recorded, and nothing is lost yet
	case d.Stays:
		a.tellItWaits(d.Title)
	case !a.stands(d.Title):
		return
	}
	a.w.shell.Ask(a.guarded(d))
}

// askLater is [act.ask] away from the UI goroutine.
func (a act) askLater(d shell.Dialog) { a.w.gate.Do(func() { a.ask(d) }) }

// guarded asks, after any wait, and carries out what is answered only while the act stands.
func (a act) guarded(d shell.Dialog) shell.Dialog {
	d.Stands = func() bool {
		is, locked := a.mine()
		return is && !locked && a.amiss(d.Title).What == "" && a.chartIsShown()
	}
	d.Anew = a.anew(d)
	d.Unasked = func() { a.stands(d.Title) } // says why
	if confirm := d.OnConfirm; confirm != nil {
		d.OnConfirm = func(reason string) {
			switch {
			case a.stands(d.Title):
				confirm(reason)
			case d.OnCancel != nil:
				d.OnCancel()
			}
		}
	}
	if fields := d.OnFields; fields != nil {
		d.OnFields = func(in map[string]string) string {
			if !a.stands(d.Title) {
				return ""
			}
			return fields(in)
		}
	}
	choices := make([]shell.Choice, len(d.Choices))
	for n, c := range d.Choices {
		choices[n] = c
		if do := c.Do; do != nil {
			choices[n].Do = func() {
				switch {
				case a.stands(d.Title):
					do()
				case d.OnCancel != nil:
					d.OnCancel()
				}
			}
		}
	}
	d.Choices = choices
	return d
}
