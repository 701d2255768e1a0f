package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/words"
)

// An edit in which nothing is typed is given back: others wait. The nurse is
// warned first, and her text is kept.
const (
	editIdle = 5 * time.Minute
	editWarn = 4 * time.Minute
)

// changed takes what is typed; it is written down by keepDrafts.
func (w *Window) changed(d chart.Draft) {
	now, back := time.Now(), false
	w.mu.Lock()
	w.who.active = now
	ed := w.editor.edits[keyOf(d)]
	if ed != nil {
		back = ed.warned && !ed.deciding
		ed.typed, ed.dirty, ed.last, ed.warned = d.Fields, true, now, false
	}
	w.mu.Unlock()
	if back { // the warning has done its work
		w.show(ed.by, keyOf(d).at(screen.Editing))
	}
}

// keepDrafts writes drafts down once a second while somebody types.
func (w *Window) keepDrafts() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-w.ctx.Done():
			return
		case <-tick.C:
			w.keep(w.ctx)
			w.expire(time.Now())
		}
	}
}

// expire warns of edits in which nothing is typed, and gives back those in which
// nothing was typed for longer still.
func (w *Window) expire(now time.Time) {
	var warn, over []editKey
	edits := map[editKey]*edit{}
	w.mu.Lock()
	for key, ed := range w.editor.edits {
		if ed.lapsed || ed.Beside { // nobody waits for it
			continue
		}
		edits[key] = ed
		switch idle := now.Sub(ed.last); {
		case idle >= editIdle:
			over = append(over, key)
		case idle >= editWarn && !ed.warned:
			ed.warned = true
			warn = append(warn, key)
		}
	}
	w.mu.Unlock()
	for _, key := range warn {
		if w.isDeciding(edits[key]) {
			continue
		}
		w.showOrSay(edits[key].by, screen.Edit{Patient: key.patient, Section: key.section, Phase: screen.Editing,
			What: tongue.T("Nothing was typed for four minutes."),
			Next: tongue.T("In one more minute this section is given back; your text is kept. Type to keep it.")})
	}
	for _, key := range over {
		deciding := w.lapse(edits[key])
		if deciding {
			continue // nothing on the screen changes: the save takes the lease again
		}
		w.showOrSay(edits[key].by, screen.Edit{Patient: key.patient, Section: key.section, Phase: screen.Lost,
			What: tongue.T("Nothing was typed for five minutes, so this section was given back."),
			Next: tongue.T("Your text is kept. Edit again to go on.")})
	}
}

// keepNow writes drafts down soon, off the window's goroutine.
func (w *Window) keepNow() { w.background(func() { w.keep(w.ctx) }) }

// keep writes down what was typed since it was last kept. Not on the UI goroutine.
func (w *Window) keep(ctx context.Context) {
	type due struct {
		ed    *edit
		lease *chart.Editing // as it is now: a conflict may take another
		typed map[string]string
	}
	var list []due
	w.mu.Lock()
	for _, ed := range w.editor.edits {
		if ed.dirty {
			ed.dirty = false
			ed.keeping++
			list = append(list, due{ed, ed.Editing, ed.typed})
		}
	}
	w.mu.Unlock()
	for _, d := range list {
		call, cancel := context.WithTimeout(ctx, callLimit)
		err := d.lease.Keep(call, d.typed)
		w.mu.Lock()
		d.ed.keeping--
		if err != nil {
			d.ed.dirty = true // tried again in a second
		}
		w.mu.Unlock()
		if err != nil && ctx.Err() == nil {
			w.opt.Logger.Warn("a draft could not be written down yet", "patient", d.lease.Patient, "err", err)
		}
		if other, is := d.lease.Apart(); is {
			w.sayTo(d.ed.by, words.Apart(other, time.Now()))
		}
		cancel()
	}
}

// lapse gives the lease back and keeps the text. It reports whether a conflict is
// being decided.
func (w *Window) lapse(ed *edit) bool {
	w.mu.Lock()
	ed.lapsed, ed.dirty = true, len(ed.typed) > 0
	deciding, lease := ed.deciding, ed.Editing
	w.mu.Unlock()
	w.keep(w.ctx)
	lease.Close(w.ctx)
	return deciding
}
