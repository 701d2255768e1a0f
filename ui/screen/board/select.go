package board

import (
	"strings"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Select marks a patient, by ID: whatever the rows do, the mark stays with the
// patient.
func (s *Screen) Select(patientID string) {
	if s.selected == patientID {
		return
	}
	if old := s.beds[bedKey{patient: s.selected}]; old != nil {
		old.SetSelected(false)
	}
	s.selected, s.looked, s.turned = patientID, patientID, widgets.Hand().Time()
	if b := s.beds[bedKey{patient: patientID}]; b != nil && patientID != "" {
		b.SetSelected(true)
	}
	s.scroll.Attend()
	s.showWhy()
}

// hover follows the pointer: the bed under it is explained, the one selected
// when it left.
func (s *Screen) hover(patientID string, in bool) {
	s.still.pointed(in)
	if in && s.looked == patientID {
		return
	}
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
	if s.looked != s.selected && s.isAway(s.looked) { // it slid away from under the pointer
		s.looked = s.selected
	}
	s.foot.set(s.row(s.looked), s.row(s.selected), s.isAway(s.looked), s.view, s.actions)
	if h := s.foot.box.Size().Height; h > 0 && s.content.Layout != nil &&
		widgets.HeightFor(s.foot.box, s.foot.box.Size().Width) != h {
		s.content.Refresh()
	}
}

// ToggleMine takes the selected patient for the shift, or gives them back.
func (s *Screen) ToggleMine() {
	s.onSelected(func(id string) {
		switch {
		case s.actions.Mine == nil:
		case widgets.Hand().Time().Sub(s.foot.turned) < press.Rest: // it said the contrary just now
			refused()
		default:
			s.actions.Mine(id, !s.row(id).Has(s.view.Me))
		}
	}, s.view.MayEdit)
}

// AskAssign asks whom to give the selected patient to.
func (s *Screen) AskAssign() { s.onSelected(s.actions.Assign, s.view.MayAssign) }

// MayTake reports whether this person may take a patient.
func (s *Screen) MayTake() bool { return s.view.MayEdit }

// MayAssign reports whether this person may give a patient to a nurse.
func (s *Screen) MayAssign() bool { return s.view.MayAssign }

// Initials reports whether the board shows initials in place of names: nobody may act then.
func (s *Screen) Initials() bool { return s.view.Snapshot.Initials }

// Loading reports whether the patients of the ward are not known yet.
func (s *Screen) Loading() bool { return !s.shown || s.view.Snapshot.Loading }

// Mine is the button that takes the patient, or gives them back.
func (s *Screen) Mine() press.Thing { return s.foot.mine }

// Assigns is the button that gives the patient to a nurse.
func (s *Screen) Assigns() press.Thing { return s.foot.assign }

// onSelected does something to the selected patient, whom the foot names. Where the foot
// explains another one, at whom the pointer is, it turns to the selected one and does no
// more: nobody can have meant both. Of one whose bed was scrolled away it brings the bed back,
// and does no more: a key acts on what the screen shows.
func (s *Screen) onSelected(do func(patientID string), may bool) {
	switch {
	case do == nil || !may || s.row(s.selected) == nil:
	case !s.Names():
		s.looked, s.turned = s.selected, widgets.Hand().Time()
		if s.isAway(s.selected) {
			s.scroll.Attend()
			s.reveal(s.at[s.selected])
		}
		s.showWhy()
		refused()
	default:
		do(s.selected)
	}
}

// Names reports whether the foot names the selected patient, whose bed is on the screen: a key acts on nobody else.
func (s *Screen) Names() bool {
	return s.row(s.selected) != nil && s.looked == s.selected && !s.isAway(s.selected)
}

// refused says that a key did nothing.
func refused() {
	if f := widgets.Hand().Refused; f != nil {
		f()
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

// FocusBeds puts the keyboard on the selected patient, or on the first bed, as soon as there is one.
func (s *Screen) FocusBeds() {
	i, is := s.at[s.selected]
	if !is {
		i, _ = s.patients()
	}
	if s.awaited = i < 0; !s.awaited {
		s.focusAt(i)
	}
}

// goOnTo brings the keyboard to the beds that it was to go to before there were any, unless it is
// elsewhere by now.
func (s *Screen) goOnTo() {
	if i, _ := s.patients(); s.awaited && i >= 0 && s.content.Visible() && widgets.Focused(s.content) == nil {
		s.FocusBeds()
	}
}

func plain(mrn string) string { return strings.ReplaceAll(mrn, " ", "") }
