package place

import (
	"slices"
	"time"
)

// sameStay is how far apart two times of one admission can be: an estimate, a day
// without its hour, the emergency department's and the ward's.
const sameStay = 24 * time.Hour

// foreign reports whether an event that has no number of its own is plainly not of a
// visit: it says that its stay began on another day, or names the class and the place
// of another visit that is known.
func (w *walk) foreign(v *visit, i int) bool {
	e := &w.ev[i]
	switch e.Kind {
	case ToInpatient, ToOutpatient, Put:
		return false // with them a stay may begin
	}
	began, known := w.admission(v)
	dated := known && !e.Admitted.IsZero()
	gap := e.Admitted.Sub(began)
	if e.begins() {
		return dated && gap < -sameStay // later than v it is a readmission
	}
	return dated && gap.Abs() > sameStay || w.placed(v, i, dated) != nil || !dated && w.endsElsewhere(v, i)
}

// endsElsewhere reports whether an event that says neither class nor when its stay began
// ends one on a ward where v never had the patient: it is of a visit there.
func (w *walk) endsElsewhere(v *visit, i int) bool {
	e := &w.ev[i]
	return e.Kind == Discharge && e.Class == "" && e.To.Ward != "" && w.said(v).Ward != "" &&
		!slices.ContainsFunc(v.events, func(j int) bool { return w.void[j] == 0 && w.ev[j].To.Ward == e.To.Ward })
}

// admission is when a visit began, if that is known: not where an event in its
// middle is the first that was heard.
func (w *walk) admission(v *visit) (time.Time, bool) {
	switch {
	case !v.admitted.IsZero():
		return v.admitted, true
	case v.begun >= 0 && w.ev[v.begun].begins():
		return w.ev[v.begun].At, true
	}
	return time.Time{}, false
}

// placed is another visit than v whose class and place an event names, or nil; where
// the record does not know the place, the class alone says it. Of one class with v only
// an event counts that moves nobody, from a place in which v never had the patient; and
// not if dated, it agrees with v on the day of the admission.
func (w *walk) placed(v *visit, i int, dated bool) *visit {
	e := &w.ev[i]
	spot, moves := e.To, false
	switch e.Kind {
	case Discharge, Leave, PlanTransfer, PlanDischarge:
	case Update:
		moves = true
	case Transfer:
		spot, moves = e.From, true
	default:
		return nil
	}
	if w.endsElsewhere(v, i) {
		return w.lastIn(v, spot)
	}
	if spot.Ward == "" || e.Class == "" || e.Class == v.class && (moves || dated || w.was(v, spot)) {
		return nil
	}
	for n := len(w.visits) - 1; n >= 0; n-- {
		u := w.visits[n]
		if u != v && u.begun >= 0 && u.class == e.Class &&
			(w.said(u) == spot || spot.Ward == Elsewhere && e.Class != v.class) {
			return u
		}
	}
	return nil
}

// lastIn is the newest visit other than v that was last in a place, or nil.
func (w *walk) lastIn(v *visit, spot Where) *visit {
	for _, u := range slices.Backward(w.visits) {
		if u != v && u.begun >= 0 && w.said(u) == spot {
			return u
		}
	}
	return nil
}

// was reports whether a visit is said ever to have had the patient in a place.
func (w *walk) was(v *visit, at Where) bool {
	return slices.ContainsFunc(v.events, func(j int) bool { return w.void[j] == 0 && w.ev[j].To == at })
}

// another is the visit other than v that an event is about, or nil: that of its class
// and place, else one that began when it says, the nearest of several.
func (w *walk) another(v *visit, i int) (out *visit) {
	e := &w.ev[i]
	if u := w.placed(v, i, false); u != nil || e.Admitted.IsZero() {
		return u
	}
	best := sameStay
	for _, u := range w.visits {
		began, known := w.admission(u)
		if gap := e.Admitted.Sub(began).Abs(); u != v && known && u.stay != w.out[i] && gap <= best {
			out, best = u, gap
		}
	}
	return out
}
