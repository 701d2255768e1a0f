package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"time"
)

// row is one line of a table: something that is done again and again.
type row struct {
	name string
	note string
	n    int // measurements a round
	each int // operations a measurement; more than 1 where one is too short to time
	// make prepares the row once. once does one measurement: it times itself
	// where the whole call is not what counts (0 means: time the call).
	make func(ctx context.Context, e *env) (once func() (time.Duration, error), done func(), err error)
}

// section is a table. Its first row is the floor.
type section struct {
	title  string
	unit   time.Duration
	rows   []row
	target string
}

type figure struct {
	median, p99, ratio float64
	failed             error
}

// measure runs all rows of a section in turns.
func (s section) measure(ctx context.Context, e *env, rounds int) []figure {
	out := make([]figure, len(s.rows))
	medians, tails := make([][]float64, len(s.rows)), make([][]float64, len(s.rows))
	once := make([]func() (time.Duration, error), len(s.rows))
	for i, r := range s.rows {
		f, done, err := r.make(ctx, e)
		if err != nil {
			out[i].failed = err
			continue
		}
		if done != nil {
			defer done()
		}
		once[i] = f
	}
	for round := -1; round < rounds; round++ { // the first one warms up
		for i, r := range s.rows {
			if once[i] == nil {
				continue
			}
			took, err := r.round(once[i], round < 0)
			if err != nil {
				out[i].failed, once[i] = err, nil
				continue
			}
			if round >= 0 {
				medians[i] = append(medians[i], quantile(took, 0.5))
				tails[i] = append(tails[i], quantile(took, 0.99))
			}
		}
	}
	for i := range s.rows {
		out[i].median, out[i].p99 = quantile(medians[i], 0.5), quantile(tails[i], 0.5)
		// Each round's ratio is to the floor of that very round.
		var ratios []float64
		for round := range min(len(medians[i]), len(medians[0])) {
			ratios = append(ratios, medians[i][round]/medians[0][round])
		}
		out[i].ratio = quantile(ratios, 0.5)
	}
	return out
}

func (r row) round(once func() (time.Duration, error), warm bool) ([]float64, error) {
	n, each := max(r.n, 1), max(r.each, 1)
	if warm {
		n = min(n, 1+n/4)
	}
	took := make([]float64, 0, n)
	for range n {
		var total, own time.Duration
		began := time.Now()
		for range each {
			d, err := once()
			if err != nil {
				return nil, err
			}
			own += d
		}
		if total = time.Since(began); own > 0 {
			total = own
		}
		took = append(took, float64(total)/float64(each))
	}
	return took, nil
}

func quantile(v []float64, q float64) float64 {
	if len(v) == 0 {
		return 0
	}
	v = slices.SortedFunc(slices.Values(v), cmp.Compare[float64])
	return v[min(len(v)-1, int(q*float64(len(v))))]
}

// write prints the section as a Markdown table.
func (s section) write(w io.Writer, got []figure) {
	name := map[time.Duration]string{time.Microsecond: "us", time.Millisecond: "ms"}[s.unit]
	fmt.Fprintf(w, "\n## %s\n\n", s.title)
	if s.target != "" {
		fmt.Fprintf(w, "%s\n\n", s.target)
	}
	fmt.Fprintf(w, "| | %s, median | p99 | x floor | |\n|---|---:|---:|---:|---|\n", name)
	for i, r := range s.rows {
		f := got[i]
		if f.failed != nil {
			fmt.Fprintf(w, "| %s | - | - | - | failed: %v |\n", r.name, f.failed)
			continue
		}
		unit := float64(s.unit)
		fmt.Fprintf(w, "| %s | %s | %s | %s | %s |\n", r.name, digits(f.median/unit), digits(f.p99/unit),
			digits(f.ratio), r.note)
	}
}

func digits(v float64) string {
	switch {
	case v == 0:
		return "0"
	case v < 0.1:
		return fmt.Sprintf("%.3f", v)
	case v < 10:
		return fmt.Sprintf("%.2f", v)
	case v < 100:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}

// call makes a row whose whole call is timed.
func call(f func() error) func() (time.Duration, error) {
	return func() (time.Duration, error) { return 0, f() }
}
