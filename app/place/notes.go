package place

import "slices"

// late notes what comes after a visit's end and would move somebody.
func (w *walk) late(i int, h *History) {
	if w.other[i] {
		return // it is noted as another visit's
	}
	switch e := &w.ev[i]; e.Kind {
	case Transfer, ToInpatient, ToOutpatient, Leave, Return, PlanTransfer, PlanDischarge:
		h.note(e, AfterEnd)
	case Update:
		if e.NoDischarged {
			h.note(e, EndTakenBack)
		}
	}
}

func (h *History) note(e *Event, n Note) { h.Notes[e.ID] = append(h.Notes[e.ID], n) }

// unmatched notes what is odd about an event's time, cancels that found nothing, and
// events of other visits and of visits that never began.
func (w *walk) unmatched(h *History) {
	for i := range w.ev {
		e := &w.ev[i]
		if odd := w.odd[e.ID]; odd != "" {
			h.note(e, odd)
		}
		_, undoes := cancels[e.Kind]
		undoes = undoes || e.Kind == Delete
		if undoes && w.match[i] == 0 {
			h.note(e, w.nothing(i, h))
		}
		if w.other[i] || undoes && w.match[i] == 0 && w.stranger(i) {
			h.note(e, OtherVisit)
		}
		if e.Kind == Renumber &&
			!slices.ContainsFunc(
				w.ev,
				func(o Event) bool { return o.Kind != Renumber && o.Visit.Value == e.Prior.Value },
			) {
			h.note(e, OtherNumber)
		}
	}
	for _, v := range w.visits {
		if v.end == Superseded && (w.ev[v.by].begins() || w.ev[v.by].Kind == ToInpatient) && v.class == w.ev[v.by].Class {
			h.note(&w.ev[v.by], NoDischarge)
		}
		if v.begun >= 0 {
			continue
		}
		for _, i := range v.events {
			if e := &w.ev[i]; e.Kind != PlanAdmission && !w.out[i] && !w.other[i] {
				h.note(e, w.unheard(v))
			}
		}
	}
}

// unheard is what is odd about the events of a visit that never began.
func (w *walk) unheard(v *visit) Note {
	if known := w.known[v.number]; v.number != "" && known != v && known.begun >= 0 {
		return TooEarly
	}
	return Unheard
}

// nothing is what is odd about a cancel that found nothing: it may say all the same
// where the patient is.
func (w *walk) nothing(i int, h *History) Note {
	e := &w.ev[i]
	if e.Kind == CancelTransfer || e.Kind == CancelDischarge {
		if v := h.Of(e.ID); v != nil && e.To.Ward != "" && v.was(e.To) {
			return OnlyPlace
		}
	}
	return NothingToUndo
}
