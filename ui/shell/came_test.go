package shell_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A question that waited comes when another is answered, or when the cover is lifted, and nobody
// asked for it: what the hand presses on with answers nothing, by Enter, by Space, and after a Tab
// that was on its way too. Once it can have been read, it is answered.
//
// Seen red with the question's focus not Unasked, and the Tab with its buttons not told when it came.
func TestAQuestionThatWaitedIsNotAnsweredUnread(t *testing.T) {
	uncovers := func(_ *station, p *screentest.Person) { p.Move(fyne.NewPos(300, 300)); p.Click() }
	leaves := func(_ *station, p *screentest.Person) { p.Key(fyne.KeyEscape, 0) }
	for _, c := range []struct {
		name    string
		covered bool
		next    func(*station, *screentest.Person)
		tab     bool
		key     fyne.KeyName
		gap     time.Duration
		answers int
	}{
		{"Esc, then Enter", false, leaves, false, fyne.KeyReturn, 20 * time.Millisecond, 0},
		{"Esc, then Enter later", false, leaves, false, fyne.KeyReturn, 450 * time.Millisecond, 0},
		{"Esc, then Space", false, leaves, false, fyne.KeySpace, 290 * time.Millisecond, 0},
		{"Esc, Tab and Enter", false, leaves, true, fyne.KeyReturn, 200 * time.Millisecond, 0},
		{"a click on the cover, then Enter", true, uncovers, false, fyne.KeyReturn, 100 * time.Millisecond, 0},
		{"Esc, and Enter once it is read", false, leaves, false, fyne.KeyReturn, press.Rest, 1},
		{"the cover, and Enter once it is read", true, uncovers, false, fyne.KeyReturn, press.Rest, 1},
	} {
		s, p, now := clocked(t)
		answered, said := 0, 0
		widgets.Hand().Refused = func() { said++ }
		if c.covered {
			s.shell.Cover(shell.Covering{})
		} else {
			s.shell.Ask(shell.Dialog{Title: "Keys", Confirm: "Close"})
		}
		widgets.Hand().Aside(func() {
			s.shell.Ask(shell.Dialog{Title: "Take over from Diaz?", Cancel: "Cancel", Confirm: "Take over",
				OnCancel: func() { answered++ }, OnConfirm: func(string) { answered++ }})
		})
		*now = now.Add(time.Minute)
		c.next(s, p)
		*now = now.Add(c.gap)
		if c.tab {
			p.Canvas.(interface{ FocusNext() }).FocusNext()
		}
		r := rune(0)
		if c.key == fyne.KeySpace {
			r = ' '
		}
		p.Key(c.key, r)
		if answered != c.answers || said != 1-c.answers {
			t.Errorf("%s: answered %d times, told %d times that nothing was done", c.name, answered, said)
		}
	}
}

// M is held while Shift is tapped: the patient is taken once, not given back and taken again. Seen
// red with a key that comes up taking the memory of all with it.
func TestALetterThatIsHeldIsOnePress(t *testing.T) {
	s, p, now := clocked(t)
	mine := 0
	s.screens.Board = board.New(board.Actions{Mine: func(string, bool) { mine++ }})
	s.shell = shell.New(s.window, s.screens, shell.Actions{})
	v := ofTheWard()
	v.MayEdit = true
	s.screens.Board.Show(v)
	s.shell.Go(shell.Board)
	*now = now.Add(time.Minute)
	const shift = fyne.KeyName("LeftShift")
	p.KeyDown(fyne.KeyM)
	p.Type(fyne.KeyM, 'm')
	repeats := func(r rune) {
		for range 5 {
			*now = now.Add(200 * time.Millisecond)
			p.Type(fyne.KeyM, r)
		}
	}
	repeats('m')
	p.KeyDown(shift)
	p.Type(shift, 0)
	repeats('M')
	p.KeyUp(shift)
	repeats('m')
	p.KeyUp(fyne.KeyM)
	if mine != 1 {
		t.Errorf("taken and given back %d times", mine)
	}
}
