package place

// whose is the visit that an event is said of: that of its number; without a
// number, the one that is current at its time.
func (w *walk) whose(i int) *visit {
	e, number := &w.ev[i], w.number[i]
	v := w.known[number]
	switch {
	case number == "", v != nil && w.account[i] && w.beside(v, i):
		return w.unnumbered(i)
	case v == nil:
		// The number of a visit may come later than its first events.
		if u := w.here(i); u != nil && u.number == "" && (!e.begins() || w.again(u, i)) {
			u.number, w.known[number] = number, u
			return u
		}
		return w.add(number)
	case v.closed && (e.begins() || e.Kind == ToInpatient):
		return w.add(number) // a number that is used again
	case w.account[i] && w.anew(v, i):
		return w.add(number)
	case w.account[i] && w.foreign(v, i):
		return w.unnumbered(i)
	}
	return v
}

// beside reports whether an event of an account is of another visit than v, which is
// of that account too: a clinic's, say, while v is a stay.
func (w *walk) beside(v *visit, i int) bool {
	switch w.ev[i].Kind {
	case ToInpatient, ToOutpatient:
		return false
	}
	return w.ev[i].Class != "" && v.stay == w.out[i]
}

// anew reports whether an event of an account admits the patient for another stay
// than v, a later one.
func (w *walk) anew(v *visit, i int) bool {
	e := &w.ev[i]
	at := e.Admitted
	if at.IsZero() {
		at = e.At
	}
	began, known := w.admission(v)
	return e.begins() && known && at.Sub(began) > sameStay
}

// nearest is the open visit that an event without a number may be about, by its
// class.
func (w *walk) nearest(i int) *visit {
	e := &w.ev[i]
	if !KnownClass(e.Class) {
		if v := w.alike(e.Class); v != nil {
			return v
		}
	}
	if w.out[i] && e.Kind != ToOutpatient {
		return w.calling()
	}
	if v := w.staying(); v != nil || w.stays(i) && e.Kind != ToInpatient {
		return v
	}
	return w.calling()
}

// here is the visit that an event without a number is about: the nearest, unless it
// is plainly of another, then that, if it is known.
func (w *walk) here(i int) *visit {
	v := w.nearest(i)
	if v != nil && w.foreign(v, i) {
		return w.another(v, i)
	}
	return v
}

// stranger reports whether an event has no number and is plainly not of the visit
// that is open.
func (w *walk) stranger(i int) bool {
	if w.number[i] != "" && !w.account[i] {
		return false
	}
	v := w.nearest(i)
	return v != nil && w.foreign(v, i)
}

func (w *walk) unnumbered(i int) *visit {
	e, v := &w.ev[i], w.here(i)
	if w.other[i] = w.stranger(i); w.other[i] {
		if v == nil {
			v = w.add("")
		}
		return v
	}
	if e.begins() {
		if v != nil && w.again(v, i) {
			return v
		}
		return w.add("")
	}
	if v == nil && e.Kind != ToInpatient && (e.Kind != Put || e.To.Ward == "") {
		last := w.gone[side(!w.out[i])]
		switch {
		case last == nil:
		case w.foreign(last, i):
			w.other[i] = true
			v = w.another(last, i)
		case !e.Admitted.After(w.ev[last.by].At):
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
func (w *walk) again(v *visit, i int) bool {
	e := &w.ev[i]
	if v.stay == w.out[i] {
		return false
	}
	if !v.admitted.IsZero() && !e.Admitted.IsZero() {
		return v.admitted.Equal(e.Admitted)
	}
	return w.said(v) == e.To && e.To.Bed != "" && e.At.Sub(w.ev[v.begun].At) < sameAdmission
}
