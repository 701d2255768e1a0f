package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/staff"
)

// mayMove decides by what right a person takes a step, in the transaction that
// writes it: their role and wards, who looks after the patient, whom the forwards
// asked, how far the call has come and whether emergency access of their session runs
// on the ward are the record's own, whatever the caller says. life is where the alert
// stood before the step; m.Alert is the record's.
//
// [alert.NotCalledError] if they may not, and if nothing says by what right they come;
// [staff.ErrNotAllowed] if the alert is not of the ward for which their session was
// checked. A machine's step names no person. Whoever has the alert in hand gives it back, wherever they
// work by now.
func (t *tx) mayMove(ctx context.Context, life alert.Life, m alert.Move, r alert.Rule) error {
	if m.By == "" {
		return nil
	}
	if m.Claim == nil {
		return &alert.NotCalledError{Kind: m.Kind}
	}
	if m.Kind == alert.TakenBack && life.Holds(m.By) {
		return life.AsRead(m)
	}
	role, works, err := t.answerer(ctx, m.By, m.Alert.Ward)
	if err != nil {
		return err
	}
	if err := t.proveEmergency(ctx, &m); err != nil {
		return err
	}
	if m.Claim.Ward != m.Alert.Ward || !works && !m.Claim.Emergency {
		return fmt.Errorf("%w: alert of another ward: %w", staff.ErrNotAllowed,
			&alert.NotCalledError{Kind: m.Kind, Role: role})
	}
	nurses, err := t.nursesOf(ctx, m.Alert.Patient, m.Alert.Ward)
	if err != nil {
		return err
	}
	return life.Check(m, role, m.Alert, nurses, r)
}

// proveEmergency takes the claim of emergency access from a step whose session holds
// none on the alert's ward now, or holds it in somebody else's name.
func (t *tx) proveEmergency(ctx context.Context, m *alert.Move) error {
	if !m.Claim.Emergency {
		return nil
	}
	e, err := t.running(ctx, m.Session, m.Alert.Ward)
	if err != nil && !errors.Is(err, staff.ErrNoEmergency) {
		return err
	}
	if err != nil || e.Staff != m.By {
		claim := *m.Claim // the caller's stays as it is
		claim.Emergency = false
		m.Claim = &claim
	}
	return nil
}

// answerer is the role of a person who works here, and whether on the ward.
func (t *tx) answerer(ctx context.Context, id, wardID string) (role staff.Role, works bool, err error) {
	err = t.QueryRowContext(ctx, `SELECT s.role, w.ward IS NOT NULL FROM staff s
		LEFT JOIN staff_wards w ON w.staff = s.id AND w.ward = ? WHERE s.id = ? AND s.active`, wardID, id).
		Scan(&role, &works)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil // without a role nobody may do anything
	}
	return role, works, err
}

// nursesOf are who looks after a patient now, of those who work on the ward: as
// [Store.Assignments] lists them, and as the stations show them.
func (t *tx) nursesOf(ctx context.Context, patientID, wardID string) ([]alert.Nurse, error) {
	if patientID == "" {
		return nil, nil
	}
	var out []alert.Nurse
	rows, err := t.QueryContext(ctx, `SELECT a.staff FROM assignments a JOIN patients p ON p.id = a.patient
		JOIN staff_wards w ON w.staff = a.staff AND w.ward = p.ward
		WHERE a.patient = ? AND p.ward = ? AND a.until > ?`, patientID, wardID, t.at.UnixMicro())
	err = each(rows, err, func(r *sql.Rows) error {
		var n alert.Nurse
		err := r.Scan(&n.ID)
		out = append(out, n)
		return err
	})
	return out, err
}
