package shell_test

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	appboard "github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screen/alarmload"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screen/signin"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

type station struct {
	shell    *shell.Shell
	screens  shell.Screens
	window   fyne.Window
	locked   int
	saved    []chart.Draft
	backs    int
	passes   []string
	accepted []string
}

func start(t *testing.T) *station {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	s := &station{window: test.NewTempWindow(t, nil)}
	s.screens = shell.Screens{
		Load:   alarmload.New(alarmload.Actions{}),
		SignIn: signin.New(signin.Actions{SignIn: func(_, p string) { s.passes = append(s.passes, p) }}),
		Board:  board.New(board.Actions{}),
		Patient: patient.New(patient.Actions{
			Save: func(d chart.Draft) { s.saved = append(s.saved, d) }, Back: func() { s.backs++ },
			CloseTask: func(task.Task, task.Outcome) {},
		}),
		Alerts: alerts.New(alerts.Actions{Accept: func(id string) { s.accepted = append(s.accepted, id) }}),
	}
	s.shell = shell.New(s.window, s.screens, shell.Actions{Lock: func() { s.locked++ }})
	s.window.Resize(fyne.NewSize(1600, 1000))
	s.screens.Board.Show(ofTheWard())
	s.screens.Alerts.Show(fixture.Alerts())
	return s
}

// ofTheWard is the board of the pictures.
func ofTheWard() board.View {
	snap := fixture.Snapshot()
	return board.View{Snapshot: snap, Rows: snap.Select(appboard.Query{}), Now: fixture.Now}
}

func (s *station) chart() {
	s.screens.Patient.Open(fixture.Sickest)
	s.shell.Go(shell.Patient)
	s.screens.Patient.Show(patient.View{Page: fixture.Chart(), Now: fixture.Now, MayEdit: true})
	s.screens.Patient.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Observations,
		Phase: patient.Editing, Now: fixture.Now,
		Draft: chart.Draft{Version: 10, Fields: map[string]string{"rr": "24"}}})
}

// ctrl presses a key as the window does: first the focused widget, if it takes
// shortcuts, else the canvas.
func (s *station) ctrl(k fyne.KeyName) {
	sc := &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
	if f, ok := s.window.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(sc)
		return
	}
	widgets.TypeShortcut(sc)
}

func (s *station) press(k fyne.KeyName) {
	ev := &fyne.KeyEvent{Name: k}
	if f := s.window.Canvas().Focused(); f != nil {
		f.TypedKey(ev)
		return
	}
	s.window.Canvas().OnTypedKey()(ev)
}

// The keys work while the cursor stands in a field. Seen red with TypeShortcut in
// the entry turned off: the station could not be locked while typing.
func TestKeysWorkWhileTyping(t *testing.T) {
	s := start(t)
	s.chart()
	if _, ok := s.window.Canvas().Focused().(*widgets.Entry); !ok {
		t.Fatalf("the form did not take the focus: %T", s.window.Canvas().Focused())
	}
	s.ctrl(fyne.KeyReturn)
	if len(s.saved) != 1 || s.saved[0].Fields["rr"] != "24" {
		t.Errorf("Ctrl Enter saved %+v", s.saved)
	}
	s.ctrl(fyne.KeyL)
	if s.locked != 1 {
		t.Errorf("Ctrl L locked %d times", s.locked)
	}
	s.press(fyne.KeyEscape)
	if s.backs != 1 {
		t.Errorf("Esc went back %d times", s.backs)
	}
}

// A field that takes no typing any more still hands on the keys: a station whose
// nurse lost the lease can be locked. Seen red with readOnly not looked at in
// TypedRune: the digits went into the lost section.
func TestKeysWorkInReadOnlyField(t *testing.T) {
	s := start(t)
	s.chart()
	s.screens.Patient.SetEdit(patient.Edit{Patient: fixture.Sickest, Section: chart.Observations, Phase: patient.Lost,
		Now: fixture.Now})
	test.Type(s.window.Canvas().Focused(), "99")
	if got := s.screens.Patient.Draft(chart.Observations).Fields["rr"]; got != "24" {
		t.Errorf("typed into a lost section: %q", got)
	}
	s.ctrl(fyne.KeyL)
	if s.locked != 1 {
		t.Error("the station cannot be locked from a read-only field")
	}
}

// Behind a dialog nothing hears a key, but the lock. Seen red with the test of s.dialog in
// listen turned off: Ctrl Enter saved the chart behind the question; and with the lock waiting
// for the answer: whoever walked off left the question with its patient on the screen.
func TestDialogIsModalForTheKeyboard(t *testing.T) {
	s := start(t)
	s.chart()
	confirmed, cancelled := 0, 0
	s.shell.Ask(shell.Dialog{Title: "Discard?", Confirm: "Discard for ADELEKE, Folasade", Cancel: "Keep", Danger: true,
		OnConfirm: func(string) { confirmed++ }, OnCancel: func() { cancelled++ }})
	s.ctrl(fyne.KeyReturn)
	s.ctrl(fyne.KeyF)
	for range 5 {
		s.press(fyne.KeyA)
		s.press(fyne.KeyF3)
		s.window.Canvas().FocusNext()
		if _, ok := s.window.Canvas().Focused().(*widgets.Button); !ok {
			t.Fatalf("Tab left the dialog: %T", s.window.Canvas().Focused())
		}
	}
	if len(s.saved)+s.locked+s.backs+len(s.accepted) > 0 {
		t.Errorf("behind the dialog: saved %d, locked %d, back %d, accepted %v", len(s.saved), s.locked, s.backs,
			s.accepted)
	}
	if s.ctrl(fyne.KeyL); s.locked != 1 {
		t.Errorf("Ctrl L locked %d times", s.locked)
	}
	s.press(fyne.KeyEscape)
	s.press(fyne.KeyEscape)
	if cancelled != 1 || confirmed != 0 || s.shell.Modal() {
		t.Errorf("cancelled %d, confirmed %d, still open %v", cancelled, confirmed, s.shell.Modal())
	}
	if s.backs != 1 {
		t.Errorf("the second Esc is the chart's again: back %d", s.backs)
	}
}

// The dangerous answer does not have the focus, and Enter on the way in does not
// give it.
func TestEnterDoesNotConfirmDanger(t *testing.T) {
	s := start(t)
	s.shell.Go(shell.Board)
	confirmed := 0
	s.shell.Ask(shell.Dialog{Title: "Take over?", Confirm: "Take over", Cancel: "Cancel", Danger: true,
		OnConfirm: func(string) { confirmed++ }})
	s.press(fyne.KeyReturn)
	if confirmed != 0 {
		t.Error("Enter confirmed what is dangerous")
	}
}

// A list longer than the window scrolls, and the focus is always in sight: a
// house has more wards than a dialog has room. Seen red with the list added to
// the dialog itself: the thirtieth choice lay below the window.
func TestManyChoicesScroll(t *testing.T) {
	s := start(t)
	s.shell.Go(shell.Board)
	s.window.Resize(fyne.NewSize(1280, 800))
	var chosen []int
	var choices []shell.Choice
	for i := range 40 {
		choices = append(choices, shell.Choice{Text: fmt.Sprint("Ward ", i), Do: func() { chosen = append(chosen, i) }})
	}
	s.shell.Ask(shell.Dialog{Title: "Turn to another ward", Choices: choices, Cancel: "Cancel"})
	for range 30 {
		s.press(fyne.KeyDown)
	}
	b, ok := s.window.Canvas().Focused().(*widgets.Button)
	if !ok || b.SpotText() != "Ward 30" {
		t.Fatalf("the focus is on %v", s.window.Canvas().Focused())
	}
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).Y
	if top < 0 || top+b.Size().Height > 800 {
		t.Errorf("the chosen ward stands at %v", top)
	}
	s.press(fyne.KeyReturn)
	if len(chosen) != 1 || chosen[0] != 30 || s.shell.Modal() {
		t.Errorf("chosen %v", chosen)
	}
	s.shell.Ask(shell.Dialog{Title: "Turn to another ward", Choices: choices, Cancel: "Cancel"})
	s.press(fyne.KeyEscape)
	if s.shell.Modal() {
		t.Error("Esc does not close the list")
	}
}

// However large the text and however long the list of keys, the button that closes a
// dialog is in the window, and what is long scrolls. Seen red with all of a dialog in
// one column: Close stood below the window.
func TestTheWayOutIsInTheWindow(t *testing.T) {
	s := start(t)
	s.shell.Go(shell.Board)
	for _, size := range []fyne.Size{{Width: 1600, Height: 1000}, {Width: 1280, Height: 800}} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Day, 2))
		s.window.Resize(size)
		ask := func(name string) {
			t.Helper()
			b, ok := s.window.Canvas().Focused().(*widgets.Button)
			if !ok {
				t.Fatalf("%s: the focus is on %T", name, s.window.Canvas().Focused())
			}
			if bottom := fyne.CurrentApp().Driver().AbsolutePositionForObject(
				b).Y + b.Size().Height; bottom > size.Height {
				t.Errorf("%s at %v: %q ends at %v", name, size, b.SpotText(), bottom)
			}
			s.shell.CloseDialog()
		}
		s.shell.ShowKeys()
		ask("keys")
		fields := make([]shell.DialogField, 9)
		for i := range fields {
			fields[i] = shell.DialogField{Name: fmt.Sprint(i), Label: fmt.Sprint("Field ", i)}
		}
		s.shell.Ask(shell.Dialog{Title: "Many", Fields: fields, Confirm: "Record", Cancel: "Cancel"})
		for range fields[1:] {
			s.window.Canvas().FocusNext()
		}
		e, ok := s.window.Canvas().Focused().(*widgets.Entry)
		if !ok {
			t.Fatalf("the focus is on %T", s.window.Canvas().Focused())
		}
		// above the buttons
		if bottom := fyne.CurrentApp().Driver().AbsolutePositionForObject(
			e).Y + e.Size().Height; bottom > size.Height-85 {
			t.Errorf("the last field ends at %v of %v", bottom, size.Height)
		}
		s.window.Canvas().FocusNext()
		s.window.Canvas().FocusNext()
		ask("fields")
	}
}

func TestReasonIsAskedFor(t *testing.T) {
	s := start(t)
	s.shell.Go(shell.Board)
	var got []string
	s.shell.Ask(shell.Dialog{Title: "Take over?", Reason: "Why", Confirm: "Take over", Cancel: "Cancel", Danger: true,
		OnConfirm: func(r string) { got = append(got, r) }})
	s.press(fyne.KeyReturn)
	if len(got) > 0 {
		t.Fatal("confirmed without a reason")
	}
	test.Type(s.window.Canvas().Focused(), "bleep")
	s.press(fyne.KeyReturn)
	if len(got) != 1 || got[0] != "bleep" {
		t.Errorf("reasons %v", got)
	}
}

// Locking leaves nothing of a patient behind, and no dialog over the sign-in.
// Seen red with the Close in Go turned off: the draft still stood in the fields.
func TestSignInHidesEverything(t *testing.T) {
	s := start(t)
	s.chart()
	s.shell.Ask(shell.Dialog{Title: "Discard for ADELEKE?", Confirm: "Discard", Cancel: "Keep"})
	s.shell.Go(shell.SignIn)
	if s.shell.Modal() || len(s.window.Canvas().Overlays().List()) > 0 {
		t.Error("a dialog stands over the sign-in")
	}
	if s.screens.Patient.Opened() != "" || !s.screens.Patient.Draft(chart.Observations).Empty() {
		t.Error("the chart is still open behind the sign-in")
	}
	if m := test.RenderToMarkup(s.window.Canvas()); strings.Contains(m, "ADELEKE") || strings.Contains(m, "4821") {
		t.Error("a patient is drawn at the sign-in")
	}
	s.ctrl(fyne.KeyReturn)
	s.ctrl(fyne.KeyF)
	s.press(fyne.KeyF3)
	if len(s.saved)+len(s.accepted) > 0 {
		t.Error("keys work behind the sign-in")
	}
}

// A password is handed on once and not kept. Seen red with the field not emptied
// in enter: the second Enter handed it on again.
func TestPasswordIsForgotten(t *testing.T) {
	s := start(t)
	s.shell.Go(shell.SignIn)
	c := s.window.Canvas()
	test.Type(c.Focused(), "achen")
	s.press(fyne.KeyReturn)
	test.Type(c.Focused(), "correct horse")
	s.press(fyne.KeyReturn)
	s.press(fyne.KeyReturn)
	if len(s.passes) != 1 || s.passes[0] != "correct horse" {
		t.Errorf("handed on %d passwords", len(s.passes))
	}
	if strings.Contains(test.RenderToMarkup(c), "correct horse") {
		t.Error("the password is still in the field")
	}
}

// The order of Tab at the sign-in: ID, password, the eye, the button.
func TestFocusOrderAtSignIn(t *testing.T) {
	s := start(t)
	s.shell.Go(shell.SignIn)
	c := s.window.Canvas()
	first := c.Focused()
	seen := map[fyne.Focusable]bool{first: true}
	button := false
	for range 3 {
		c.FocusNext()
		seen[c.Focused()] = true
		if b, ok := c.Focused().(*widgets.Button); ok && b.SpotText() == "Sign in" {
			button = true
		}
	}
	if !button || len(seen) < 3 {
		t.Errorf("Tab reached the button %v, %d controls", button, len(seen))
	}
}

// A message that answers a press moves no button: not on the board, not on the cards. Seen
// red with the message above the screens.
func TestAMessageMovesNothing(t *testing.T) {
	s := start(t)
	s.shell.Go(shell.Board)
	accept, _, _ := s.screens.Alerts.Card("a1").Buttons()
	place := func() fyne.Position { return fyne.CurrentApp().Driver().AbsolutePositionForObject(accept) }
	before := place()
	s.shell.Say("This press did nothing: what you pressed had just moved or changed.", "Look again, then press.")
	if text := screentest.Texts(s.window.Canvas().Content()); !strings.Contains(text, "This press did nothing") {
		t.Error("the message is not shown")
	}
	if place() != before {
		t.Errorf("the button moved from %v to %v", before, place())
	}
}

// Beside the keys of the alert column those of a chart are silent: with the keyboard on a
// card E and O open no form of the patient whose chart is open, and the Enter that follows
// accepts nothing: values were typed, and nobody looked. Esc leads back. Seen red without
// the question in letter, and with keys that went nowhere forgotten.
func TestLettersActOnWhatTheyAreBeside(t *testing.T) {
	s := start(t)
	asked := 0
	s.screens.Patient = patient.New(patient.Actions{Edit: func(string, chart.Section) { asked++ }})
	s.shell = shell.New(s.window, s.screens, shell.Actions{})
	accepted := 0
	s.screens.Alerts = alerts.New(alerts.Actions{Accept: func(string) { accepted++ }})
	s.shell = shell.New(s.window, s.screens, shell.Actions{})
	s.screens.Alerts.Show(fixture.Alerts())
	s.screens.Patient.Open(fixture.Sickest)
	s.shell.Go(shell.Patient)
	s.screens.Patient.Show(patient.View{Page: fixture.Chart(), Now: fixture.Now, MayEdit: true})
	p := &screentest.Person{Canvas: s.window.Canvas(), Nobody: widgets.Keyed{}}
	_, _, open := s.screens.Alerts.Card("a2").Buttons()
	s.window.Canvas().Focus(open)
	p.Write("eon")
	if asked != 0 {
		t.Errorf("the chart was asked to open %d forms from another patient's card", asked)
	}
	accept, _, _ := s.screens.Alerts.Card("a1").Buttons()
	s.window.Canvas().Focus(accept)
	p.Write("o24")
	p.Key(fyne.KeyReturn, 0)
	p.Write("a")
	if accepted != 0 {
		t.Errorf("values that were typed accepted %d alerts", accepted)
	}
	p.Key(fyne.KeyEscape, 0)
	p.Write("o")
	if asked != 1 {
		t.Errorf("O on the chart asked %d times", asked)
	}
}
