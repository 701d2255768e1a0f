package widgets

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
)

// keepFocus moves the keyboard from a button that is gone to one that does nothing to
// the alert.
func (c *AlertCard) keepFocus(focused fyne.Focusable) {
	b, is := focused.(*Button)
	if !is || !c.Holds(b) || b.Visible() && !b.Disabled() {
		return
	}
	switch {
	case c.go1.Visible():
		Focus(c.go1)
	case c.OnLeave != nil:
		c.OnLeave()
	}
}

// Pointed reports whether the pointer is on one of the card's buttons.
func (c *AlertCard) Pointed() bool {
	return slices.ContainsFunc(c.buttons(), func(b *Button) bool { return hand.On(b) })
}

// own asks for something that a dialog confirms.
func (c *AlertCard) own(may bool, k alert.MoveKind, f func(string)) {
	switch {
	case !may:
		c.mayNot(k)
	case f != nil:
		f(c.ID())
	}
}

// mayNot has somebody told why a key does nothing.
func (c *AlertCard) mayNot(k alert.MoveKind) {
	if c.OnMayNot != nil {
		c.OnMayNot(c.ID(), k)
	}
}

func (c *AlertCard) ask(k alert.MoveKind, f func(string)) {
	switch {
	case c.asked || f == nil:
		return
	case !c.alert.May.Allow(k):
		c.mayNot(k)
		return
	}
	c.asked, c.begun = true, c.now
	id := c.ID()
	c.offer()
	f(id)
}

// answerMost is longer than any answer takes: one that was dropped on its way, as by the lock, can
// be pressed again then.
const answerMost = 15 * time.Second

// answered reports whether what was asked of an alert has been: it is now another's, in another
// state or another turn. That it waits longer, or moves in the column, is no answer.
func answered(before, now Alert) bool {
	return before.Alert.ID != now.Alert.ID || before.AsOf() != now.AsOf() || before.State != now.State ||
		before.TakenID != now.TakenID || before.OnMyWay != now.OnMyWay
}

// Answered lets Accept, Reject, On my way and Not coming be pressed again, after a failure.
func (c *AlertCard) Answered() {
	c.asked = false
	c.offer()
}

func (c *AlertCard) doAccept() { c.ask(alert.Accepted, c.OnAccept) }

func (c *AlertCard) doReject() { c.ask(alert.Rejected, c.OnReject) }

func (c *AlertCard) doWay() {
	if !c.alert.OnMyWay { // said already, and shown
		c.ask(alert.OnMyWay, c.OnWay)
	}
}

func (c *AlertCard) doStay() { c.ask(alert.NotComing, c.OnStay) }

func (c *AlertCard) doForward() { c.own(c.alert.May.Forward, alert.Forwarded, c.OnForward) }

func (c *AlertCard) doBack() { c.own(c.alert.May.GiveBack, alert.TakenBack, c.OnBack) }

func (c *AlertCard) doEnd() { c.own(c.alert.May.End, alert.Resolved, c.OnEnd) }

func (c *AlertCard) doOpen() {
	if c.OnOpen != nil && c.alert.Alert.Patient != "" {
		c.OnOpen(c.ID(), c.alert.Alert.Patient)
	}
}

// key gives the focused card its letters, and Down and Up the way to the next one. Enter and Space stay with the button
// that has the focus.
func (c *AlertCard) key(ev *fyne.KeyEvent) bool {
	if by := map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1}[ev.Name]; by != 0 && c.OnStep != nil {
		c.OnStep(c.ID(), by)
		return true
	}
	b := map[fyne.KeyName]*Button{fyne.KeyA: c.accept, fyne.KeyR: c.reject, fyne.KeyF: c.forward, fyne.KeyB: c.back,
		fyne.KeyE: c.end, fyne.KeyW: c.way, fyne.KeyN: c.stay, fyne.KeyG: c.all}[ev.Name]
	if b == nil {
		return false
	}
	switch b {
	case c.accept, c.back, c.way, c.stay: // the others ask first
		hand.Alone(c, b, keyOf(ev), b.OnTap)
	default:
		hand.Letter(c, b, keyOf(ev), b.OnTap)
	}
	return true
}

func (c *AlertCard) scroller() (*VScroll, fyne.CanvasObject) { return c.In, c }

// Aim implements press.Thing: a card is of one alert for good.
func (c *AlertCard) Aim() string { return "" }

// meaning is what a card says that decides whether somebody takes a step with its alert.
type meaning struct {
	of                     alert.AsOf
	prio                   alert.Priority
	patient, name, id, say string
}

func meaningOf(a Alert) meaning {
	return meaning{a.AsOf(), a.Alert.Priority, a.Alert.Patient, a.Surname + "\x00" + a.Given, identifiers(a),
		a.Alert.Words()}
}

// turns notes what the card shows of an alert: once it says another thing, what a hand on its way
// was to press is not there any more.
func (c *AlertCard) turns(a Alert) {
	is := meaningOf(a)
	if c.laid && is != c.means {
		c.changed = hand.Time()
	}
	c.means = is
}

// Changed is when the card last said another thing than before; zero while it has not.
func (c *AlertCard) Changed() time.Time { return c.changed }

// Moved is when the list or its scroller moved the card.
func (c *AlertCard) Moved() time.Time { return c.since(c.In) }

// Move notes that the list moves the card.
func (c *AlertCard) Move(p fyne.Position) {
	c.to(c.Position(), p)
	c.BaseWidget.Move(p)
}
