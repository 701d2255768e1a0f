package shell_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
)

// A question that stays waits behind the lock and under the cover, shows nothing there, and is
// asked again of the person who comes back; once another comes it is gone. It names its patient
// under its title all the while.
//
// Seen red with leave closing it as any other, and with dropWaiting not holding it.
func TestAQuestionThatStays(t *testing.T) {
	s := start(t)
	cancelled := 0
	q := shell.Dialog{Title: "Was each value right?", Confirm: "Keep", Stays: true,
		Whom:     shell.Whom{Name: "OKOYE, Ada", Born: "DOB 02 Jan 1960", MRN: "MRN 700 1001", Place: "4B, bed 01"},
		OnCancel: func() { cancelled++ }}
	says := func() string {
		top := s.window.Canvas().Overlays().Top()
		if top == nil {
			return ""
		}
		return strings.Join(strings.Fields(screentest.Texts(top)), " ")
	}
	s.shell.Go(shell.Board)
	s.shell.Ask(q)
	for _, want := range []string{"OKOYE, Ada", "DOB 02 Jan 1960", "MRN 700 1001", "4B, bed 01"} {
		if !strings.Contains(says(), want) {
			t.Errorf("%q lacks %q", says(), want)
		}
	}
	s.shell.Cover(shell.Covering{})
	if says() != "" {
		t.Errorf("under the cover: %q", says())
	}
	s.shell.Uncover()
	if !strings.Contains(says(), "Was each value right?") {
		t.Error("it is not asked after the cover")
	}
	s.shell.Go(shell.SignIn)
	if says() != "" {
		t.Errorf("at sign-in: %q", says())
	}
	s.shell.Go(shell.Board)
	if !strings.Contains(says(), "Was each value right?") {
		t.Fatal("it is not asked after the lock")
	}
	s.shell.Go(shell.SignIn)
	s.shell.Drop()
	s.shell.Go(shell.Board)
	if says() != "" || cancelled != 1 {
		t.Errorf("another is asked: %q, cancelled %d", says(), cancelled)
	}
}

// A question that waited is opened only while it stands: if not, one that stays goes on waiting,
// and any other is cancelled.
//
// Seen red with Dialog.stands always true.
func TestAQuestionStandsWhenItsTurnComes(t *testing.T) {
	s := start(t)
	stand, cancelled := false, ""
	q := func(title string, stays bool) shell.Dialog {
		return shell.Dialog{Title: title, Confirm: "Keep", Stays: stays, Stands: func() bool { return stand },
			OnCancel: func() { cancelled += title }}
	}
	s.shell.Go(shell.Board)
	s.shell.Cover(shell.Covering{})
	s.shell.Ask(q("one", true))
	s.shell.Ask(q("two", false))
	s.shell.Uncover()
	if s.shell.Modal() || cancelled != "two" {
		t.Fatalf("asked, or cancelled %q", cancelled)
	}
	stand = true
	s.shell.Go(shell.Board)
	if top := s.window.Canvas().Overlays().Top(); top == nil || !strings.Contains(screentest.Texts(top), "one") {
		t.Error("the one that stays is not asked")
	}
}
