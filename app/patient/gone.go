package patient

import (
	"context"
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// GoneState says why a patient is not where somebody charts them. Its words stand in
// the audit trail.
type GoneState string

// The states. The zero value is a patient who is here.
const (
	Here       GoneState = ""
	Discharged GoneState = "discharged"
	Moved      GoneState = "transferred" // on another ward
	Dead       GoneState = "died"
)

// Gone says that a patient left, moved to another ward or died. The zero value is a
// patient who is here.
type Gone struct {
	State GoneState `json:"state,omitempty"`
	At    time.Time `json:"at,omitzero"`    // UTC; zero if nobody said when
	Ward  string    `json:"ward,omitempty"` // ID of where a moved patient is
}

// Is reports whether the patient is gone.
func (g Gone) Is() bool { return g.State != Here }

// Same reports whether two are one event: what happened, when and where to. Who said yes
// to one discharge has not said yes to the next; a time that was corrected since is asked
// about once more.
func (g Gone) Same(other Gone) bool {
	return g.State == other.State && g.Ward == other.Ward && g.At.Equal(other.At)
}

// Text is the state in words, "" for a patient who is here. wardName is what the ward
// of a moved patient is called, "" if it is not known.
func (g Gone) Text(wardName string, now time.Time) string {
	when := ""
	if !g.At.IsZero() {
		when = tongue.Moment(g.At, now)
	}
	switch g.State {
	case Discharged:
		return joined(tongue.T("Discharged"), when)
	case Dead:
		return joined(tongue.T("Died"), when)
	case Moved:
		switch {
		case wardName == "":
			return joined(tongue.T("On another ward"), when)
		case when == "":
			return tongue.Tf("On ward %s", wardName)
		}
		return tongue.Tf("On ward %s since %s", wardName, when)
	}
	return ""
}

func joined(what, when string) string {
	if when == "" {
		return what
	}
	return what + " " + when
}

// GoneFrom says whether the patient is gone from a ward; "" asks of no ward, so that
// nobody is on another.
func (s Summary) GoneFrom(wardID string) Gone {
	switch {
	case s.Patient.Deceased:
		return Gone{State: Dead, At: s.Patient.Died}
	case s.Ward == "" && !s.Left.IsZero():
		return Gone{State: Discharged, At: s.Left}
	case s.Ward != "" && wardID != "" && s.Ward != wardID:
		return Gone{State: Moved, Ward: s.Ward}
	}
	return Gone{}
}

// Since is how a patient is gone with when they came to the ward on which they are, by their times
// in the house (oldest first).
func (g Gone) Since(had []Encounter) Gone {
	if g.State == Moved {
		g.At = Came(had, g.Ward)
	}
	return g
}

// Came is when a patient came to the ward on which they are, by their times in the
// house (oldest first); zero if that is not known.
func Came(encounters []Encounter, wardID string) (at time.Time) {
	for _, e := range encounters {
		if !e.Discharged.IsZero() {
			continue
		}
		for n := len(e.Stays) - 1; n >= 0 && e.Stays[n].Ward == wardID; n-- {
			at = e.Stays[n].Since
		}
	}
	return at
}

// WasOn reports whether a patient was on a ward in any of their times in the house. Of
// one who was on none, as far as anybody said, every ward may be right.
func WasOn(encounters []Encounter, wardID string) bool {
	known := false
	for _, e := range encounters {
		for _, s := range e.Stays {
			if s.Ward == wardID {
				return true
			}
			known = true
		}
	}
	return !known
}

// NowIn is when a patient's newest time in the house began and whether it has ended, by
// all of them. Neither is known where there is none.
func NowIn(encounters []Encounter) (admitted time.Time, over bool) {
	over = len(encounters) > 0
	for _, e := range encounters {
		if e.Discharged.IsZero() {
			return e.Admitted, false
		}
		if e.Admitted.After(admitted) {
			admitted = e.Admitted
		}
	}
	return admitted, over
}

// ErrNeverHere means that somebody writes from a ward on which the record never had the
// patient.
var ErrNeverHere = errors.New("patient: never was on this ward")

// ErrGone means that a patient left, moved or died, and that who writes did not say
// that they know; it comes as a [*GoneError].
var ErrGone = errors.New("patient: not here any more")

// GoneError says how a patient is gone.
type GoneError struct{ Gone Gone }

// Error implements error.
func (e *GoneError) Error() string { return "patient: " + string(e.Gone.State) }

// Unwrap makes errors.Is(err, ErrGone) hold.
func (e *GoneError) Unwrap() error { return ErrGone }

// Unless is nil for a patient who is here, or if what is known says the same; else a
// [*GoneError].
func (g Gone) Unless(known Gone) error {
	if !g.Is() || g.Same(known) {
		return nil
	}
	return &GoneError{Gone: g}
}

// Absent tells whether patients are where they are charted.
type Absent interface {
	// Gone says whether a patient is gone from a ward, by ID; see [Summary.GoneFrom]. Asked
	// from no ward (""), a patient who is on one has moved there. [ErrNeverHere] if the record never had the
	// patient on the ward.
	Gone(ctx context.Context, patientID, wardID string) (Gone, error)
}
