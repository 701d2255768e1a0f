package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/ward"
)

const wardColumns = `id, name, site, code, observe,
	EXISTS (SELECT 1 FROM wards o WHERE o.name = wards.name AND o.id <> wards.id)`

func scanWard(scan func(...any) error, w *ward.Ward) error {
	return scan(&w.ID, &w.Name, &w.Site, &w.Code, intervals{&w.Observe}, &w.Shared)
}

// Wards lists all wards by ID.
func (s *Store) Wards(ctx context.Context) ([]ward.Ward, error) {
	out, err := wards(ctx, s.reader, `ORDER BY id`)
	return out, away(err)
}

const wardsOfCode = `WHERE code = ? ORDER BY id`

// wardsCalled are the wards that have a code, whatever their site: [ward.Select]
// chooses. All wards have one. A feed asks for each place that it names: the list of
// all wards would make an import of a large house quadratic.
func (t *tx) wardsCalled(ctx context.Context, code string) ([]ward.Ward, error) {
	return wards(ctx, t, wardsOfCode, storableText(code))
}

func wards(ctx context.Context, q querier, which string, args ...any) (out []ward.Ward, err error) {
	rows, err := q.QueryContext(ctx, `SELECT `+wardColumns+` FROM wards `+which, args...)
	err = each(rows, err, func(r *sql.Rows) error {
		var w ward.Ward
		err := scanWard(r.Scan, &w)
		out = append(out, w)
		return err
	})
	return out, err
}

// Ward reads one ward by its ID; [ErrNotFound] if there is none.
func (s *Store) Ward(ctx context.Context, id string) (ward.Ward, error) {
	var w ward.Ward
	err := scanWard(s.reader.QueryRowContext(ctx, `SELECT `+wardColumns+` FROM wards WHERE id = ?`, id).Scan, &w)
	if errors.Is(err, sql.ErrNoRows) {
		return ward.Ward{}, fmt.Errorf("ward %q: %w", id, ErrNotFound)
	}
	return w, away(err)
}

// FindWard finds the ward that a person means: see [ward.Find]. [ErrNotFound] if
// there is none, [ward.ErrSeveral] if two are called so.
func (s *Store) FindWard(ctx context.Context, name string) (ward.Ward, error) {
	all, err := s.Wards(ctx)
	if err != nil {
		return ward.Ward{}, err
	}
	w, err := ward.Find(all, name)
	if errors.Is(err, ward.ErrUnknown) {
		err = fmt.Errorf("ward %q: %w", name, ErrNotFound)
	}
	return w, err
}

// Beds lists who is on a ward without a bed, and then the ward's beds by name, each
// with who lies in it; one in which two lie is listed for each.
func (s *Store) Beds(ctx context.Context, wardID string) ([]ward.Bed, error) {
	var out []ward.Bed
	rows, err := s.reader.QueryContext(ctx, `
		SELECT b.ward, b.name, b.state, '', p.id
			FROM beds b LEFT JOIN patients p ON p.ward = b.ward AND p.bed_name = b.name WHERE b.ward = ?
		UNION ALL SELECT p.ward, '', '', p.room, p.id FROM patients p WHERE p.ward = ? AND p.bed_name IS NULL
		ORDER BY 2, 4, 5`, wardID, wardID)
	err = each(rows, err, func(r *sql.Rows) error {
		var b ward.Bed
		err := r.Scan(&b.Ward, &b.Name, &b.State, &b.Room, text{&b.Patient})
		out = append(out, b)
		return err
	})
	return out, away(err)
}

// WardPatients lists the IDs of a ward's patients by bed; those without a bed come
// first.
func (s *Store) WardPatients(ctx context.Context, wardID string) ([]string, error) {
	var out []string
	rows, err := s.reader.QueryContext(ctx,
		`SELECT id FROM patients WHERE ward = ? ORDER BY COALESCE(bed_name, ''), id`, wardID)
	err = each(rows, err, func(r *sql.Rows) error {
		var id string
		err := r.Scan(&id)
		out = append(out, id)
		return err
	})
	return out, away(err)
}

// PutWard adds a ward or renames it. Two wards of one site have two codes.
func (s *Store) PutWard(ctx context.Context, w ward.Ward) error {
	return s.write(ctx, func(t *tx) error { return t.putWard(ctx, w) })
}

// PutBed adds a bed or changes its state. Who lies in it is the patient's
// business: see [Store.PutPatient].
func (s *Store) PutBed(ctx context.Context, b ward.Bed) error {
	return s.write(ctx, func(t *tx) error { return t.putBed(ctx, b) })
}

func (t *tx) putWard(ctx context.Context, w ward.Ward) error {
	_, err := t.exec(ctx, `INSERT INTO wards (id, name, site, code) VALUES (?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name,
		site = excluded.site, code = excluded.code`, w.ID, w.Name, w.Site, w.CodeOrID())
	if taken(err) {
		return fmt.Errorf("%w: %s has a ward %s already: %w", ErrInvalid, w.Site, w.CodeOrID(), err)
	}
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
