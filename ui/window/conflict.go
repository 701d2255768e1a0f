package window

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/obsform"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/words"
)

// clash shows what a text that was not saved stands against, and says why. It
// reports whether it could be read; without it there is nothing to decide.
func (w *Window) clash(ctx context.Context, a act, ed *edit, d chart.Draft, m words.Message) bool {
	c, err := w.opt.Station.Desk(a.ward).Conflict(ctx, a.by, a.ward, ed.Patient, ed.Section, ed.base,
		d.Fields[screen.AmendsField])
	if err != nil {
		w.opt.Logger.Warn("a conflict could not be read", "patient", ed.Patient, "err", err)
		return false
	}
	sides := sidesOf(c, time.Now())
	sides.Settled(d)
	w.mu.Lock()
	ed.deciding, ed.last = true, time.Now()
	w.mu.Unlock()
	w.show(a.by, screen.Edit{Patient: ed.Patient, Section: ed.Section, Phase: screen.Conflict, Draft: d, What: m.What,
		Next: m.Next, Sides: &sides})
	return true
}

// resolve saves what was chosen in a conflict, from the version that was shown: if
// the section has moved on again, the record refuses it and there is more to see.
func (w *Window) resolve(d chart.Draft) {
	ed := w.take(d)
	a, ok := w.begins(staff.EditChart, d.Patient)
	if ed == nil || !ok {
		return
	}
	if d.Fields[screen.AmendsField] != "" {
		a.ask(ask.Change(w.chart.Patient(), func(reason string) { w.retake(ed, a, d, reason) }))
		return
	}
	w.retake(ed, a, d, "")
}

// retake takes the lease again if it is gone, and saves.
func (w *Window) retake(ed *edit, a act, d chart.Draft, reason string) {
	w.show(a.by, screen.Edit{Patient: d.Patient, Section: d.Section, Phase: screen.Saving})
	w.off(func(ctx context.Context) {
		w.mu.Lock()
		lapsed, gone := ed.lapsed, ed.gone
		w.mu.Unlock()
		if lapsed {
			e, err := w.opt.Station.Desk(a.ward).Late(gone).Edit(ctx, a.by, a.ward, d.Patient, d.Section)
			if err != nil {
				w.askLate(ctx, a, editKey{d.Patient, d.Section}, err, func(gone patient.Gone) {
					w.mu.Lock()
					ed.gone = gone
					w.mu.Unlock()
					w.retake(ed, a, d, reason)
				})
				m := words.For(err)
				w.show(a.by, screen.Edit{Patient: d.Patient, Section: d.Section, Phase: screen.Conflict, What: m.What,
					Next: tongue.Tf("%s Your choice stands.", m.Next)})
				w.ended(a.by, err)
				return
			}
			w.mu.Lock()
			ed.Editing, ed.lapsed, ed.last = e, false, time.Now()
			w.mu.Unlock()
			w.background(func() { w.watchLease(editKey{d.Patient, d.Section}, ed, e) })
		}
		w.mu.Lock()
		lease := ed.Editing
		w.mu.Unlock()
		lease.Rebase(d.Version)
		w.saveNow(ctx, ed, a, d, reason)
	})
}

// sidesOf is a conflict as the screen shows it; what was typed is not in it.
func sidesOf(c chart.Conflict, now time.Time) screen.Sides {
	out := screen.Sides{Version: c.Now.Version, By: c.Now.By, At: c.Now.Changed, Amends: c.Amends != ""}
	if c.Section == chart.Notes {
		f := screen.Side{Name: screen.NoteField, Label: tongue.T("Note"), Long: true, Was: noteText(c.Was),
			Is: noteText(c.Is)}
		if c.Amends == "" {
			f.Was, f.Is = signedNote(c.Was, now), ""
			var all []string
			for _, e := range c.Since {
				all = append(all, signedNote(e, now))
			}
			f.Is = strings.Join(all, "\n\n")
		}
		out.Fields = []screen.Side{f}
		return out
	}
	was, is := setFields(c.Was), setFields(c.Is)
	for _, name := range obsform.Fields {
		if name != obsform.Taken {
			out.Fields = append(out.Fields,
				screen.Side{Name: name, Label: obsform.Names()[name], Was: was[name], Is: is[name]})
		}
	}
	if o := c.Is.Observation; o != nil && c.Amends == "" {
		out.Note = tongue.Tf("The set in the record was taken at %s; yours keeps its own time.", clock(o.Taken))
	}
	return out
}

func noteText(e chart.Entry) string {
	if e.Note == nil {
		return ""
	}
	return e.Note.Text
}

// signedNote is a note with who wrote it and when.
func signedNote(e chart.Entry, now time.Time) string {
	if e.Note == nil {
		return ""
	}
	return fmt.Sprintf("%s %s: %s", tongue.Moment(e.Note.Written, now), e.Note.ByName, e.Note.Text)
}

func setFields(e chart.Entry) map[string]string {
	if e.Observation == nil {
		return nil
	}
	return obsform.Shown(*e.Observation)
}
