package chart

import (
	"context"
	"strings"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
)

func (d *Desk) signs(s staff.Session, ward string) patient.Signed {
	return patient.Signed{Staff: s.Staff.ID, Role: string(s.Staff.Role), Station: s.Station, Session: s.ID, Ward: ward,
		Knowing: d.knowing}
}

// decide runs a change that a person signs, and tells the ward of it. What is new for a
// patient who left, moved or died is a [*patient.GoneError]: see [Desk.Late].
func (d *Desk) decide(ctx context.Context, s staff.Session, ward, patientID string,
	change func(patient.Signed) error) error {
	if err := d.Guard.Require(ctx, s, staff.RecordDecisions, ward); err != nil {
		return err
	}
	err := change(d.signs(s, ward))
	if err == nil && d.Saved != nil {
		d.Saved(patientID)
	}
	return err
}

// SetScale2 records a prescriber's decision that the patient's SpO2 is scored on
// scale 2, from now on, in place of o.Instead: [patient.ErrOtherDecision] if that is not what holds. What was
// charted before keeps the scale it was scored on. o.ID is the ID of the press that records it: the same press
// again changes nothing.
func (d *Desk) SetScale2(ctx context.Context, s staff.Session, ward string, o patient.OxygenTarget) error {
	o.Recorded, o.Prescriber = d.now(), strings.TrimSpace(o.Prescriber)
	return d.decide(ctx, s, ward, o.Patient,
		func(by patient.Signed) error { return d.Record.SetOxygenTarget(ctx, o, by) })
}

// EndScale2 ends a decision: scale 1 from now on. It is the one that the person saw: see
// [patient.OxygenTargets] for what is refused.
func (d *Desk) EndScale2(ctx context.Context, s staff.Session, ward string, o patient.OxygenTarget,
	reason string) error {
	return d.decide(ctx, s, ward, o.Patient, func(by patient.Signed) error {
		return d.Record.EndOxygenTarget(ctx, o.Patient, o.ID, strings.TrimSpace(reason), by)
	})
}

// NoteProblem adds a problem to the patient's list; press is its ID, so that the same press again is
// one problem.
func (d *Desk) NoteProblem(ctx context.Context, s staff.Session, ward, press, patientID, text string) error {
	p := patient.Problem{ID: press, Patient: patientID, Text: strings.TrimSpace(text), Noted: d.now()}
	return d.decide(ctx, s, ward, patientID, func(by patient.Signed) error { return d.Record.NoteProblem(ctx, p, by) })
}

// ResolveProblem says that a problem is over.
func (d *Desk) ResolveProblem(ctx context.Context, s staff.Session, ward string, p patient.Problem) error {
	return d.decide(ctx, s, ward, p.Patient,
		func(by patient.Signed) error { return d.Record.ResolveProblem(ctx, p.Patient, p.ID, by) })
}
