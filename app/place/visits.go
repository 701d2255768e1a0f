package place

// whose is the visit that an event is said of: that of its number; without a
// number, the one that is current at its time.
func (w *walk) whose(i int) *visit {
	e, number := &w.ev[i], w.number[i]
	if number == "" {
		return w.unnumbered(e)
	}
	v := w.known[number]
	switch {
	case v == nil:
		// The number of a visit may come later than its first events.
		if u := w.here(e); u != nil && u.number == "" && (!e.begins() || w.again(u, e)) {
			u.number, w.known[number] = number, u
			return u
		}
		return w.add(number)
	case v.closed && (e.begins() || e.Kind == ToInpatient):
		return w.add(number) // a number that is used again
	}
	return v
}

// here is the open visit that an event without a number can be about.
func (w *walk) here(e *Event) *visit {
	if Outside(e.Class) && e.Kind != ToOutpatient {
		return w.calling()
	}
	if v := w.staying(); v != nil || stays(e.Class) && e.Kind != ToInpatient {
		return v
	}
	return w.calling()
}

func (w *walk) unnumbered(e *Event) *visit {
	v := w.here(e)
	if e.begins() {
		if v != nil && w.again(v, e) {
			return v
		}
		return w.add("")
	}
	if v == nil && e.Kind != ToInpatient && (e.Kind != Put || e.To.Ward == "") {
		last := w.gone[side(!Outside(e.Class))]
		if last != nil && !e.Admitted.After(w.ev[last.by].At) {
			v = last
		}
	}
	if v == nil {
		v = w.add("")
	}
	return v
}

// again reports whether an admission without a number of its own repeats the one
// by which an open visit began.
func (w *walk) again(v *visit, e *Event) bool {
	if v.stay == Outside(e.Class) {
		return false
	}
	if !v.admitted.IsZero() && !e.Admitted.IsZero() {
		return v.admitted.Equal(e.Admitted)
	}
	return w.said(v) == e.To && e.To.Bed != "" && e.At.Sub(w.ev[v.begun].At) < sameAdmission
}
