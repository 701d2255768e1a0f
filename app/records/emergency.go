package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/staff"
)

const emergencyColumns = `e.id, e.session, e.staff, e.station, e.ward, e.reason, e.began, e.until, e.uses, e.ended, e.why,
	e.reviewed, e.reviewer, e.finding`

// scanEmergency reads emergencyColumns and the time that is left.
func scanEmergency(scan func(...any) error) (e staff.Emergency, err error) {
	var left int64
	err = scan(&e.ID, &e.Session, &e.Staff, &e.Station, &e.Ward, &e.Reason, clock{&e.Began}, clock{&e.Until}, &e.Uses,
		clock{&e.Ended}, &e.Why, clock{&e.Reviewed}, &e.Reviewer, &e.Finding, &left)
	if e.Ended.IsZero() {
		e.Left = max(time.Duration(left)*time.Microsecond, 0)
	}
	return e, err
}

// BeginEmergency implements [staff.EmergencyRecord].
func (s *Store) BeginEmergency(ctx context.Context, by staff.Session, wardID, reason string,
	limit time.Duration) (staff.Emergency, error) {
	var e staff.Emergency
	if reason == "" {
		return e, fmt.Errorf("%w: broken glass without a reason", ErrInvalid)
	}
	err := s.write(ctx, func(t *tx) error {
		if err := t.endOverdue(ctx); err != nil {
			return err
		}
		var err error
		if e, err = t.running(ctx, by.ID, wardID); err == nil || !errors.Is(err, staff.ErrNoEmergency) {
			return err
		}
		id := uuid.NewString()
		n, err := t.exec(ctx, `INSERT INTO emergencies (id, session, staff, station, ward, reason, began, until)
			SELECT ?, ?, ?, ?, id, ?, `+t.d.micros+`, `+t.d.micros+` + ? FROM wards WHERE id = ?`,
			id, by.ID, by.Staff.ID, by.Station, reason, limit.Microseconds(), wardID)
		if err == nil && n == 0 {
			err = fmt.Errorf("ward %q: %w", wardID, ErrNotFound)
		}
		if err != nil {
			return err
		}
		if err := t.emergencyLine(ctx, by, audit.BreakGlass, wardID, id); err != nil {
			return err
		}
		e, err = t.running(ctx, by.ID, wardID)
		return err
	})
	return e, err
}

// emergencyLine audits a step in a session's name.
func (t *tx) emergencyLine(ctx context.Context, by staff.Session, a audit.Action, object, reason string) error {
	return t.audit(ctx, audit.Event{Actor: by.Staff.ID, Role: string(by.Staff.Role), Station: by.Station,
		Session: by.ID,
		Action:  a, Object: object, Reason: reason, Outcome: audit.Done, Purpose: audit.Emergency})
}

// running is what runs for a session on a ward now.
func (t *tx) running(ctx context.Context, session, wardID string) (staff.Emergency, error) {
	e, err := scanEmergency(t.QueryRowContext(ctx,
		`SELECT `+emergencyColumns+`, e.until - `+t.d.micros+` FROM emergencies e
		WHERE e.session = ? AND e.ward = ? AND e.ended IS NULL AND e.until > `+t.d.micros, session, wardID).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = staff.ErrNoEmergency
	}
	return e, err
}

// UseEmergency implements [staff.EmergencyRecord].
func (s *Store) UseEmergency(ctx context.Context, by staff.Session, wardID string,
	p staff.Permission) (staff.Emergency, error) {
	// Most who ask hold none: they are answered without waiting for a turn to write.
	if list, err := s.RunningEmergencies(ctx, by.ID); err != nil {
		return staff.Emergency{}, err
	} else if len(list) == 0 {
		return staff.Emergency{}, staff.ErrNoEmergency
	}
	var e staff.Emergency
	err := s.write(ctx, func(t *tx) (err error) {
		if e, err = t.running(ctx, by.ID, wardID); err != nil {
			return err
		}
		e.Uses++
		if _, err := t.exec(ctx, `UPDATE emergencies SET uses = uses + 1 WHERE id = ?`, e.ID); err != nil {
			return err
		}
		return t.emergencyLine(ctx, by, audit.BreakGlassUse, e.ID, string(p))
	})
	return e, err
}

// RunningEmergencies implements [staff.EmergencyRecord].
func (s *Store) RunningEmergencies(ctx context.Context, session string) ([]staff.Emergency, error) {
	return s.emergencies(ctx, `e.session = ? AND e.ended IS NULL AND e.until > `+s.d.micros, session)
}

// Emergencies lists emergency access, the newest first: what nobody has reviewed,
// or all of it.
func (s *Store) Emergencies(ctx context.Context, all bool) ([]staff.Emergency, error) {
	return s.emergencies(ctx, `(? OR e.reviewed IS NULL)`, all)
}

func (s *Store) emergencies(ctx context.Context, where string, args ...any) ([]staff.Emergency, error) {
	var out []staff.Emergency
	rows, err := s.reader.QueryContext(ctx, `SELECT `+emergencyColumns+`, e.until - `+s.d.micros+` FROM emergencies e
		WHERE `+where+` ORDER BY e.began DESC, e.id`, args...)
	err = each(rows, err, func(r *sql.Rows) error {
		e, err := scanEmergency(r.Scan)
		out = append(out, e)
		return err
	})
	return out, away(err)
}

// EndEmergencies implements [staff.EmergencyRecord].
func (s *Store) EndEmergencies(ctx context.Context, session, why string) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.endOverdue(ctx); err != nil { // what ended before ended by its time
			return err
		}
		return t.endEmergencies(ctx, why, `session = ?`, session)
	})
}

// EndOverdueEmergencies implements [staff.EmergencyRecord].
func (s *Store) EndOverdueEmergencies(ctx context.Context) error {
	list, err := s.emergencies(ctx, `e.ended IS NULL AND e.until <= `+s.d.micros)
	if err != nil || len(list) == 0 {
		return err
	}
	return s.write(ctx, func(t *tx) error { return t.endOverdue(ctx) })
}

func (t *tx) endOverdue(ctx context.Context) error {
	return t.endEmergencies(ctx, "time", `until <= `+t.d.micros)
}

func (t *tx) endEmergencies(ctx context.Context, why, where string, args ...any) error {
	rows, err := t.QueryContext(ctx,
		`UPDATE emergencies SET why = ?, ended = CASE WHEN until < `+t.d.micros+` THEN until ELSE `+t.d.micros+` END
		WHERE ended IS NULL AND `+where+` RETURNING id, staff, station, session`, append([]any{why}, args...)...)
	type ended struct{ id, staff, station, session string }
	var list []ended
	err = each(rows, err, func(r *sql.Rows) error {
		var e ended
		err := r.Scan(&e.id, &e.staff, &e.station, &e.session)
		list = append(list, e)
		return err
	})
	for _, e := range list {
		err = errors.Join(err, t.audit(ctx, audit.Event{Actor: e.staff, Station: e.station, Session: e.session,
			Action: audit.BreakGlassEnd, Object: e.id, Reason: why, Outcome: audit.Done, Purpose: audit.Emergency}))
	}
	return err
}

// ReviewEmergency writes down what a charge nurse, other than the one who broke the
// glass, found. A later finding replaces an earlier one; the trail keeps both.
//
// Errors: [ErrNotFound], [staff.ErrEmergencyRuns], [staff.ErrReviewer].
func (s *Store) ReviewEmergency(ctx context.Context, id, reviewer string, finding staff.Finding) error {
	return s.write(ctx, func(t *tx) error {
		if err := t.endOverdue(ctx); err != nil {
			return err
		}
		var who, role string
		var runs, active bool
		err := t.QueryRowContext(ctx, `SELECT staff, ended IS NULL FROM emergencies WHERE id = ?`, id).Scan(&who, &runs)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("emergency access %q: %w", id, ErrNotFound)
		} else if err != nil {
			return err
		}
		err = t.QueryRowContext(ctx, `SELECT role, active FROM staff WHERE id = ?`, reviewer).Scan(&role, &active)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		switch {
		case runs:
			return staff.ErrEmergencyRuns
		case !active || role != string(staff.ChargeNurse) || reviewer == who:
			return staff.ErrReviewer
		}
		if _, err := t.exec(ctx,
			`UPDATE emergencies SET reviewed = `+t.d.micros+`, reviewer = ?, finding = ? WHERE id = ?`,
			reviewer, string(finding), id); err != nil {
			return err
		}
		return t.audit(ctx, audit.Event{Actor: reviewer, Role: role, Action: audit.BreakGlassReview, Object: id,
			Reason: string(finding), Outcome: audit.Done, Purpose: audit.Operations})
	})
}
