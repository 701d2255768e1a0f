package records

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
)

// Try implements [hl7.Parking].
func (in intake) Try(ctx context.Context, f func() error) error { return in.t.try(ctx, "part", f) }

// Park implements [hl7.Parking].
func (in intake) Park(ctx context.Context, e parked.Entry) error { return in.t.park(ctx, e) }

// ParkedOf implements [hl7.Parking].
func (in intake) ParkedOf(ctx context.Context, key string) (out []parked.Entry, err error) {
	rows, err := in.t.QueryContext(ctx, `SELECT `+parkedFacts+` FROM parked p WHERE p.message = ? ORDER BY p.part`, key)
	err = each(rows, err, func(r *sql.Rows) error {
		e, err := scanParked(r.Scan)
		out = append(out, e)
		return err
	})
	return out, err
}

// park keeps an entry that waits; the same message and group again changes nothing.
func (t *tx) park(ctx context.Context, e parked.Entry) error {
	numbers, err := json.Marshal(e.Numbers)
	if err != nil {
		return fmt.Errorf("%w: numbers of a parked message: %w", ErrInvalid, err)
	}
	for _, s := range []*string{&e.Control, &e.Source, &e.Kind, &e.Reason, &e.Name, &e.Born, &e.Ward} {
		*s = storableText(*s)
	}
	e.Received = time.UnixMicro(must(e.Received, t.at))
	n, err := t.exec(ctx,
		`INSERT INTO parked (id, message, part, received, since, control, source, kind, reason, numbers,
			name, born, ward, raw, shift, zone, state)
		SELECT (SELECT COALESCE(MAX(p.id), 0) + 1 FROM parked p), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
			COALESCE((SELECT w.id FROM wards w WHERE w.id = ?), ''), ?, ?, ?, 'waiting'
		WHERE NOT EXISTS (SELECT 1 FROM parked p WHERE p.message = ? AND p.part = ?)`,
		e.Key, e.Group, e.Received.UnixMicro(), must(e.Since, e.Received), e.Control, e.Source, e.Kind, e.Reason,
		string(numbers),
		e.Name, e.Born, e.Ward, base64.StdEncoding.EncodeToString(e.Raw), e.Shift.Microseconds(), e.Zone,
		e.Key, e.Group)
	if err != nil || n == 0 {
		return err
	}
	t.waits[e.Ward] = true // a ward that is not in the record tells nobody: see tellParked
	return nil
}

// tellParked tells the wards on which what waits changed: one that is named by
// what waits, else all.
func (t *tx) tellParked(ctx context.Context) error {
	if len(t.waits) == 0 {
		return nil
	}
	all, err := t.wardList(ctx)
	if err != nil {
		return err
	}
	for _, w := range slices.Sorted(maps.Keys(t.waits)) {
		if !slices.Contains(all, w) { // it names none of the record
			clear(t.waits)
			return t.wardChanged(ctx, all...)
		}
	}
	told := slices.Sorted(maps.Keys(t.waits))
	clear(t.waits)
	return t.wardChanged(ctx, told...)
}

const parkedColumns = `p.id, p.message, p.part, p.received, p.since, p.control, p.source, p.kind, p.reason, p.numbers, p.name, p.born,
	p.ward, p.raw, p.shift, p.zone, p.state, p.patient, p.by_staff, p.at, p.why, p.turn, p.alerted, p.erased`

// parkedFacts are the parkedColumns without the text.
var parkedFacts = strings.Replace(parkedColumns, "p.raw", "''", 1)

func scanParked(scan func(...any) error) (e parked.Entry, err error) {
	var numbers, raw string
	var shift int64
	if err = scan(&e.ID, &e.Key, &e.Group, clock{&e.Received}, clock{&e.Since}, &e.Control, &e.Source, &e.Kind,
		&e.Reason, &numbers,
		&e.Name, &e.Born, &e.Ward, &raw, &shift, &e.Zone, &e.State, text{&e.Patient}, &e.By, clock{&e.At},
		&e.Why, &e.Turn,
		clock{&e.Alerted}, clock{&e.Erased}); err != nil {
		return e, err
	}
	e.Shift = time.Duration(shift) * time.Microsecond
	if e.Raw, err = base64.StdEncoding.DecodeString(raw); err == nil {
		err = json.Unmarshal([]byte(numbers), &e.Numbers)
	}
	if err != nil {
		return e, fmt.Errorf("records: parked message %d: %w", e.ID, err)
	}
	return e, nil
}

func oneParked(ctx context.Context, q querier, id int64) (parked.Entry, error) {
	e, err := scanParked(q.QueryRowContext(ctx, `SELECT `+parkedColumns+` FROM parked p WHERE p.id = ?`, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("parked message %d: %w", id, ErrNotFound)
	}
	return e, err
}

// ParkedMessage reads one entry with its text; [ErrNotFound] if there is none.
func (s *Store) ParkedMessage(ctx context.Context, id int64) (parked.Entry, error) {
	e, err := oneParked(ctx, s.reader, id)
	return e, away(err)
}

// ParkedMessages lists what waits, the longest first, or with decided all entries.
// Their texts are left out.
func (s *Store) ParkedMessages(ctx context.Context, decided bool) ([]parked.Entry, error) {
	var out []parked.Entry
	where := `WHERE p.state = 'waiting' `
	if decided {
		where = ``
	}
	rows, err := s.reader.QueryContext(ctx, `SELECT `+parkedFacts+` FROM parked p `+where+`ORDER BY p.since, p.id`)
	err = each(rows, err, func(r *sql.Rows) error {
		e, err := scanParked(r.Scan)
		e.Raw = nil
		out = append(out, e)
		return err
	})
	return out, away(err)
}

// ParkedWaiting says what waits to be assigned that names the ward, and what names
// none.
func (s *Store) ParkedWaiting(ctx context.Context, wardID string) (named, unnamed parked.Waiting, err error) {
	rows, err := s.reader.QueryContext(ctx,
		`SELECT ward, COUNT(*), SUM(CASE WHEN kind = 'ORU' OR kind LIKE 'ORU^%' THEN 0 ELSE 1 END), MIN(since)
			FROM parked
		WHERE state = 'waiting' AND ward IN (?, '') GROUP BY ward`, wardID)
	err = each(rows, err, func(r *sql.Rows) error {
		var ward string
		var w parked.Waiting
		if err := r.Scan(&ward, &w.Count, &w.Census, clock{&w.Since}); err != nil {
			return err
		}
		if ward == "" {
			unnamed = w
		} else {
			named = w
		}
		return nil
	})
	return named, unnamed, away(err)
}

// hasNumber finds the patients that have a number of an authority. Where nobody says
// which authority gave it, it may be the same.
const hasNumber = `SELECT patient FROM identifiers
		WHERE type = ? AND LOWER(REPLACE(value, ' ', '')) = ?
			AND (LOWER(REPLACE(authority, ' ', '')) = ? OR authority = '' OR CAST(? AS TEXT) = '')
	UNION SELECT COALESCE(merged_into, id) FROM patients p WHERE mrn = ? AND NOT EXISTS
		(SELECT 1 FROM identifiers i WHERE i.value = p.mrn AND (i.patient = p.id OR i.patient = p.merged_into))`

// OwnersNow says, for each entry, the MRN of the patient who has its number now, if exactly one
// has.
func (s *Store) OwnersNow(ctx context.Context, entries []parked.Entry) (map[int64]string, error) {
	out := map[int64]string{}
	for _, e := range entries {
		owners := map[string]string{}
		for _, i := range e.Numbers {
			if !i.Own() {
				continue // several may share it
			}
			rows, err := s.reader.QueryContext(ctx, `SELECT p.id, p.mrn FROM patients p WHERE p.id IN (`+hasNumber+`)`,
				i.Type, patient.FoldNumber(i.Value), patient.FoldNumber(i.Authority), i.Authority, i.Value)
			if err = each(rows, err, func(r *sql.Rows) error {
				var id, mrn string
				err := r.Scan(&id, &mrn)
				owners[id] = mrn
				return err
			}); err != nil {
				return nil, away(err)
			}
		}
		if len(owners) == 1 {
			for _, mrn := range owners {
				out[e.ID] = mrn
			}
		}
	}
	return out, nil
}
