package window

import (
	"cmp"
	"context"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/words"
)

// myDrafts lists what this nurse has typed anywhere and not saved. A press opens that
// patient's chart and the section.
func (w *Window) myDrafts() {
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	s := a.by
	w.off(func(ctx context.Context) {
		w.keep(ctx) // what is being typed is among it
		order := w.began()
		list, err := w.opt.Station.Desk(w.place().ID).Drafts(ctx, s)
		if err != nil {
			w.sayTo(a.by, words.For(err))
			w.ended(s, err)
			return
		}
		w.countDrafts(s, order, list)
		var lines []ask.DraftLine
		for _, d := range list {
			lines = append(lines, w.draftLine(ctx, a, d))
		}
		a.askLater(ask.Drafts(lines, time.Now()))
	})
}

// draftLine is one draft as it is listed. Of a patient on a ward that is not hers any
// more a nurse reads no name.
func (w *Window) draftLine(ctx context.Context, a act, d chart.Draft) ask.DraftLine {
	sum, err := w.opt.Station.Reader.Get(ctx, d.Patient)
	switch {
	case err != nil:
		return ask.DraftLine{Head: tongue.T("A patient whose record cannot be read just now"), Draft: d,
			Open: func() { w.sayTo(a.by, words.For(err)) }}
	case !w.opt.Station.Staff.May(a.by, staff.ViewChart, cmp.Or(sum.Summary.Ward, w.place().ID)):
		return ask.DraftLine{Head: tongue.T("A patient of a ward on which you do not work"), Draft: d,
			Open: func() {
				w.sayTo(a.by, words.Message{What: tongue.T("This patient is on a ward on which you do not work."),
					Next: tongue.T("Your text is kept. Ask the charge nurse there.")})
			}}
	}
	return ask.DraftLine{Head: ask.DraftHead(sum.Summary), Draft: d,
		Open: func() { w.openDraft(a, sum.Summary.Ward, d) }}
}

// openDraft turns to a draft's patient, on the ward where they are, and to its section.
func (w *Window) openDraft(a act, wardID string, d chart.Draft) {
	edit := func() {
		w.openThen(d.Patient, func() {
			w.goOnWith(d)
			w.chart.StartEdit(d.Section)
		})
	}
	if wardID == w.place().ID || wardID == "" {
		edit()
		return
	}
	w.off(func(ctx context.Context) {
		wards, err := w.opt.Station.Wards(ctx)
		if err != nil {
			w.sayTo(a.by, words.For(err))
			return
		}
		to := ward.Ward{ID: wardID, Name: wardID}
		for _, wd := range wards {
			if wd.ID == wardID {
				to = wd
			}
		}
		w.turnTo(a, to)
		w.gate.Do(func() {
			if is, locked := a.mine(); is && !locked && w.place().ID == wardID {
				edit()
			}
		})
	})
}

// goOnWith remembers the draft that was chosen for a section, until it is opened.
func (w *Window) goOnWith(d chart.Draft) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.editor.chosenDraft = d
}

// goesOnWith is the writer of the draft that was chosen for a section; "" if none was. It is
// said once.
func (w *Window) goesOnWith(key editKey) (writer string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.editor.chosenDraft.Patient == key.patient && w.editor.chosenDraft.Section == key.section {
		writer = w.editor.chosenDraft.Writer
	}
	w.editor.chosenDraft = chart.Draft{}
	return writer
}

// sayKept tells a nurse who leaves a chart in which she has typed what becomes of it.
// UI goroutine only.
func (w *Window) sayKept() {
	opened, typed := w.chart.Opened(), false
	w.mu.Lock()
	for key, ed := range w.editor.edits {
		typed = typed || key.patient == opened && !(chart.Draft{Fields: ed.typed}).Empty()
	}
	w.mu.Unlock()
	if !typed {
		return
	}
	w.background(func() {
		w.keep(w.ctx)
		w.lookForDrafts()
	})
	w.sayHere(words.Message{What: tongue.T("Your text is kept."),
		Next: tongue.T("You find it under My drafts (Ctrl D), or by Edit in the chart again.")}, saidFor)
}
