package board

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Select marks a patient, by ID: whatever the rows do, the mark stays with the
// patient.
func (s *Screen) Select(patientID string) {
	if s.selected == patientID {
		return
	}
	if old := s.beds[s.selected]; old != nil {
		old.SetSelected(false)
	}
	s.selected, s.looked = patientID, patientID
	if b := s.beds[patientID]; b != nil && patientID != "" {
		b.SetSelected(true)
	}
	s.showWhy()
}

// hover follows the pointer: the bed under it is explained, the one selected
// when it left.
func (s *Screen) hover(patientID string, in bool) {
	switch {
	case in:
		s.looked = patientID
	case s.looked == patientID:
		s.looked = s.selected
	}
	s.showWhy()
}

func (s *Screen) row(patientID string) *board.Row {
	if i, is := s.at[patientID]; is {
		return &s.rows[i]
	}
	return nil
}

func (s *Screen) showWhy() {
	s.foot.set(s.row(s.looked), s.row(s.selected), s.view, s.actions)
}

// ToggleMine takes the selected patient for the shift, or gives them back.
func (s *Screen) ToggleMine() {
	if s.actions.Mine != nil && s.view.MayEdit && s.row(s.selected) != nil {
		s.looked = s.selected
		s.showWhy()
		s.actions.Mine(s.selected)
	}
}

// AskAssign asks whom to give the selected patient to.
func (s *Screen) AskAssign() {
	if s.actions.Assign != nil && s.view.MayAssign && s.row(s.selected) != nil {
		s.looked = s.selected
		s.showWhy()
		s.actions.Assign(s.selected)
	}
}

// Rows are all beds of the ward, whatever is shown of them.
func (s *Screen) Rows() []board.Row { return s.view.Snapshot.Rows }

// Open asks to open a patient's chart.
func (s *Screen) Open(patientID string) { s.open(patientID) }

func (s *Screen) open(patientID string) {
	s.Select(patientID)
	if s.actions.Open != nil && patientID != "" {
		s.actions.Open(patientID)
	}
}

// openFirst opens the one patient that a search found; with several it moves
// the focus to the first, so that nobody opens what they did not read.
func (s *Screen) openFirst() {
	if i := s.firstPatient(); i >= 0 {
		s.focusAt(i)
	}
}

// move takes the focus to the neighbour of a patient's bed.
func (s *Screen) move(patientID string, dx, dy int) {
	at, is := s.at[patientID]
	if !is {
		return
	}
	step := dx + dy*s.columns()
	if s.list {
		step = dy
	}
	for i := at + step; i >= 0 && i < len(s.rows) && step != 0; i += step {
		if s.rows[i].Patient != "" {
			s.focusAt(i)
			return
		}
	}
	if dy < 0 && at+step < 0 {
		widgets.Focus(s.search.Entry)
	}
}

// FocusSearch puts the keyboard into the search field.
func (s *Screen) FocusSearch() { widgets.Focus(s.search.Entry) }

// FocusBeds puts the keyboard on the selected patient, or on the first bed.
func (s *Screen) FocusBeds() {
	i, is := s.at[s.selected]
	if !is {
		i = s.firstPatient()
	}
	if i >= 0 {
		s.focusAt(i)
	}
}

func (s *Screen) searchKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyDown:
		s.FocusBeds()
	case fyne.KeyEscape:
		if s.search.Text() != "" {
			s.search.SetText("")
			s.query.Text = ""
			s.ask()
		}
		s.FocusBeds()
	default:
		return false
	}
	return true
}

func plain(mrn string) string { return strings.ReplaceAll(mrn, " ", "") }
