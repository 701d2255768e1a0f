package records_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
)

// crowd is a record with that many patients in beds of one ward, each with as
// many sets, one every 15 minutes up to noon.
func crowd(t testing.TB, r *recordtest.Record, patients, sets int) *records.Store {
	t.Helper()
	s := r.Open(t)
	ok(t, s.PutWard(t.Context(), ward.Ward{ID: "4B"}))
	grow(t, r, s, 0, patients, sets)
	return s
}

// grow adds the patients from one number up to another.
func grow(t testing.TB, r *recordtest.Record, s *records.Store, from, to, sets int) {
	t.Helper()
	ok(t, s.Batch(t.Context(), func(ctx context.Context, b *records.Batch) error {
		for p := from; p < to; p++ {
			bed := fmt.Sprintf("%04d", p)
			if err := b.PutBed(ctx, ward.Bed{Ward: "4B", Name: bed}); err != nil {
				return err
			}
			if err := b.PutPatient(ctx, person(fmt.Sprintf("p%04d", p), bed)); err != nil {
				return err
			}
		}
		return nil
	}))
	// A set at a time would take minutes; in this order they lie as they would
	// if they had come in over the year.
	series := map[string]string{
		"sqlite":   `PRAGMA cache_size = -64000; PRAGMA synchronous = OFF; WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < %d - 1)`,
		"postgres": `WITH n AS (SELECT n FROM generate_series(0, %d - 1) n)`}[r.Engine]
	ok(t, r.Exec(t, fmt.Sprintf(series+`
		INSERT INTO observations (id, patient, charted_for,
		taken, received, rr, spo2, oxygen, sbp, dbp, pulse, acvpu, temp, scale2, source, by_staff)
		SELECT p.id || '-' || n.n, p.id, p.id, %d - (%d - n.n) * CAST(900000000 AS BIGINT),
		%d - (%d - n.n) * CAST(900000000 AS BIGINT),
			18, 96.5, FALSE, 120, 70, 80, 'A', 36.8, FALSE, 'monitor', ''
		FROM n CROSS JOIN patients p WHERE n.n >= 0 AND p.id >= 'p%04d' ORDER BY n.n`,
		sets, noon.UnixMicro(), sets, noon.UnixMicro(), sets, from)))
	statistics(t, r)
}

// statistics are gathered by PostgreSQL itself; the record asks SQLite for none.
func statistics(t testing.TB, r *recordtest.Record) {
	t.Helper()
	if r.Engine == "postgres" {
		ok(t, r.Exec(t, `ANALYZE`))
	}
}

var engines = []struct {
	name   string
	record func(testing.TB) *recordtest.Record
}{{"sqlite", recordtest.SQLite}, {"postgres", recordtest.Postgres}}

// BenchmarkWard reads a ward's board. The goals: 40 beds with a year behind them
// in 5 ms, 1,000 patients in 100 ms, on SQLite.
func BenchmarkWard(b *testing.B) {
	const year = 365 * 24 * 4
	for _, size := range []struct{ patients, sets int }{{1, year}, {40, 96}, {40, year}, {200, 960}, {1000, 960}} {
		for _, engine := range engines {
			b.Run(fmt.Sprintf("patients=%d/sets=%d/%s", size.patients, size.sets, engine.name), func(b *testing.B) {
				s := crowd(b, engine.record(b), size.patients, size.sets)
				for b.Loop() {
					got, err := s.WardSummaries(b.Context(), "4B")
					if err != nil || len(got) != size.patients || len(got["p0000"].Recent) != 24 {
						b.Fatal(err, len(got))
					}
				}
			})
		}
	}
}

// BenchmarkQueries is what else a station asks, with a year behind 40 beds.
func BenchmarkQueries(b *testing.B) {
	for _, engine := range engines {
		r := engine.record(b)
		s := crowd(b, r, 40, 365*24*4)
		seq, version := 0, int64(0)
		for name, ask := range map[string]func(ctx context.Context) error{
			"chart": func(ctx context.Context) error {
				_, err := s.Observations(ctx, "p0007", noon.AddDate(0, 0, -3), 500)
				return err
			},
			"find":    func(ctx context.Context) error { _, err := s.FindPatient(ctx, "700p0007"); return err },
			"changes": func(ctx context.Context) error { _, err := s.ChangesAfter(ctx, 10, 100); return err },
			"open":    func(ctx context.Context) error { _, err := s.OpenMoves(ctx, "4B"); return err },
			"observe": func(ctx context.Context) error {
				seq++
				_, err := s.AddObservation(ctx,
					set(fmt.Sprint("bench", seq), "p0007", noon.Add(time.Duration(seq)*time.Second)))
				return err
			},
			"save": func(ctx context.Context) error {
				save := noteSave(fmt.Sprint("bench", version), version, 1)
				save.Patient = "p0008"
				version++
				_, err := s.Save(ctx, save)
				return err
			},
		} {
			b.Run(name+"/"+r.Engine, func(b *testing.B) {
				for b.Loop() {
					ok(b, ask(b.Context()))
				}
			})
		}
	}
}

// What a station asks often is answered from an index, whatever the record has
// grown to.
//
// Seen red: with the index alerts_open as it was ("resolved = 0", where the query
// says FALSE) the open alerts walked every move of all time on SQLite; without
// identifiers_number a patient was looked for among all numbers of the house.
func TestQueriesUseTheirIndexes(t *testing.T) {
	queries := map[string]struct {
		query string
		args  []any
		uses  map[string]string
	}{
		"board": {"", []any{"4B"},
			map[string]string{"sqlite": "o USING PRIMARY KEY (patient=? AND taken>?)",
				"postgres": "observations_newest"}},
		"chart": {`SELECT id FROM observations o WHERE o.patient = ? AND o.taken >= ?
			ORDER BY o.taken DESC, o.id DESC LIMIT ?`,
			[]any{"p0001", int64(0), 10}, map[string]string{"sqlite": "USING PRIMARY KEY (patient=? AND taken>?)",
				"postgres": "observations_newest"}},
		"one set": {`SELECT taken FROM observations o WHERE o.id = ?`, []any{"x"},
			map[string]string{"sqlite": "observations_id_key", "postgres": "observations_pkey"}},
		"notes": {`SELECT id FROM notes n WHERE n.patient = ? ORDER BY n.written DESC, n.id DESC LIMIT ?`,
			[]any{"p0001", 10},
			map[string]string{"sqlite": "notes_newest", "postgres": "notes_newest"}},
		"open alerts": {`SELECT m.seq ` + records.OpenMovesOfWard,
			[]any{"4B"}, map[string]string{"sqlite": "alerts_open", "postgres": "alerts_open"}},
		"due": {`SELECT a.id FROM alerts a WHERE a.due <= 10 + ? ORDER BY a.due LIMIT ?`, []any{int64(5), 10},
			map[string]string{"sqlite": "alerts_due", "postgres": "alerts_due"}},
		"outbox": {`SELECT seq FROM changes WHERE seq > ? ORDER BY seq LIMIT ?`, []any{int64(5), 100},
			map[string]string{"sqlite": "USING INTEGER PRIMARY KEY|sqlite_autoindex_changes_1",
				"postgres": "changes_pkey"}},
		"mrn": {`SELECT id FROM patients WHERE mrn = ?`, []any{"x"},
			map[string]string{"sqlite": "patients_mrn", "postgres": "patients_mrn"}},
		"find": {records.ByNumber, []any{"x", "x"},
			map[string]string{"sqlite": "identifiers_folded (<expr>=? AND type=?)", "postgres": "identifiers_folded"}},
		"tasks due": {`SELECT k.id FROM tasks k ` + records.TasksDueOnWard, []any{"4B", noon.UnixMicro()},
			map[string]string{"sqlite": "tasks_open (patient=? AND due<?)", "postgres": "tasks_open"}},
		"identifier": {`SELECT patient FROM identifiers WHERE authority = ? AND type = ? AND value = ?`,
			[]any{"a", "b", "c"},
			map[string]string{"sqlite": "sqlite_autoindex_identifiers_1",
				"postgres": "identifiers_pkey|identifiers_number"}},
		"conflict": {`SELECT entry FROM saves WHERE patient = ? AND section = ? AND version > ?
			ORDER BY version DESC LIMIT ?`,
			[]any{"p0001", "notes", int64(3), 20},
			map[string]string{"sqlite": "saves_section", "postgres": "saves_section"}},
	}
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := crowd(t, r, 40, 200)
		populate(t, r, s, 0, 40)
		for n := range 300 {
			id := fmt.Sprint("a", n)
			_, err := s.AppendMove(t.Context(), raise(id))
			ok(t, err)
			if n%30 > 0 {
				_, err = s.AppendMove(t.Context(), step(alert.Resolved, id, ""))
				ok(t, err)
			}
		}
		statistics(t, r)
		for name, q := range queries {
			if name == "board" {
				q.query = records.RecentSets(r.Engine, `IN (SELECT id FROM patients WHERE ward = ?)`)
			}
			plan, err := s.Plan(t.Context(), q.query, q.args...)
			ok(t, err)
			text := strings.Join(plan, "\n")
			want := strings.Split(q.uses[r.Engine], "|")
			if !slices.ContainsFunc(want, func(w string) bool { return strings.Contains(text, w) }) {
				t.Errorf("%s does not use %v:\n%s", name, want, text)
			}
			if name != "board" && name != "open alerts" &&
				(strings.Contains(text, "Seq Scan on observations") || strings.Contains(text, "SCAN o")) {
				t.Errorf("%s reads all:\n%s", name, text)
			}
		}
	})
}

// The board of a ward is one answer, the same as asking by name.
func TestWardSummaries(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := crowd(t, r, 7, 40)
		ids, err := s.WardPatients(t.Context(), "4B")
		ok(t, err)
		byName, err := s.Summaries(t.Context(), ids)
		ok(t, err)
		byWard, err := s.WardSummaries(t.Context(), "4B")
		ok(t, err)
		if len(byWard) != 7 ||
			fmt.Sprint(byWard["p0003"].Recent[0].Taken) != fmt.Sprint(byName["p0003"].Recent[0].Taken) ||
			len(byWard["p0003"].Recent) != 24 ||
			byWard["p0003"].Recent[0].Taken.Before(byWard["p0003"].Recent[1].Taken) {
			t.Fatalf("%d patients, %+v", len(byWard), byWard["p0003"])
		}
		none, err := s.WardSummaries(t.Context(), "nowhere")
		if err != nil || len(none) != 0 {
			t.Fatalf("%v %v", none, err)
		}
	})
}

// On SQLite the sets are read past database/sql. Both ways say the same, whatever
// a set holds or leaves out.
//
// Seen red: with the values' room not moved on after a set (all sets showed one
// set's values), with NULL read as a number, and without the statement's reset (the
// second call failed).
func TestSetsReadBothWays(t *testing.T) {
	r := recordtest.SQLite(t)
	s := crowd(t, r, 3, 30)
	number := func(v float64) *float64 { return &v }
	yes, no := true, false
	for n, o := range []vitals.Observation{
		{ID: "empty"},
		{ID: "all", RR: number(0), SpO2: number(99.5), Oxygen: &yes, SBP: number(-1), DBP: number(1e9),
			Pulse: number(0.1), Temp: number(36.55),
			ACVPU: vitals.Confused, Scale2: true, Source: "Überwachung 'β'", By: "s1"},
		{ID: "some", Oxygen: &no, DBP: number(70), ACVPU: vitals.Unresponsive, By: "s2"},
	} {
		o.Patient, o.Taken, o.Received = "p0001", noon.Add(time.Duration(n)*time.Minute), noon.Add(time.Hour)
		_, err := s.AddObservation(t.Context(), o)
		ok(t, err)
	}
	for n := range 30 { // of one microsecond
		o := set(fmt.Sprintf("same%02d", n), "p0002", noon.Add(time.Hour))
		_, err := s.AddObservation(t.Context(), o)
		ok(t, err)
	}
	ok(t, s.PutPatient(t.Context(), person("none", "")))
	r.Options = records.WithFaults(r.Options, (&cut{at: -1}).wrap)
	plain := r.Open(t)
	for range 3 {
		got, err := s.WardSummaries(t.Context(), "4B")
		ok(t, err)
		want, err := plain.WardSummaries(t.Context(), "4B")
		ok(t, err)
		if !reflect.DeepEqual(got, want) || len(got) != 4 {
			t.Fatalf("%+v\n%+v", got, want)
		}
		// All of the oldest moment are there; the last, which is complete, stands behind them: as in
		// TestPartsPushNoWholeSetOut.
		if p := got["p0002"].Recent; len(p) != 31 || p[0].ID != "same29" || p[29].ID != "same00" ||
			p[30].ID != "p0002-29" {
			t.Fatalf("%d sets, %s to %s", len(p), p[0].ID, p[len(p)-1].ID)
		}
		if p := got["p0001"].Recent; p[1].ID != "all" || *p[1].Temp != 36.55 || p[2].RR != nil || *p[0].Oxygen {
			t.Fatalf("%+v", p[:3])
		}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.WardSummaries(gone, "4B"); !errors.Is(err, context.Canceled) && !errors.Is(err, records.ErrAway) {
		t.Fatal(err)
	}
	if got, err := s.WardSummaries(t.Context(), "4B"); err != nil || len(got) != 4 {
		t.Fatal(len(got), err)
	}
}
