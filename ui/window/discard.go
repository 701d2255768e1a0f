package window

import (
	"context"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/ask"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
)

// discard throws away what was typed in a section, and gives it back: every Discard of this
// window, of a form, a conflict, a lost section or a draft that was opened again. It stands beside
// Save, and nothing brings the text back: so where something was typed, it asks once. UI goroutine
// only.
func (w *Window) discard(patientID string, section chart.Section) {
	// Their own text: whoever may not write here any more may still throw it away.
	a, ok := w.begins("", patientID)
	if !ok {
		return
	}
	key := editKey{patientID, section}
	typed, began := w.chart.Draft(section), map[string]string(nil)
	w.mu.Lock()
	ed := w.editor.edits[key]
	if ed != nil { // in a conflict the form shows what was chosen, too
		typed.Fields, began = ed.typed, ed.began
	}
	w.mu.Unlock()
	if began == nil { // a text that was kept may change an entry, too
		began = w.chart.Signed(section, typed.Fields[screen.AmendsField])
	}
	if lost := ask.Lost(typed, began); len(lost) > 0 {
		a.ask(ask.Discard(w.chart.Patient(), section, lost, func() { w.throwAway(a, key, ed) },
			func() { w.goOn(section) }))
		return
	}
	w.throwAway(a, key, ed)
}

// throwAway does what [Window.discard] asked about: to that edit alone. Of one that was saved or
// given back while it was asked nothing is left to throw away here. UI goroutine only.
func (w *Window) throwAway(a act, key editKey, ed *edit) {
	w.mu.Lock()
	if w.editor.edits[key] != ed {
		w.mu.Unlock()
		return
	}
	delete(w.editor.edits, key)
	if ed != nil {
		ed.done = true
	}
	w.mu.Unlock()
	w.show(a.by, key.at(screen.Reading))
	if ed != nil {
		w.off(func(ctx context.Context) {
			if err := ed.Discard(ctx); err != nil {
				w.answer(a.by, err)
			}
		})
	}
}

// goOn gives the keyboard back to the form of which nothing was thrown away, unless another question
// has it. UI goroutine only.
func (w *Window) goOn(section chart.Section) {
	if !w.shell.Modal() {
		w.chart.GoOn(section)
	}
}
