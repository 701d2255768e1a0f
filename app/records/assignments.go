package records

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
)

// Assign writes down that somebody looks after a patient, with its audit event.
// The same again moves the end only. A merged patient's goes to the survivor.
func (s *Store) Assign(ctx context.Context, a ward.Assignment, by staff.Session) error {
	if a.Staff == "" || a.By == "" || a.Until.IsZero() {
		return fmt.Errorf("%w: assignment without person or end", ErrInvalid)
	}
	return s.write(ctx, func(t *tx) error {
		who, err := t.survivor(ctx, a.Patient)
		if err != nil {
			return err
		}
		// What ended is no history of care: the audit trail is.
		if _, err := t.exec(ctx, `DELETE FROM assignments WHERE until < ?`,
			t.at.Add(-7*24*time.Hour).UnixMicro()); err != nil {
			return err
		}
		if _, err := t.exec(ctx,
			`INSERT INTO assignments (patient, staff, since, until, by_staff) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (patient, staff) DO UPDATE SET until = excluded.until, by_staff = excluded.by_staff`,
			who, a.Staff, must(a.Since, t.at), a.Until.UnixMicro(), a.By); err != nil {
			return err
		}
		return t.assigned(ctx, audit.AssignPatient, who, a.Staff, by)
	})
}

// Release ends an assignment, with its audit event; one that is not there is
// released already.
func (s *Store) Release(ctx context.Context, patientID, staffID string, by staff.Session) error {
	return s.write(ctx, func(t *tx) error {
		who, err := t.survivor(ctx, patientID)
		if err != nil {
			return err
		}
		n, err := t.exec(ctx, `DELETE FROM assignments WHERE patient = ? AND staff = ?`, who, staffID)
		if err != nil || n == 0 {
			return err
		}
		return t.assigned(ctx, audit.ReleasePatient, who, staffID, by)
	})
}

func (t *tx) assigned(ctx context.Context, what audit.Action, patientID, staffID string, by staff.Session) error {
	if _, err := t.touch(ctx, patientID); err != nil {
		return err
	}
	return t.audit(ctx, audit.Event{Actor: by.Staff.ID, Role: string(by.Staff.Role), Station: by.Station,
		Session: by.ID,
		Action:  what, Patient: patientID, Object: staffID, Outcome: audit.Done})
}

// Assignments lists who looks after a ward's patients at a time: people of that
// ward, so that a patient who was moved does not bring theirs along. Each is named so that
// nobody takes them for another who works there.
func (s *Store) Assignments(ctx context.Context, wardID string, at time.Time) ([]ward.Assignment, error) {
	var out []ward.Assignment
	who := named{}
	rows, err := s.reader.QueryContext(ctx,
		`SELECT a.patient, a.staff, a.since, a.until, a.by_staff
		FROM assignments a JOIN patients p ON p.id = a.patient
		JOIN staff_wards w ON w.staff = a.staff AND w.ward = p.ward
		WHERE p.ward = ? AND a.until > ? ORDER BY a.patient, a.since, a.staff`, wardID, at.UnixMicro())
	err = each(rows, err, func(r *sql.Rows) error {
		var a ward.Assignment
		err := r.Scan(&a.Patient, &a.Staff, clock{&a.Since}, clock{&a.Until}, &a.By)
		who.add(a.Staff)
		out = append(out, a)
		return err
	})
	if err != nil {
		return nil, away(err)
	}
	call, err := who.called(ctx, s.reader)
	for n := range out {
		out[n].Name = call(out[n].Staff)
	}
	return out, away(err)
}

// SetObserve sets how often a ward observes; the zero value goes back to the
// national minimums. It is audited.
func (s *Store) SetObserve(ctx context.Context, wardID string, every vitals.Intervals, by, station string) error {
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE wards SET observe = ? WHERE id = ?`, every.String(), wardID)
		if err == nil && n == 0 {
			err = fmt.Errorf("ward %q: %w", wardID, ErrNotFound)
		}
		if err != nil {
			return err
		}
		if err := t.wardChanged(ctx, wardID); err != nil {
			return err
		}
		return t.audit(ctx, audit.Event{Actor: by, Station: station, Action: audit.ChangeConfig,
			Object: "observe:" + wardID, Outcome: audit.Done})
	})
}
