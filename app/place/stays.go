package place

import (
	"time"
)

// visit is what a visit's events come to.
func (w *walk) visit(v *visit, h *History) Visit {
	first := &w.ev[v.begun]
	out := Visit{Key: w.ev[v.events[0]].ID, Began: first.ID, Number: first.Visit, Inside: v.stay, End: v.end}
	if v.number != "" {
		out.Key = v.number
		out.Number = w.called(v)
		if w.known[v.number] != v { // the number was used again
			out.Key += "\x00" + first.ID
		}
	}
	for _, i := range v.events {
		if w.void[i] != 0 && (!v.gone() || w.void[i] != v.by+1) {
			continue
		}
		ended := v.closed && i > v.by
		out.Events = append(out.Events, w.ev[i].ID)
		out.say(&w.ev[i])
		if i >= v.begun && !ended {
			w.move(&out, i, w.in[i] || v.gone() && v.stay, h)
		} else if ended {
			w.late(i, h)
		}
	}
	if out.Admitted.IsZero() {
		out.Admitted = first.At
		if !first.Began.IsZero() && !first.Recorded.IsZero() { // and that was taken back
			out.Admitted = first.Recorded
		}
	}
	if len(out.Stays) > 0 && out.Admitted.Before(out.Stays[0].Since) {
		out.Stays[0].Since = out.Admitted
	}
	if v.closed {
		out = out.closed(w.ended(v))
	}
	return out
}

// ended is when a closed visit ended: when its discharge says so, or what is said of
// the visit after it.
func (w *walk) ended(v *visit) time.Time {
	at := w.ev[v.by].At
	if w.ev[v.by].Kind != Discharge {
		return at
	}
	end := at
	for _, i := range v.events {
		switch e := &w.ev[i]; {
		case i < v.by || w.void[i] != 0:
		case e.NoDischarged:
			end = at
		case !e.Discharged.IsZero():
			end = e.Discharged
		}
	}
	return end
}

// called is what a visit with a number is called: by its account only if nothing
// else is said.
func (w *walk) called(v *visit) (n Number) {
	for _, i := range v.events {
		switch e := &w.ev[i]; {
		case w.number[i] != v.number:
		case e.Visit.Value != "":
			return e.Visit
		case n.Value == "":
			n = e.Account
		}
	}
	return n
}

// say takes what an event says of the visit, wherever the patient is.
func (v *Visit) say(e *Event) {
	if e.Class != "" {
		v.Class = e.Class
	}
	if e.Reason != nil {
		v.Reason = *e.Reason
	}
	if e.Pregnant != nil {
		v.Pregnant = *e.Pregnant
	}
	if !e.Admitted.IsZero() || e.NoAdmitted {
		v.Admitted = e.Admitted
	}
}

// move takes what an event says of where the patient is in an open visit; in: as
// an inpatient.
func (w *walk) move(v *Visit, i int, in bool, h *History) {
	e := &w.ev[i]
	was := v.Now()
	switch e.Kind {
	case Discharge:
		v.Planned = nil
		return
	case Leave:
		v.Leave = e.At
	case PlanTransfer, PlanDischarge:
		v.Planned = &Plan{e.Kind, e.PlannedTo, e.Planned}
		return
	case Put:
		if e.To != was {
			v.Leave, v.Planned = time.Time{}, nil
		}
	case Admit, Return:
		v.Leave = time.Time{}
	case Transfer:
		if v.Planned != nil && v.Planned.Kind == PlanTransfer {
			v.Planned = nil
		}
		if e.From.Ward != "" && was.Ward != "" && !w.prior(v, e) {
			h.note(e, OtherPrior)
		}
	}
	if !e.Discharged.IsZero() {
		h.note(e, OtherEnd)
	}
	to, says := e.To, e.Kind != Leave || was.Ward == ""
	switch {
	case e.To.Ward == "":
		switch {
		case e.Kind == Update || e.Kind == Put || !says:
		case in && was.Ward == "":
			h.note(e, Nowhere)
		default:
			h.note(e, NoPlace)
		}
		says = e.Kind == ToOutpatient
	case (e.Kind == Update || e.begins()) && in && w.out[i]:
		says = false // said by a clinic
	case e.Kind == CancelTransfer && w.match[i] > 0 && w.ev[w.match[i]-1].To == e.To:
		says = false // where the transfer that never was would have led
	case e.Kind == ToOutpatient && to.Bed != "" && to == was:
		h.note(e, BedKept)
		to = Where{}
	}
	if !says {
		return
	}
	if !in && to.Bed == "" {
		to = Where{} // an outpatient without a bed is on no ward
	}
	v.stand(to, e.At)
}

// stand puts the patient into a place from a time on.
func (v *Visit) stand(to Where, at time.Time) {
	if to.Bed != "" {
		to.Room = ""
	}
	if v.Now() == to {
		return
	}
	v.leavePlace(at)
	if to.Ward != "" {
		v.Stays = append(v.Stays, Stay{Where: to, Since: at})
	}
}

func (v *Visit) leavePlace(at time.Time) {
	if n := len(v.Stays); n > 0 && v.Stays[n-1].Until.IsZero() {
		last := &v.Stays[n-1]
		last.Until = at
		if at.Before(last.Since) {
			last.Until = last.Since
		}
	}
}

// closed is the visit with its end.
func (v Visit) closed(at time.Time) Visit {
	if at.Before(v.Admitted) {
		at = v.Admitted
	}
	v.leavePlace(at)
	v.Ended, v.Leave, v.Planned = at, time.Time{}, nil
	if v.End == Open {
		v.End = Superseded
	}
	return v
}

// prior reports whether PV1-6 is where the patient was: in the last place, or,
// where the transfer was known before it was told, in the one before that.
func (w *walk) prior(v *Visit, e *Event) bool {
	same := func(s Stay) bool {
		return s.Ward == e.From.Ward && (e.From.Bed == "" && s.Bed == "" || s.Bed == e.From.Bed)
	}
	n := len(v.Stays)
	return same(v.Stays[n-1]) || v.Now() == e.To && n > 1 && same(v.Stays[n-2])
}
