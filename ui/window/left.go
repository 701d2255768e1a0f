package window

import "github.com/wardlight/wardlight/app/chart"

// turns notes which patient's chart is open from now on, "" for none. UI goroutine only.
func (w *Window) turns(patientID string) {
	w.mu.Lock()
	left := w.opened
	w.opened = patientID
	w.mu.Unlock()
	if left != "" && left != patientID {
		w.leaveEmpty(left)
	}
}

// leaveEmpty ends the editing of a chart's sections in which nothing is typed, and gives them
// back: others would wait for nothing. A section with text in it is kept for a while. Whoever
// turns back meanwhile keeps what they have.
func (w *Window) leaveEmpty(patientID string) {
	w.background(func() {
		w.handing.Lock()
		defer w.handing.Unlock()
		var over []*edit
		w.mu.Lock()
		for key, ed := range w.edits {
			empty := !ed.deciding && !ed.lapsed && (chart.Draft{Fields: ed.typed}).Empty()
			if key.patient == patientID && w.opened != patientID && empty {
				ed.done = true
				delete(w.edits, key)
				over = append(over, ed)
			}
		}
		w.mu.Unlock()
		for _, ed := range over {
			if ed.dirty { // it was emptied: what was kept of it is dropped, nobody else keeps it now
				_ = ed.Keep(w.ctx, ed.typed)
			}
			ed.Close(w.ctx)
		}
	})
}

// handedBack waits until what is being given back is.
func (w *Window) handedBack() {
	w.handing.Lock()
	defer w.handing.Unlock()
}
