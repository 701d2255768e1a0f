package shell_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A dialog that waited under the cover or behind the lock is opened in words of the time by then, with what was
// typed into it, and answers as the first would have.
//
// Seen red with AskNext opening it as it was made.
func TestAQuestionIsWordedWhenItIsOpened(t *testing.T) {
	s := start(t)
	now := time.Date(2026, 5, 6, 14, 0, 0, 0, time.UTC)
	widgets.Hand().Now = func() time.Time { return now }
	t.Cleanup(func() { widgets.Hand().Now = nil })
	word := func(at time.Time) shell.Dialog {
		text := at.Format("15:04")
		return shell.Dialog{Title: "Title " + text, Text: "Text " + text, Whom: shell.Whom{Name: "Whom " + text},
			Pairs: []widgets.Pair{{Left: "Left " + text, Right: "Right"}}, Confirm: "Confirm " + text}
	}
	answered := ""
	d := word(now)
	d.Reason, d.Stays, d.Anew = "Why", true, word
	d.OnConfirm = func(reason string) { answered = reason }
	says := func(want string) {
		t.Helper()
		top := s.window.Canvas().Overlays().Top()
		if top == nil {
			t.Fatal("it is not asked")
		}
		text := strings.Join(strings.Fields(screentest.Texts(top)), " ")
		for _, part := range []string{"Title ", "Whom ", "Text ", "Left ", "Confirm "} {
			if !strings.Contains(text, part+want) {
				t.Errorf("no %q in %q", part+want, text)
			}
		}
	}
	s.shell.Go(shell.Board)
	s.shell.Ask(d)
	says("14:00")
	test.Type(s.field(0).Entry, "seen by Dr Roy")
	s.covered(func() { now = now.Add(time.Hour) })
	says("15:00")
	s.shell.Go(shell.SignIn)
	now = now.Add(time.Hour)
	s.shell.Go(shell.Board)
	says("16:00")
	s.field(0).Entry.OnSubmitted("")
	if answered != "seen by Dr Roy" {
		t.Errorf("answered %q", answered)
	}
}
