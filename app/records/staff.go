package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/staff"
)

// StaffByID reads a person and the hash of their password; [ErrNotFound] if
// there is none.
func (s *Store) StaffByID(ctx context.Context, id string) (staff.Staff, string, error) {
	all, hashes, err := s.staff(ctx, `WHERE s.id = ?`, id)
	if err != nil {
		return staff.Staff{}, "", err
	}
	if len(all) == 0 {
		return staff.Staff{}, "", fmt.Errorf("%w: %w", staff.ErrUnknownStaff, ErrNotFound)
	}
	return all[0], hashes[0], nil
}

// AllStaff lists everybody by ID, without hashes.
func (s *Store) AllStaff(ctx context.Context) ([]staff.Staff, error) {
	all, _, err := s.staff(ctx, ``)
	return all, err
}

func (s *Store) staff(ctx context.Context, where string, args ...any) (all []staff.Staff, hashes []string, err error) {
	all, hashes, err = people(ctx, s.reader, where, args...)
	return all, hashes, away(err)
}

func people(ctx context.Context, q querier, where string, args ...any) (all []staff.Staff, hashes []string, err error) {
	rows, err := q.QueryContext(ctx, `
		SELECT s.id, s.surname, s.given, s.role, s.active, s.hash, w.ward
		FROM staff s LEFT JOIN staff_wards w ON w.staff = s.id `+where+` ORDER BY s.id, w.ward`, args...)
	err = each(rows, err, func(r *sql.Rows) error {
		var p staff.Staff
		var hash, ward string
		if err := r.Scan(&p.ID, &p.Surname, &p.Given, &p.Role, &p.Active, &hash, text{&ward}); err != nil {
			return err
		}
		if n := len(all); n == 0 || all[n-1].ID != p.ID {
			all, hashes = append(all, p), append(hashes, hash)
		}
		if ward != "" {
			last := &all[len(all)-1]
			last.Wards = append(last.Wards, ward)
		}
		return nil
	})
	return all, hashes, err
}

// PutStaff adds a person or changes one; an empty hash keeps the one on
// record. People are never deleted, only made inactive: the audit names them.
func (s *Store) PutStaff(ctx context.Context, p staff.Staff, hash string) error {
	return s.write(ctx, func(t *tx) error { return t.putStaff(ctx, p, hash) })
}

func (t *tx) putStaff(ctx context.Context, p staff.Staff, hash string) error {
	if _, err := t.exec(ctx, `INSERT INTO staff (id, surname, folded, given, role, active, hash)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET surname = excluded.surname,
		folded = excluded.folded, given = excluded.given, role = excluded.role,
			active = excluded.active, hash = CASE WHEN excluded.hash = '' THEN staff.hash ELSE excluded.hash END`,
		p.ID, p.Surname, foldedSurname(p.Surname), p.Given, string(p.Role), p.Active, hash); err != nil {
		return err
	}
	if _, err := t.exec(ctx, `DELETE FROM staff_wards WHERE staff = ? AND NOT (ward `+t.d.among+`)`,
		p.ID, t.d.list(p.Wards)); err != nil {
		return err
	}
	for _, w := range p.Wards {
		if _, err := t.exec(ctx,
			`INSERT INTO staff_wards (staff, ward) VALUES (?, ?) ON CONFLICT (staff, ward) DO NOTHING`,
			p.ID, w); err != nil {
			return err
		}
	}
	return nil
}

// SetWardRole gives a person another role on one of their wards than their own;
// an empty role takes it back. [ErrNotFound] if the ward is none of theirs.
// [Store.PutStaff] keeps the roles of the wards that stay.
func (s *Store) SetWardRole(ctx context.Context, staffID, wardID string, role staff.Role) error {
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx, `UPDATE staff_wards SET role = ? WHERE staff = ? AND ward = ?`, orNull(string(role)),
			staffID, wardID)
		if err == nil && n == 0 {
			err = fmt.Errorf("staff %s on ward %s: %w", staffID, wardID, ErrNotFound)
		}
		return err
	})
}

// WardRole is a person's role on a ward: the one given for it, or else their
// own. [ErrNotFound] if the ward is none of theirs.
func (s *Store) WardRole(ctx context.Context, staffID, wardID string) (staff.Role, error) {
	var role staff.Role
	err := s.reader.QueryRowContext(ctx,
		`SELECT COALESCE(w.role, s.role) FROM staff_wards w JOIN staff s ON s.id = w.staff
		WHERE w.staff = ? AND w.ward = ?`, staffID, wardID).Scan(&role)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("staff %s on ward %s: %w", staffID, wardID, ErrNotFound)
	}
	return role, away(err)
}
