// Package ward holds a ward and its beds, and the live picture that a station
// shows of them.
package ward

import "github.com/wardlight/wardlight/app/vitals"

// Ward is a ward of the hospital.
type Ward struct {
	ID   string `json:"id"`   // short, stable, used in keys and commands: "4B"
	Name string `json:"name"` // "4B Medicine"
	Site string `json:"site,omitempty"`
	// Observe is how often the ward observes; the zero value is [vitals.Chart4].
	Observe vitals.Intervals `json:"observe,omitzero"`
}

// BedState says why a bed has no patient.
type BedState string

// The bed states.
const (
	BedFree     BedState = "free"
	BedCleaning BedState = "cleaning"
	BedClosed   BedState = "closed"
)

// Bed is a place on a ward. Patient is empty while nobody lies in it.
type Bed struct {
	Ward    string   `json:"ward"`
	Name    string   `json:"name"` // "07"
	Patient string   `json:"patient,omitempty"`
	State   BedState `json:"state,omitempty"`
}
