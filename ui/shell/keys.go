package shell

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// The station has no menu bar. The toolkit gives a shortcut first to the menu,
// then to the focused widget, then to the canvas; all widgets here hand on what
// they do not use, so the canvas hears every key, and one place decides.

// Key is one line of the list of keys.
type Key struct{ Keys, Does string }

// Keys is the list that F1 shows.
func Keys() []Key {
	return []Key{
		{tongue.T("Ctrl L"), tongue.T("Lock this station")},
		{"F1", tongue.T("This list")},
		{tongue.T("Ctrl K"), tongue.T("Any command, or any patient, by a part of its name")},
		{tongue.T("Ctrl D"), tongue.T("My drafts: what you typed and did not save")},
		{"F2", tongue.T("Board")},
		{"F3", tongue.T("Alerts: the first card")},
		{"A   R   F", tongue.T("On a card: accept, reject, forward")},
		{"G", tongue.T("On a card: accept all open alerts of its patient")},
		{"W", tongue.T("On a card that you cannot accept: say that you are on your way")},
		{"N", tongue.T("On a card: say that you are not coming after all")},
		{"E   B", tongue.T("On a card of yours: end, give back")},
		{"/   " + tongue.T("Ctrl F"), tongue.T("Search the board")},
		{"← → ↑ ↓", tongue.T("Move between beds")},
		{"M", tongue.T("On a bed: take the patient for the shift, or give back")},
		{"N", tongue.T("On a bed: give the patient to a nurse")},
		{tongue.T("Ctrl I"), tongue.T("Initials in place of names, for a screen that the public sees")},
		{"↵", tongue.T("Open the chart, press the button")},
		{"1 … 5", tongue.T("In a chart: its tabs")},
		{"O   N", tongue.T("In a chart: new observations, new note")},
		{tongue.T("Ctrl B"), tongue.T("In a note: the words of SBAR")},
		{tongue.T("Ctrl ↵"), tongue.T("Save what is being edited")},
		{"Esc", tongue.T("Back, or close")},
		{"Tab", tongue.T("Next field or button")},
	}
}

func (s *Shell) listen() {
	does := map[string]func(){}
	lock := &desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierShortcutDefault}
	hear := func(sc fyne.Shortcut) {
		// also under a cover that its own Ctrl has lifted
		if sc.ShortcutName() == lock.ShortcutName() && s.dialog == nil {
			s.lock()
			return
		}
		// A dialog is modal for the keyboard: nothing behind it hears a shortcut.
		if f := does[sc.ShortcutName()]; f != nil && s.dialog == nil && !s.Covered() {
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
	add(fyne.KeyReturn, s.save)
	add(fyne.KeyEnter, s.save)
	if d, is := s.canvas.(desktop.Canvas); is { // where nothing has the focus
		var k widgets.Keyed
		d.SetOnKeyDown(k.KeyDown)
		d.SetOnKeyUp(k.KeyUp)
	}
	s.canvas.SetOnTypedKey(s.key)
	s.canvas.SetOnTypedRune(s.rune)
}

// Aim implements press.Thing: letters are for the patient whose bed or chart is open.
func (s *Shell) Aim() string {
	if s.place == Patient {
		return s.screens.Patient.Opened()
	}
	return s.screens.Board.Selected()
}

// rune does what a letter stands for, unless its key has done something already: what
// opens a dialog, or lifts the cover, does nothing else.
func (s *Shell) rune(r rune) {
	hand := widgets.Hand()
	switch {
	case s.Covered(), hand.Spent(), hand.IsAside(): // what is played into a form stays there
		return
	case s.dialog != nil:
		hand.Astray()
		return
	}
	switch do, button := s.letter(unicode.ToLower(r)); {
	case do == nil: // a value, a name or a scan that was meant for a field
		hand.Astray()
		s.unaccepted(unicode.ToLower(r))
	case button == nil && r != '/' && hand.Strays():
	case button == nil:
		hand.Once(hand.Newest(), do)
	default:
		hand.Letter(s, button, hand.Newest(), do)
	}
}

// letter is what a letter does here, nil for nothing, and the button that it stands for, nil
// where it only goes somewhere. Beside the keys of the alert column those of a bed or a chart
// are silent: the eye is on another patient.
func (s *Shell) letter(r rune) (do func(), button press.Thing) {
	switch {
	case r == '/' && s.place == Board:
		return s.search, nil
	case s.screens.Alerts.HasFocus():
		return nil, nil
	case s.place == Patient && r >= '1' && r <= '5':
		return func() { s.screens.Patient.ShowTab(patient.Tab(r - '1')) }, nil
	}
	edit := func(section chart.Section) (func(), press.Thing) {
		return func() { s.screens.Patient.StartEdit(section) }, s.screens.Patient.Edits(section)
	}
	switch {
	case r == 'm' && s.place == Board && s.screens.Board.MayTake():
		return s.screens.Board.ToggleMine, s.screens.Board.Mine()
	case r == 'm' && s.place == Board:
		return func() { s.mayNot(words.Untaken(s.screens.Board.Initials())) }, nil
	case r == 'n' && s.place == Board && s.screens.Board.MayAssign():
		return s.screens.Board.AskAssign, s.screens.Board.Assigns()
	case r == 'n' && s.place == Board:
		return func() { s.mayNot(words.Unassigned(s.screens.Board.Initials())) }, nil
	case r == 'n' && s.place == Patient:
		return edit(chart.Notes)
	case (r == 'e' || r == 'o') && s.place == Patient:
		return edit(chart.Observations)
	}
	return nil, nil
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

func (s *Shell) save() {
	if s.place == Patient && !s.screens.Alerts.HasFocus() {
		s.screens.Patient.Save()
	}
}

func (s *Shell) key(ev *fyne.KeyEvent) {
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

// ShowKeys shows the list of keys.
func (s *Shell) ShowKeys() {
	rows := make([]widgets.Pair, 0, len(Keys()))
	for _, k := range Keys() {
		rows = append(rows, widgets.Pair{Left: k.Keys, Right: k.Does})
	}
	s.Ask(Dialog{Title: tongue.T("Keys"), Pairs: rows, Confirm: tongue.T("Close")})
}
