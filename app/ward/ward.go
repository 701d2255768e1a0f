// Package ward holds a ward and its beds, and the live picture that a station
// shows of them.
package ward

import "github.com/wardlight/wardlight/app/vitals"

// Ward is a ward of the hospital.
type Ward struct {
	ID   string `json:"id"`   // stable, used in keys and commands: "4B"
	Name string `json:"name"` // "4B Medicine"
	// Site and Code are what a ward is: another site may have a ward of the same
	// code. Without a code the ID is it.
	Site string `json:"site,omitempty"`
	Code string `json:"code,omitempty"`
	// Observe is how often the ward observes; the zero value is [vitals.Chart4].
	Observe vitals.Intervals `json:"observe,omitzero"`
	// Shared means that another ward has the same name. The record says so.
	Shared bool `json:"-"`
}

// Title is the ward as its readers know it: by its name, and with its site where
// another ward has the same name.
func (w Ward) Title() string {
	switch {
	case w.Name == "":
		return w.ID
	case w.Shared && w.Site != "":
		return w.Name + ", " + w.Site
	case w.Shared && w.ID != w.Name:
		return w.Name + " (" + w.ID + ")"
	}
	return w.Name
}

// BedState says why a bed has no patient.
type BedState string

// The bed states.
const (
	BedFree     BedState = "free"
	BedCleaning BedState = "cleaning"
	BedClosed   BedState = "closed"
)

// Bed is a place on a ward. Patient is empty while nobody lies in it. A bed without
// a name is no bed: somebody is on the ward and has none, in Room if that is known.
type Bed struct {
	Ward    string   `json:"ward"`
	Name    string   `json:"name"` // "07"
	Patient string   `json:"patient,omitempty"`
	Room    string   `json:"room,omitempty"`
	State   BedState `json:"state,omitempty"`
}
