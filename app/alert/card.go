package alert

import "time"

// State is where an alert stands.
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
	// Surname, Given, Born and MRN identify the patient; empty for technical
	// alerts and while the patient is being looked up (Unidentified true).
	Surname, Given, MRN string
	Born                time.Time
	Unidentified        bool
	// TakenBy and TakenAt say who accepted and when.
	TakenBy string
	TakenAt time.Time
	// Late is how long after it was received this station first showed it; 0
	// unless it came by replay.
	Late time.Duration
}
