package window

import (
	"context"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/words"
)

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
// back: others would wait for nothing. A section with text in it is kept for a while.
func (w *Window) leaveEmpty(patientID string) {
	var over []*edit
	w.mu.Lock()
	for key, ed := range w.edits {
		if key.patient == patientID && !ed.deciding && !ed.lapsed &&
			(chart.Draft{Fields: ed.typed}).Empty() {
			ed.done = true
			delete(w.edits, key)
			over = append(over, ed)
		}
	}
	w.mu.Unlock()
	for _, ed := range over {
		w.off(func(ctx context.Context) {
			if err := ed.Discard(ctx); err != nil {
				w.say(words.For(err))
			}
		})
	}
}
