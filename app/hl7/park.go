package hl7

import (
	"errors"

	"github.com/wardlight/wardlight/app/patient"
)

// ErrParked means that nobody can tell whose a message is: nobody, several people
// or plainly somebody else has its number. It is kept whole until a person says.
var ErrParked = errors.New("hl7: whose it is cannot be decided")

// ParkError says why a message is parked. It names no person and no value.
type ParkError struct {
	Reason  string               // "nobody has this number"
	Numbers []patient.Identifier // as sent
}

// Error implements error.
func (e *ParkError) Error() string { return ErrParked.Error() + ": " + e.Reason }

// Unwrap makes errors.Is(err, ErrParked) hold.
func (e *ParkError) Unwrap() error { return ErrParked }
