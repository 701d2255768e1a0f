package task

import (
	"context"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
)

// Guard says whether a session may do something on a ward.
type Guard interface {
	Require(ctx context.Context, s staff.Session, p staff.Permission, ward string) error
}

// Desk adds and closes tasks for people who may. Safe for concurrent use.
type Desk struct {
	Record Record
	Guard  Guard
	// Changed is told after a change, so that boards follow. It must not block.
	Changed func(patientID string)
	Now     func() time.Time // nil: time.Now

	knowing patient.Gone
}

// Late is the desk of a person who was told that a patient left, moved or died, and who
// makes a task all the same. Without it [Desk.Add] answers with a [*patient.GoneError].
func (d *Desk) Late(knowing patient.Gone) *Desk {
	late := *d
	late.knowing = knowing
	return &late
}

func (d *Desk) now() time.Time {
	if d.Now != nil {
		return d.Now().UTC()
	}
	return time.Now().UTC()
}

// Close ends a task. press is the ID of the press that closes it: the same press again is the
// same closing, and exactly one of all that close a task wins; the others get a [*ClosedError], also of
// the person who closed it at another station. With [Omitted] a reason is
// needed. A medicine is closed by whoever may
// give one: what t says of its own kind does not count, the record's word does. A
// [*DoubtError] names what the person must be asked first; sure is what they said yes
// to.
func (d *Desk) Close(ctx context.Context, s staff.Session, ward, press string, t Task, outcome Outcome,
	reason string, sure Sure) error {
	if err := d.may(ctx, s, ward, t.ID); err != nil {
		return err
	}
	err := d.Record.CloseTask(ctx,
		Closing{Task: t.ID, Act: press, Outcome: outcome, Reason: strings.TrimSpace(reason),
			Staff: s.Staff.ID, Role: string(s.Staff.Role), Station: s.Station, Session: s.ID, Ward: ward, Sure: sure})
	if err == nil && d.Changed != nil {
		d.Changed(t.Patient)
	}
	return err
}

// TakeBack opens a task again that this person closed in error; t is the task as they
// saw it. See [Record].TakeBackTask.
func (d *Desk) TakeBack(ctx context.Context, s staff.Session, ward string, t Task, reason string) error {
	if err := d.may(ctx, s, ward, t.ID); err != nil {
		return err
	}
	err := d.Record.TakeBackTask(ctx, TakingBack{Task: t.ID, Closed: t.Closed, Reason: strings.TrimSpace(reason),
		Staff: s.Staff.ID, Role: string(s.Staff.Role), Station: s.Station, Session: s.ID})
	if err == nil && d.Changed != nil {
		d.Changed(t.Patient)
	}
	return err
}

func (d *Desk) may(ctx context.Context, s staff.Session, ward, taskID string) error {
	t, err := d.Record.Task(ctx, taskID)
	if err != nil {
		return err
	}
	return d.Guard.Require(ctx, s, t.Kind.Needs(), ward)
}

// Add makes a task of care for a patient; press is its ID, so that the same press again is one task.
func (d *Desk) Add(ctx context.Context, s staff.Session, ward, press, patientID, text string, due time.Time) error {
	if err := d.Guard.Require(ctx, s, staff.EditChart, ward); err != nil {
		return err
	}
	err := d.Record.MakeTask(ctx,
		Task{ID: press, Patient: patientID, Kind: Care, Text: strings.TrimSpace(text),
			Due: due.UTC(), Made: d.now(), By: s.Staff.ID},
		patient.Signed{Staff: s.Staff.ID, Role: string(s.Staff.Role), Station: s.Station, Session: s.ID, Ward: ward,
			Knowing: d.knowing})
	if err == nil && d.Changed != nil {
		d.Changed(patientID)
	}
	return err
}
