package window

import (
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/words"
)

// A save may hang for as long as it takes to leave a section, to hand the station over and to open the
// same section again. What becomes of an edit is shown in a form, and taken from the window, only while
// it is that very edit which stands there: a section's key names the next person's as well.

// isHere reports whether an edit is the one of its section in this window.
func (w *Window) isHere(key editKey, ed *edit) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.editor.edits[key] == ed
}

// ends takes an edit out of the window, and reports whether it was there still.
func (w *Window) ends(key editKey, ed *edit) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return takeOut(w.editor.edits, key, ed)
}

// takeOut takes something out from under a section, if that is what stands there, and reports whether it
// was.
func takeOut[V comparable](of map[editKey]V, key editKey, v V) bool {
	if of[key] != v {
		return false
	}
	delete(of, key)
	return true
}

// showOf is [Window.show] of one edit, while it is here.
func (w *Window) showOf(s staff.Session, ed *edit, e screen.Edit) {
	e.Now = time.Now().UTC()
	w.forOnly(s, func() {
		if w.isHere(editKey{e.Patient, e.Section}, ed) {
			w.chart.SetEdit(e)
		}
	})
}

// showOrSay is [Window.showOf] of what a nurse must hear wherever she is, for it is of her text: where
// another screen is open, or another form of the section, it is said across the window.
func (w *Window) showOrSay(s staff.Session, ed *edit, e screen.Edit) {
	e.Now = time.Now().UTC()
	surname := w.row(e.Patient).Surname
	w.forOnly(s, func() {
		if !w.isHere(editKey{e.Patient, e.Section}, ed) || !w.chart.SetEdit(e) {
			w.sayHere(words.Message{What: fmt.Sprintf("%s, %s: %s", surname, e.Section.Lower(), e.What), Next: e.Next},
				saidFor)
		}
	})
}

// sends is the edit of a draft that somebody presses to save or compare, and their act. Where the
// section is not open here any more it says so: a press is never without an answer. UI goroutine only.
func (w *Window) sends(d chart.Draft) (*edit, act, bool) {
	a, ok := w.begins(staff.EditChart, d.Patient)
	if !ok {
		return nil, a, false
	}
	ed := w.take(d)
	if ed == nil {
		w.sayHere(words.Message{What: tongue.T("This press did nothing: the section is not open here any more."),
			Next: tongue.T("Look whether your text is in the chart. If it is not, press Edit and enter it again.")}, saidFor)
	}
	return ed, a, ed != nil
}

// sayStands tells a nurse that a save came through of a form that is not on the screen any more: another
// may be, with the same text in it.
func (w *Window) sayStands(s staff.Session, d chart.Draft) {
	surname := w.row(d.Patient).Surname
	w.sayTo(s, words.Message{What: tongue.Tf("%s, %s: what you saved before is in the record now.", surname,
		d.Section.Lower()), Next: tongue.T("Look at the chart before you save the same again.")})
}
