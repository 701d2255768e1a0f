package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
)

// earliest is a stored time before all others.
const earliest = math.MinInt64

const observationColumns = `o.id, o.patient, o.taken, o.received, o.rr, o.spo2, o.oxygen, o.sbp, o.dbp,
	o.pulse, o.acvpu, o.temp, o.scale2, o.source, o.by_staff, o.not_done, o.future, o.remarks`

// observationRow is where a row is scanned to. A board's thousand rows share one:
// scanning into the set itself took three times the memory.
type observationRow struct {
	taken, received int64
	values          [6]sql.NullFloat64 // RR, SpO2, SBP, DBP, Pulse, Temp
	oxygen          sql.NullBool
	o               vitals.Observation
	remarks         string
	to              [18]any
}

func newObservationRow() *observationRow {
	w := &observationRow{}
	o, v := &w.o, &w.values
	w.to = [18]any{&o.ID, &o.Patient, &w.taken, &w.received, &v[0], &v[1], &w.oxygen, &v[2], &v[3],
		&v[4], &o.ACVPU, &v[5], &o.Scale2, &o.Source, &o.By, &o.NotDone, &o.Future, &w.remarks}
	return w
}

func (w *observationRow) scan(r *sql.Rows, out *vitals.Observation) error {
	if err := r.Scan(w.to[:]...); err != nil {
		return err
	}
	*out = w.o
	out.Taken, out.Received = time.UnixMicro(w.taken).UTC(), time.UnixMicro(w.received).UTC()
	kept := new([6]float64) // one piece of memory for all values of a set
	for i, into := range [6]**float64{&out.RR, &out.SpO2, &out.SBP, &out.DBP, &out.Pulse, &out.Temp} {
		*into = nil
		if w.values[i].Valid {
			kept[i] = w.values[i].Float64
			*into = &kept[i]
		}
	}
	var err error
	if out.Remarks, err = readRemarks(w.remarks); err != nil {
		return err
	}
	out.Oxygen = nil
	if w.oxygen.Valid {
		out.Oxygen = new(bool)
		*out.Oxygen = w.oxygen.Bool
	}
	return nil
}

// readRemarks reads the remarks of a set as they are kept; "" is none.
func readRemarks(kept string) ([]vitals.Remark, error) {
	if kept == "" {
		return nil, nil
	}
	var out []vitals.Remark
	if err := json.Unmarshal([]byte(kept), &out); err != nil {
		return nil, fmt.Errorf("records: remarks of a set: %w", err)
	}
	return out, nil
}

// keptRemarks is how the remarks of a set are kept.
func keptRemarks(all []vitals.Remark) (string, error) {
	if len(all) == 0 {
		return "", nil
	}
	b, err := json.Marshal(all)
	if err != nil {
		return "", fmt.Errorf("records: remarks of a set: %w", err)
	}
	return string(b), nil
}

func scanObservation(r *sql.Rows, o *vitals.Observation) error { return newObservationRow().scan(r, o) }

// Observations lists a patient's observation sets taken at since or later, newest
// first, at most limit. Those that are dated in the future stand behind all others, and
// the limit leaves out none of the newest of these, at most [patient.RecentSets]:
// one may be why the board shows a higher score.
func (s *Store) Observations(ctx context.Context, patientID string, since time.Time,
	limit int) ([]vitals.Observation, error) {
	from := int64(earliest)
	if !since.IsZero() {
		from = since.UnixMicro()
	}
	var out []vitals.Observation
	row := newObservationRow()
	for _, of := range []struct {
		which string
		limit int
	}{{`o.future = FALSE ORDER BY o.taken DESC, o.id DESC`, limit},
		{`o.future = TRUE ORDER BY o.received DESC, o.id DESC`, min(limit, patient.RecentSets)}} {
		rows, err := s.reader.QueryContext(ctx, `SELECT `+observationColumns+` FROM observations o
			WHERE o.patient = ? AND o.taken >= ? AND `+of.which+` LIMIT ?`, patientID, from, of.limit)
		err = each(rows, err, func(r *sql.Rows) error {
			var o vitals.Observation
			err := row.scan(r, &o)
			out = append(out, o)
			return err
		})
		if err != nil {
			return nil, away(err)
		}
	}
	return out, nil
}

// AddObservation takes a set from a device. It is idempotent by Observation.ID
// and returns the patient's revision. It raises the revision but not the
// version of the observations section: a monitor that writes each minute must
// not make every nurse's save a conflict. A set for a merged patient goes to
// the survivor. A zero Received means now.
func (s *Store) AddObservation(ctx context.Context, o vitals.Observation) (revision int64, err error) {
	err = s.write(ctx, func(t *tx) error {
		revision, err = t.addObservation(ctx, o)
		return err
	})
	return revision, err
}

func (t *tx) addObservation(ctx context.Context, o vitals.Observation) (int64, error) {
	var err error
	if o.Patient, err = t.survivor(ctx, o.Patient); err != nil {
		return 0, err
	}
	fresh, err := t.insertObservation(ctx, o)
	if err != nil {
		return 0, err
	}
	if !fresh {
		return t.revision(ctx, o.Patient)
	}
	return t.touch(ctx, o.Patient)
}

// insertObservation reports whether the set is new to the record.
func (t *tx) insertObservation(ctx context.Context, o vitals.Observation) (bool, error) {
	if err := checkObservation(o); err != nil {
		return false, err
	}
	o.Received = time.UnixMicro(must(o.Received, t.at))
	o.Future = t.ahead(o.Taken, o.Received) // whoever writes it
	remarks, err := keptRemarks(o.Remarks)
	if err != nil {
		return false, err
	}
	n, err := t.exec(ctx, `
		INSERT INTO observations (id, patient, charted_for, taken, received, rr, spo2, oxygen, sbp, dbp,
			pulse, acvpu, temp, scale2, source, by_staff, not_done, future, remarks)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		o.ID, o.Patient, o.Patient, o.Taken.UnixMicro(), o.Received.UnixMicro(), o.RR, o.SpO2, o.Oxygen, o.SBP, o.DBP,
		o.Pulse, string(o.ACVPU), o.Temp, o.Scale2, o.Source, o.By, string(o.NotDone), o.Future, remarks)
	if err == nil && n == 1 && o.Future {
		err = t.tellAhead(ctx, o)
	}
	return n == 1, err
}

// checkObservation refuses what no chart can hold.
func checkObservation(o vitals.Observation) error {
	switch {
	case o.ID == "":
		return fmt.Errorf("%w: observation without ID", ErrInvalid)
	case o.Taken.IsZero():
		return fmt.Errorf("%w: observation %s without time", ErrInvalid, o.ID)
	case !o.ACVPU.Valid():
		return fmt.Errorf("%w: observation %s: consciousness is none of ACVPU", ErrInvalid, o.ID)
	}
	for _, v := range []*float64{o.RR, o.SpO2, o.SBP, o.DBP, o.Pulse, o.Temp} {
		if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0)) {
			return fmt.Errorf("%w: observation %s: not a number", ErrInvalid, o.ID)
		}
	}
	return nil
}

// survivor is the patient that takes entries for this ID.
func (t *tx) survivor(ctx context.Context, patientID string) (string, error) {
	p, err := t.standing(ctx, patientID)
	if err != nil || p.mergedInto == "" {
		return patientID, err
	}
	return p.mergedInto, nil
}
