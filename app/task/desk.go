package task

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/staff"
)

// Guard says whether a session may do something on a ward.
type Guard interface {
	Require(ctx context.Context, s staff.Session, p staff.Permission, ward string) error
}

// Desk adds and closes tasks for who may. Safe for concurrent use.
type Desk struct {
	Record Record
	Guard  Guard
	// Changed is told after a change, so that boards follow. It must not block.
	Changed func(patientID string)
	Now     func() time.Time // nil: time.Now
}

func (d *Desk) now() time.Time {
	if d.Now != nil {
		return d.Now().UTC()
	}
	return time.Now().UTC()
}

// Close ends a task. Exactly one of all who close it wins; the others get a
// [*ClosedError]. With [Omitted] a reason is needed.
func (d *Desk) Close(ctx context.Context, s staff.Session, ward string, t Task, outcome Outcome, reason string) error {
	if err := d.Guard.Require(ctx, s, staff.EditChart, ward); err != nil {
		return err
	}
	err := d.Record.CloseTask(ctx, Closing{Task: t.ID, Outcome: outcome, Reason: strings.TrimSpace(reason),
		Staff: s.Staff.ID, Role: string(s.Staff.Role), Station: s.Station, Session: s.ID})
	if err == nil && d.Changed != nil {
		d.Changed(t.Patient)
	}
	return err
}

// Add makes a task of care for a patient.
func (d *Desk) Add(ctx context.Context, s staff.Session, ward, patientID, text string, due time.Time) error {
	if err := d.Guard.Require(ctx, s, staff.EditChart, ward); err != nil {
		return err
	}
	err := d.Record.AddTask(ctx,
		Task{ID: uuid.NewString(), Patient: patientID, Kind: Care, Text: strings.TrimSpace(text),
			Due: due.UTC(), Made: d.now(), By: s.Staff.ID})
	if err == nil && d.Changed != nil {
		d.Changed(patientID)
	}
	return err
}
