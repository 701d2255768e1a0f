package task

import (
	"slices"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
)

// EarlyBy is how long before its time a medicine may be given without a question. It
// is the tighter of the two windows that wards use (30 minutes for medicines whose time
// is critical, 60 for the others): the record does not know which medicine is which, and
// a question too many costs one press.
const EarlyBy = 30 * time.Minute

// CareEarlyBy is how long before its time care may be done without a question: a round takes about as long.
// A check that is ticked off hours early is missing at its time, and nothing shows it.
const CareEarlyBy = time.Hour

// earlyBy is how long before its time a task of a kind may be done without a question.
func (k Kind) earlyBy() time.Duration {
	if k == Medicine {
		return EarlyBy
	}
	return CareEarlyBy
}

// AgainWithin is how near two doses of one medicine are asked about, by when they were
// given or by when they are due: the usual shortest gap between two doses is longer.
const AgainWithin = time.Hour

// UnaskedAgain is how long whoever was told that nobody recorded a patient's allergies is not
// told so again: a shift. Asked at every dose, people answer without reading.
const UnaskedAgain = 12 * time.Hour

// Doubts are the reasons to ask before a task is closed as done. The zero value has
// none.
type Doubts struct {
	// Early is how long before its time a task is; 0 if it is not early.
	Early time.Duration
	// Again is the newest dose of the same medicine that was given about now, that was due at the same
	// time, or that was given so late that half of the gap between the two has not passed; the zero task if
	// there is none.
	Again Task
	// Allergic are the substances of the patient's recorded allergies that the task names, as they
	// are written there: one may hold a comma. It is asked whenever the allergy was recorded, and of
	// care as well: whoever writes "Change the fentanyl patch" means the medicine.
	Allergic []string
	// Unasked says that nobody recorded the patient's allergies, or that there are none.
	Unasked bool
	// Gone says that the patient left, moved or died.
	Gone patient.Gone
}

// Any reports whether there is anything to ask.
func (d Doubts) Any() bool {
	return d.Early > 0 || d.Again.ID != "" || len(d.Allergic) > 0 || d.Unasked || d.Gone.Is()
}

// Sure is what a person was asked and answered with yes. It fits the doubts that were
// on the screen and no others.
type Sure struct {
	Early bool
	Again string // ID of the dose that was named, "" for none
	// Allergic are the allergies that were named, as they were written.
	Allergic []string
	Unasked  bool
	Gone     patient.Gone
}

// Sure is the yes to all of these doubts.
func (d Doubts) Sure() Sure {
	return Sure{Early: d.Early > 0, Again: d.Again.ID, Allergic: d.Allergic, Unasked: d.Unasked, Gone: d.Gone}
}

// But is what is left to ask of a person who is sure of something.
func (d Doubts) But(s Sure) Doubts {
	if s.Early {
		d.Early = 0
	}
	if d.Again.ID == s.Again {
		d.Again = Task{}
	}
	if slices.Equal(d.Allergic, s.Allergic) {
		d.Allergic = nil
	}
	if s.Unasked {
		d.Unasked = false
	}
	if d.Gone.Same(s.Gone) {
		d.Gone = patient.Gone{}
	}
	return d
}

// unasked is the word for [Doubts].Unasked. It is stored.
const unasked = "unasked"

// Words are the doubts as the audit trail has them: "early,again,allergy,unasked,discharged".
func (d Doubts) Words() string {
	var out []string
	if d.Early > 0 {
		out = append(out, "early")
	}
	if d.Again.ID != "" {
		out = append(out, "again")
	}
	if len(d.Allergic) > 0 {
		out = append(out, "allergy")
	}
	if d.Unasked {
		out = append(out, unasked)
	}
	if d.Gone.Is() {
		out = append(out, string(d.Gone.State))
	}
	return strings.Join(out, ",")
}

// DoubtError means that a task was not closed: the person closing it must be asked first.
type DoubtError struct {
	Task   Task
	Doubts Doubts
}

// Error implements error.
func (e *DoubtError) Error() string {
	return "task: " + e.Task.ID + ": to be asked: " + e.Doubts.Words()
}

// Unwrap makes errors.Is(err, ErrDoubt) hold.
func (e *DoubtError) Unwrap() error { return ErrDoubt }
