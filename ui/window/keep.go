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
	// editAway is how long a section with text in it is kept for whoever looks at something else than its chart.
	editAway = time.Minute
)

// changed takes what is typed; it is written down by keepDrafts.
func (w *Window) changed(d chart.Draft) {
	now, back := time.Now(), false
	w.mu.Lock()
	w.who.active = now
	ed := w.editor.edits[keyOf(d)]
	if ed != nil {
		back = ed.warned && !ed.deciding
		ed.typed, ed.last, ed.warned = d.Fields, now, false
		ed.text++
		ed.Began(d.Typed)
	}
	w.mu.Unlock()
	if back { // the warning has done its work
		w.showOf(ed.by, ed, keyOf(d).at(screen.Editing))
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
	var warn, over, away []editKey
	edits := map[editKey]*edit{}
	w.mu.Lock()
	for key, ed := range w.editor.edits {
		switch {
		case ed.lapsed, ed.Beside: // nobody waits for it
			continue
		case ed.saving, ed.done: // nothing can be typed in it: its save, or the question of it, has it now
			continue
		}
		edits[key] = ed
		switch idle := now.Sub(ed.last); {
		case !ed.away.IsZero() && now.Sub(ed.away) >= editAway:
			away = append(away, key)
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
		ed := edits[key]
		w.showOrSay(ed.by, ed, screen.Edit{Patient: key.patient, Section: key.section, Phase: screen.Editing,
			What: tongue.T("Nothing was typed for four minutes."),
			Next: tongue.T("In one more minute this section is given back; your text is kept. Type to keep it.")})
	}
	for _, key := range over {
		w.giveUp(key, edits[key], tongue.T("Nothing was typed for five minutes, so this section was given back."))
	}
	for _, key := range away {
		w.giveUp(key, edits[key], tongue.T("You left this chart a minute ago, so the section was given back."))
	}
}

// giveUp gives back the section of an edit that goes on as a draft, and says why.
func (w *Window) giveUp(key editKey, ed *edit, why string) {
	if w.lapse(ed) {
		return // a conflict is decided, and nothing on the screen changes: the save takes the lease again
	}
	w.showOrSay(ed.by, ed, screen.Edit{Patient: key.patient, Section: key.section, Phase: screen.Lost, What: why,
		Next: tongue.T("Your text is kept. Edit again to go on.")})
}

// keepNow writes drafts down soon, off the window's goroutine.
func (w *Window) keepNow() { w.background(func() { w.keep(w.ctx) }) }

// due reports whether not all of it is written down. mu is held.
func (ed *edit) due() bool { return ed.kept < ed.text }

// keep writes down what was typed since it was last kept. Not on the UI goroutine.
func (w *Window) keep(ctx context.Context) {
	var list []*edit
	w.mu.Lock()
	for _, ed := range w.editor.edits {
		if ed.due() && !ed.done { // a save on its way holds the draft; if it fails this comes after it
			list = append(list, ed)
		}
	}
	w.mu.Unlock()
	for _, ed := range list {
		w.keepOne(ctx, ed) // what fails is tried again in a second
	}
}

// keepOne writes down the newest text of an edit, whatever it was when that began: another may have
// hung meanwhile, and she typed on.
func (w *Window) keepOne(ctx context.Context, ed *edit) {
	w.mu.Lock()
	lease := ed.Editing // as it is now: a conflict may take another
	w.mu.Unlock()
	text := 0
	err := lease.KeepNewest(ctx, callLimit, func() (map[string]string, bool) {
		w.mu.Lock()
		defer w.mu.Unlock()
		text = ed.text
		return ed.typed, ed.Editing == lease && ed.due()
	})
	w.mu.Lock()
	if err == nil && ed.Editing == lease {
		ed.kept = max(ed.kept, text)
	}
	w.mu.Unlock()
	if other, is := lease.Apart(); is {
		w.sayTo(ed.by, words.Apart(other, time.Now()))
	}
	if err != nil && ctx.Err() == nil {
		w.opt.Logger.Warn("a draft could not be written down", "patient", lease.Patient,
			"section", string(lease.Section), "err", err)
	}
}

// lapse notes that the lease is gone: the text is written down once more. mu is held.
func (ed *edit) lapse() {
	ed.lapsed = true
	if len(ed.typed) > 0 {
		ed.text++
	}
}

// lapse gives the lease back and keeps the text. It reports whether a conflict is
// being decided.
func (w *Window) lapse(ed *edit) bool {
	w.mu.Lock()
	ed.lapse()
	deciding, lease := ed.deciding, ed.Editing
	w.mu.Unlock()
	w.keep(w.ctx)
	lease.Close(w.ctx)
	return deciding
}
