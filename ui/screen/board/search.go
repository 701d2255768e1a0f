package board

import (
	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/widgets"
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
// enough to be seen. Else, and of several, the keyboard goes to the first: nobody opens
// what they did not read. Rows of an older text are not looked at; once those of this one
// are here the keyboard goes to the first.
func (s *Screen) found() {
	if !s.current() {
		s.sought = true
		return
	}
	i, more := s.patients()
	switch {
	case i < 0:
	case !more && s.query.Text != "" && widgets.Hand().Time().Sub(s.came) >= press.Settle:
		s.open(s.rows[i].Patient)
	default:
		s.focusAt(i)
	}
}

// goOn answers an Enter that came before its rows did: it opens nothing, for the name was
// not on the screen when it was pressed.
func (s *Screen) goOn() {
	if !s.sought || !s.current() {
		return
	}
	s.sought = false
	if i, _ := s.patients(); i >= 0 && widgets.Focused(s.search) == fyne.Focusable(s.search.Entry) {
		s.focusAt(i)
	}
}

// noteFirst remembers since when the patient stands first whom Enter would open.
func (s *Screen) noteFirst() {
	id := ""
	if i, _ := s.patients(); i >= 0 {
		id = s.rows[i].Patient
	}
	if id != s.first || s.view.Query.Text != s.sawText {
		s.first, s.sawText, s.came = id, s.view.Query.Text, widgets.Hand().Time()
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
