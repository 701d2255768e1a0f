package records

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/result"
)

// near are the sets that the value may join, the best first.
func (w *charting) near(v found, sign string) []string {
	source, group := v.group()
	order := map[string]time.Time{}
	var same, moment []string
	for _, id := range slices.Sorted(maps.Keys(w.rows)) {
		k := w.rows[id]
		if k.SetID == "" || k.ValueID == v.id || k.Void != "" {
			continue
		}
		if first, is := order[k.SetID]; !is || k.ValueAt.Before(first) {
			order[k.SetID] = k.ValueAt
		}
		switch {
		case k.Source == source && k.Group() == group:
			same = append(same, k.SetID)
		case string(k.Sign) == sign && k.ValueAt.Equal(v.Taken):
			moment = append(moment, k.SetID)
		}
	}
	for _, list := range [][]string{same, moment} {
		slices.SortStableFunc(list,
			func(a, b string) int { return cmp.Or(order[a].Compare(order[b]), cmp.Compare(a, b)) })
	}
	return slices.Compact(append(same, moment...))
}

// shared reports whether a set holds other values too.
func (w *charting) shared(set string, v found) bool {
	for _, k := range w.rows {
		if k.SetID == set && k.ValueID != v.id {
			return true
		}
	}
	return false
}

// fits reports whether a value belongs into a set: near all others in time, and no
// repeat of a sign that the set holds of another time.
func (w *charting) fits(set string, v found, sign string) bool {
	for _, k := range w.rows {
		if k.SetID != set || k.ValueID == v.id || k.Void != "" {
			continue
		}
		if v.Taken.Sub(k.ValueAt).Abs() > result.SameSet || string(k.Sign) == sign && !k.ValueAt.Equal(v.Taken) {
			return false
		}
	}
	return true
}
