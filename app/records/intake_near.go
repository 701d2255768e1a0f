package records

import (
	"cmp"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/result"
)

// sets are the values that are charted, by their sets.
func (w *charting) sets() map[string][]*kept {
	out := map[string][]*kept{}
	for _, k := range w.rows {
		if k.SetID != "" {
			out[k.SetID] = append(out[k.SetID], k)
		}
	}
	return out
}

// near are the sets that the value may join, the best first.
func near(sets map[string][]*kept, v found, sign string) []string {
	source, group := v.group()
	order := map[string]time.Time{}
	var same, moment []string
	for id, all := range sets {
		var first *kept
		sameGroup, sameMoment := false, false
		for _, k := range all {
			if k.ValueID == v.id || k.Void != "" {
				continue
			}
			if first == nil || k.ValueAt.Before(first.ValueAt) {
				first = k
			}
			inGroup := k.Source == source && k.Group() == group
			sameGroup = sameGroup || inGroup
			sameMoment = sameMoment || !inGroup && string(k.Sign) == sign && k.ValueAt.Equal(v.Taken)
		}
		if first != nil {
			order[id] = first.ValueAt
		}
		if sameGroup {
			same = append(same, id)
		}
		if sameMoment {
			moment = append(moment, id)
		}
	}
	for _, list := range [][]string{same, moment} {
		slices.SortFunc(list, func(a, b string) int { return cmp.Or(order[a].Compare(order[b]), cmp.Compare(a, b)) })
	}
	return append(same, moment...)
}

// shared reports whether a set holds other values too.
func shared(set []*kept, v found) bool {
	return slices.ContainsFunc(set, func(k *kept) bool { return k.ValueID != v.id })
}

// fits reports whether a value belongs into a set: near all others in time, and no
// repeat of a sign that the set holds of another time.
func fits(set []*kept, v found, sign string) bool {
	return !slices.ContainsFunc(set, func(k *kept) bool {
		return k.ValueID != v.id && k.Void == "" && (v.Taken.Sub(k.ValueAt).Abs() > result.SameSet ||
			string(k.Sign) == sign && !k.ValueAt.Equal(v.Taken))
	})
}
