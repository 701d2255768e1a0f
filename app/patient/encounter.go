package patient

import (
	"context"
	"time"
)

// Encounter is one of a patient's times in the house, from admission to
// discharge, with the beds of it. Times are UTC.
type Encounter struct {
	ID       string    `json:"id"`
	Patient  string    `json:"patient"`
	Visit    string    `json:"visit,omitempty"` // its number, if it has one
	Class    string    `json:"class,omitempty"` // HL7 table 0004: I, E, O, ...
	Admitted time.Time `json:"admitted"`
	// Discharged is zero while the patient is here.
	Discharged time.Time `json:"discharged,omitzero"`
	Ended      Ending    `json:"ended,omitempty"`
	// Reason, Pregnant and Flags are as they were then.
	Reason   string `json:"reason,omitempty"`
	Pregnant bool   `json:"pregnant,omitempty"`
	Flags    []Flag `json:"flags,omitempty"`
	Stays    []Stay `json:"stays"` // in order
}

// Ending is how an encounter ended, other than by a discharge.
type Ending string

// The endings.
const (
	Regular    Ending = ""           // by a discharge, or not yet
	Superseded Ending = "superseded" // admitted anew, and nobody told of a discharge
	Cancelled  Ending = "cancelled"  // the admission was taken back
	Deleted    Ending = "deleted"    // the visit was: there was no such one
)

// Stay is the time in one bed. Bed is empty for a ward without a bed; Room may
// then say where.
type Stay struct {
	Ward  string    `json:"ward"`
	Bed   string    `json:"bed,omitempty"`
	Room  string    `json:"room,omitempty"`
	Since time.Time `json:"since"`
	Until time.Time `json:"until,omitzero"` // zero while it lasts
}

// Encounters reads a patient's times in the house, oldest first; those of
// merged records are among them.
type Encounters interface {
	Encounters(ctx context.Context, patientID string) ([]Encounter, error)
}
