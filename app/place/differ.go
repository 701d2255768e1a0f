package place

import (
	"slices"
	"time"
)

// moveNobody are kinds whose own place moves nobody; saysNothingNew are those that
// take something back or give it another number, and say nothing else of the visit.
var (
	moveNobody     = []Kind{Discharge, Leave, PlanTransfer, PlanDischarge}
	saysNothingNew = []Kind{
		CancelAdmit,
		CancelLeave,
		CancelReturn,
		CancelPlanAdmission,
		CancelPlanTransfer,
		CancelPlanDischarge,
		Delete,
		Renumber,
	}
)

// differ notes what an event says of a visit otherwise than it is, where that
// changes nothing.
func (w *walk) differ(h *History) {
	for i := range w.ev {
		e := &w.ev[i]
		nothingNew := slices.Contains(saysNothingNew, e.Kind)
		if !nothingNew && !slices.Contains(moveNobody, e.Kind) {
			continue
		}
		v := w.meant(i, h)
		if v == nil {
			continue
		}
		again := w.standing(i, h)
		says := again.Class != "" && again.Class == e.Class // what the patient is again
		if e.To.Ward != "" && len(v.Stays) > 0 && !v.was(e.To) && !again.was(e.To) && !(says && len(again.Stays) == 0) {
			h.note(e, map[bool]Note{false: OtherPlace, true: EndElsewhere}[e.Kind == Discharge])
		}
		if says {
			v.Class = e.Class
		}
		if nothingNew {
			w.differOtherwise(i, *v, h)
		}
	}
}

// standing is the visit that stands once an admission is cancelled: what the patient was
// before. A cancel may name that, too. It is empty if there is none.
func (w *walk) standing(i int, h *History) *Visit {
	if m := w.match[i] - 1; m >= 0 && w.ev[i].Kind == CancelAdmit && w.void[m] == 0 {
		if v := h.Of(w.ev[m].ID); v != nil {
			return v
		}
	}
	return &Visit{}
}

func (w *walk) differOtherwise(i int, v Visit, h *History) {
	e := &w.ev[i]
	if m := w.match[i] - 1; m >= 0 && e.Kind == CancelPlanAdmission && e.PlannedTo != "" &&
		e.PlannedTo != w.ev[m].PlannedTo {
		h.note(e, OtherPlace)
	}
	if e.Class != "" && v.Class != "" && e.Class != v.Class {
		h.note(e, OtherClass)
	}
	if !e.Admitted.IsZero() && !e.Admitted.Equal(v.Admitted) {
		h.note(e, OtherAdmission)
	}
	if e.Reason != nil && *e.Reason != v.Reason || e.Pregnant != nil && *e.Pregnant != v.Pregnant {
		h.note(e, OtherWords)
	}
	if !e.Occurred.IsZero() && !w.hits(i) {
		h.note(e, OtherMoment)
	}
}

// hits reports whether a cancel names the time of anything that it took back.
func (w *walk) hits(i int) bool {
	none := true
	for j := range w.ev {
		if w.void[j] != i+1 {
			continue
		}
		none = false
		if w.named(i, j) || w.ev[j].Admitted.Truncate(time.Minute).Equal(w.ev[i].Occurred.Truncate(time.Minute)) {
			return true
		}
	}
	return none
}

// meant is the visit that an event speaks of: its own, or that of what it takes
// back; nil if it is of none, which is noted as such.
func (w *walk) meant(i int, h *History) *Visit {
	e := &w.ev[i]
	switch e.Kind {
	case CancelAdmit, CancelPlanAdmission, Delete:
		return w.takenBack(i)
	case Renumber:
		n := slices.IndexFunc(h.Visits, func(v Visit) bool { return v.Key == w.number[i] })
		if n < 0 {
			return nil
		}
		return &h.Visits[n]
	}
	m := w.match[i] - 1
	if m < 0 {
		return h.Of(e.ID)
	}
	for _, v := range w.visits {
		if v.begun >= 0 && slices.Contains(v.events, m) {
			return h.Of(w.ev[v.begun].ID)
		}
	}
	return nil
}

// takenBack is what the events that a cancel took back had said.
func (w *walk) takenBack(i int) *Visit {
	var v *Visit
	for j := range w.ev {
		o := &w.ev[j]
		if w.void[j] != i+1 {
			continue
		}
		if v == nil {
			v = &Visit{Admitted: o.At}
		}
		v.say(o)
		v.Stays = append(v.Stays, Stay{Where: o.To})
	}
	return v
}

// was reports whether the visit ever had the patient in a place. Who names only the
// ward means any of its beds.
func (v *Visit) was(at Where) bool {
	return slices.ContainsFunc(v.Stays, func(s Stay) bool {
		return s.Ward == at.Ward && (at.Bed == "" || s.Bed == at.Bed)
	})
}
