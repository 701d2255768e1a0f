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
	Admitted time.Time `json:"admitted"`
	// Discharged is zero while the patient is here.
	Discharged time.Time `json:"discharged,omitzero"`
	Reason     string    `json:"reason,omitempty"`
	Stays      []Stay    `json:"stays"` // in order
}

// Stay is the time in one bed. Bed is empty for a ward without a bed.
type Stay struct {
	Ward  string    `json:"ward"`
	Bed   string    `json:"bed,omitempty"`
	Since time.Time `json:"since"`
	Until time.Time `json:"until,omitzero"` // zero while it lasts
}

// Encounters reads a patient's times in the house, oldest first; those of
// merged records are among them.
type Encounters interface {
	Encounters(ctx context.Context, patientID string) ([]Encounter, error)
}
