package place

import (
	"slices"
	"time"
)

// date gives the events the times at which they happened where they do not say so
// themselves, or say what cannot be, and returns what is odd about them, by their
// IDs. It looks at all that was said, so that the order of arrival does not matter.
func date(ev []Event) map[string]Note {
	number, _ := numbers(ev)
	sent := slices.Clone(ev)
	for i := range ev {
		if at := began(sent, number, i); !at.Equal(ev[i].At) {
			ev[i].At, ev[i].said = at, sent[i].At
		}
	}
	odd := map[string]Note{}
	first := firstAdmissions(ev, number)
	for i := range ev {
		e := &ev[i]
		a := first.of(e, number[i])
		if a < 0 || !e.At.Before(ev[a].At) {
			continue
		}
		if at, may := afterAdmission(e, &ev[a]); may {
			e.At, e.said = at, e.At
			odd[e.ID] = Early
		}
	}
	return odd
}

// began is when an admission happened of which only the recording is told: when the
// stay began, but not before anything that was recorded earlier of a patient who
// stays. An admission that is told again says where the patient is by then.
func began(ev []Event, number []string, i int) time.Time {
	e := &ev[i]
	if !e.begins() || e.Began.IsZero() || !e.Began.Before(e.At) {
		return e.At
	}
	at := e.Began
	for j := range ev {
		o := &ev[j]
		if j == i || !o.recorded().Before(e.recorded()) || o.At.After(e.At) {
			continue
		}
		same := number[i] != "" && number[i] == number[j] ||
			(number[i] == "" || number[j] == "") && !e.Admitted.IsZero() && e.Admitted.Equal(o.Admitted)
		if same && (o.begins() || o.Kind == ToInpatient) {
			return e.At
		}
		if !Outside(o.Class) && o.At.After(at) {
			at = o.At
		}
	}
	return at
}

func (e *Event) recorded() time.Time {
	if e.Recorded.IsZero() {
		return e.At
	}
	return e.Recorded
}

// admissions are the first of each visit, by its number and by when it says that the
// stay began.
type admissions struct {
	ev       []Event
	numbers  []string
	number   map[string]int
	admitted map[int64]int
}

func firstAdmissions(ev []Event, number []string) admissions {
	a := admissions{ev, number, map[string]int{}, map[int64]int{}}
	for i := range ev {
		e := &ev[i]
		if !e.begins() && e.Kind != ToInpatient {
			continue
		}
		if n, known := a.number[number[i]]; number[i] != "" && (!known || e.At.Before(ev[n].At)) {
			a.number[number[i]] = i
		}
		if n, known := a.admitted[e.Admitted.UnixNano()]; !e.Admitted.IsZero() && (!known || e.At.Before(ev[n].At)) {
			a.admitted[e.Admitted.UnixNano()] = i
		}
	}
	return a
}

// of is the first admission of an event's visit, or -1: where it has none, and where
// the event may well come before it.
func (a admissions) of(e *Event, number string) int {
	switch e.Kind {
	case Admit, Register, ToInpatient, PlanAdmission, CancelPlanAdmission, Renumber, Put:
		return -1
	}
	n, known := a.number[number]
	if !known && !e.Admitted.IsZero() {
		n, known = a.admitted[e.Admitted.UnixNano()]
		known = known && (number == "" || a.numbers[n] == "")
	}
	if !known {
		return -1
	}
	if began := a.ev[n].Admitted; !began.IsZero() && !e.Admitted.IsZero() && e.Admitted.Sub(began).Abs() > sameStay {
		return -1 // the number was used before
	}
	return n
}

// afterAdmission is when an event happened that is dated before the admission of its
// visit: when it was recorded, else when it was sent, if that was after the admission
// was. What was recorded or sent before it may be of a time of which nothing else was
// heard.
func afterAdmission(e, admission *Event) (time.Time, bool) {
	if r := e.recorded(); !r.Before(admission.At) && !r.Before(admission.recorded()) && !r.Equal(e.At) {
		return r, true
	}
	if e.Kind == Update || admission.At.Sub(e.recorded()) > sameStay || e.Sent.Before(admission.Sent) ||
		e.Sent.Before(admission.At) {
		return time.Time{}, false
	}
	return e.Sent, true
}
