package place

import (
	"slices"
	"time"
)

// cancel takes back what an event cancels. It reports false if that changes which
// visits there are.
func (w *walk) cancel(i int) bool {
	e := &w.ev[i]
	if !w.done[i] {
		w.done[i] = true
		if !w.take(i) {
			return false
		}
	}
	switch e.Kind {
	case CancelAdmit:
		if w.match[i] == 0 && w.stranger(i) {
			break // of another visit: nothing is cancelled here
		}
		w.undone[w.number[i]] = i
		w.tombstone(i, Cancelled)
	case CancelTransfer, CancelDischarge:
		// It also says where the patient is now.
		if e.To.Ward != "" {
			w.step(i)
		}
	}
	return true
}

// take finds what a cancel cancels and takes it back.
func (w *walk) take(i int) bool {
	e := &w.ev[i]
	m, found := w.find(i)
	if e.Kind == CancelAdmit && !(found && w.named(i, m)) {
		// Nobody was admitted since: said twice, unless it names where the patient is
		// by another admission.
		if before, twice := w.undone[w.number[i]]; twice {
			if v := w.here(i); e.To.Ward == "" || e.To == w.ev[before].To || v == nil || w.said(v) != e.To {
				return true
			}
		}
	}
	if found {
		w.match[i] = m + 1
	}
	if e.Kind == CancelAdmit {
		return w.cancelAdmission(i, m, found)
	}
	if !found || w.void[m] != 0 {
		return true
	}
	w.void[m] = i + 1
	began := slices.ContainsFunc(w.visits, func(v *visit) bool { return v.begun == m })
	return !began && w.ev[m].Kind != Discharge && m < i
}

// named reports whether a cancel names the time of an event.
func (w *walk) named(i, m int) bool {
	return !w.ev[i].Occurred.IsZero() && w.ev[m].at(w.ev[i].Occurred, time.Minute)
}

// cancelAdmission takes back an admission and all that was said of the visit
// since. What it was before the admission (a person in the emergency department,
// say) it is again; if there is nothing before, there was no such visit.
func (w *walk) cancelAdmission(i, m int, found bool) bool {
	if found && w.void[m] != 0 {
		return true // taken back by another cancel of the same
	}
	v := w.cancelled(i)
	if found {
		w.void[m], v = i+1, nil
		for _, u := range w.visits {
			if slices.Contains(u.events, m) {
				v = u
			}
		}
	}
	if v == nil || len(v.events) == 0 {
		return !found
	}
	if v.begun >= 0 {
		w.match[i] = v.begun + 1
	}
	earlier := found && slices.ContainsFunc(v.events, func(j int) bool {
		return j < m && w.void[j] == 0 && (w.ev[j].begins() || w.ev[j].Kind == ToInpatient) && !w.saidTwice(j, m)
	})
	if !earlier {
		w.forget(v, i, Cancelled)
	}
	for _, j := range v.events {
		if j < i && (!earlier || j > m) {
			w.void[j] = i + 1
		}
	}
	return false
}

// saidTwice reports whether an A06 came after the admission to its own class: it changed
// nothing, and the two are one admission.
func (w *walk) saidTwice(j, m int) bool {
	return w.ev[m].Kind == ToInpatient && w.ev[j].Kind == Admit && w.ev[j].Class == w.ev[m].Class
}

// cancelled is the visit that a cancel names, by its number or by when it comes.
func (w *walk) cancelled(i int) *visit {
	if n := w.number[i]; n != "" {
		if v := w.known[n]; v != nil {
			return v
		}
		if v := w.here(i); v != nil && v.number == "" {
			return v
		}
		return nil
	}
	if v := w.here(i); v != nil || w.ev[i].Kind == CancelAdmit {
		return v
	}
	if v := w.gone[side(!w.out[i])]; v != nil && !w.foreign(v, i) {
		return v
	}
	return nil
}

// find is the event that a cancel means: that of the time which the cancel names,
// else the newest of its kind before it.
func (w *walk) find(i int) (event int, found bool) {
	e := &w.ev[i]
	kinds := cancels[e.Kind]
	if !e.Occurred.IsZero() {
		for _, within := range []time.Duration{time.Microsecond, time.Minute} { // many write minutes only
			if m, found := w.at(i, within); found {
				return m, true
			}
		}
		if e.Kind == CancelTransfer {
			return 0, false // another transfer's time: where the patient is, it says itself
		}
	}
	among := w.events(i)
	for n := len(among) - 1; n >= 0; n-- {
		j := among[n]
		if j >= i || w.void[j] != 0 || !slices.Contains(kinds, w.ev[j].Kind) {
			continue
		}
		if e.Kind == CancelTransfer && w.ev[j].To == e.To {
			return 0, false // where it leads back to is where the patient is: said twice
		}
		return j, true
	}
	return 0, false
}

// events are those among which a cancel looks.
func (w *walk) events(i int) []int {
	if w.ev[i].Kind == CancelPlanAdmission { // before a visit there is none to look in
		var out []int
		for j := range i {
			if w.may(i, j) {
				out = append(out, j)
			}
		}
		return out
	}
	if v := w.cancelled(i); v != nil {
		return v.events
	}
	return nil
}

// at looks for an event of the time that a cancel names, one that still stands
// before one that was taken back: the same cancel comes twice.
func (w *walk) at(i int, within time.Duration) (event int, found bool) {
	e := &w.ev[i]
	for j := range w.ev {
		o := &w.ev[j]
		if !slices.Contains(cancels[e.Kind], o.Kind) || !w.may(i, j) || !o.at(e.Occurred, within) {
			continue
		}
		if !found || w.void[event] != 0 && w.void[j] == 0 {
			event, found = j, true
		}
	}
	return event, found
}

// may reports whether a cancel's number, or its class, lets it be about an event.
func (w *walk) may(i, j int) bool {
	a, b := w.number[i], w.number[j]
	if a != "" && b != "" {
		return a == b
	}
	one, two := w.ev[i].Class, w.ev[j].Class
	return one == "" || two == "" || !KnownClass(one) || !KnownClass(two) || Outside(one) == Outside(two)
}

// delete takes a whole visit back.
func (w *walk) delete(i int) bool {
	if w.done[i] {
		w.tombstone(i, Deleted)
		return true
	}
	w.done[i] = true
	again := false
	for _, v := range w.visits {
		if v != w.cancelled(i) && (w.number[i] == "" || v.number != w.number[i]) {
			continue
		}
		if v.begun >= 0 {
			w.match[i] = v.begun + 1
		}
		w.forget(v, i, Deleted)
		for _, j := range v.events {
			w.void[j], again = i+1, true
		}
	}
	return !again
}

// forget keeps what a visit was, for the history.
func (w *walk) forget(v *visit, i int, why Ending) {
	ghost := *v
	ghost.events = slices.DeleteFunc(
		slices.Clone(v.events),
		func(j int) bool { return w.void[j] != 0 && w.void[j] != i+1 },
	)
	ghost.closed, ghost.by, ghost.end = true, i, why
	w.ghosts = append(w.ghosts, &ghost)
}

// tombstone stands for a visit that never was, so that what is said of it later
// does not begin it again.
func (w *walk) tombstone(i int, why Ending) {
	v := w.known[w.number[i]]
	if v == nil && (w.number[i] != "" || w.here(i) == nil) {
		v = w.add(w.number[i])
	}
	if v != nil && v.begun < 0 {
		w.close(v, i, why)
	}
}
