package records

import (
	"cmp"
	"context"
	"database/sql"
	"maps"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/result"
)

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
	var times []time.Time
	for _, v := range changed {
		w.unplaced[v.id] = true
		times = append(times, v.Taken)
	}
	if err := w.around(ctx, times); err != nil { // a value may have found another time
		return err
	}
	for _, v := range changed {
		delete(w.unplaced, v.id)
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
	rows, err := w.t.QueryContext(ctx,
		`SELECT DISTINCT r.item, r.ord FROM results r WHERE r.patient = ? AND r.loose = TRUE
		AND r.item `+d.among+` AND r.ord `+d.among, w.patient,
		d.list(slices.Sorted(maps.Keys(items))), d.list(slices.Sorted(maps.Keys(orders))))
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
			return o.Order == k.Order && o.Source == k.Source && o.Taken.Equal(k.Taken) && o.Effect == result.Final &&
				o.Void == ""
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
