package window

import (
	"context"
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/widgets"
)

// goneText is how a patient is gone, in words. It may ask the record for the name of a
// ward: not on the window's goroutine.
func (w *Window) goneText(ctx context.Context, g patient.Gone) string {
	return g.Text(w.wardName(ctx, g.Ward), time.Now())
}

// wardName is what a ward is called; its ID if nobody can say.
func (w *Window) wardName(ctx context.Context, id string) string {
	return w.opt.Station.Titles.Of(ctx, id)
}

// askLate asks whether a late entry is meant, if that is why err refused to let anybody
// write; write is called with what the person was told. It reports whether it asks.
func (w *Window) askLate(ctx context.Context, a act, key editKey, err error,
	write func(patient.Gone)) bool {
	about := widgets.Pair{Left: tongue.T("Section"), Right: key.section.Title()}
	return w.askGone(ctx, a, about, err, write)
}

// askGone is askLate for whatever a person writes; about is what that is.
func (w *Window) askGone(ctx context.Context, a act, about widgets.Pair, err error,
	write func(patient.Gone)) bool {
	var gone *patient.GoneError
	if !errors.As(err, &gone) {
		return false
	}
	sum, err := w.opt.Station.Reader.Get(ctx, a.patient)
	if err != nil {
		return false
	}
	a.askLater(ask.Late(sum.Summary, about, w.goneText(ctx, gone.Gone), func(string) { write(gone.Gone) }))
	return true
}

// saveLate asks whether what was typed is saved all the same, for a patient who left,
// moved or died while it was typed. The text stays in the form.
func (w *Window) saveLate(ctx context.Context, ed *edit, a act, d chart.Draft, reason string,
	err error) bool {
	key := keyOf(d)
	return w.askLate(ctx, a, key, err, func(gone patient.Gone) {
		w.mu.Lock()
		ed.gone = gone
		ed.Know(gone)
		w.mu.Unlock()
		w.showOf(a.by, ed, key.at(screen.Saving))
		w.off(func(ctx context.Context) { w.saveNow(ctx, ed, a, d, reason) })
	})
}
