package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// The station has no menu bar. The toolkit gives a shortcut first to the menu,
// then to the focused widget, then to the canvas; all widgets here hand on what
// they do not use, so the canvas hears every key, and one place decides.

// listen takes the window's keys.
func (s *Shell) listen() {
	does, saves := map[string]func(){}, map[string]bool{}
	lock := &desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierShortcutDefault}
	hear := func(sc fyne.Shortcut) {
		// Whoever walks off wants it locked: under a cover that its own Ctrl has lifted, and while a question
		// is open, which waits behind the lock as it does when the station locks itself.
		if sc.ShortcutName() == lock.ShortcutName() {
			s.lock()
			return
		}
		// A dialog is modal for the keyboard: nothing behind it hears a shortcut.
		switch f := does[sc.ShortcutName()]; {
		case s.dialog != nil || s.Covered():
		case saves[sc.ShortcutName()]:
			s.save()
		case f != nil:
			widgets.Hand().Once(widgets.Hand().Newest(), f)
		}
	}
	add := func(k fyne.KeyName, f func()) {
		sc := &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
		does[sc.ShortcutName()] = f
		s.canvas.AddShortcut(sc, hear)
	}
	widgets.SetWindow(s.canvas, hear)
	s.canvas.AddShortcut(lock, hear)
	add(fyne.KeyF, s.search)
	add(fyne.KeyI, s.initials)
	add(fyne.KeyK, s.ShowCommands)
	add(fyne.KeyD, s.drafts)
	add(fyne.KeyB, func() {
		if s.place == Patient {
			s.screens.Patient.Template()
		}
	})
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter} {
		sc := &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
		saves[sc.ShortcutName()] = true
		s.canvas.AddShortcut(sc, hear)
	}
	if d, is := s.canvas.(desktop.Canvas); is { // where nothing has the focus
		var k widgets.Keyed
		d.SetOnKeyDown(k.KeyDown)
		d.SetOnKeyUp(k.KeyUp)
	}
	s.canvas.SetOnTypedKey(s.key)
	s.canvas.SetOnTypedRune(s.rune)
}

func (s *Shell) lock() {
	if s.place != SignIn {
		run(s.actions.Lock)
	}
}

func (s *Shell) drafts() {
	if s.place != SignIn {
		run(s.actions.Drafts)
	}
}

func (s *Shell) initials() {
	if s.place == Board {
		run(s.actions.Initials)
	}
}

func (s *Shell) search() {
	if s.place == Board {
		s.screens.Board.FocusSearch()
	}
}

// save presses the button that Ctrl Enter stands for: it is guarded as that button is.
func (s *Shell) save() {
	if s.place != Patient || s.screens.Alerts.HasFocus() {
		return
	}
	button, do, open := s.screens.Patient.Saves()
	switch {
	case do != nil:
		widgets.Hand().Letter(s, button, widgets.Hand().Newest(), do)
	case open:
		s.mayNot(words.Unsaved())
	}
}

// key does what a plain key is for, once for each time that it goes down.
func (s *Shell) key(ev *fyne.KeyEvent) {
	if s.dialog != nil && ev.Name != fyne.KeyEscape && s.dialog.typesOn(func(e *widgets.Entry) { e.TypedKey(ev) }) {
		return
	}
	if do := s.goes(ev); do != nil && !widgets.Hand().IsAside() {
		widgets.Hand().Once(press.Key(ev.Name), do)
	}
}

// goes is what a plain key does here, or nil.
func (s *Shell) goes(ev *fyne.KeyEvent) func() {
	switch {
	case s.dialog != nil:
		return s.dialog.key(ev)
	case s.place == SignIn:
		return nil
	case s.Covered():
		return s.Uncover
	}
	switch ev.Name {
	case fyne.KeyF1:
		return s.ShowKeys
	case fyne.KeyF2:
		return s.toBoard
	case fyne.KeyF3:
		return func() { s.screens.Alerts.FocusFirst() }
	case fyne.KeyEscape:
		return s.escape
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight:
		if s.place == Board && s.canvas.Focused() == nil {
			return s.screens.Board.FocusBeds
		}
	}
	return nil
}

// toBoard goes to the beds, or back to the board.
func (s *Shell) toBoard() {
	switch s.place {
	case Patient:
		s.screens.Patient.Back()
	case Load, Station:
		s.Go(Board)
	default:
		s.screens.Board.FocusBeds()
	}
}

// escape leaves the alert column first, then the chart.
func (s *Shell) escape() {
	switch {
	case s.screens.Alerts.HasFocus() && s.place == Board:
		s.screens.Board.FocusBeds()
	case s.place == Board:
		s.screens.Board.ClearSearch()
	case s.place == Load, s.place == Station:
		s.Go(Board)
	case s.screens.Alerts.HasFocus():
		s.screens.Patient.Focus()
	case s.place == Patient:
		s.screens.Patient.Back()
	}
}
