// Package vitals holds what is measured at the bedside and what it means:
// observation sets, the National Early Warning Score 2 and when the next set is
// due. It is pure: no clock, no I/O.
package vitals

import (
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

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
	// NotDone is why parameters of this set were left out; "" if nobody said, or
	// nothing was.
	NotDone NotDone `json:"notDone,omitempty"`
	// Future means that the set is dated more than [AheadMost] after the moment at
	// which the record took it, by the record's clock. Its sender cannot say so:
	// the record decides, once.
	Future bool `json:"future,omitempty"`
	// Remarks are what a reader must know of single values beside the value.
	Remarks []Remark `json:"remarks,omitempty"`
	// Source says where the values came from, for example "bedside monitor".
	Source string `json:"source,omitempty"`
	// By is the staff ID of the person who charted it; empty for a device.
	By string `json:"by,omitempty"`
}

// NotDone is why a parameter was not measured. Its words are stored.
type NotDone string

// The reasons.
const (
	Refused     NotDone = "refused"      // the patient said no
	Asleep      NotDone = "asleep"       // not woken, by plan
	OffWard     NotDone = "off-ward"     // at theatre, at a scan
	NotPossible NotDone = "not-possible" // tried; the device or the patient's state did not allow it
)

// NotDoneReasons are the reasons in the order in which they are offered.
var NotDoneReasons = []NotDone{Refused, Asleep, OffWard, NotPossible}

// Text is the reason in words.
func (n NotDone) Text() string {
	switch n {
	case Refused:
		return tongue.T("refused")
	case Asleep:
		return tongue.T("asleep")
	case OffWard:
		return tongue.T("off ward")
	case NotPossible:
		return tongue.T("unable")
	}
	return string(n)
}

// Measured reports whether a set holds anything at all: one that was wholly left
// out holds only why.
func (o Observation) Measured() bool {
	return o.RR != nil || o.SpO2 != nil || o.Oxygen != nil || o.SBP != nil || o.DBP != nil || o.Pulse != nil ||
		o.ACVPU != NotAssessed || o.Temp != nil
}

// AheadMost is how far a set may be dated after the record's clock: clocks differ
// by that much. What is further ahead is marked, see [Observation.Future].
const AheadMost = 2 * time.Minute

// AgoUsual is how old a set may be when it is charted without a question: as old as today's shift and the one of
// yesterday. What is older is charted once it is said to be right.
const AgoUsual = 24 * time.Hour
