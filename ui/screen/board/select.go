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
	if b := s.beds[patientID]; b != nil && patientID != "" {
		r := b.Row()
		return &r
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
	var found []bed
	for _, b := range s.order {
		if b.Row().Patient != "" {
			found = append(found, b)
		}
	}
	if len(found) == 0 {
		return
	}
	s.focus(found[0])
}

// move takes the focus to the neighbour of a patient's bed.
func (s *Screen) move(patientID string, dx, dy int) {
	at := -1
	for i, b := range s.order {
		if b.Row().Patient == patientID {
			at = i
		}
	}
	if at < 0 {
		return
	}
	step := dx + dy*s.columns()
	if s.list {
		step = dy
	}
	for i := at + step; i >= 0 && i < len(s.order) && step != 0; i += step {
		if s.order[i].Row().Patient != "" {
			s.focus(s.order[i])
			return
		}
	}
	if dy < 0 && at+step < 0 {
		widgets.Focus(s.search.Entry)
	}
}

func (s *Screen) focus(b bed) {
	widgets.Focus(b)
	s.scroll.Reveal(b)
}

// FocusSearch puts the keyboard into the search field.
func (s *Screen) FocusSearch() { widgets.Focus(s.search.Entry) }

// FocusBeds puts the keyboard on the selected patient, or on the first bed.
func (s *Screen) FocusBeds() {
	if b := s.beds[s.selected]; b != nil && s.selected != "" {
		s.focus(b)
		return
	}
	for _, b := range s.order {
		if b.Row().Patient != "" {
			s.focus(b)
			return
		}
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
