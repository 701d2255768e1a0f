package chart

import (
	"context"
	"errors"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/staff"
)

// ErrNotBeside means that the section is written in by one person at a time: only sets
// of observations stand beside each other.
var ErrNotBeside = errors.New("chart: only a set of observations can be added beside")

// Beside opens the observations for one new set without asking for the lease: for whoever
// was told that another is charting, and does not want to wait. The holder of the
// section goes on undisturbed.
func (d *Desk) Beside(ctx context.Context, s staff.Session, ward, patientID string, section Section) (*Editing, error) {
	if section != Observations {
		return nil, ErrNotBeside
	}
	if err := d.Guard.Require(ctx, s, staff.EditChart, ward); err != nil {
		return nil, err
	}
	if err := d.Here(ctx, ward, patientID); err != nil {
		return nil, err
	}
	e := d.editing(s, ward, patientID, section)
	e.Beside = true
	return e.start(ctx, audit.EditBegin, "beside")
}
