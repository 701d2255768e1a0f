package vitals

// Origin is who says a number: the same number can be a sign of life from the one
// and a sensor that is off from the other.
type Origin int

const (
	// FromDevice: a machine, or a system that passes on what one sent. Its 0 for a
	// sign that cannot be 0 is [ErrZero].
	FromDevice Origin = iota
	// ByHand: a person counted, read or typed it. In an arrest they may chart 0 for
	// breaths, pulse and pressure.
	ByHand
)

// number says of one numeric quantity in what it is kept, which values a patient
// can have, and which most patients of a ward have. All limits are included.
//
// A limit stands where a number begins to mean something else: another unit, a
// sentinel, a slip of a finger. It does not stand where a patient begins to be
// unlikely: a patient that ill must be seen. Every sentinel in use (-1, 127 or 255
// where it can be told, 511, 999, 9999, 32767, 65535, the NaN, NRes and infinities
// of IEEE 11073-20601: 2046-2050 and 8388606-8388610) lies outside.
type number struct {
	name string
	unit unit
	may  []unit // what it may be given in, besides unit
	device,
	hand Limits
	usual Limits
	// cannotBeZero: 0 from a device says something of the device or of an arrest.
	cannotBeZero bool
	// step is to what a value that was converted is rounded: as it is charted.
	step float64
}

// numbers is the one table of what is possible. Form, feed, monitors and files of
// sets are all read by it.
var numbers = map[Quantity]number{
	// 1: a rate by the second, or a fraction of one, is no rate by the minute. 150:
	// what impedance and capnography monitors count to.
	RespirationRate: {name: "respiration rate", unit: perMinute, may: []unit{breaths}, cannotBeZero: true, step: 1,
		device: Limits{Least: 1, Most: 150}, hand: Limits{Least: 0, Most: 150},
		usual: Limits{Least: 6, Most: 60}},
	// 5: above every fraction (0 to 1), below all that was measured in the living
	// (an arterial saturation of 34 % on Everest, Grocott et al., NEJM 2009;360:140) and
	// what an oximeter still shows in an arrest.
	OxygenSaturation: {name: "SpO2", unit: percent, may: []unit{one}, cannotBeZero: true, step: 1e-6,
		device: Limits{Least: 5, Most: 100}, hand: Limits{Least: 5, Most: 100},
		usual: Limits{Least: 60, Most: 100}},
	// 25: cuffs measure from 25 to 30 mmHg up; below lies what the vessels hold with the
	// heart at rest, and above all a pressure in kPa that was not said to be one (a systolic
	// of 90 to 185 mmHg is 12 to 24.7). 400: above what transducers measure.
	SystolicPressure: {name: "systolic pressure", unit: mmHg, may: []unit{kPa}, cannotBeZero: true, step: 1,
		device: Limits{Least: 25, Most: 400}, hand: Limits{Least: 25, Most: 400, OrZero: true},
		usual: Limits{Least: 50, Most: 260}},
	// 5: no cuff finds less; by hand, sounds that never end are charted as 0. A diastolic in
	// kPa (6 to 16) cannot be told from a low one here: its systolic tells.
	DiastolicPressure: {name: "diastolic pressure", unit: mmHg, may: []unit{kPa}, cannotBeZero: true, step: 1,
		device: Limits{Least: 5, Most: 300}, hand: Limits{Least: 5, Most: 300, OrZero: true},
		usual: Limits{Least: 20, Most: 160}},
	// 5: an agonal rhythm; a rate by the second (up to 4) lies below. 350: above the
	// fastest conducted rhythms of infants.
	PulseRate: {name: "pulse", unit: perMinute, may: []unit{beats}, cannotBeZero: true, step: 1,
		device: Limits{Least: 5, Most: 350}, hand: Limits{Least: 5, Most: 350, OrZero: true},
		usual: Limits{Least: 25, Most: 220}},
	// The coldest survivor had 11.8 °C (a child, Kraków 2014), the hottest 46.5 °C
	// (Slovis et al., Ann Emerg Med 1982;11:269). 10 to 47 in °F is 50 to 117: no living
	// patient's temperature is possible in both.
	BodyTemperature: {name: "temperature", unit: celsius, may: []unit{fahrenheit}, cannotBeZero: true, step: 0.1,
		device: Limits{Least: 10, Most: 47}, hand: Limits{Least: 10, Most: 47},
		usual: Limits{Least: 32, Most: 42.5}},
	// 0 is air. 100: flush and high-flow devices give 60 to 80.
	OxygenFlow: {name: "oxygen flow", unit: litresPerMinute, may: []unit{millilitresPerMinute}, step: 1e-6,
		device: Limits{Least: 0, Most: 100}, hand: Limits{Least: 0, Most: 100},
		usual: Limits{Least: 0, Most: 60}},
	// 18: room air is 20.9, and ISO 80601-2-55 lets a gas monitor be 3 off.
	InspiredOxygen: {name: "inspired oxygen", unit: percent, may: []unit{one}, step: 1e-6,
		device: Limits{Least: 18, Most: 100}, hand: Limits{Least: 18, Most: 100},
		usual: Limits{Least: 21, Most: 100}},
}

// words are the quantities that are no numbers.
var words = map[Quantity]string{ConsciousLevel: "consciousness", OxygenDevice: "oxygen device"}

// Numbers are the quantities that are numbers, in the order in which they are named.
var Numbers = []Quantity{RespirationRate, OxygenSaturation, SystolicPressure, DiastolicPressure, PulseRate,
	BodyTemperature, OxygenFlow, InspiredOxygen}

// String is the quantity in words, for reports and warnings. What is stored is
// string(q).
func (q Quantity) String() string {
	if n, is := numbers[q]; is {
		return n.name
	}
	if w, is := words[q]; is {
		return w
	}
	return string(q)
}

// Unit is in what the quantity is kept and shown; "" if it is no number.
func (q Quantity) Unit() string { return numbers[q].unit.String() }

// Numeric reports whether the quantity is a number.
func (q Quantity) Numeric() bool { _, is := numbers[q]; return is }

// Limits are what is possible, in [Quantity.Unit], if it comes from there. A quantity
// that is no number has none: the zero value, which holds nothing but 0.
func (q Quantity) Limits(from Origin) Limits {
	if from == ByHand {
		return numbers[q].hand
	}
	return numbers[q].device
}

// Usual is what most patients of a ward have. Outside of it a value can be true, and
// whoever charts it is asked once.
func (q Quantity) Usual() Limits { return numbers[q].usual }
