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

// takeOverText says whose work is taken over.
func takeOverText(p chart.Page, section chart.Section) (title, text, confirm string) {
	title = tongue.Tf("Take over the %s of %s?", section.Lower(), p.Summary.Patient.Name())
	text, confirm = tongue.T("What they typed is kept for them as a draft, and they are told."), tongue.T("Take over")
	if h := p.Sections[section].Holder; h != nil {
		text = tongue.Tf("%s at %s has been editing since %s. %s", h.Name, h.Station, clock(h.Since), text)
		confirm = tongue.Tf("Take over from %s", h.Name)
	}
	return title, text, confirm
}
