package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/ward"
)

// Wards lists all wards by ID.
func (s *Store) Wards(ctx context.Context) ([]ward.Ward, error) {
	var out []ward.Ward
	rows, err := s.reader.QueryContext(ctx, `SELECT id, name, site, observe FROM wards ORDER BY id`)
	err = each(rows, err, func(r *sql.Rows) error {
		var w ward.Ward
		err := r.Scan(&w.ID, &w.Name, &w.Site, intervals{&w.Observe})
		out = append(out, w)
		return err
	})
	return out, away(err)
}

// Ward reads one ward; [ErrNotFound] if there is none.
func (s *Store) Ward(ctx context.Context, id string) (ward.Ward, error) {
	w := ward.Ward{ID: id}
	err := s.reader.QueryRowContext(ctx, `SELECT name, site, observe FROM wards WHERE id = ?`, id).Scan(&w.Name, &w.Site, intervals{&w.Observe})
	if errors.Is(err, sql.ErrNoRows) {
		return ward.Ward{}, fmt.Errorf("ward %q: %w", id, ErrNotFound)
	}
	return w, away(err)
}

// Beds lists a ward's beds by name, each with who lies in it.
func (s *Store) Beds(ctx context.Context, wardID string) ([]ward.Bed, error) {
	var out []ward.Bed
	rows, err := s.reader.QueryContext(ctx, `
		SELECT b.ward, b.name, b.state, p.id
		FROM beds b LEFT JOIN patients p ON p.ward = b.ward AND p.bed = b.name
		WHERE b.ward = ? ORDER BY b.name`, wardID)
	err = each(rows, err, func(r *sql.Rows) error {
		var b ward.Bed
		err := r.Scan(&b.Ward, &b.Name, &b.State, text{&b.Patient})
		out = append(out, b)
		return err
	})
	return out, away(err)
}

// WardPatients lists the IDs of a ward's patients by bed; who has no bed comes
// first.
func (s *Store) WardPatients(ctx context.Context, wardID string) ([]string, error) {
	var out []string
	rows, err := s.reader.QueryContext(ctx,
		`SELECT id FROM patients WHERE ward = ? ORDER BY COALESCE(bed, ''), id`, wardID)
	err = each(rows, err, func(r *sql.Rows) error {
		var id string
		err := r.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, away(err)
}

// PutWard adds a ward or renames it.
func (s *Store) PutWard(ctx context.Context, w ward.Ward) error {
	return s.write(ctx, func(t *tx) error { return t.putWard(ctx, w) })
}

// PutBed adds a bed or changes its state. Who lies in it is the patient's
// business: see [Store.PutPatient].
func (s *Store) PutBed(ctx context.Context, b ward.Bed) error {
	return s.write(ctx, func(t *tx) error { return t.putBed(ctx, b) })
}

func (t *tx) putWard(ctx context.Context, w ward.Ward) error {
	_, err := t.exec(ctx, `INSERT INTO wards (id, name, site) VALUES (?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, site = excluded.site`, w.ID, w.Name, w.Site)
	if err != nil {
		return err
	}
	return t.wardChanged(ctx, w.ID)
}

func (t *tx) putBed(ctx context.Context, b ward.Bed) error {
	_, err := t.exec(ctx, `INSERT INTO beds (ward, name, state) VALUES (?, ?, ?)
		ON CONFLICT (ward, name) DO UPDATE SET state = excluded.state`, b.Ward, b.Name, string(b.State))
	if err != nil {
		return fmt.Errorf("bed %s/%s: %w", b.Ward, b.Name, err)
	}
	return t.wardChanged(ctx, b.Ward)
}

// ensureBed makes a ward and a bed that another system spoke of and leaves
// those that are there as they are. An empty bed name asks for the ward only.
func (t *tx) ensureBed(ctx context.Context, w ward.Ward, bed string) error {
	n, err := t.exec(ctx, `INSERT INTO wards (id, name, site) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		w.ID, w.Name, w.Site)
	if err != nil {
		return err
	}
	if bed != "" {
		m, err := t.exec(ctx, `INSERT INTO beds (ward, name, state) VALUES (?, ?, ?) ON CONFLICT (ward, name) DO NOTHING`,
			w.ID, bed, string(ward.BedFree))
		if err != nil {
			return err
		}
		n += m
	}
	if n == 0 {
		return nil
	}
	return t.wardChanged(ctx, w.ID)
}
