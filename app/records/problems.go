package records

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/patient"
)

// PutProblem adds a problem, or changes the one with its ID (as when it is
// resolved). A problem for a merged patient goes to the survivor.
func (s *Store) PutProblem(ctx context.Context, p patient.Problem) error {
	if p.ID == "" || p.Text == "" {
		return fmt.Errorf("%w: problem without ID or text", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		_, err := t.putProblem(ctx, p)
		return err
	})
}

// PutProblem is as [Store.PutProblem].
func (b *Batch) PutProblem(ctx context.Context, p patient.Problem) error {
	_, err := b.t.putProblem(ctx, p)
	return err
}

// putProblem returns whose problem it became.
func (t *tx) putProblem(ctx context.Context, p patient.Problem) (who string, err error) {
	if who, err = t.survivor(ctx, p.Patient); err != nil {
		return "", err
	}
	if _, err := t.exec(ctx,
		`INSERT INTO problems (id, patient, charted_for, code,
			system, text, onset, noted, by_staff, resolved, resolved_by)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE
		SET code = excluded.code, system = excluded.system,
			text = excluded.text, onset = excluded.onset, resolved = excluded.resolved,
			resolved_by = excluded.resolved_by`,
		p.ID, who, who, p.Code, p.System, p.Text, micros(p.Onset), must(p.Noted, t.at), p.By, micros(p.Resolved),
		p.ResolvedBy); err != nil {
		return "", err
	}
	_, err = t.touch(ctx, who)
	return who, err
}

// NoteProblem adds a problem in a person's name, with its audit event. The same ID
// again, of the same person for the same patient, changes nothing; else it is an [ErrKeyReused]. For a patient
// who left, moved or died it asks as
// [Store.MakeTask] does.
func (s *Store) NoteProblem(ctx context.Context, p patient.Problem, by patient.Signed) error {
	if p.ID == "" || p.Text == "" || by.Staff == "" {
		return fmt.Errorf("%w: problem without ID, text or person", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		if again, err := t.repeated(ctx, "problems", p.ID, p.Patient, by.Staff); err != nil || again {
			return err
		}
		if err := t.lateBy(ctx, by, p.Patient, p.ID); err != nil {
			return err
		}
		p.By, p.Resolved, p.ResolvedBy = by.Staff, time.Time{}, ""
		who, err := t.putProblem(ctx, p)
		if err != nil {
			return err
		}
		return t.audit(ctx, signedEvent(by, audit.NoteProblem, who, p.ID))
	})
}

// ResolveProblem ends a problem in a person's name, with its audit event. The same again, of the same
// person, changes nothing. [patient.ErrEnded] if somebody else ended it, [patient.ErrNotInChart] if it is
// not in the patient's chart, nor in that of whom they were merged into.
func (s *Store) ResolveProblem(ctx context.Context, patientID, id string, by patient.Signed) error {
	if by.Staff == "" {
		return fmt.Errorf("%w: problem resolved by nobody", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		who, was, err := t.ending(ctx, endsIn{"problems", "resolved_by", "resolved"}, patientID, id)
		switch {
		case err != nil:
			return err
		case was.done:
			return was.repeatedBy(by.Staff, id)
		}
		if _, err := t.exec(ctx, `UPDATE problems SET resolved = ?, resolved_by = ? WHERE id = ?`,
			t.at.UnixMicro(), by.Staff, id); err != nil {
			return err
		}
		if _, err := t.touch(ctx, who); err != nil {
			return err
		}
		return t.audit(ctx, signedEvent(by, audit.ResolveProblem, who, id))
	})
}

// Problems lists a patient's problems, the newest first.
func (s *Store) Problems(ctx context.Context, patientID string) ([]patient.Problem, error) {
	var out []patient.Problem
	who := named{}
	rows, err := s.reader.QueryContext(ctx,
		`SELECT id, patient, code, system, text, onset, noted, by_staff, resolved, resolved_by
		FROM problems WHERE patient = ? ORDER BY noted DESC, id DESC`, patientID)
	err = each(rows, err, func(r *sql.Rows) error {
		var p patient.Problem
		err := r.Scan(&p.ID, &p.Patient, &p.Code, &p.System, &p.Text, clock{&p.Onset}, clock{&p.Noted}, &p.By,
			clock{&p.Resolved}, &p.ResolvedBy)
		who.add(p.By)
		out = append(out, p)
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
