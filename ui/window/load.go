package window

import (
	"context"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/staff"
	screenload "github.com/wardlight/wardlight/ui/screen/alarmload"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// showLoad turns to the ward's alarm load.
func (w *Window) showLoad() {
	if _, ok := w.begins(staff.RunWard, ""); !ok {
		return
	}
	w.turns("")
	w.shell.Go(shell.Load)
	w.countLoad(screenload.Periods()[0].Ago)
}

// countLoad reads and shows a time of the ward's alerts. The look is audited.
func (w *Window) countLoad(ago time.Duration) {
	if w.opt.Load == nil {
		return
	}
	a, ok := w.begins(staff.RunWard, "")
	if !ok {
		return
	}
	s, place, name := a.by, a.ward, w.title()
	w.load.Show(screenload.View{WardName: name})
	w.mu.Lock()
	w.glass.loads++
	asked := w.glass.loads
	w.mu.Unlock()
	w.off(func(ctx context.Context) {
		v := screenload.View{WardName: name}
		err := w.opt.Station.Staff.Require(ctx, s, staff.RunWard, place)
		if err == nil {
			w.opt.Station.Staff.Note(ctx, s, audit.Event{Action: audit.ViewBoard, Object: "alarm-load:" + place,
				Outcome: audit.Done, Purpose: audit.Operations})
			r, counted := w.opt.Load(ctx, place, ago)
			v.Report, err = &r, counted
		}
		if err != nil {
			v.Report, v.Problem = nil, words.For(err).String()
		}
		v.Patients = w.lying()
		w.gate.Do(func() {
			w.mu.Lock()
			newest := asked == w.glass.loads
			w.mu.Unlock()
			// The newest question alone is answered, to whoever asked it, on its ward.
			if is, locked := a.mine(); is && !locked && newest && w.place().ID == place &&
				w.shell.Place() == shell.Load {
				w.load.Show(v)
			}
		})
		w.ended(a.by, err)
	})
}

// lying names the patients on the ward with their beds, by record ID.
func (w *Window) lying() map[string]string {
	out := map[string]string{}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.glass.picture.Board.Rows {
		if r.Patient != "" {
			out[r.Patient] = strings.TrimSpace(r.Bed + " " + r.Surname + ", " + r.Given)
		}
	}
	return out
}
