// Package press decides whether a press does what the hand meant by it. Rows move,
// dialogs open and cards change while a nurse is about to press; a hand that has begun
// a press cannot take it back, and a hurried one presses twice.
//
// One rule stands behind it: a press acts on what the hand was brought to. The pointer
// was moved onto this very control while it was for this patient; the keyboard came to
// it while it was for this patient. What slid under a resting pointer since, or was
// given to another patient, was not meant: the press does nothing and says so, and the
// next one counts, for by then it has been looked at. After an act its place rests for
// a moment: the second half of a double click, and a key that is held or bounces, are
// the same act.
//
// All of it belongs to the UI goroutine.
package press

import (
	"math"
	"time"
)

// Settle is how long something must have stood still where it is pressed. A hand on its
// way cannot react to less.
const Settle = 300 * time.Millisecond

// near is how far a hand that presses twice moves between, in units of the screen.
const near = 16

// Thing is a control that can be pressed. It is told apart by identity. One that lists
// move about has a method Moved() time.Time, too: when it was last moved. One that says in words
// what a press is for, such as a card, or that comes by itself, has a method Changed() time.Time:
// since when it says that.
type Thing interface {
	// Aim is whom or what a press would act on now, such as a patient's ID and a verb;
	// "" for a control that is for the same for as long as it lives.
	Aim() string
}

// Key names a key, as the toolkit does.
type Key string

// Point is a place in the window.
type Point struct{ X, Y float32 }

// Hand is one person's hand on pointer and keyboard. Its zero value is ready.
type Hand struct {
	// Now tells the time; nil: the clock.
	Now func() time.Time
	// Scene is what the whole window is about now, such as the patient whose chart is open;
	// nil: always the same. Every aim is within a scene.
	Scene func() string
	// Blind reports whether a control that has the keyboard is off the screen, and brings it
	// onto it; nil: none ever is. A key does nothing to what cannot be read.
	Blind func(Thing) bool
	// Acted hears of each press that did something; may be nil.
	Acted func()
	// Refused hears of each press that did nothing because what was pressed is no longer
	// what the hand was brought to. May be nil.
	Refused func()
	// Lost hears of each key that did nothing because it, or what was typed just before it, is for nothing
	// that has the keyboard; nil: Refused does.
	Lost func()
	// After runs f once a time has passed, on the UI goroutine; nil: what would wait is done at once.
	After func(d time.Duration, f func())

	over    aimed     // what the pointer was moved onto
	spot    *Point    // where the pointer was seen last
	slid    time.Time // when over was seen to have come under the pointer by itself
	wheel   time.Time // when the hand last scrolled
	left    time.Time // when it left a control
	stirred time.Time // when the pointer last moved
	down    *begun
	focus   aimed // what the keyboard was brought to

	place rest     // where the pointer acted last
	did   []rest   // what each act of a moment leaves for the same once more
	led   bool     // a letter has chosen, and brought the keyboard on
	waits *waiting // a letter that acts once it has turned out to stand alone
	keys  rest     // what any act leaves for the keyboard
	typed rest     // what an act of the keyboard leaves for the pointer, wherever it is

	counted time.Time // when a press did something last
	further int       // presses that did nothing since

	letters map[Key]time.Time // until when a key that acted rests
	waking  time.Time         // until when keys that follow a lifted cover do nothing
	astray  time.Time         // until when keys do nothing that follow some which went nowhere
	missed  time.Time         // until when letters have gone astray that follow a press which opened nothing
	wrote   time.Time         // when a letter went down last
	held    map[Key]bool      // keys that are down; true once they have acted
	order   []Key             // those of them that write, the newest last: what is typed now comes from it
	acting  bool              // an act runs: what moves now is its doing
	aside   bool              // so is what another goroutine handed over
	unasked bool              // so is what came by itself
}

// aimed is a control, and what it was for when the hand came to it.
type aimed struct {
	thing Thing
	aim   string
}

// at is a thing as it is now: of another screen, or another row, it is another.
func (h *Hand) at(t Thing) aimed {
	scene := ""
	if h.Scene != nil {
		scene = h.Scene()
	}
	return aimed{t, scene + "\x00" + t.Aim()}
}

// begun is a press whose button is still down.
type begun struct {
	on    aimed
	where Point
	since time.Time
	meant bool
	keyed bool // a key went down since: where the keyboard goes now is not the pointer's doing
}

// Time is the hand's clock.
func (h *Hand) Time() time.Time { return h.now() }

// now is the time by Now, or else by the wall clock.
func (h *Hand) now() time.Time {
	if h.Now != nil {
		return h.Now()
	}
	return time.Now()
}

// act runs what a press does and lets its place rest.
func (h *Hand) act(on aimed, where *Point, k Key, f func()) {
	h.tire(on, where, k)
	h.remember()
	h.counted, h.further = h.now(), 0
	if h.Acted != nil {
		h.Acted()
	}
	h.within(f)
}

// within runs f; what moves meanwhile is its doing.
func (h *Hand) within(f func()) {
	was := h.acting
	h.acting = true
	defer func() { h.acting = was }()
	f()
}

// say tells that a press did nothing.
func (h *Hand) say() {
	h.further++
	if h.Refused != nil {
		h.Refused()
	}
}

// lost says that what is typed goes nowhere.
func (h *Hand) lost() {
	if h.Lost == nil {
		h.say()
		return
	}
	h.Lost()
}

// near reports whether two points are one place for a hand.
func (p Point) near(q Point) bool {
	return math.Hypot(float64(p.X-q.X), float64(p.Y-q.Y)) <= near
}

// changed is since when a control says what it says; the zero time where it always did.
func changed(t Thing) time.Time {
	if c, changes := t.(interface{ Changed() time.Time }); changes {
		return c.Changed()
	}
	return time.Time{}
}

// unread reports whether a control says what it says for so short a time that no hand can have
// meant it.
func (h *Hand) unread(t Thing) bool { return h.now().Sub(changed(t)) < Settle }
