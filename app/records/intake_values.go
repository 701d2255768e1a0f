package records

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
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
	return w.findings, w.settle(ctx)
}

// TakeBack implements [hl7.Values].
func (in intake) TakeBack(ctx context.Context, patientID, message, reason, by string) (int, error) {
	return in.t.takeBack(ctx, patientID, message, reason, by)
}

// takeBack takes back all that a message charted for a patient, see [hl7.Values].
func (t *tx) takeBack(ctx context.Context, patientID, message, reason, by string) (int, error) {
	if reason == "" || message == "" {
		return 0, fmt.Errorf("%w: results taken back without reason or message", ErrInvalid)
	}
	w, err := t.charting(ctx, patientID)
	if err != nil {
		return 0, err
	}
	all, err := t.results(ctx, `r.patient = ? AND r.message = ? AND r.void = ''`, w.patient, message)
	if err != nil {
		return 0, err
	}
	var times []time.Time
	for _, r := range all {
		times = append(times, r.Taken)
	}
	if err := w.around(ctx, times); err != nil {
		return 0, err
	}
	for _, r := range all {
		k := w.hold(r)
		k.Void, k.VoidBy, k.VoidAt, k.Stands, k.Loose = reason, by, t.at, false, false
		k.changed = true
		w.touched = append(w.touched, k)
		w.rebuild(k.SetID)
	}
	return len(all), w.settle(ctx)
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
	touched  []*kept         // that came or went
	made     map[string]bool // sets that are new
	whole    map[string]bool // sets of which all members are among rows
	again    []string        // sets to be made anew from their members
	findings []result.Finding
}

func (t *tx) charting(ctx context.Context, patientID string) (*charting, error) {
	who, err := t.survivor(ctx, patientID)
	return &charting{t: t, patient: who, rows: map[string]*kept{}, items: map[string][]*kept{}, made: map[string]bool{}, whole: map[string]bool{}}, err
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
		if err := w.load(ctx, `r.patient = ? AND r.taken >= ? AND r.taken <= ?`, w.patient, from.UnixMicro(), to.UnixMicro()); err != nil {
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

// settle finds which values there are now, charts them, and writes all down.
func (w *charting) settle(ctx context.Context) error {
	if len(w.touched) == 0 {
		return nil
	}
	items := map[string][]*kept{}
	for _, k := range w.touched {
		items[k.item] = append(items[k.item], k)
	}
	loose, err := w.loose(ctx, items)
	if err != nil {
		return err
	}
	var changed []found
	for _, item := range slices.Sorted(maps.Keys(items)) {
		pool, err := w.related(ctx, item, items[item], loose)
		if err != nil {
			return err
		}
		changed = append(changed, w.values(pool)...)
	}
	slices.SortStableFunc(changed, func(a, b found) int {
		return cmp.Or(a.Taken.Compare(b.Taken), cmp.Compare(a.id, b.id))
	})
	for _, v := range changed {
		if err := w.place(ctx, v); err != nil {
			return err
		}
		w.say(v)
	}
	if err := w.gather(ctx); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(w.rows)) {
		k := w.rows[id]
		switch {
		case k.fresh:
			err = w.t.insertResult(ctx, k.Result)
		case k.changed:
			err = w.t.updateResult(ctx, k.Result)
		}
		if err != nil {
			return err
		}
	}
	for _, id := range w.again {
		if err := w.set(ctx, id); err != nil {
			return err
		}
	}
	w.t.later[w.patient] = true
	return nil
}

// loose finds the orders of which a version may yet belong to another value, as
// item and order.
func (w *charting) loose(ctx context.Context, items map[string][]*kept) (map[[2]string]bool, error) {
	orders := map[string]bool{}
	for _, of := range items {
		for _, k := range of {
			if k.Order != "" {
				orders[k.Order] = true
			}
		}
	}
	out := map[[2]string]bool{}
	if len(orders) == 0 {
		return out, nil
	}
	d := w.t.d
	rows, err := w.t.QueryContext(ctx, `SELECT DISTINCT r.item, r.ord FROM results r WHERE r.patient = ? AND r.loose = TRUE
		AND r.item `+d.among+` AND r.ord `+d.among, w.patient, d.list(slices.Sorted(maps.Keys(items))), d.list(slices.Sorted(maps.Keys(orders))))
	err = each(rows, err, func(r *sql.Rows) error {
		var pair [2]string
		err := r.Scan(&pair[0], &pair[1])
		out[pair] = true
		return err
	})
	return out, err
}

// related are all versions of an item that can be of the same values as those that
// came: those of the same time, and, where that does not settle it, all of the
// same orders.
func (w *charting) related(ctx context.Context, item string, came []*kept, loose map[[2]string]bool) ([]*kept, error) {
	orders, times := map[string]bool{}, map[int64]bool{}
	of := func(want func(*kept) bool) (out []*kept) {
		for _, k := range w.items[item] {
			if want(k) {
				out = append(out, k)
			}
		}
		return out
	}
	for _, k := range came {
		times[k.Taken.UnixMicro()] = true
		settled := of(func(o *kept) bool {
			return o.Order == k.Order && o.Source == k.Source && o.Taken.Equal(k.Taken) && o.Effect == result.Final && o.Void == ""
		})
		if k.Order != "" && (loose[[2]string{item, k.Order}] || len(settled) == 0 || k.Void != "") {
			orders[k.Order] = true
		}
	}
	within := func(k *kept) bool { return orders[k.Order] || times[k.Taken.UnixMicro()] }
	for {
		before := len(orders) + len(times)
		pool := of(within)
		for _, k := range pool {
			if k.Loose {
				times[k.Taken.UnixMicro()] = true
				if k.Order != "" {
					orders[k.Order] = true
				}
			}
		}
		if len(orders) == 0 {
			return pool, nil
		}
		for _, order := range slices.Sorted(maps.Keys(orders)) {
			if err := w.load(ctx, `r.patient = ? AND r.item = ? AND r.ord = ?`, w.patient, item, order); err != nil {
				return nil, err
			}
		}
		for at := range times {
			if err := w.load(ctx, `r.patient = ? AND r.item = ? AND r.taken = ?`, w.patient, item, at); err != nil {
				return nil, err
			}
		}
		if pool = of(within); before == len(orders)+len(times) && !slices.ContainsFunc(pool, func(k *kept) bool {
			return k.Loose && (!times[k.Taken.UnixMicro()] || k.Order != "" && !orders[k.Order])
		}) {
			return pool, nil
		}
	}
}

// found is a value that is not as it was, under the ID by which the record knows it.
type found struct {
	result.Value
	id string
}

// values finds the values of an item, and returns those of which anything changed.
func (w *charting) values(pool []*kept) (out []found) {
	var versions []result.Result
	for _, k := range pool {
		if k.Void == "" {
			versions = append(versions, k.Result)
		}
	}
	for _, v := range result.Values(versions) {
		f := found{v, known(v)}
		changed := false
		for i, r := range v.Versions {
			k := w.rows[r.ID]
			now := k.Result
			now.ValueID, now.ValueAt, now.Stands, now.Loose = f.id, v.Taken, i == v.Stands, v.Loose
			if k.fresh || k.changed || now != k.Result {
				changed = true
				k.changed = k.changed || !k.fresh
				k.Result = now
			}
		}
		if changed {
			out = append(out, f)
		}
	}
	return out
}

// known is the ID of a value: that of one of its versions, so that no two values
// have the same; that by which it was known before, if it has it still.
func known(v result.Value) string {
	byArrival := slices.SortedFunc(slices.Values(v.Versions), func(a, b result.Result) int {
		return cmp.Or(cmp.Compare(a.Arrived, b.Arrived), result.Compare(a, b))
	})
	for _, r := range byArrival {
		if r.ValueID == r.ID {
			return r.ID
		}
	}
	return byArrival[0].ID
}

// say tells what was found of the versions that came.
func (w *charting) say(v found) {
	old := slices.ContainsFunc(v.Versions, func(r result.Result) bool { return r.Message == "" })
	for _, r := range v.Versions {
		if !w.rows[r.ID].fresh {
			continue
		}
		kind := result.FindingKind(0)
		switch {
		case v.Found == result.Several:
			kind = result.CorrectsSeveral
		case v.Found == result.Nothing && r.Effect == result.NotObtained:
			kind = result.NotObtainedHere
		case v.Found == result.Nothing:
			kind = result.CorrectsNothing
		case old && r.Sign != "":
			kind = result.OfBefore
		default:
			continue
		}
		w.findings = append(w.findings, result.Finding{Result: r.ID, Kind: kind})
	}
}

// sign is which sign of a set a value is; "" if none.
func (v found) sign() string {
	for _, r := range v.Versions {
		if r.Sign != "" {
			return string(r.Sign)
		}
	}
	return ""
}

// group is what the value has in common with the others of its set.
func (v found) group() (source, group string) {
	r := v.Versions[0]
	for _, o := range v.Versions {
		if o.Effect == result.Final || o.Effect == result.Preliminary {
			r = o
			break
		}
	}
	return r.Source, r.Group()
}

// said reports whether any version of the value could be read.
func (v found) said() bool {
	return slices.ContainsFunc(v.Versions, func(r result.Result) bool { return strings.TrimSpace(result.Text(r)) != "" })
}
