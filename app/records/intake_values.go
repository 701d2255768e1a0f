package records

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/result"
)

// Chart implements [hl7.Values].
func (in intake) Chart(ctx context.Context, c result.Charting) ([]result.Finding, error) {
	w, err := in.t.charting(ctx, c.Patient)
	if err != nil {
		return nil, err
	}
	w.scale2 = c.Scale2
	var times []time.Time
	for _, r := range c.Results {
		if r.ID == "" || r.Taken.IsZero() {
			return nil, fmt.Errorf("%w: result without ID or time", ErrInvalid)
		}
		times = append(times, r.Taken)
	}
	if err := w.around(ctx, times); err != nil {
		return nil, err
	}
	for _, r := range c.Results {
		w.take(r)
	}
	err = w.settle(ctx)
	return w.findings, err
}

// kept is a version of the record, or one that is to be of it.
type kept struct {
	result.Result
	item           string
	fresh, changed bool
}

// charting looks at one patient's versions together, after some have come or gone.
type charting struct {
	t        *tx
	patient  string
	scale2   bool
	rows     map[string]*kept // by ID
	items    map[string][]*kept
	sets     map[string][]*kept // by the set that they are in
	touched  []*kept            // that came or went
	unplaced map[string]bool    // values that changed, and have not found their set yet
	made     map[string]bool    // sets that are new
	whole    map[string]bool    // sets of which all members are among rows
	again    []string           // sets to be made anew from their members
	findings []result.Finding
}

func (t *tx) charting(ctx context.Context, patientID string) (*charting, error) {
	who, err := t.survivor(ctx, patientID)
	return &charting{t: t, patient: who, rows: map[string]*kept{}, items: map[string][]*kept{},
		sets: map[string][]*kept{}, made: map[string]bool{},
		whole: map[string]bool{}, unplaced: map[string]bool{}}, err
}

// results reads versions. The condition is one of this program's own texts.
func (t *tx) results(ctx context.Context, where string, args ...any) (out []result.Result, err error) {
	rows, err := t.QueryContext(ctx, `SELECT `+resultColumns+` FROM results r WHERE `+where, args...)
	err = each(rows, err, func(r *sql.Rows) error {
		v, err := scanResult(r)
		out = append(out, v)
		return err
	})
	return out, err
}

func (w *charting) hold(r result.Result) *kept {
	if had := w.rows[r.ID]; had != nil {
		return had
	}
	k := &kept{Result: r, item: r.Item()}
	w.rows[r.ID] = k
	w.items[k.item] = append(w.items[k.item], k)
	if k.SetID != "" {
		w.sets[k.SetID] = append(w.sets[k.SetID], k)
	}
	return k
}

func (w *charting) load(ctx context.Context, where string, args ...any) error {
	all, err := w.t.results(ctx, where, args...)
	for _, r := range all {
		w.hold(r)
	}
	return err
}

// around reads what was measured near these times: the other values of the sets
// that are concerned.
func (w *charting) around(ctx context.Context, times []time.Time) error {
	const near = 2 * result.SameSet
	times = slices.SortedFunc(slices.Values(times), time.Time.Compare)
	for i := 0; i < len(times); {
		from, to := times[i].Add(-near), times[i].Add(near)
		for i++; i < len(times) && !times[i].Add(-near).After(to); i++ {
			to = times[i].Add(near)
		}
		if err := w.load(ctx, `r.patient = ? AND r.taken >= ? AND r.taken <= ?`, w.patient, from.UnixMicro(),
			to.UnixMicro()); err != nil {
			return err
		}
	}
	return nil
}

// take adds a version that came. One that was taken back counts again.
func (w *charting) take(r result.Result) {
	r.Patient = w.patient
	for _, at := range []*time.Time{&r.Taken, &r.StatusAt, &r.SentAt, &r.OrderAt, &r.Received} {
		*at = at.Truncate(time.Microsecond) // as they are kept
	}
	for _, k := range w.items[r.Item()] {
		r.Arrived = max(r.Arrived, k.Arrived+1)
	}
	had := w.rows[r.ID]
	if had != nil && had.Void == "" {
		return
	}
	k := had
	if k == nil {
		k = w.hold(r)
		k.fresh = true
	} else {
		k.Void, k.VoidBy, k.VoidAt, k.changed = "", "", time.Time{}, true
		w.rebuild(k.SetID)
	}
	if k.Effect == result.Live || k.Effect == result.None {
		k.ValueID, k.ValueAt = k.ID, k.Taken
	}
	w.touched = append(w.touched, k)
}

func (w *charting) rebuild(set string) {
	if set != "" && !slices.Contains(w.again, set) {
		w.again = append(w.again, set)
	}
}
