package shell_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A question with a field that comes by itself is not answered by the hand that types on: neither
// letters nor Enter are for it until the hand has paused. Then they are, and what a person asked
// for themselves takes what they type at once. Seen red with young always false.
func TestAQuestionIsNotAnsweredByTypingOn(t *testing.T) {
	for _, c := range []struct {
		aside  bool
		pause  time.Duration
		answer string
	}{{true, 0, ""}, {true, press.Rest, "4"}, {false, 0, "24"}} {
		s, p, now := clocked(t)
		answer := ""
		ask := func() {
			s.shell.Ask(shell.Dialog{Title: "Take over?", Reason: "Why", Confirm: "Take over", Cancel: "Cancel",
				OnConfirm: func(reason string) { answer = reason }})
		}
		if c.aside {
			p.Key(fyne.Key9, '9') // the hand types elsewhere
			widgets.Hand().Aside(ask)
		} else {
			ask()
		}
		*now = now.Add(press.Settle)
		p.Key(fyne.Key2, '2')
		*now = now.Add(press.Settle + c.pause)
		p.Key(fyne.Key4, '4')
		*now = now.Add(press.Settle)
		p.Key(fyne.KeyReturn, 0)
		if answer != c.answer {
			t.Errorf("aside %v, pause %v: answered %q, want %q", c.aside, c.pause, answer, c.answer)
		}
	}
}

// A list with a filter that comes by itself is not chosen from by the hand that types on, however long Enter
// waits; once the hand has paused, it is. Seen red with the filter left out of heed: "Fox, Kim" was chosen.
func TestAListIsNotChosenFromByTypingOn(t *testing.T) {
	for _, pause := range []time.Duration{0, press.Rest} {
		s, p, now := clocked(t)
		chosen := ""
		p.Key(fyne.KeyX, 'x') // the hand types elsewhere
		widgets.Hand().Aside(func() { s.shell.Ask(listed(&chosen)) })
		*now = now.Add(pause)
		for _, r := range "fox" {
			*now = now.Add(100 * time.Millisecond)
			p.Key(fyne.KeyName(string(r-'a'+'A')), r)
		}
		*now = now.Add(press.Settle)
		p.Key(fyne.KeyReturn, 0)
		if (chosen == "Fox, Kim") != (pause > 0) {
			t.Errorf("after a pause of %v %q is chosen", pause, chosen)
		}
	}
}

// Enter in the filter of a list chooses the one that is left once it has stood there to be read.
// Seen red with wasRead always true.
func TestAFilterChoosesWhatWasRead(t *testing.T) {
	for _, wait := range []time.Duration{press.Settle - time.Millisecond, press.Settle} {
		s, p, now := clocked(t)
		chosen := ""
		s.shell.Ask(listed(&chosen))
		*now = now.Add(time.Minute)
		p.Key(fyne.KeyA, 'a')
		p.Key(fyne.KeyD, 'd')
		*now = now.Add(wait)
		p.Key(fyne.KeyReturn, 0)
		if (chosen == "Adiele, Joy") != (wait >= press.Settle) {
			t.Errorf("after %v: chosen %q", wait, chosen)
		}
	}
}

// The choice that is left alone stays read while the name is typed on; one that takes its place is not. Seen red with
// every letter beginning anew, with none, and with what was left before not compared.
func TestAFilterGoesOnWithWhatWasRead(t *testing.T) {
	for typed, want := range map[string]string{"fox": "Fox, Kim", "f*z": "", "jo,": ""} {
		s, p, now := clocked(t)
		chosen := ""
		s.shell.Ask(listed(&chosen))
		*now = now.Add(time.Minute)
		for _, r := range typed {
			*now = now.Add(press.Settle / 2)
			if r == '*' { // what comes next replaces it
				p.Canvas.Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
				continue
			}
			p.Key(fyne.KeyName(string(r-'a'+'A')), r)
		}
		*now = now.Add(press.Settle / 2)
		p.Key(fyne.KeyReturn, 0)
		if chosen != want {
			t.Errorf("%q: chosen %q, not %q", typed, chosen, want)
		}
	}
}

// listed is a list with a filter, long enough that nobody reads it through; chosen is the name that was.
func listed(chosen *string) shell.Dialog {
	d := shell.Dialog{Title: "Who looks after?", Cancel: "Cancel", Filter: "Name"}
	for _, n := range []string{"Adiele, Joy", "Baker, Tom", "Cole, Ann", "Diaz, Mia", "Evans, Lou",
		"Fox, Kim", "Gray, Al",
		"Hunt, Bo", "Ives, Cy", "Jones, Jo", "King, Vi", "Lowe, Su", "Mann, Ed", "Noor, Li"} {
		d.Choices = append(d.Choices, shell.Choice{Text: n, Do: func() { *chosen = n }})
	}
	return d
}
