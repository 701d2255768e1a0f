package shell_test

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

var presses = flag.Int("presses", 6000, "how often the monkey presses")

// A monkey presses the real widgets at random, on a clock of its own, with pauses of no
// time to half a second, while rows, alerts and answers change. Beside it stands a reader
// of the screen who knows no widget's mind: what is asked of the ward must be what the
// screen named under the pointer, or at the keyboard, when the press began; and what the
// hand had aimed at, unless something else had stood there long enough to be seen.
//
// Seen red with what has just moved being pressed, with either rest taken out, and with
// Enter in the search on rows of an older text. Taken out alone, what slid, what the pointer
// came onto and the held key stay green here, since another protection stands behind each:
// the table of package press has them red.
func TestPressActsOnceOnWhatItMeant(t *testing.T) {
	const each = 2000 // a ward grows no older: what goes wrong late is found by its seed
	if screentest.Race {
		*presses = min(*presses, each)
	}
	for seed := range max(*presses/each, 1) {
		m := &monkey{world: newWorld(t, uint64(seed)), when: map[act]time.Time{}}
		for m.pressed < each && !t.Failed() {
			m.step()
		}
		if t.Failed() {
			t.Fatalf("seed %d, press %d", seed, m.pressed)
		}
		if len(m.acts) < each/40 || m.told == 0 {
			t.Errorf("seed %d: %d acts, %d refused: nothing was tried", seed, len(m.acts), m.told)
		}
		t.Logf("seed %d: %d presses, %d acts, %d refused", seed, m.pressed, len(m.acts), m.told)
	}
}

// monkey presses, and judges what came of it.
type monkey struct {
	*world
	pressed int
	checked int // of acts
	when    map[act]time.Time
	did     []string // the last things it did
	aim     aim
	letter  typed
}

// typed is a letter that may wait whether it stands alone: where the hand had aimed, and what the screen named.
type typed struct {
	aim   aim
	named []names
}

// aim is what the hand has looked at, and what stands there now, since when.
type aim struct {
	at    *fyne.Position // nil: the keyboard
	meant names
	now   names
	since moments
}

// moments are since when the screen names something as it does: what says of which alert a bed is, far away, makes it
// no other patient's.
type moments struct{ alert, task, patient time.Time }

// of is since when the name that a verb needs stands there.
func (s moments) of(verb string) time.Time {
	is := map[string]time.Time{"alert": s.alert, "task": s.task, "patient": s.patient}
	return is[names{"alert", "task", "patient"}.of(verb)]
}

func (m *monkey) note(format string, args ...any) {
	m.did = append(m.did, m.now.Format("05.000 ")+fmt.Sprintf(format, args...))
	m.did = m.did[max(0, len(m.did)-12):]
}

// pause lets time pass, and the eye follow what it aimed at.
func (m *monkey) pause(most time.Duration) {
	d := time.Duration(m.rand.Int64N(int64(most) + 1))
	if m.rand.IntN(4) == 0 {
		m.soon(func() { m.change(); m.redraw() })
	}
	if m.rand.IntN(4) == 0 {
		m.soon(func() {
			m.rand.Shuffle(len(m.order), func(i, j int) { m.order[i], m.order[j] = m.order[j], m.order[i] })
			m.redraw()
		})
	}
	if id := m.screens.Patient.Opened(); id != "" && m.rand.IntN(4) == 0 {
		m.soon(func() {
			if m.rand.IntN(2) == 0 {
				m.plan(id)
			}
			m.page(id)
		})
	}
	m.pass(d, func() { m.waited(); m.follow() })
	m.waited()
}

// waited judges what the letter that was typed last did since: nothing else was pressed.
func (m *monkey) waited() {
	aim := m.aim
	m.aim = m.letter.aim
	m.judge("the letter before", m.letter.named...)
	m.aim = aim
}

func (m *monkey) follow() {
	now := m.standing()
	if now != m.aim.now {
		m.note("now %+v", now)
		was, since := m.aim.now, &m.aim.since
		if now.alert != was.alert {
			since.alert = m.now
		}
		if now.task != was.task {
			since.task = m.now
		}
		if now.patient != was.patient {
			since.patient = m.now
		}
		m.aim.now = now
	}
}

func (m *monkey) standing() names {
	if m.aim.at != nil {
		return m.underPointer(*m.aim.at)
	}
	focus, _ := m.underKeys()
	return focus
}

// target takes aim: at a place, or at what has the keyboard.
func (m *monkey) target(at *fyne.Position) {
	m.aim = aim{at: at, since: moments{m.now, m.now, m.now}}
	m.aim.meant = m.standing()
	m.aim.now = m.aim.meant
}

// judge compares what was asked for since with what the screen named.
func (m *monkey) judge(what string, named ...names) {
	for _, a := range m.failed {
		delete(m.when, a)
	}
	m.failed = nil
	for _, a := range m.acts[m.checked:] {
		right := false
		for _, n := range named {
			right = right || n.of(a.verb) == a.of && a.of != ""
		}
		meant := m.aim.meant.of(a.verb) == a.of || len(named) > 1 && named[1].of(a.verb) == a.of
		settled := m.now.Sub(m.aim.since.of(a.verb)) >= press.Settle
		last, done := m.when[a]
		switch {
		case !right:
			m.t.Errorf("%s: %+v, and the screen named %+v", what, a, named)
		case !meant && !settled:
			m.t.Errorf("%s: %+v, which stood there for %v; meant was %+v", what, a, m.now.Sub(m.aim.since.of(a.verb)),
				m.aim.meant)
		case done && (m.now.Sub(last) < press.Rest || a.verb == "task"):
			m.t.Errorf("%s: %+v again after %v", what, a, m.now.Sub(last))
		}
		m.when[a] = m.now
	}
	if len(m.acts)-m.checked > 1 {
		m.t.Errorf("%s: one press asked for %v", what, m.acts[m.checked:])
	}
	m.checked = len(m.acts)
	if m.t.Failed() {
		for _, d := range m.did {
			m.t.Log(d)
		}
		m.t.FailNow()
	}
}

func (m *monkey) step() {
	switch n := m.rand.IntN(10); {
	case n < 5:
		m.mouse()
	case n < 9:
		m.keyboard()
	default:
		m.search()
	}
	if m.pressed%40 == 0 && m.shell.Place() != shell.Board { // not for ever in one chart
		m.pass(press.Rest, func() {})
		m.shell.CloseDialog()
		m.shell.Go(shell.Board)
	}
}

// often is how many times more than another button the monkey presses one that throws text away.
const often = 12

// mouse aims at something on the screen, goes there, and clicks once or twice.
func (m *monkey) mouse() {
	type place struct{ at fyne.Position }
	var places []place
	for _, n := range look(m.person.Canvas) {
		if _, is := n.object.(fyne.Tappable); is && n.seen.Width > 4 && n.seen.Height > 4 {
			p := place{n.seen.Position.AddXY(1+m.rand.Float32()*(n.seen.Width-2), 1+m.rand.Float32()*(n.seen.Height-2))}
			places = append(places, p)
			if b, is := n.object.(*widgets.Button); is && strings.HasPrefix(b.SpotText(), "Discard") {
				places = append(places, slices.Repeat([]place{p}, often)...) // seldom there, and it destroys
			}
		}
	}
	if len(places) == 0 {
		return
	}
	at := places[m.rand.IntN(len(places))].at
	if m.rand.IntN(4) == 0 {
		at = m.person.At() // stays where it is
	}
	m.target(&at)
	m.note("aims at %v, %+v", at, m.aim.meant)
	m.pause(300 * time.Millisecond) // on the way
	m.person.Move(at)
	m.pause(200 * time.Millisecond)
	if m.rand.IntN(3) == 0 { // a hand trembles
		m.person.Move(at.AddXY(m.rand.Float32()-0.5, m.rand.Float32()-0.5))
	}
	for range 1 + m.rand.IntN(2) {
		begun := m.underPointer(m.person.At())
		m.person.Press()
		m.waited()
		if m.rand.IntN(4) == 0 {
			m.pause(200 * time.Millisecond)
		}
		m.person.Release()
		m.pressed++
		m.note("clicked on %+v", begun)
		m.judge("a click", begun)
		m.pause(250 * time.Millisecond)
	}
}

var keys = []struct {
	name fyne.KeyName
	rune rune
}{{fyne.KeyReturn, 0}, {fyne.KeySpace, ' '}, {fyne.KeyTab, 0}, {fyne.KeyReturn, 0}, {fyne.KeyA, 'a'}, {fyne.KeyR, 'r'},
	{fyne.KeyF, 'f'}, {fyne.KeyB, 'b'}, {fyne.KeyE, 'e'}, {fyne.KeyM, 'm'}, {fyne.KeyN, 'n'}, {fyne.KeyO, 'o'},
	{fyne.Key1, '1'}, {fyne.Key4, '4'}, {fyne.KeyDown, 0}, {fyne.KeyUp, 0}, {fyne.KeyRight, 0}, {fyne.KeyEscape, 0},
	{fyne.KeyF2, 0}, {fyne.KeyF3, 0}, {fyne.KeyTab, 0}, {fyne.KeyReturn, 0}}

// keyboard presses some keys one after the other; now and then one is held.
func (m *monkey) keyboard() {
	for range 1 + m.rand.IntN(4) {
		m.target(nil)
		m.pause(150 * time.Millisecond)
		k := keys[m.rand.IntN(len(keys))]
		focus, letters := m.underKeys()
		m.person.KeyDown(k.name)
		m.waited()
		times := 1
		if m.rand.IntN(10) == 0 {
			times = 5
		}
		for i := range times {
			m.person.Type(k.name, k.rune)
			m.pressed++
			m.note("%s on %T %+v, letters for %+v", k.name, m.person.Canvas.Focused(), focus, letters)
			m.judge("key "+string(k.name), focus, letters)
			if i == 0 {
				m.letter = typed{m.aim, []names{focus, letters}}
			}
			if i < times-1 {
				m.pass(30*time.Millisecond, func() {})
			}
		}
		m.person.KeyUp(k.name)
		if k.name == fyne.KeyReturn && m.rand.IntN(3) == 0 { // it bounces
			m.pause(100 * time.Millisecond)
			focus, letters := m.underKeys()
			m.person.KeyDown(k.name)
			m.waited()
			m.person.Type(k.name, k.rune)
			m.person.KeyUp(k.name)
			m.pressed++
			m.judge("a key that bounced", focus, letters)
		}
	}
}

// search types the beginning of a name, and Enter, as fast as it goes.
func (m *monkey) search() {
	if m.shell.Place() != shell.Board || m.shell.Modal() {
		return
	}
	m.person.Key(fyne.KeySlash, '/')
	name := surnames[m.rand.IntN(len(surnames))]
	for _, r := range name[:2+m.rand.IntN(4)] {
		m.pause(60 * time.Millisecond)
		m.person.Key(fyne.KeyName(r), r+'a'-'A')
		m.pressed++
	}
	m.target(nil)
	for range 1 + m.rand.IntN(2) {
		m.pause(500 * time.Millisecond)
		focus, letters := m.underKeys()
		m.person.Key(fyne.KeyReturn, 0)
		m.pressed++
		m.note("Enter in the search for %s: %+v", name, focus)
		m.judge("Enter in the search", focus, letters)
	}
}
