package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/widgets"
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
	hear := func(sc fyne.Shortcut) {
		// A dialog is modal for the keyboard: nothing behind it hears a shortcut.
		if f := does[sc.ShortcutName()]; f != nil && s.dialog == nil && !s.Covered() {
			f()
		}
	}
	add := func(k fyne.KeyName, f func()) {
		sc := &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
		does[sc.ShortcutName()] = f
		s.canvas.AddShortcut(sc, hear)
	}
	widgets.SetWindow(s.canvas, hear)
	add(fyne.KeyL, s.lock)
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
	s.canvas.SetOnTypedKey(s.key)
	s.canvas.SetOnTypedRune(func(r rune) {
		if s.dialog != nil || s.Covered() {
			return
		}
		switch r {
		case '/':
			s.search()
		case 'm', 'M':
			if s.place == Board {
				s.screens.Board.ToggleMine()
			}
		case 'n', 'N':
			if s.place == Board {
				s.screens.Board.AskAssign()
			} else if s.place == Patient {
				s.screens.Patient.StartEdit(chart.Notes)
			}
		case '1', '2', '3', '4', '5':
			if s.place == Patient {
				s.screens.Patient.ShowTab(patient.Tab(r - '1'))
			}
		case 'e', 'E', 'o', 'O':
			if s.place == Patient {
				s.screens.Patient.StartEdit(chart.Observations)
			}
		}
	})
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
	if s.place == Patient {
		s.screens.Patient.Save()
	}
}

func (s *Shell) key(ev *fyne.KeyEvent) {
	if s.dialog != nil {
		s.dialog.key(ev)
		return
	}
	if s.place == SignIn {
		return
	}
	if s.Covered() {
		s.Uncover()
		return
	}
	switch ev.Name {
	case fyne.KeyF1:
		s.ShowKeys()
	case fyne.KeyF2:
		switch s.place {
		case Patient:
			s.screens.Patient.Back()
		case Load, Station:
			s.Go(Board)
		default:
			s.screens.Board.FocusBeds()
		}
	case fyne.KeyF3:
		s.screens.Alerts.FocusFirst()
	case fyne.KeyEscape:
		s.escape()
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight:
		if s.place == Board && s.canvas.Focused() == nil {
			s.screens.Board.FocusBeds()
		}
	}
}

// escape leaves the alert column first, then the chart.
func (s *Shell) escape() {
	switch {
	case s.screens.Alerts.HasFocus() && s.place == Board:
		s.screens.Board.FocusBeds()
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
