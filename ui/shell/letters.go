package shell

import (
	"unicode"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

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
		if !s.dialog.typesOn(func(e *widgets.Entry) { e.TypedRune(r) }) {
			hand.Astray()
		}
		return
	}
	switch do, button := s.letter(unicode.ToLower(r)); {
	case do == nil: // a value, a name or a scan that was meant for a field
		hand.Astray()
		s.unaccepted(unicode.ToLower(r))
	case button == nil && r != '/' && hand.DropAstray():
	case button == nil:
		hand.Once(hand.Newest(), do)
	case s.screens.Board.Mine() == button && s.screens.Board.Names(): // the others open a form or a question
		hand.Alone(s, button, hand.Newest(), do)
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
