// Package board is the ward board's view model: pure functions from what is
// known about a ward to rows that a screen draws without deciding anything.
package board

import (
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
)

// Trend is where a score went since the set before.
type Trend int

// The trends. NoTrend: fewer than two complete sets.
const (
	NoTrend Trend = iota
	Falling
	Steady
	Rising
)

// Arrow is the trend as a mark.
func (t Trend) Arrow() string {
	switch t {
	case Falling:
		return "↓"
	case Steady:
		return "→"
	case Rising:
		return "↑"
	}
	return ""
}

// Badge is the early-warning score of a row.
type Badge struct {
	Text  string // "10", "≥1" when incomplete, "–" when nothing was measured, "?" when only 0 was sent
	Risk  vitals.Risk
	Total int
	Trend Trend
	// Incomplete means that Total is a lower bound: not all seven were measured.
	Incomplete bool
	Why        string // the points explained, for hover and focus
	Scale2     bool   // SpO₂ was scored on scale 2
	// Future means that a set which is dated in the future raised the score.
	Future bool
	// Zero means that a device sent 0 and nobody has measured since: see [vitals.Raise].
	Zero bool
}

// Nurse is who looks after a patient.
type Nurse struct {
	ID   string // staff ID
	Name string // "Nguyen, T"
}

// Cell is one vital sign of a row.
type Cell struct {
	Label  string // "RR"
	Text   string // "24", "–" when not measured
	Points int    // NEWS2 points of it; 2 and 3 are drawn red
	// Age is how old the value is, where it was measured before the newest: "2 h".
	Age string
	// Mark is the shape of a remark on the value, "" for none: see [Symbol].
	Mark string
	// Zero means that a device sent 0, which no living patient has: Text says so in
	// place of a value.
	Zero bool
}

// ChipKind says what a chip means; the theme gives it a role colour.
type ChipKind int

// The chips.
const (
	ChipNeutral   ChipKind = iota
	ChipAllergy            // a recorded allergy
	ChipMissing            // something not recorded that should be
	ChipDue                // overdue or incomplete
	ChipEditing            // somebody edits
	ChipLookAlike          // a similar name on this ward
	ChipNext               // when the next set is due
	ChipCheck              // look at the patient, or at the bed, before you act by the row
)

// Chip is a short mark at the foot of a row.
type Chip struct {
	Kind ChipKind
	Text string
	// Short is the text where there is no room for it whole; "" has none.
	Short string
	// Tail is the end of Text that stays where the rest is shortened: "+2".
	Tail string
	// Guard is how much it protects: which chips stand first and go last.
	Guard Guard
	// Of is the mark that it says; "" for one that says none.
	Of Mark
}

// Row is one bed of the ward, or a patient who has none. A bed may stand in two
// rows: patients are told apart by their ID alone.
type Row struct {
	Bed     string // "" for a patient without a bed
	Room    string // of a patient without a bed, if it is known
	Patient string // record ID; empty for an empty bed
	Empty   string // why the bed is empty ("Free", "Being cleaned"); "" if it is not
	Marks   []Mark

	Surname string // capitals
	Given   string
	Age     int    // -1 unknown
	AgeText string // "85", "~85" if only the year of birth is known, "" if unknown
	Child   bool   // known to be too young for an adult's score
	Sex     string
	MRN     string // grouped for reading
	Born    time.Time
	BornIn  patient.BornIn // how much of Born is known

	// Scoring is why there is no score, and on which scale SpO2 is read.
	Scoring vitals.Scoring
	Badge   Badge
	Cells   [5]Cell // RR, SpO2, HR, BP, T
	Taken   time.Time
	// Zero are the signs for which a device sent 0 and that nobody measured since.
	Zero []vitals.Quantity
	// NotDone is why a later attempt brought nothing: "refused".
	NotDone string
	Due     time.Time
	// Overdue is how late the next set is; 0 if it is not.
	Overdue time.Duration

	Chips   []Chip
	Editing []string // "Diaz edits obs"
	// Nurses look after this patient now.
	Nurses []Nurse
	// Monitor is what the bedside monitor shows; nil without one, or if it has been
	// silent for MonitorGone.
	Monitor []MonitorValue
	// LookAlike names the place whose patient has a similar name; "" if none.
	LookAlike string

	// Alert is the most urgent open alert of this patient, "" if none.
	Alert alert.Priority

	// Stale means the values were last confirmed too long ago; Confirmed is
	// when that was.
	Stale     bool
	Confirmed time.Time
	// Initials means that the name is cut to its initials and all else that says
	// who this is left out.
	Initials bool

	find, names string // what a search looks into, folded: see findKey
}

// Counts are the figures on top of the board.
type Counts struct{ Patients, Free, High, Overdue, Attention int }

// Snapshot is the whole board at one moment. It is immutable once built.
type Snapshot struct {
	Ward     string // ID
	WardName string
	Rows     []Row
	Counts   Counts
	Every    vitals.Intervals // how often this ward observes
	AsOf     time.Time        // when the oldest shown value was confirmed
	Built    time.Time
	// Loading means nothing has been read yet: the screen says so instead of
	// drawing an empty ward.
	Loading bool
	// Initials means that names and numbers are left out: see [Snapshot.InInitials].
	Initials bool
	// Parked are the messages that wait to be assigned and name this ward, ParkedUnnamed those of
	// the site that name none: see [Snapshot.ParkedText].
	Parked, ParkedUnnamed parked.Waiting
}

// Has reports whether a person looks after the row's patient.
func (r Row) Has(staffID string) bool {
	for _, n := range r.Nurses {
		if n.ID == staffID && staffID != "" {
			return true
		}
	}
	return false
}

// Attention reports whether a row asks for a nurse now: an open alert, a score
// that calls for a response, a set that is overdue or incomplete, a value that
// nobody confirmed, a 0 that a device sent, a bed that two have, no observations
// since admission.
func (r Row) Attention() bool {
	if r.Patient == "" {
		return false
	}
	switch r.Badge.Risk {
	case vitals.RiskHigh, vitals.RiskMedium, vitals.RiskLowMedium:
		return true
	}
	return r.Alert != "" || r.Overdue > 0 || r.Stale || r.Badge.Incomplete && !r.Is(Died) || r.Is(ZeroSent) ||
		r.Is(TwoInBed) || r.Is(Unobserved)
}

// Mine counts a person's patients.
func (s Snapshot) Mine(staffID string) (n int) {
	for i := range s.Rows {
		if s.Rows[i].Has(staffID) {
			n++
		}
	}
	return n
}
