package board

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// FocusSearch puts the keyboard into the search field, on the whole of an old text: what
// is typed next replaces it.
func (s *Screen) FocusSearch() {
	widgets.Focus(s.search.Entry)
	s.search.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// EndSearch takes the text away without asking: whoever found a patient by it has
// opened the chart, and the board is whole again.
func (s *Screen) EndSearch() {
	s.query.Text, s.sought = "", false
	s.search.SetText("")
}

// ClearSearch takes the text away and asks for all beds again.
func (s *Screen) ClearSearch() {
	if s.search.Text() != "" {
		s.EndSearch()
		s.ask()
	}
}

// found opens the one patient that this text found, once the row has stood there for long
// enough to be seen. Else, and of several, the keyboard goes to the one who is meant: nobody opens what
// they did not read. Rows of an older text are not looked at; once those of this one are here the keyboard
// goes there. A bed that is typed opens nobody who does not lie there, nor a name while the filter hides a
// namesake. Whatever opens no chart says so.
func (s *Screen) found() {
	look := tongue.T("Look who is selected, then press Enter.")
	if !s.current() {
		s.sought = true
		s.unopened(tongue.T("No chart was opened: the search was still under way."), look)
		return
	}
	if why := s.showBedTyped(); why != "" {
		s.unopened(why, tongue.T("Check the bed, or type more of the name or number."))
		return
	}
	i, more := s.meant()
	nothing := patient.Letters(s.query.Text) == ""
	hides := !more && i >= 0 && s.hides(i)
	fresh := widgets.Hand().Time().Sub(s.came) < press.Settle
	if i >= 0 && (more || hides || fresh || nothing) {
		s.focusAt(i)
	}
	switch {
	case nothing:
		s.unopened(tongue.T("No chart was opened: nothing was searched for."),
			tongue.T("Choose a bed, or type a name, a number or a bed."))
	case i < 0:
		s.unopened(tongue.T("No chart was opened: the search found nobody."), tongue.T("Press Esc to clear it."))
	case more:
		s.unopened(tongue.T("No chart was opened: the search found more than one patient."), look)
	case hides:
		s.unopened(tongue.T("No chart was opened: the filter hides another patient whom this text finds."), look)
	case fresh:
		s.unopened(tongue.T("No chart was opened: the patient had only just been found."), look)
	default:
		s.open(s.rows[i].Patient)
	}
}

// meant is the row that Enter is about, or -1, and whether it is one of several: then it is the one that is
// outlined already, if this text found that patient, too.
func (s *Screen) meant() (row int, several bool) {
	row, several = s.patients()
	if several = several && !s.inBed(row); several { // several: there is a first
		if i, is := s.at[s.selected]; is {
			row = i
		}
	}
	return row, several
}

// hides reports whether the filter hides a patient whom the text finds as it does the one of a row: whoever searches for
// a name may mean the namesake.
func (s *Screen) hides(row int) bool {
	if s.inBed(row) {
		return false
	}
	return slices.ContainsFunc(s.view.Snapshot.Rows, func(r board.Row) bool {
		_, shown := s.at[r.Patient]
		return !shown && r.Found(s.query.Text)
	})
}

// inBed reports whether the text is the bed of the row that stands first, and of no other: a bed's
// number may also be part of another patient's.
func (s *Screen) inBed(first int) bool {
	if !s.rows[first].InBed(s.query.Text) {
		return false
	}
	return !slices.ContainsFunc(s.rows[first+1:], func(r board.Row) bool { return r.InBed(s.query.Text) })
}

// unopened says why Enter opened no chart, and what to do: whoever pressed it may think that one
// is open, or that the station hangs.
func (s *Screen) unopened(why, next string) {
	widgets.Hand().Missed()
	if s.actions.Unopened != nil {
		s.actions.Unopened(words.Message{What: why, Next: next})
	}
}

// goOn answers an Enter that came before its rows did: it opens nothing, for the name was
// not on the screen when it was pressed.
func (s *Screen) goOn() {
	if !s.sought || !s.current() {
		return
	}
	s.sought = false
	if widgets.Focused(s.search) != fyne.Focusable(s.search.Entry) || s.showBedTyped() != "" {
		return
	}
	if i, _ := s.meant(); i >= 0 {
		s.focusAt(i)
	}
}

// noteFirst remembers since when the patient stands first whom Enter would open, and outlines them: whoever sees
// another one outlined would think that Enter is about that one.
func (s *Screen) noteFirst() {
	id := ""
	i, several := s.meant()
	if i >= 0 {
		id = s.rows[i].Patient
	}
	text := s.view.Query.Text
	if id == s.first && text == s.sawText {
		return
	}
	if id != s.first || !s.alone { // whoever stood there alone is read, however the text goes on
		s.came = widgets.Hand().Time()
	}
	s.first, s.sawText, s.alone = id, text, id != "" && !several
	if patient.Letters(text) == "" {
		return
	}
	if why, _ := s.bedTyped(); why == "" && id != "" && !several && s.current() {
		s.Select(id)
	}
}

// current reports whether the rows shown are those of the text in the field.
func (s *Screen) current() bool {
	return s.view.Query.Text == s.search.Text() && !s.view.Snapshot.Loading
}

// patients is the place of the first row with a patient, or -1, and whether more have one.
func (s *Screen) patients() (first int, more bool) {
	first = -1
	for i, r := range s.rows {
		switch {
		case r.Patient == "":
		case first >= 0:
			return first, true
		default:
			first = i
		}
	}
	return first, false
}

func (s *Screen) searchKey(ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyDown:
		s.FocusBeds()
	case fyne.KeyEscape:
		s.ClearSearch()
		s.FocusBeds()
	default:
		return false
	}
	return true
}
