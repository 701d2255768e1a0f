package vitals

import (
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// Sign is what a bedside monitor shows all the time. Its words travel between
// stations.
type Sign string

// The signs, in the order in which they are shown.
const (
	HeartRate  Sign = "HR"   // beats a minute
	Saturation Sign = "SpO2" // percent
)

// Signs are all of them.
var Signs = []Sign{HeartRate, Saturation}

// Unit is in what a sign is measured; "" of one that is not known.
func (s Sign) Unit() string {
	switch s {
	case HeartRate:
		return "/min"
	case Saturation:
		return "%"
	}
	return ""
}

// Text is the sign as a screen names it.
func (s Sign) Text() string {
	switch s {
	case Saturation:
		return "SpO₂"
	case HeartRate:
		return tongue.T("HR")
	}
	return string(s)
}

// Reading is the newest value of one sign at a bedside monitor. It was charted by
// nobody: no score is made of it, and it is no record.
type Reading struct {
	// Monitor is the bed at which the monitor stands, or the device's number: the
	// next patient's values take the place of those of the one before.
	Monitor string  `json:"monitor"`
	Patient string  `json:"patient"` // whose it is: the record ID
	Sign    Sign    `json:"sign"`
	Value   float64 `json:"value"`
	Unit    string  `json:"unit"`
	// At is when it was measured, by the clock of the monitor.
	At time.Time `json:"at"`
}

// quantity is what a sign measures.
func (s Sign) quantity() Quantity {
	switch s {
	case HeartRate:
		return PulseRate
	case Saturation:
		return OxygenSaturation
	}
	return ""
}

// Valid reports whether a reading is one at all: of a known sign, in its unit, of
// somebody, and possible. The 0 of a monitor is one: it must be seen
// ([Reading.ZeroSent]).
func (r Reading) Valid() bool {
	return r.Monitor != "" && r.Patient != "" && r.Sign.Unit() != "" && r.Unit == r.Sign.Unit() && !r.At.IsZero() &&
		(r.Value == 0 || r.Sign.quantity().Check(r.Value, FromDevice) == nil)
}

// ZeroSent reports whether the monitor sends 0 for a sign that cannot be 0: its
// sensor is off, or the patient is in arrest.
func (r Reading) ZeroSent() bool {
	return errors.Is(r.Sign.quantity().Check(r.Value, FromDevice), ErrZero)
}
