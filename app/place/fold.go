package place

import (
	"cmp"
	"slices"
)

// Fold makes of all of a patient's events, in whatever order they came, the
// visits and where the patient is.
func Fold(events []Event) History {
	w := newWalk(events)
	for !w.run() {
	}
	h := History{Current: -1, Notes: map[string][]Note{}}
	shown := w.shown()
	for _, v := range slices.Concat(w.visits, w.ghosts) {
		if v.begun < 0 {
			continue
		}
		out := w.visit(v, &h)
		if v == shown {
			h.Current = len(h.Visits)
		} else if out.End == Open && shown != nil && shown.open() {
			// The patient is not in two places: where nobody ended a visit, the
			// one that decides did, as far as its place goes.
			out = out.closed(w.ev[shown.begun].At)
		}
		h.Visits = append(h.Visits, out)
	}
	h.sort()
	h.Planned = w.planned(shown)
	w.unmatched(&h)
	w.differ(&h)
	return h
}

// shown is the visit that decides: an open one of a patient who stays, else one that has a
// bed, else the newest that is over.
func (w *walk) shown() *visit {
	if v := w.staying(); v != nil {
		return v
	}
	var out *visit
	var best []int
	for _, v := range w.visits {
		if v.begun < 0 {
			continue
		}
		if score := []int{side(v.open() && w.said(v).Bed != ""), side(v.stay), v.begun}; slices.Compare(
			score,
			best,
		) > 0 {
			out, best = v, score
		}
	}
	return out
}

// planned is the newest announcement of an admission that has not come: none of
// its visit, and where it names none, or the admission did not, of any.
func (w *walk) planned(shown *visit) *Plan {
	for i := len(w.ev) - 1; i >= 0; i-- {
		e := &w.ev[i]
		if e.Kind != PlanAdmission || w.void[i] != 0 {
			continue
		}
		came := slices.ContainsFunc(w.visits, func(v *visit) bool {
			return v.begun > i && (v.number == "" || w.number[i] == "" || v.number == w.number[i]) ||
				v.begun >= 0 && v.number != "" && v.number == w.number[i]
		})
		if came || shown != nil && shown.open() {
			return nil
		}
		return &Plan{PlanAdmission, e.PlannedTo, e.Planned}
	}
	return nil
}

// sort puts the visits in the order in which they began.
func (h *History) sort() {
	var key string
	if h.Current >= 0 {
		key = h.Visits[h.Current].Key
	}
	slices.SortStableFunc(h.Visits, func(a, b Visit) int {
		return cmp.Or(a.Admitted.Compare(b.Admitted), cmp.Compare(a.Key, b.Key))
	})
	if h.Current >= 0 {
		h.Current = slices.IndexFunc(h.Visits, func(v Visit) bool { return v.Key == key })
	}
}
