package records

import (
	"cmp"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/result"
)

// candidate is a set that a value may join.
type candidate struct {
	id    string
	first time.Time // when the first of its values was measured
	same  bool      // of the value's order and source; else only of its sign and moment
}

// near are the sets that the value may join, the best first.
func (w *charting) near(v found, sign string) []string {
	source, group := v.group()
	var all []candidate
	for id, of := range w.sets {
		c, moment := candidate{id: id}, false
		for _, k := range of {
			if k.ValueID == v.id || k.Void != "" {
				continue
			}
			if c.first.IsZero() || k.ValueAt.Before(c.first) {
				c.first = k.ValueAt
			}
			c.same = c.same || k.Source == source && k.Group() == group
			moment = moment || string(k.Sign) == sign && k.ValueAt.Equal(v.Taken)
		}
		if c.same || moment {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		if a.same != b.same {
			if a.same {
				return -1
			}
			return 1
		}
		return cmp.Or(a.first.Compare(b.first), cmp.Compare(a.id, b.id))
	})
	var out []string
	for _, c := range all {
		out = append(out, c.id)
	}
	return out
}

// shared reports whether a set holds other values too.
func (w *charting) shared(set string, v found) bool {
	return slices.ContainsFunc(w.sets[set], func(k *kept) bool { return k.ValueID != v.id })
}

// into puts a version into a set, "" for none.
func (w *charting) into(set string, k *kept) {
	if k.SetID == set {
		return
	}
	w.sets[k.SetID] = slices.DeleteFunc(w.sets[k.SetID], func(o *kept) bool { return o == k })
	k.SetID, k.changed = set, k.changed || !k.fresh
	if set != "" {
		w.sets[set] = append(w.sets[set], k)
	}
}

// fits reports whether a value belongs into a set: near all others in time, and no
// repeat of a sign that the set holds of another time. A value of the same sign that is
// still to be placed may stand there only because both were one until now.
func (w *charting) fits(set string, v found, sign string) bool {
	for _, k := range w.sets[set] {
		if k.ValueID == v.id || k.Void != "" || w.unplaced[k.ValueID] && string(k.Sign) == sign {
			continue
		}
		if v.Taken.Sub(k.ValueAt).Abs() > result.SameSet || string(k.Sign) == sign && !k.ValueAt.Equal(v.Taken) {
			return false
		}
	}
	return true
}
