package vitals

import "time"

// Quantity names what a value of a set is a value of. Its words are stored.
type Quantity string

// The quantities of a set of observations.
const (
	RespirationRate   Quantity = "rr"       // breaths a minute
	OxygenSaturation  Quantity = "spo2"     // percent
	SystolicPressure  Quantity = "sbp"      // mmHg
	DiastolicPressure Quantity = "dbp"      // mmHg
	PulseRate         Quantity = "pulse"    // beats a minute
	BodyTemperature   Quantity = "temp"     // degrees Celsius
	ConsciousLevel    Quantity = "acvpu"    // a [Consciousness]
	OxygenFlow        Quantity = "o2flow"   // litres a minute
	InspiredOxygen    Quantity = "fio2"     // percent
	OxygenDevice      Quantity = "o2device" // in words
)

// Remark is what a reader must know of one value of a set beside the value.
type Remark struct {
	Kind RemarkKind `json:"kind"`
	Of   Quantity   `json:"of"`
	// Text is the value that the remark speaks of, as it is shown: what stood there
	// before, or the other reading. "" if there was none.
	Text string    `json:"text,omitempty"`
	At   time.Time `json:"at,omitzero"`  // when that was decided or sent, UTC
	By   string    `json:"by,omitempty"` // the source or the person, as shown
	// Sensor is the source's own name of the sensor, of several.
	Sensor string `json:"sensor,omitempty"`
	// Stray: what was withdrawn had been charted for the wrong patient.
	Stray bool `json:"stray,omitempty"`
}

// RemarkKind says what a remark says.
type RemarkKind string

// The remarks.
const (
	// Corrected: Text stood there before, until By changed it At.
	Corrected RemarkKind = "corrected"
	// Preliminary: the source has not yet said that the value is final.
	Preliminary RemarkKind = "preliminary"
	// Finalised: Text was the preliminary value.
	Finalised RemarkKind = "finalised"
	// Withdrawn: Text stood there, and By took it back At; nothing stands there now.
	Withdrawn RemarkKind = "withdrawn"
	// AlsoRead: Text is another reading of the same sign at the same time. The one
	// with more points of NEWS2 stands in the set until a person decides.
	AlsoRead RemarkKind = "also"
	// ZeroSent: a device sent 0 for a sign that cannot be 0. No value stands in the
	// set: the sensor may be off, or the patient in arrest.
	ZeroSent RemarkKind = "zero"
	// Noted: Text is what the source wrote beside the value, or beside its order.
	Noted RemarkKind = "noted"
)

// Remarked are the remarks of one kind.
func (o Observation) Remarked(k RemarkKind) []Remark {
	var out []Remark
	for _, r := range o.Remarks {
		if r.Kind == k {
			out = append(out, r)
		}
	}
	return out
}
