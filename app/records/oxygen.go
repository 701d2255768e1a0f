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
// patient who left, moved or died it asks as [Store.MakeTask] does. [patient.ErrOtherDecision] if
// what holds is not o.Instead.
func (s *Store) SetOxygenTarget(ctx context.Context, o patient.OxygenTarget, by patient.Signed) error {
	return s.write(ctx, func(t *tx) error {
		if again, err := t.repeated(ctx, "oxygen_targets", o.ID, o.Patient, by.Staff); err != nil || again {
			return err
		}
		if err := t.lateBy(ctx, by, o.Patient, o.ID); err != nil {
			return err
		}
		holds, err := t.oxygenTarget(ctx, o.Patient)
		if err != nil {
			return err
		}
		if holds != o.Instead {
			return fmt.Errorf("oxygen target %s instead of %q: %w", o.ID, o.Instead, patient.ErrOtherDecision)
		}
		return t.setOxygenTarget(ctx, o, by)
	})
}

// oxygenTarget is the ID of the decision that holds for a patient, or for whom they were merged into; "" for none.
func (t *tx) oxygenTarget(ctx context.Context, patientID string) (id string, err error) {
	who, err := t.survivor(ctx, patientID)
	if err != nil {
		return "", err
	}
	err = t.QueryRowContext(ctx, `SELECT COALESCE(MAX(id), '') FROM oxygen_targets WHERE patient = ? AND ended IS NULL`,
		who).Scan(&id)
	return id, err
}

// SetOxygenTarget is as [Store.SetOxygenTarget], and asks nobody: what a batch brings was
// decided before.
func (b *Batch) SetOxygenTarget(ctx context.Context, o patient.OxygenTarget, by patient.Signed) error {
	return b.t.setOxygenTarget(ctx, o, by)
}

// replaced is the reason of a decision that ended because another came in its place.
const replaced = "replaced"

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
		t.at.UnixMicro(), by.Staff, replaced, who); err != nil {
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

// wasReplaced reports whether a decision ended because another came in its place. One that a person ends with the very
// word that stands there is not told apart from it: nothing that they say is lost.
func (t *tx) wasReplaced(ctx context.Context, id, reason string) (is bool, err error) {
	err = t.QueryRowContext(ctx, `SELECT reason = ? FROM oxygen_targets WHERE id = ?`, replaced, id).Scan(&is)
	return is && reason != replaced, err
}

// EndOxygenTarget ends a decision, with its audit event. The same again, of the same person, changes nothing.
// [patient.ErrOtherDecision] if another holds now, [patient.ErrEnded] if somebody else ended it, or it was replaced by
// one that was ended since, [patient.ErrNotInChart] if it is not in the patient's chart, nor in that of whom they were
// merged into.
func (s *Store) EndOxygenTarget(ctx context.Context, patientID, id, reason string, by patient.Signed) error {
	if reason == "" || by.Staff == "" {
		return fmt.Errorf("%w: oxygen target ended without reason or person", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		who, was, err := t.ending(ctx, endsIn{"oxygen_targets", "ended_by", "ended"}, patientID, id)
		if err != nil {
			return err
		}
		if was.done {
			switch holds, err := t.oxygenTarget(ctx, who); {
			case err != nil:
				return err
			case holds != "":
				return fmt.Errorf("oxygen target %s: %w", id, patient.ErrOtherDecision)
			}
			if was.replaced, err = t.wasReplaced(ctx, id, reason); err != nil {
				return err
			}
			return was.repeatedBy(by.Staff, id)
		}
		if _, err := t.exec(ctx, `UPDATE oxygen_targets SET ended = ?, ended_by = ?, reason = ? WHERE id = ?`,
			t.at.UnixMicro(), by.Staff, reason, id); err != nil {
			return err
		}
		if _, err := t.touch(ctx, who); err != nil {
			return err
		}
		return t.audit(ctx, signedEvent(by, audit.EndScale2, who, id))
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
