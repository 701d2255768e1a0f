package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/chart"
)

// turns notes which patient's chart is open from now on, "" for none. UI goroutine only.
func (w *Window) turns(patientID string) {
	w.mu.Lock()
	left := w.glass.opened
	w.glass.opened = patientID
	for key, ed := range w.editor.edits {
		switch {
		case key.patient == patientID:
			ed.away = time.Time{}
		case key.patient == left:
			ed.away = time.Now()
		}
	}
	w.mu.Unlock()
	if left != "" && left != patientID {
		w.leaveEmpty(left)
	}
}

// leaveEmpty ends the editing of a chart's sections in which nothing is typed, and gives them
// back: others would wait for nothing. A section with text in it is kept for a while. Whoever
// turns back meanwhile keeps what they have.
func (w *Window) leaveEmpty(patientID string) {
	w.givesBack(func() {
		w.putAway(w.takeEdits(func(key editKey, ed *edit) bool {
			empty := !ed.deciding && !ed.lapsed && (chart.Draft{Fields: ed.typed}).Empty()
			return key.patient == patientID && w.glass.opened != patientID && empty
		}))
	})
}

// closeEdits gives every section back, drafts kept: from now on none is open in this window.
// It does not wait for the record.
func (w *Window) closeEdits() {
	left := w.takeEdits(func(editKey, *edit) bool { return true })
	if len(left) > 0 {
		w.givesBack(func() { w.putAway(left) })
	}
}

// leftEdit is an edit that is not this window's any more. Nothing is typed in it from then on.
type leftEdit struct {
	*edit
	due bool // not all of it was written down when it was left
}

// takeEdits takes the edits of which a condition holds out of the window. The condition is
// asked with mu held.
func (w *Window) takeEdits(is func(editKey, *edit) bool) (out []leftEdit) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for key, ed := range w.editor.edits {
		if !is(key, ed) {
			continue
		}
		// What is being written down may fail yet, and nobody else tries again.
		out = append(out, leftEdit{ed, ed.due()})
		ed.done = true
		delete(w.editor.edits, key)
	}
	return out
}

// putAway writes down what was left, also at the end, when the window's own context is over,
// and gives the sections back. Not on the UI goroutine.
func (w *Window) putAway(left []leftEdit) {
	ctx := context.WithoutCancel(w.ctx)
	for _, l := range left {
		if !l.due {
			continue
		}
		w.keepOne(ctx, l.edit)
	}
	for _, l := range left {
		w.mu.Lock()
		lease := l.Editing
		w.mu.Unlock()
		lease.Close(ctx)
	}
}

// givesBack runs f, which gives sections back, beside the window, one after the other. Whoever
// opens a section waits for it: see [Window.handedBack].
func (w *Window) givesBack(f func()) {
	done := make(chan struct{})
	w.mu.Lock()
	before := w.editor.handing
	w.editor.handing = done
	w.mu.Unlock()
	w.background(func() {
		defer close(done)
		if before != nil {
			<-before
		}
		f()
	})
}

// handedBack waits until what is being given back is, or ctx is over.
func (w *Window) handedBack(ctx context.Context) error {
	w.mu.Lock()
	handing := w.editor.handing
	w.mu.Unlock()
	if handing == nil {
		return nil
	}
	select {
	case <-handing:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
