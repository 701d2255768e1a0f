package records

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
)

// SetOxygenTarget records a prescriber's decision for scale 2, in place of the one
// that holds, with its audit event. From this commit on the patient's summary
// carries [patient.FlagScale2]. The same ID again, of the same person for the same
// patient, changes nothing, also after the patient left; else it is an [ErrKeyReused]. For a
// patient who left, moved or died it asks as [Store.MakeTask] does.
func (s *Store) SetOxygenTarget(ctx context.Context, o patient.OxygenTarget, by patient.Signed) error {
	return s.write(ctx, func(t *tx) error {
		if again, err := t.repeated(ctx, "oxygen_targets", o.ID, o.Patient, by.Staff); err != nil || again {
			return err
		}
		if err := t.lateBy(ctx, by, o.Patient, o.ID); err != nil {
			return err
		}
		return t.setOxygenTarget(ctx, o, by)
	})
}

// SetOxygenTarget is as [Store.SetOxygenTarget], and asks nobody: what a batch brings was
// decided before.
func (b *Batch) SetOxygenTarget(ctx context.Context, o patient.OxygenTarget, by patient.Signed) error {
	return b.t.setOxygenTarget(ctx, o, by)
}

func (t *tx) setOxygenTarget(ctx context.Context, o patient.OxygenTarget, by patient.Signed) error {
	if !o.Valid() || by.Staff == "" {
		return fmt.Errorf("%w: oxygen target without ID, prescriber, range, time or person", ErrInvalid)
	}
	who, err := t.survivor(ctx, o.Patient)
	if err != nil {
		return err
	}
	if _, err := t.exec(ctx,
		`UPDATE oxygen_targets SET ended = ?, ended_by = ?, reason = ? WHERE patient = ? AND ended IS NULL`,
		t.at.UnixMicro(), by.Staff, "replaced", who); err != nil {
		return err
	}
	if _, err := t.exec(ctx,
		`INSERT INTO oxygen_targets (id, patient, charted_for,
			prescriber, low, high, decided, recorded, by_staff, ended, ended_by, reason)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, '', '')`,
		o.ID, who, who, o.Prescriber, o.Low, o.High, o.Decided.UnixMicro(),
		must(o.Recorded, t.at), by.Staff); err != nil {
		return err
	}
	if _, err := t.touch(ctx, who); err != nil {
		return err
	}
	return t.audit(ctx, signedEvent(by, audit.SetScale2, who, o.ID))
}

// EndOxygenTarget ends the decision that holds, with its audit event; where none
// holds it changes nothing.
func (s *Store) EndOxygenTarget(ctx context.Context, patientID, reason string, by patient.Signed) error {
	if reason == "" || by.Staff == "" {
		return fmt.Errorf("%w: oxygen target ended without reason or person", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx,
			`UPDATE oxygen_targets SET ended = ?, ended_by = ?, reason = ? WHERE patient = ? AND ended IS NULL`,
			t.at.UnixMicro(), by.Staff, reason, patientID)
		if err != nil || n == 0 {
			return err
		}
		if _, err := t.touch(ctx, patientID); err != nil {
			return err
		}
		return t.audit(ctx, signedEvent(by, audit.EndScale2, patientID, ""))
	})
}

func signedEvent(by patient.Signed, a audit.Action, patientID, object string) audit.Event {
	return audit.Event{Actor: by.Staff, Role: by.Role, Station: by.Station, Session: by.Session, Action: a,
		Patient: patientID, Object: object, Outcome: audit.Done}
}

// OxygenTargets lists a patient's decisions, the newest first.
func (s *Store) OxygenTargets(ctx context.Context, patientID string) ([]patient.OxygenTarget, error) {
	var out []patient.OxygenTarget
	who := named{}
	rows, err := s.reader.QueryContext(ctx,
		`SELECT id, patient, prescriber, low, high, decided, recorded, by_staff, ended, ended_by, reason
		FROM oxygen_targets WHERE patient = ? ORDER BY recorded DESC, id DESC`, patientID)
	err = each(rows, err, func(r *sql.Rows) error {
		var o patient.OxygenTarget
		err := r.Scan(&o.ID, &o.Patient, &o.Prescriber, &o.Low, &o.High, clock{&o.Decided}, clock{&o.Recorded}, &o.By,
			clock{&o.Ended}, &o.EndedBy, &o.Reason)
		who.add(o.By)
		out = append(out, o)
		return err
	})
	if err != nil {
		return nil, away(err)
	}
	call, err := who.called(ctx, s.reader)
	for n := range out {
		out[n].ByName = call(out[n].By)
	}
	return out, away(err)
}
