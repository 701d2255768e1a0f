// Package vitals holds what is measured at the bedside and what it means:
// observation sets, the National Early Warning Score 2 and when the next set is
// due. It is pure: no clock, no I/O.
package vitals

import "time"

// Consciousness is a level on the ACVPU scale. The zero value means it was not
// assessed. A source that can only send AVPU can never send Confused.
type Consciousness string

// The ACVPU levels. Confused means *new* confusion.
const (
	NotAssessed  Consciousness = ""
	Alert        Consciousness = "A"
	Confused     Consciousness = "C"
	Voice        Consciousness = "V"
	Pain         Consciousness = "P"
	Unresponsive Consciousness = "U"
)

// Valid reports whether c is one of the ACVPU levels or not assessed.
func (c Consciousness) Valid() bool {
	switch c {
	case NotAssessed, Alert, Confused, Voice, Pain, Unresponsive:
		return true
	}
	return false
}

// Observation is one set of observations of one patient. A nil value was not
// measured; it is never read as zero.
type Observation struct {
	ID      string `json:"id"`
	Patient string `json:"patient"`
	// Taken is when it was measured at the bedside, Received when the record
	// got it. Both UTC.
	Taken    time.Time `json:"taken"`
	Received time.Time `json:"received"`

	RR     *float64      `json:"rr,omitempty"`     // breaths a minute
	SpO2   *float64      `json:"spo2,omitempty"`   // percent
	Oxygen *bool         `json:"oxygen,omitempty"` // breathing supplemental oxygen
	SBP    *float64      `json:"sbp,omitempty"`    // mmHg
	DBP    *float64      `json:"dbp,omitempty"`    // mmHg, charted, not scored
	Pulse  *float64      `json:"pulse,omitempty"`  // beats a minute
	ACVPU  Consciousness `json:"acvpu,omitempty"`
	Temp   *float64      `json:"temp,omitempty"` // degrees Celsius

	// Scale2 scores SpO2 on scale 2: only by a prescriber's recorded decision.
	Scale2 bool `json:"scale2,omitempty"`
	// Source says where the values came from, for example "bedside monitor".
	Source string `json:"source,omitempty"`
	// By is the staff ID of who charted it; empty for a device.
	By string `json:"by,omitempty"`
}
