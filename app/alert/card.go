package alert

import (
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
)

// State is where an alert stands, as a screen tells it: see [Stage] for the
// finer steps.
type State string

// The states of an alert on a station.
const (
	Open         State = "open"
	TakenInHand  State = "accepted"
	TurnedDown   State = "rejected"
	EndedByCause State = "resolved"
)

// Card is one alert as a station shows it: immutable, with the patient's two
// identifiers already looked up.
type Card struct {
	Alert Alert
	State State
	Stage Stage
	Turn  int
	// Surname, Given, Born and MRN identify the patient; empty for technical
	// alerts and while the patient is being looked up (Unidentified true).
	Surname, Given, MRN string
	Born                time.Time
	BornIn              patient.BornIn // how much of Born is known
	Unidentified        bool
	// Unread: the patient was looked for, and the record could not be read.
	Unread bool
	// Withheld: the patient is on a ward whose charts the reader may not see. The card has no
	// identifiers, and its text is not to be shown: it may name them.
	Withheld bool
	// WardName is what the alert's own ward is called, where the card stands beside those of other
	// wards; else "".
	WardName string
	// Now is where the patient is by now, if that is not where the alert was raised.
	Now Whereabouts
	// TakenBy and TakenAt say who accepted and when; TakenID is their staff ID.
	TakenBy, TakenID string
	TakenAt          time.Time
	// TakerOut: it is known that whoever has it in hand is signed in at no station of the ward.
	TakerOut bool
	// BackBy is who gave it back last, while nobody has it again.
	BackBy string
	// Rejected lists who turned it down in this turn: staff IDs, and as shown.
	RejectedIDs, RejectedBy []string
	// ForwardedBy, ForwardedTo and Comment tell the last forward.
	ForwardedBy, ForwardedTo, Comment string
	ForwardedID                       string // staff ID, if to a person
	// Route says who is being called now; Level how far it has escalated; Call is
	// at whose stations it sounds.
	Route string
	Level int
	Call  Call
	// OnWay are those who said that they are on their way, the first first.
	OnWay []OnWay
	// Nurses look after the patient this shift, Asked are whom its forwards asked,
	// and Reach is how far the call has come: what [Card.May] decides by.
	Nurses []Nurse
	Asked  []Target
	Reach  Reach
	// Said is the ID of what its source said last; "" if it said it once.
	Said string
	// NextTo is who hears it next and NextAt when, by this station's clock. Zero:
	// no escalation ahead.
	NextTo string
	NextAt time.Time
	// Change is what its source said last, at Changed; nil if it said it once.
	Change  *Change
	Changed time.Time
	// Ceased: its cause has ended, a person must end it.
	Ceased bool
	// Unrecorded: the record has not taken it yet; the stream alone brought it.
	Unrecorded bool
	// Late is how long after it was received this station first showed it; 0
	// unless it came by replay.
	Late time.Duration
	// Ended is when it was resolved, EndedBy by whom; empty if by its cause.
	Ended   time.Time
	EndedBy string
}

// OnWay is somebody on the way to the patient, and since when.
type OnWay struct {
	Staff string // staff ID
	By    string // as shown
	Since time.Time
}

// Nameless reports whether the alert is about a patient of whom its source sent
// something that does not tell who it is.
func (c Card) Nameless() bool {
	return c.Alert.Patient == "" && (c.Alert.Sent != "" || c.Alert.Bed != "")
}

// Whereabouts is where a patient is by now.
type Whereabouts struct {
	Moved bool   // from where the alert was raised
	Ward  string // the name of another ward; "" is the ward of the alert
	Bed   string // "" is none
	Off   bool   // on no ward: discharged, or never admitted
}

// Place is the bed for which the alert was raised, and where the patient is by now.
func (c Card) Place() string {
	bed, now := c.Alert.Bed, c.Now
	switch {
	case !now.Moved && bed == "":
		return ""
	case !now.Moved:
		return tongue.Tf("bed %s", bed)
	case now.Off && bed == "":
		return tongue.T("on no ward now")
	case now.Off:
		return tongue.Tf("raised in bed %s, on no ward now", bed)
	case now.Ward == "" && now.Bed == "":
		return tongue.Tf("raised in bed %s, now without a bed", bed)
	case now.Ward == "":
		return tongue.Tf("raised in bed %s, now in bed %s", bed, now.Bed)
	case bed == "" && now.Bed == "":
		return tongue.Tf("now in %s", now.Ward)
	case bed == "":
		return tongue.Tf("now in %s, bed %s", now.Ward, now.Bed)
	case now.Bed == "":
		return tongue.Tf("raised in bed %s, now in %s", bed, now.Ward)
	}
	return tongue.Tf("raised in bed %s, now in %s, bed %s", bed, now.Ward, now.Bed)
}

// Todo is what to do about the alert, in a few words.
func (c Card) Todo() string {
	switch {
	case c.State == EndedByCause:
		return ""
	case c.State == TakenInHand && c.Ceased:
		return tongue.T("The cause has ended. End it when the patient is seen to.")
	case c.State == TakenInHand:
		return ""
	case c.Unidentified, c.Nameless():
		return tongue.T("Identify the patient before you act.")
	case c.Ceased:
		return tongue.T("The cause has ended. Look at the patient, then accept and end it.")
	case c.Alert.Priority == High || !c.Alert.Priority.Known():
		return tongue.T("Go to the patient now.")
	case c.Alert.Priority == Medium:
		return tongue.T("See the patient soon.")
	case c.Alert.Priority == Technical:
		return tongue.T("Tell IT, or see to the device.")
	}
	return tongue.T("For your information.")
}
