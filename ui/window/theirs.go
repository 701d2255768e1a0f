package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
)

// page reads a patient's chart, on the ward on the screen.
func (w *Window) page(ctx context.Context, s staff.Session, patientID string) (chart.Page, error) {
	return w.actOf(s, "", "").page(ctx, patientID)
}

// page reads a patient's chart, on the ward where the act began.
func (a act) page(ctx context.Context, patientID string) (chart.Page, error) {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	sum, err := a.w.opt.Station.Reader.Get(ctx, patientID)
	if err != nil {
		return chart.Page{}, err
	}
	return a.w.opt.Station.Desk(a.ward).Page(ctx, a.by, patient.Confirmed(sum))
}

func clock(t time.Time) string { return tongue.Clock(t) }
