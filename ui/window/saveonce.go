package window

import "time"

// A save is one act from the press until the record has answered, or until the person goes back from its
// question. A second press meanwhile, such as Ctrl Enter twice, is the same act: it would ask the same again,
// over what was saved by then.

// startsSave begins the save of an edit, and reports whether none is under way yet.
func (w *Window) startsSave(ed *edit) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	starts := !ed.saving
	ed.saving, ed.last = true, time.Now()
	return starts
}

// stopsSave says that a save of an edit came to nothing: it can be pressed again. From here on the section
// is given back if nothing is typed, see [Window.expire]: what was answered meanwhile counts as typed.
func (w *Window) stopsSave(ed *edit) {
	w.mu.Lock()
	defer w.mu.Unlock()
	ed.stopsSave()
}

// stopsSave is [Window.stopsSave] with mu held.
func (ed *edit) stopsSave() { ed.saving, ed.last, ed.warned = false, time.Now(), false }
