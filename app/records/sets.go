package records

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
)

// recent reads the newest sets of every patient in one query. The inner select
// finds the time of the oldest set wanted by walking that many entries of the
// index, so that the cost does not grow with how long a patient has been here.
//
// A hospital's board is 24,000 rows of 15 columns. On SQLite they are read from
// the engine's own statement: database/sql puts every column into an interface
// first, which took as long as finding the rows.
func recent(ctx context.Context, q querier, d *dialect, among string, arg any,
	found map[string]*patient.Summary) error {
	query := d.recentSets(among)
	var done bool
	var err error
	if r, is := q.(reading); is && r.conn != nil && d == sqliteDialect {
		done, err = r.sets(ctx, query, arg, found)
	}
	if err == nil && !done {
		err = scanSets(ctx, q, query, arg, found)
	}
	if err != nil {
		return err
	}
	for _, p := range found {
		newestFirst(p.Recent)
		if err := behind(ctx, q, p); err != nil {
			return err
		}
	}
	return datedAhead(ctx, q, among, arg, found)
}

// datedAhead adds the sets that are dated in the future behind all others: of many those that
// [vitals.Foremost] keeps.
func datedAhead(ctx context.Context, q querier, among string, arg any, found map[string]*patient.Summary) error {
	ahead := map[string][]vitals.Observation{}
	rows, err := q.QueryContext(ctx, `SELECT `+observationColumns+` FROM observations o
		WHERE o.future = TRUE AND o.patient `+among+` ORDER BY o.patient, o.received DESC, o.id DESC`, arg)
	err = each(rows, err, func(r *sql.Rows) error {
		var o vitals.Observation
		if err := scanObservation(r, &o); err != nil {
			return err
		}
		if found[o.Patient] != nil {
			ahead[o.Patient] = append(ahead[o.Patient], o)
		}
		return nil
	})
	for id, sets := range ahead {
		p := found[id]
		p.Recent = append(p.Recent, vitals.Foremost(p.Recent, sets)...)
	}
	return err
}

// newestFirst orders one patient's sets. They come in the order of the index,
// which is one of the two ways round: asking the database to order a thousand
// patients' at once made it copy them all.
func newestFirst(sets []vitals.Observation) {
	later := func(a, b vitals.Observation) int {
		return cmp.Or(b.Taken.Compare(a.Taken), strings.Compare(b.ID, a.ID))
	}
	if slices.IsSortedFunc(sets, later) {
		return
	}
	slices.Reverse(sets)
	if !slices.IsSortedFunc(sets, later) {
		slices.SortFunc(sets, later)
	}
}

func scanSets(ctx context.Context, q querier, query string, arg any, found map[string]*patient.Summary) error {
	rows, err := q.QueryContext(ctx, query, arg)
	row := newObservationRow()
	return each(rows, err, func(r *sql.Rows) error {
		var o vitals.Observation
		if err := row.scan(r, &o); err != nil {
			return err
		}
		if p := found[o.Patient]; p != nil {
			p.Recent = append(roomFor(p.Recent), o)
		}
		return nil
	})
}

func roomFor(sets []vitals.Observation) []vitals.Observation {
	if sets == nil {
		return make([]vitals.Observation, 0, patient.RecentSets)
	}
	return sets
}

// sets reads the rows from SQLite's own statement, on the transaction's
// connection. It reports false, having read nothing, if something stands between
// the record and its driver.
func (r reading) sets(ctx context.Context, query string, arg any,
	found map[string]*patient.Summary) (done bool, err error) {
	err = r.conn.Raw(func(driverConn any) (err error) {
		c, is := driverConn.(*preparedConn)
		name, one := arg.(string)
		if !is || !one {
			return nil
		}
		done = true
		old := c.Raw().SetInterrupt(ctx)
		defer c.Raw().SetInterrupt(old)
		s, err := c.statement(query)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, s.Reset(), s.ClearBindings()) }()
		if err := s.BindText(1, name); err != nil {
			return err
		}
		var row setReader
		for s.Step() {
			if err := row.read(s, found); err != nil {
				return err
			}
		}
		return s.Err()
	})
	return done, err
}

// setReader reads rows of observationColumns. What is the same in the next row,
// as the patient and the source mostly are, is not made anew.
type setReader struct {
	p      *patient.Summary
	id     string
	room   [][6]float64 // for the values of the patient's sets: one piece of memory
	source string
	by     string
}

func (w *setReader) read(s *sqlite3.Stmt, found map[string]*patient.Summary) (err error) {
	if id := s.ColumnRawText(1); w.p == nil || string(id) != w.id {
		w.id = string(id)
		if w.p = found[w.id]; w.p == nil {
			return nil
		}
	}
	if len(w.room) == 0 {
		w.room = make([][6]float64, patient.RecentSets)
	}
	kept := &w.room[0]
	w.room = w.room[1:]
	w.p.Recent = append(roomFor(w.p.Recent), vitals.Observation{ID: s.ColumnText(0), Patient: w.id,
		Taken: time.UnixMicro(s.ColumnInt64(2)).UTC(), Received: time.UnixMicro(s.ColumnInt64(3)).UTC()})
	o := &w.p.Recent[len(w.p.Recent)-1]
	for i, v := range [...]struct {
		column int
		into   **float64
	}{{4, &o.RR}, {5, &o.SpO2}, {7, &o.SBP}, {8, &o.DBP}, {9, &o.Pulse}, {11, &o.Temp}} {
		if s.ColumnType(v.column) != sqlite3.NULL {
			kept[i] = s.ColumnFloat(v.column)
			*v.into = &kept[i]
		}
	}
	if s.ColumnType(6) != sqlite3.NULL {
		o.Oxygen = yesOrNo(s.ColumnBool(6))
	}
	o.ACVPU = consciousness(s.ColumnRawText(10))
	o.Scale2 = s.ColumnBool(12)
	o.Source = same(s.ColumnRawText(13), &w.source)
	o.By = same(s.ColumnRawText(14), &w.by)
	if why := s.ColumnRawText(15); len(why) > 0 {
		o.NotDone = vitals.NotDone(why)
	}
	o.Future = s.ColumnBool(16)
	if kept := s.ColumnRawText(17); len(kept) > 0 {
		o.Remarks, err = readRemarks(string(kept))
	}
	return err
}

// same is a text, that of the row before if it has not changed.
func same(text []byte, before *string) string {
	if string(text) != *before {
		*before = string(text)
	}
	return *before
}

func yesOrNo(v bool) *bool { return &v }

func consciousness(text []byte) vitals.Consciousness {
	for _, c := range [...]vitals.Consciousness{vitals.Alert, vitals.NotAssessed, vitals.Confused, vitals.Voice,
		vitals.Pain, vitals.Unresponsive} {
		if string(text) == string(c) {
			return c
		}
	}
	return vitals.Consciousness(text)
}

// Constants and not arguments: a planner that does not know them plans for the
// worst.
var (
	beforeLast = strconv.Itoa(patient.RecentSets - 1)
	everything = strconv.Itoa(earliest + 1) // the least number itself cannot be written
)

// recentSets is in no order: see [newestFirst]. It brings the oldest moment with all of its sets, for a
// part of a moment may look well where the whole does not. Sets that are dated in the future are not among
// them: see [datedAhead].
func (d *dialect) recentSets(among string) string {
	if d.lateral {
		return `SELECT ` + observationColumns + ` FROM patients p CROSS JOIN LATERAL
			(SELECT * FROM observations n WHERE n.patient = p.id AND n.future = FALSE
			ORDER BY n.taken DESC FETCH FIRST ` + strconv.Itoa(patient.RecentSets) + ` ROWS WITH TIES) o
			WHERE p.id ` + among
	}
	return `SELECT ` + observationColumns + `
		FROM patients p JOIN observations o ON o.patient = p.id AND o.future = FALSE AND o.taken >= COALESCE(
			(SELECT n.taken FROM observations n WHERE n.patient = p.id AND n.future = FALSE
			 ORDER BY n.taken DESC, n.id DESC LIMIT 1 OFFSET ` + beforeLast + `), ` + everything + `)
		WHERE p.id ` + among
}
