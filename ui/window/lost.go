package window

import (
	"context"
	"errors"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/words"
)

// watchLease tells its holder who waits, and stops the editor the moment the lease
// is gone: who took it, when and why. What was typed is kept.
func (w *Window) watchLease(key editKey, ed *edit, lease *chart.Editing) {
	for open := true; open; {
		select {
		case <-w.ctx.Done():
			return
		case <-lease.Asked():
			w.sayWhoWaits(key, ed.by)
		case <-lease.Lost():
			open = false
		}
	}
	w.mu.Lock()
	over := ed.done || ed.lapsed || ed.Editing != lease || w.editor.edits[key] != ed
	deciding, typed := ed.deciding, ed.typed
	if !over {
		ed.lapse()
	}
	w.mu.Unlock()
	if over {
		return
	}
	w.keep(w.ctx)
	if deciding {
		return // the save takes the lease again
	}
	m := w.lostWords(key, typed, lease)
	w.showOrSay(ed.by, ed, screen.Edit{Patient: key.patient, Section: key.section, Phase: screen.Lost, What: m.What,
		Next: m.Next})
	w.readPage(w.ctx, ed.by, key.patient) // who holds it now, and the way to ask for it
}

// lostWords say how a lease ended, and what becomes of what was typed under it.
func (w *Window) lostWords(key editKey, typed map[string]string, lease *chart.Editing) words.Message {
	m := words.For(w.whyLost(key, lease))
	if adds(chart.Draft{Section: key.section, Fields: typed}) {
		m.Next = tongue.T("Nothing of yours is lost: save it beside theirs, as a set of its own, or go on with it.")
	}
	return m
}

// whyLost says how a lease ended. News of a take-over can be missed while the link
// is away; whoever holds the section then, and gave a reason, took it.
func (w *Window) whyLost(key editKey, lease *chart.Editing) error {
	why := lease.Why()
	var over *chart.TakenOverError
	switch {
	case why == nil:
		return chart.ErrLeaseLost
	case errors.As(why, &over):
		return why
	}
	ctx, cancel := context.WithTimeout(w.ctx, callLimit)
	defer cancel()
	held, err := w.opt.Station.Desk(lease.Ward).Holders(ctx, []string{key.patient})
	if h, is := held[key.patient][key.section]; err == nil && is && h.Reason != "" {
		return &chart.TakenOverError{By: h}
	}
	return why
}

// sayWhoWaits tells a nurse who waits for a section that she holds and has turned away from. On
// the section itself the head says it.
func (w *Window) sayWhoWaits(key editKey, s staff.Session) {
	opened := w.opened()
	if opened == key.patient {
		w.readPage(w.ctx, s, key.patient)
		return
	}
	ctx, cancel := context.WithTimeout(w.ctx, callLimit)
	defer cancel()
	line, err := w.opt.Station.Desk(w.place().ID).Waiting(ctx, key.patient, key.section)
	if err != nil || len(line) == 0 {
		return
	}
	w.sayTo(s, words.Message{What: tongue.Tf("%s waits for the %s of %s, which you still hold.", line[0].Name,
		key.section.Lower(), w.row(key.patient).Surname),
		Next: tongue.T("Open the chart to save or discard; your text is kept.")})
}
