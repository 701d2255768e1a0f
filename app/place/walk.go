package place

import (
	"slices"
	"time"
)

// sameAdmission is how long after an admission the same patient may be admitted
// to the same bed again without a visit number and it is still said of that
// admission, not of another.
const sameAdmission = 24 * time.Hour

// visit is a visit while events are walked.
type visit struct {
	number   string
	events   []int // those said of it
	stay     bool  // an inpatient's, or one like it
	explicit bool  // by an admission, not only by what was said later
	begun    int   // event, -1 if it has not
	closed   bool
	by       int // the event that closed it
	end      Ending
	admitted time.Time
	class    string // the last that was said
	sure     bool   // a known class says that it is a stay
}

func (v *visit) open() bool { return v.begun >= 0 && !v.closed }

// gone reports whether the visit never was.
func (v *visit) gone() bool { return v.end == Cancelled || v.end == Deleted }

// walk goes through the events in order and tells visits apart.
type walk struct {
	ev     []Event
	number []string
	void   []int // 1 + the cancel that took the event back
	match  []int // of a cancel: 1 + the event, 0 none, or done without one
	done   []bool
	ghosts []*visit // those that were cancelled or deleted

	visits  []*visit
	current []*visit // open ones
	known   map[string]*visit
	gone    [2]*visit      // the last one that closed: who stays, who does not
	undone  map[string]int // by number: the cancelled admission after which there was none
	in      []bool         // by event: an inpatient's visit by then
	out     []bool         // by event: its class is of those who do not stay
	other   []bool         // by event: without a number, and plainly of another visit

	account []bool          // by event: its number is that of an account
	odd     map[string]Note // by event's ID: what is odd about its time
}

func newWalk(events []Event) *walk {
	w := &walk{ev: order(events)}
	for i := range w.ev {
		w.ev[i].Class = classOf(w.ev[i].Class)
	}
	w.odd = date(w.ev)
	w.ev = order(w.ev)
	w.number, w.account = numbers(w.ev)
	n := len(w.ev)
	w.void, w.match, w.done = make([]int, n), make([]int, n), make([]bool, n)
	return w
}

// run walks once. It reports false if an admission or discharge was taken back:
// then all that followed from it is to be walked again.
func (w *walk) run() bool {
	w.visits, w.current, w.known, w.gone, w.undone = nil, nil, map[string]*visit{}, [2]*visit{}, map[string]int{}
	n := len(w.ev)
	w.in, w.out, w.other = make([]bool, n), make([]bool, n), make([]bool, n)
	for i := range w.ev {
		e := &w.ev[i]
		w.judge(i)
		switch {
		case w.void[i] != 0, e.Kind == Renumber:
		case e.Kind == PlanAdmission && w.number[i] == "": // of no visit yet: see plans
		case e.Kind == Delete:
			if !w.delete(i) {
				return false
			}
		case cancels[e.Kind] != nil:
			if !w.cancel(i) {
				return false
			}
		default:
			w.step(i)
		}
	}
	return true
}

// step takes one event.
func (w *walk) step(i int) {
	e := &w.ev[i]
	v := w.whose(i)
	v.events = append(v.events, i)
	if w.other[i] && (v.begun < 0 || e.begins()) {
		return // of a visit of which nothing else was heard, or that is over
	}
	if e.Class != "" {
		v.class = e.Class
	}
	v.sure = v.sure || !w.out[i] && KnownClass(e.Class)
	switch e.Kind {
	case Admit, Register, ToInpatient:
		delete(w.undone, w.number[i])
		staying := e.Kind == ToInpatient || !w.out[i]
		v.stay = v.stay || staying
		w.begin(v, i)
		if staying && e.Kind != Register {
			v.explicit = true
			w.supersede(v, i)
		}
	case ToOutpatient:
		v.stay = v.stay && v.closed
	case Discharge:
		w.close(v, i, Discharged)
		w.closeTwin(v, i)
	case Put:
		if e.To.Ward == "" {
			w.close(v, i, Discharged)
			break
		}
		if !v.open() {
			v.stay, v.explicit = true, true
			w.begin(v, i)
		}
	case PlanAdmission, PlanTransfer, PlanDischarge:
	default:
		if w.implies(v, i) {
			v.stay = true
			w.begin(v, i)
		}
		if v.open() && w.stays(i) && (e.Kind == Transfer || e.Kind == Update) {
			v.stay = true
		}
	}
	if !e.Admitted.IsZero() || e.NoAdmitted {
		v.admitted = e.Admitted
	}
	w.in[i] = v.stay
}

// implies reports whether an event shows that a visit has begun of whose
// admission nothing was heard. While the patient stays elsewhere a mere update
// shows it only if it names a later admission: old visits are updated for years.
func (w *walk) implies(v *visit, i int) bool {
	e := &w.ev[i]
	if v.begun >= 0 || v.closed || w.out[i] || e.To.Ward == "" || !e.Discharged.IsZero() {
		return false
	}
	other := w.staying()
	switch e.Kind {
	case Update:
		return w.stays(i) && (other == nil || e.Admitted.After(w.began(other)))
	case Leave, Return:
		return other == nil
	}
	return true
}

func (w *walk) began(v *visit) time.Time {
	if !v.admitted.IsZero() {
		return v.admitted
	}
	return w.ev[v.begun].At
}

// said is the place last said of a visit, for telling visits apart.
func (w *walk) said(v *visit) Where {
	for n := len(v.events) - 1; n >= 0; n-- {
		if i := v.events[n]; w.void[i] == 0 && w.ev[i].To.Ward != "" {
			return w.ev[i].To
		}
	}
	return Where{}
}

func (w *walk) add(number string) *visit {
	v := &visit{number: number, begun: -1}
	w.visits = append(w.visits, v)
	if number != "" {
		w.known[number] = v
	}
	return v
}

func (w *walk) begin(v *visit, i int) {
	if v.begun >= 0 {
		return
	}
	v.begun = i
	if !v.closed {
		w.current = append(w.current, v)
	}
}

func (w *walk) close(v *visit, i int, why Ending) {
	if v.closed {
		return
	}
	v.closed, v.by, v.end = true, i, why
	w.current = slices.DeleteFunc(w.current, func(u *visit) bool { return u == v })
	w.gone[side(v.stay || v.begun < 0 && !w.out[i])] = v
}

// side is the place in gone of a patient who stays, or of one who does not.
func side(stay bool) int {
	if stay {
		return 1
	}
	return 0
}

// supersede ends the other stays that are open: a patient who is admitted anew has left
// where they were, though nobody said so.
func (w *walk) supersede(v *visit, i int) {
	for _, u := range slices.Clone(w.current) {
		if u != v && u.stay && !w.twice(u, v) {
			w.close(u, i, Superseded)
		}
	}
}

// staying is the open visit in which the patient stays: one that began by an
// admission before others, then the newest; nil if there is none.
func (w *walk) staying() *visit {
	return w.best(func(v *visit) bool { return v.stay })
}

// calling is the newest open visit of a patient who does not stay.
func (w *walk) calling() *visit {
	return w.best(func(v *visit) bool { return !v.stay })
}

func (w *walk) best(which func(*visit) bool) (out *visit) {
	for _, v := range w.current {
		if which(v) && (out == nil || w.before(v, out)) {
			out = v
		}
	}
	return out
}

func (w *walk) before(v, out *visit) bool {
	switch {
	case v.explicit != out.explicit:
		return v.explicit
	case w.twice(v, out):
		return slices.Compare(w.holds(v), w.holds(out)) > 0
	}
	return v.begun > out.begun
}
