package shell_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// field is a field of the dialog that is open, nil if none is.
func (s *station) field(n int) *widgets.Field {
	top := s.window.Canvas().Overlays().Top()
	if top == nil {
		return nil
	}
	return screentest.All[*widgets.Field](top)[n]
}

// What was typed into a dialog waits under the cover and behind the lock, shows nowhere there,
// and stands in it again, ready to be confirmed, for the person who comes back; not on another
// scene, and nothing of it is left once another person comes.
//
// Seen red with pack as Stays alone says.
func TestWhatWasTypedIntoADialogIsThereAgain(t *testing.T) {
	s := start(t)
	stands, cancelled, said := true, 0, ""
	fields := []shell.DialogField{{Name: "who", Label: "Prescribed by", Text: "Chen"}, {Name: "why", Label: "Why"}}
	for _, d := range []shell.Dialog{
		{Title: "Turn this alert down?", Reason: "Why", Confirm: "Reject", Cancel: "Cancel",
			OnConfirm: func(reason string) { said = reason }},
		{Title: "Scale 2", Fields: fields, Confirm: "Record", Cancel: "Cancel",
			OnFields: func(in map[string]string) string { said = in["who"]; return "" }},
	} {
		said, cancelled, stands = "", 0, true
		d.Stands, d.OnCancel = func() bool { return stands }, func() { cancelled++ }
		s.shell.Go(shell.Board)
		s.shell.Ask(d)
		s.field(0).SetText("")
		test.Type(s.field(0).Entry, "seen by Dr Roy")
		is := func(when string, want bool) {
			t.Helper()
			text, f := "nothing", s.field(0)
			if f != nil {
				text = f.Text()
			}
			if want && text != "seen by Dr Roy" || !want && f != nil {
				t.Fatalf("%s holds %q %s", d.Title, text, when)
			}
		}
		s.shell.Cover(shell.Covering{})
		is("under the cover", false)
		s.shell.Uncover()
		is("after the cover", true)
		s.shell.Go(shell.SignIn)
		is("at sign-in", false)
		if strings.Contains(screentest.Behind(s.window.Canvas().Content()), "Roy") {
			t.Error("it stands behind sign-in")
		}
		stands = false // another chart, ward or person
		s.shell.Go(shell.Board)
		is("where it does not stand", false)
		stands = true
		s.shell.Go(shell.Board)
		is("where it stands again", true)
		if b := screentest.All[*widgets.Button](s.window.Canvas().Overlays().Top()); b[len(b)-1].Disabled() {
			t.Error("it cannot be confirmed")
		}
		s.field(0).Entry.OnSubmitted("")
		if said != "seen by Dr Roy" || cancelled > 0 {
			t.Errorf("%s: %q was confirmed, cancelled %d", d.Title, said, cancelled)
		}
		s.shell.Ask(d)
		s.field(0).SetText("for nobody else")
		s.shell.Go(shell.SignIn)
		s.shell.Drop()
		s.shell.Go(shell.Board)
		if s.shell.Modal() || cancelled != 1 {
			t.Errorf("%s: another is asked, cancelled %d", d.Title, cancelled)
		}
	}
	if fields[0].Text != "Chen" {
		t.Errorf("the list of whoever asked holds %q", fields[0].Text)
	}
}

// One into which nothing was typed does not wait, and neither does one that cannot tell whom it
// asks, such as that of an emergency at the door.
//
// Seen red without asking for Stands: the next person was asked it.
func TestADialogOfNobodyKeepsNothing(t *testing.T) {
	s := start(t)
	for typed, d := range map[string]shell.Dialog{
		"":              {Title: "Why?", Reason: "Why", Stands: func() bool { return true }},
		"crash trolley": {Title: "Emergency?", Reason: "Why"},
	} {
		cancelled := 0
		d.OnCancel = func() { cancelled++ }
		s.shell.Go(shell.Board)
		s.shell.Ask(d)
		s.field(0).SetText(typed)
		s.shell.Go(shell.SignIn)
		s.shell.Go(shell.Board)
		if s.shell.Modal() || cancelled != 1 {
			t.Errorf("%s is asked again, cancelled %d", d.Title, cancelled)
		}
	}
}
