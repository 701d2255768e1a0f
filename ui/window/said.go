package window

import (
	"time"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// What is learned away from the UI goroutine is learned late: whoever pressed for it may have
// locked the station by then, and another person may have signed in. It is shown and said through
// forOnly, to the person who asked or to nobody. source_test.go looks for what goes round it.

// message is the one below the screens. UI goroutine only.
type message struct {
	until    time.Time // it stands
	refusing bool      // it says that a press did nothing
}

// forOnly runs f on the UI goroutine if a session is the one that is signed in then, and has not
// locked the station.
func (w *Window) forOnly(s staff.Session, f func()) {
	w.gate.Do(func() {
		if is, locked := (act{w: w, by: s}).mine(); is && !locked {
			f()
		}
	})
}

// sayTo says something to the person of a session, if they are there still.
func (w *Window) sayTo(s staff.Session, m words.Message) { w.sayToFor(s, m, saidFor) }

// sayToFor is [Window.sayTo] of what stands for a time of its own.
func (w *Window) sayToFor(s staff.Session, m words.Message, d time.Duration) {
	w.forOnly(s, func() { w.sayHere(m, d) })
}

// atDoor runs f on the UI goroutine if nobody is at the screens then: what is said at the sign-in
// is not for whoever has come in since.
func (w *Window) atDoor(f func()) {
	w.gate.Do(func() {
		if _, in := w.signed(); !in {
			f()
		}
	})
}

// saidFor is how long a message stands: long enough for somebody who looked away.
const saidFor = 12 * time.Second

// sayHere puts a message below the screens for a while, for whoever is there: they have just
// pressed something. What is learned later is said by [Window.sayTo]. UI goroutine only.
func (w *Window) sayHere(m words.Message, d time.Duration) {
	w.message.until, w.message.refusing = time.Now().Add(d), false
	w.shell.Say(m.What, m.Next)
}

// refusedPress says that a press did nothing, because it was not meant for what it met: that one,
// and not what was pressed just before it. UI goroutine only.
func (w *Window) refusedPress() {
	m := words.Message{What: tongue.T("This press did nothing: what you pressed had just moved or changed."),
		Next: tongue.T("Look again, then press.")}
	switch n := widgets.Hand().Further(); {
	case !widgets.Hand().Counted():
	case n > 1:
		m.What = tongue.Tf("The last %d presses did nothing. The one before them counted.", n)
	default:
		m.What = tongue.T("The press before this one counted. This one did nothing.")
	}
	w.refuse(m)
}

// lostKey says that what is typed goes nowhere: no field has the keyboard. UI goroutine only.
func (w *Window) lostKey() {
	m := words.Message{What: tongue.T("What you typed did nothing: nothing here takes it."),
		Next: tongue.T("Look where you are, wait a moment, then type.")}
	if widgets.Hand().Counted() {
		m.What = tongue.T("The press before counted. What you typed after it did nothing: nothing here takes it.")
	}
	w.refuse(m)
}

// refuse says why a press did nothing, until the next one does something. UI goroutine only.
func (w *Window) refuse(m words.Message) {
	w.sayHere(m, saidFor)
	w.message.refusing = true
}

// actedPress takes that message away: beside what was done it would say the contrary. UI
// goroutine only.
func (w *Window) actedPress() {
	if w.message.refusing {
		w.unsay()
	}
}

// answer tells a person what was refused them, if they are signed in still.
func (w *Window) answer(s staff.Session, err error) {
	if err != nil {
		w.sayTo(s, words.For(err))
		w.ended(s, err)
	}
}

// unsay takes the last message away: it may name a patient. UI goroutine only.
func (w *Window) unsay() {
	w.message.until, w.message.refusing = time.Time{}, false
	w.shell.Say("", "")
}
