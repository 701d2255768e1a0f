package place

import "slices"

// twice reports whether two visits are one that was registered twice: for two records,
// since merged, within a day. Neither of them superseded the other.
func (w *walk) twice(u, v *visit) bool {
	if u == v || u.begun < 0 || v.begun < 0 {
		return false
	}
	a, b := &w.ev[u.begun], &w.ev[v.begun]
	return a.Of != b.Of && a.Of != "" && b.Of != "" && a.At.Sub(b.At).Abs() < sameAdmission
}

// holds says how well a visit knows where the patient is: in a bed rather than in
// none, and by the newest word.
func (w *walk) holds(v *visit) []int {
	for _, i := range slices.Backward(v.events) {
		if w.void[i] == 0 && w.ev[i].To.Ward != "" && w.ev[i].To.Ward != Elsewhere {
			return []int{side(w.ev[i].To.Bed != ""), i}
		}
	}
	return []int{0, v.begun}
}

// closeTwin ends with a discharged visit the one that was registered beside it and
// never had a bed: nobody else will.
func (w *walk) closeTwin(v *visit, i int) {
	for _, u := range slices.Clone(w.current) {
		if u.stay && w.twice(u, v) && w.holds(u)[0] == 0 {
			w.close(u, i, Superseded)
		}
	}
}
