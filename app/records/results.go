package records

import (
	"cmp"
	"context"
	"database/sql"

	"github.com/wardlight/wardlight/app/result"
)

const resultColumns = `r.id, r.patient, r.message, r.part, r.place, r.source, r.ord, r.order_code, r.order_name, r.order_at, r.order_note,
	r.code, r.name, r.system, r.sub, r.sensor, r.kind, r.value, r.raw, r.unit, r.range_text, r.flag, r.status, r.note,
	r.effect, r.status_at, r.sent_at, r.taken, r.taken_from, r.received, r.arrived, r.sign, r.number, r.word, r.zero,
	r.void, r.void_by, r.void_at, r.value_id, r.value_at, r.set_id, r.stands, r.loose`

func scanResult(r *sql.Rows) (v result.Result, err error) {
	var number sql.NullFloat64
	err = r.Scan(&v.ID, &v.Patient, &v.Message, &v.Part, &v.Place, &v.Source, &v.Order, &v.OrderCode, &v.OrderName,
		clock{&v.OrderAt}, &v.OrderNote,
		&v.Code, &v.Name, &v.System, &v.SubID, &v.Sensor, &v.Type, &v.Value, &v.Raw, &v.Unit, &v.Range, &v.Flag,
		&v.Status, &v.Note,
		&v.Effect, clock{&v.StatusAt}, clock{&v.SentAt}, clock{&v.Taken}, &v.TakenFrom, clock{&v.Received}, &v.Arrived,
		&v.Sign, &number, &v.Word, &v.Zero,
		&v.Void, &v.VoidBy, clock{&v.VoidAt}, &v.ValueID, clock{&v.ValueAt}, &v.SetID, &v.Stands, &v.Loose)
	if number.Valid {
		v.Number = &number.Float64
	}
	return v, err
}

// Results lists a patient's results, at most limit: the newest value first, those of one
// time as their senders put them, and of one value what stands first. All versions are
// there: those of one value have its ValueID, and the one that Stands, if any does, is
// what it is.
func (s *Store) Results(ctx context.Context, patientID string, limit int) ([]result.Result, error) {
	var out []result.Result
	// A value is known by the ID of one of its versions, which says where it was sent.
	rows, err := s.reader.QueryContext(ctx,
		`SELECT `+resultColumns+` FROM results r LEFT JOIN results k ON k.id = r.value_id
		WHERE r.patient = ?
		ORDER BY r.value_at DESC, COALESCE(k.sent_at, 0) DESC, k.message, k.part, k.place, r.value_id,
			r.stands DESC, COALESCE(r.sent_at, 0) DESC, r.status_at DESC, r.arrived DESC, r.id DESC
		LIMIT ?`, patientID, limit)
	err = each(rows, err, func(r *sql.Rows) error {
		v, err := scanResult(r)
		out = append(out, v)
		return err
	})
	return out, away(err)
}

// insertResult adds a version.
func (t *tx) insertResult(ctx context.Context, v result.Result) error {
	_, err := t.exec(ctx,
		`INSERT INTO results (id, patient, charted_for, message,
			part, place, source, ord, order_code, order_name, order_at,
			order_note, item, code, name, system, sub, sensor, kind, value, raw, unit, range_text, flag, status, note,
			effect, status_at, sent_at, taken, taken_from, received, arrived, sign, number, word, zero,
			void, void_by, void_at, value_id, value_at, set_id, stands, loose)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
			'', '', NULL, ?, ?, ?, ?, ?)`,
		v.ID, v.Patient, cmp.Or(v.For, v.Patient), v.Message, v.Part, v.Place, v.Source, v.Order, v.OrderCode,
		v.OrderName, micros(v.OrderAt),
		v.OrderNote, v.Item(), v.Code, v.Name, v.System, v.SubID, v.Sensor, v.Type, v.Value, v.Raw, v.Unit, v.Range,
		v.Flag, v.Status, v.Note,
		string(v.Effect), must(v.StatusAt, t.at), micros(v.SentAt), v.Taken.UnixMicro(), v.TakenFrom,
		must(v.Received, t.at), v.Arrived,
		string(v.Sign), v.Number, v.Word, v.Zero, v.ValueID, must(v.ValueAt, v.Taken), v.SetID, v.Stands, v.Loose)
	return err
}

// updateResult keeps what was found of a version; what was sent stays.
func (t *tx) updateResult(ctx context.Context, v result.Result) error {
	_, err := t.exec(ctx,
		`UPDATE results SET void = ?, void_by = ?, void_at = ?, value_id = ?, value_at = ?, set_id = ?, stands = ?, loose = ?
		WHERE id = ?`, v.Void, v.VoidBy, micros(v.VoidAt),
		v.ValueID, must(v.ValueAt, v.Taken), v.SetID, v.Stands, v.Loose, v.ID)
	return err
}

// Counts is how much the record holds; for reports on imports and backups.
type Counts struct{ Patients, Merged, Observations, Results, Notes, Alerts int }

// Count counts what the record holds. Patients leaves merged ones out.
func (s *Store) Count(ctx context.Context) (c Counts, err error) {
	err = s.reader.QueryRowContext(ctx, `SELECT
		(SELECT COUNT(*) FROM patients WHERE merged_into IS NULL), (SELECT COUNT(*) FROM patients
		WHERE merged_into IS NOT NULL),
		(SELECT COUNT(*) FROM observations), (SELECT COUNT(*) FROM results), (SELECT COUNT(*) FROM notes),
		(SELECT COUNT(*) FROM alerts)`).
		Scan(&c.Patients, &c.Merged, &c.Observations, &c.Results, &c.Notes, &c.Alerts)
	return c, away(err)
}
