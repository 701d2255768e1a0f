package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
)

// page reads a patient's chart.
func (w *Window) page(ctx context.Context, s staff.Session, patientID string) (chart.Page, error) {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	sum, err := w.opt.Station.Reader.Get(ctx, patientID)
	if err != nil {
		return chart.Page{}, err
	}
	return w.opt.Station.Desk(w.place().ID).Page(ctx, s, patient.Confirmed(sum))
}

func clock(t time.Time) string { return tongue.Clock(t) }
