package records_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

var figures = flag.String("figures", "", "measure how each query's cost grows, and write the table to this file")

// sizes are how many patients lie on the ward. The first 40 have a year of sets
// behind them, one every 15 minutes; the others came ten days ago.
var sizes = []int{1, 10, 40, 200, 1000}

const (
	year    = 365 * 24 * 4
	tenDays = 10 * 24 * 4
)

// ask is one thing that a station asks of the record, or tells it.
type ask struct {
	name string
	do   func(ctx context.Context, s *records.Store, n int) error
}

// asks are what stations do, reads first. n is another number each time.
var asks = []ask{
	{"board of the ward", func(ctx context.Context, s *records.Store, _ int) error {
		_, err := s.WardSummaries(ctx, "4B")
		return err
	}},
	{"one patient's summary", func(ctx context.Context, s *records.Store, _ int) error {
		got, err := s.Summaries(ctx, []string{"p0000"})
		return wanted(err, len(got["p0000"].Recent) == 24)
	}},
	{"chart, three days", func(ctx context.Context, s *records.Store, _ int) error {
		got, err := s.Observations(ctx, "p0000", noon.AddDate(0, 0, -3), 500)
		return wanted(err, len(got) >= 288)
	}},
	{"find by number", func(ctx context.Context, s *records.Store, _ int) error {
		_, err := s.FindPatient(ctx, "700p0000")
		return err
	}},
	{"open alerts of the ward", func(ctx context.Context, s *records.Store, _ int) error {
		got, err := s.OpenMoves(ctx, "4B")
		return wanted(err, len(got) > 0)
	}},
	{"tasks due on the ward", func(ctx context.Context, s *records.Store, _ int) error {
		got, err := s.TasksDue(ctx, "4B", noon)
		return wanted(err, len(got) > 0)
	}},
	{"next 100 of the outbox", func(ctx context.Context, s *records.Store, _ int) error {
		_, err := s.ChangesAfter(ctx, 1, 100)
		return err
	}},
	{"encounters of a patient", func(ctx context.Context, s *records.Store, _ int) error {
		got, err := s.Encounters(ctx, "p0000")
		return wanted(err, len(got) == 1)
	}},
	{"write: a set from a monitor", func(ctx context.Context, s *records.Store, n int) error {
		_, err := s.AddObservation(ctx, set(fmt.Sprint("new", n), "p0000", noon.Add(time.Duration(n)*time.Second)))
		return err
	}},
	{"write: save a note", func(ctx context.Context, s *records.Store, n int) error {
		p, err := s.Summaries(ctx, []string{"p0000"})
		if err != nil {
			return err
		}
		save := noteSave(fmt.Sprint("growth", n), p["p0000"].Versions["notes"], 1)
		save.Patient = "p0000"
		_, err = s.Save(ctx, save)
		return err
	}},
	{"write: raise an alert", func(ctx context.Context, s *records.Store, n int) error {
		m := raise(fmt.Sprint("elsewhere", n))
		m.Alert.Ward = "5A" // the open alerts of 4B stay as many as they are
		_, err := s.AppendMove(ctx, m)
		return err
	}},
	{"write: a line of the audit", func(ctx context.Context, s *records.Store, _ int) error {
		return s.Audit(ctx,
			audit.Event{Actor: "s1", Station: "WS-1", Action: audit.ViewChart, Patient: "p0000", Outcome: audit.Done})
	}},
}

func wanted(err error, is bool) error {
	if err == nil && !is {
		err = fmt.Errorf("not what was asked for")
	}
	return err
}

// populate makes the ward's other facts for patients from one number to another:
// ten notes, twenty tasks of the past and two of now for each, and for each
// fifth an alert that was resolved and one that is open.
func populate(t *testing.T, r *recordtest.Record, s *records.Store, from, to int) {
	t.Helper()
	series := map[string]string{
		"sqlite":   `WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 21)`,
		"postgres": `WITH n AS (SELECT n FROM generate_series(0, 21) n)`}[r.Engine]
	ok(t, r.Exec(t, fmt.Sprintf(series+`
		INSERT INTO tasks (id, patient, charted_for, kind,
		text, dose, route, due, made, by_staff, outcome, closed, closed_by, reason)
		SELECT p.id || '-' || n.n, p.id, p.id, 'care', 'Turn',
		'', '', %d - (n.n + 1) * CAST(3600000000 AS BIGINT), 0, 's1',
			CASE WHEN n.n < 2 THEN '' ELSE 'done' END, CASE WHEN n.n < 2 THEN NULL ELSE 1 END, '', ''
		FROM n CROSS JOIN patients p WHERE n.n >= 0 AND p.id >= 'p%04d'`, noon.UnixMicro(), from)))
	ok(t, r.Exec(t, fmt.Sprintf(series+`
		INSERT INTO notes (id, patient, charted_for, text, by_staff, by_name, written)
		SELECT p.id || '-' || n.n, p.id, p.id, 'Slept well, walked to the window.',
		's1', 'Nguyen, T', %d - n.n * CAST(3600000000 AS BIGINT)
		FROM n CROSS JOIN patients p WHERE n.n >= 0 AND n.n < 10 AND p.id >= 'p%04d'`, noon.UnixMicro(), from)))
	for p := from; p < to; p += 5 {
		for n := range 2 {
			id := fmt.Sprintf("a%d-%d", p, n)
			_, err := s.AppendMove(t.Context(), raise(id))
			ok(t, err)
			if n == 0 {
				_, err = s.AppendMove(t.Context(), step(alert.Resolved, id, ""))
				ok(t, err)
			}
		}
	}
	statistics(t, r)
}

// measure is how long one ask takes: the middle and the least of what fits in a
// second, thirty times at least.
func measure(t *testing.T, s *records.Store, a ask, n *int) (middle, least time.Duration) {
	t.Helper()
	var took []time.Duration
	for started := time.Now(); len(took) < 30 || time.Since(started) < time.Second && len(took) < 300; {
		*n++
		at := time.Now()
		if err := a.do(t.Context(), s, *n); err != nil {
			t.Fatalf("%s: %v", a.name, err)
		}
		took = append(took, time.Since(at))
	}
	slices.Sort(took)
	return took[len(took)/2], took[0]
}

// TestFigures measures how the cost of each query grows with the record. It runs
// when -figures names a file: it makes 2.3 million sets on each engine.
func TestFigures(t *testing.T) {
	if *figures == "" {
		t.Skip("-figures names no file")
	}
	cells := map[string][]string{}
	var size []string
	for _, engine := range engines {
		r := engine.record(t)
		s := crowd(t, r, 0, 1)
		n, had := 0, 0
		for i, want := range sizes {
			began := time.Now()
			sets := year
			if want > 40 {
				sets = tenDays
			}
			grow(t, r, s, had, want, sets)
			populate(t, r, s, had, want)
			had = want
			t.Logf("%s: %d patients after %v", r.Engine, want, time.Since(began).Round(time.Second))
			if len(size) == i {
				c, err := s.Count(t.Context())
				ok(t, err)
				size = append(size, fmt.Sprintf("%d", c.Observations))
			}
			for _, a := range asks {
				middle, least := measure(t, s, a, &n)
				key := a.name + "|" + r.Engine
				cells[key] = append(cells[key], fmt.Sprintf("%s (%s)", millis(middle), millis(least)))
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `# How the cost of each query grows

Written by `+"`make bench-record`"+` on %s/%s, %d processors, %s. Milliseconds: the middle of 30 to 300 runs, and the
least in brackets; other work on the machine raises the first, and of long queries both. SQLite writes with synchronous=FULL to this machine's
disk; PostgreSQL is on the same machine, by its socket, without fsync: its writes are those of the program, not of a disk.

The first 40 patients have a year of observations, one set of seven values every 15 minutes (about 10 million values),
the others ten days of them; all lie on one ward. Goals, on SQLite: a board of 40 in 5 ms, of 1,000 in 100 ms.

| patients on the ward | | %s |
| --- | --- |%s
| sets in the record | | %s |
`, runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), runtime.Version(), joined(sizes), strings.Repeat(" ---: |", len(sizes)), strings.Join(size, " | "))
	for _, a := range asks {
		for _, engine := range engines {
			fmt.Fprintf(&b, "| %s | %s | %s |\n", a.name, engine.name,
				strings.Join(cells[a.name+"|"+engine.name], " | "))
		}
	}
	ok(t, os.WriteFile(*figures, []byte(b.String()), 0o644))
}

func joined(numbers []int) string {
	var texts []string
	for _, n := range numbers {
		texts = append(texts, fmt.Sprint(n))
	}
	return strings.Join(texts, " | ")
}

func millis(d time.Duration) string {
	ms := float64(d) / float64(time.Millisecond)
	switch {
	case ms < 0.1:
		return fmt.Sprintf("%.3f", ms)
	case ms < 10:
		return fmt.Sprintf("%.2f", ms)
	}
	return fmt.Sprintf("%.0f", ms)
}
