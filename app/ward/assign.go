package ward

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/staff"
)

// Assignment says that a person looks after a patient, until the shift ends or
// they give the patient back. Several people may look after one patient.
type Assignment struct {
	Patient string
	Staff   string // staff ID
	Name    string // as shown: "Nguyen, T"; set by the record when read
	Since   time.Time
	Until   time.Time
	By      string // staff ID of the person who assigned: the same person, or a charge nurse
}

// ShiftLength is how long an assignment lasts: as long as a session can.
const ShiftLength = staff.AbsoluteLimit

// ErrNotHere means that the person to be assigned does not work on the ward.
var ErrNotHere = errors.New("ward: does not work on this ward")

// AssignmentRecord keeps who looks after whom. Assign and Release are audited in
// their own transaction; the same again changes nothing but the end of the
// assignment.
type AssignmentRecord interface {
	Assign(ctx context.Context, a Assignment, session staff.Session) error
	Release(ctx context.Context, patientID, staffID string, session staff.Session) error
	// Assignments lists those of a ward's patients that last at a time.
	Assignments(ctx context.Context, wardID string, at time.Time) ([]Assignment, error)
	AllStaff(ctx context.Context) ([]staff.Staff, error)
}

// Guard says whether a session may do something on a ward.
type Guard interface {
	Require(ctx context.Context, s staff.Session, p staff.Permission, ward string) error
}

// Allocation is who looks after whom on the wards. Safe for concurrent use.
type Allocation struct {
	Record AssignmentRecord
	Guard  Guard
	// Changed is told after a change, so that boards follow. It must not block.
	Changed func(patientID string)
	Now     func() time.Time // nil: time.Now
}

func (r *Allocation) now() time.Time {
	if r.Now != nil {
		return r.Now().UTC()
	}
	return time.Now().UTC()
}

// Take makes a patient the session's own for the shift.
func (r *Allocation) Take(ctx context.Context, s staff.Session, wardID, patientID string) error {
	if err := r.Guard.Require(ctx, s, staff.EditChart, wardID); err != nil {
		return err
	}
	if !s.Staff.Works(wardID) { // emergency access opens charts, not who looks after whom
		return fmt.Errorf("%w: to take patients on %q", staff.ErrNotAllowed, wardID)
	}
	return r.assign(ctx, s, patientID, s.Staff.ID)
}

// Assign gives a patient to somebody who works on the ward. Only who may assign
// others can: see [staff.AssignPatients].
func (r *Allocation) Assign(ctx context.Context, s staff.Session, wardID, patientID, staffID string) error {
	if err := r.Guard.Require(ctx, s, staff.AssignPatients, wardID); err != nil {
		return err
	}
	people, err := r.People(ctx, wardID)
	if err != nil {
		return err
	}
	for _, p := range people {
		if p.ID == staffID {
			return r.assign(ctx, s, patientID, staffID)
		}
	}
	return ErrNotHere
}

func (r *Allocation) assign(ctx context.Context, s staff.Session, patientID, staffID string) error {
	now := r.now()
	err := r.Record.Assign(ctx,
		Assignment{Patient: patientID, Staff: staffID, Since: now, Until: now.Add(ShiftLength), By: s.Staff.ID}, s)
	r.tell(err, patientID)
	return err
}

// Release gives a patient back: one's own by anybody, another's by those who may
// assign.
func (r *Allocation) Release(ctx context.Context, s staff.Session, wardID, patientID, staffID string) error {
	need := staff.EditChart
	if staffID != s.Staff.ID {
		need = staff.AssignPatients
	}
	if err := r.Guard.Require(ctx, s, need, wardID); err != nil {
		return err
	}
	err := r.Record.Release(ctx, patientID, staffID, s)
	r.tell(err, patientID)
	return err
}

func (r *Allocation) tell(err error, patientID string) {
	if err == nil && r.Changed != nil {
		r.Changed(patientID)
	}
}

// People lists who can be given a patient: who works on the ward and may chart,
// by name.
func (r *Allocation) People(ctx context.Context, wardID string) ([]staff.Staff, error) {
	all, err := r.Record.AllStaff(ctx)
	if err != nil {
		return nil, err
	}
	var out []staff.Staff
	for _, p := range all {
		if p.Active && p.Works(wardID) && p.Role.May(staff.EditChart) {
			out = append(out, p)
		}
	}
	staff.ByName(out)
	return out, nil
}
