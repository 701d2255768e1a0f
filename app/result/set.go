package result

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// SameSet is how far apart values may be measured and still be one set. Later
// ones make another: an old value must not pose as a new one.
const SameSet = 2 * time.Minute

// reading is a value of one sign as a set may hold it.
type reading struct {
	Result
	at time.Time
}

// Set is o with what the values say that belong to it: each sign once, and
// remarks on what a reader must know beside. What o held before goes; its ID,
// patient, source and scale stay. It is measured when its last value was.
func Set(o vitals.Observation, values []Value) vitals.Observation {
	out := vitals.Observation{ID: o.ID, Patient: o.Patient, Taken: o.Taken, Received: o.Received, Scale2: o.Scale2,
		Source: o.Source, By: o.By, NotDone: o.NotDone, Future: o.Future}
	standing := map[vitals.Quantity][]reading{}
	var last, spoken time.Time
	for _, v := range values {
		sign := v.sign().Sign
		if sign == "" {
			continue
		}
		remarks := v.remarks(sign)
		r, stands := v.Standing()
		switch {
		case stands && r.Zero:
			remarks = append(
				remarks,
				vitals.Remark{Kind: vitals.ZeroSent, Of: sign, Text: "0", At: v.Taken, By: r.Source, Sensor: r.Sensor},
			)
		case stands && (r.Number != nil || r.Word != ""):
			standing[sign] = append(standing[sign], reading{r, v.Taken})
			last = later(last, v.Taken)
		}
		if len(remarks) > 0 {
			spoken = later(spoken, v.Taken)
		}
		out.Remarks = append(out.Remarks, remarks...)
	}
	if last.IsZero() {
		last = spoken
	}
	if !last.IsZero() {
		out.Taken = last
	}
	out.Oxygen = oxygen(standing)
	for _, sign := range []vitals.Quantity{vitals.RespirationRate, vitals.OxygenSaturation, vitals.SystolicPressure,
		vitals.DiastolicPressure,
		vitals.PulseRate, vitals.BodyTemperature, vitals.ConsciousLevel} {
		if of := standing[sign]; len(of) > 0 {
			out.Remarks = append(out.Remarks, choose(&out, sign, of)...)
		}
	}
	out.Remarks = append(out.Remarks, noted(standing)...)
	slices.SortStableFunc(out.Remarks, func(a, b vitals.Remark) int {
		return cmp.Or(
			cmp.Compare(a.Of, b.Of),
			a.At.Compare(b.At),
			cmp.Compare(a.Kind, b.Kind),
			cmp.Compare(a.Sensor, b.Sensor),
			cmp.Compare(a.Text, b.Text),
		)
	})
	return out
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// choose puts one of a sign's readings into the set and remarks on the others. A
// heart rate of the ECG is more than a pulse counted elsewhere; of what is the same
// thing, the worse reading stands, see [vitals.Worse].
func choose(o *vitals.Observation, sign vitals.Quantity, of []reading) []vitals.Remark {
	if sign == vitals.PulseRate && slices.ContainsFunc(of, electric) {
		of = slices.DeleteFunc(slices.Clone(of), func(r reading) bool { return !electric(r) })
	}
	slices.SortFunc(of, func(a, b reading) int {
		return cmp.Or(
			vitals.Worse(sign, alone(*o, sign, a), alone(*o, sign, b)),
			cmp.Compare(
				a.SubID,
				b.SubID,
			),
			cmp.Compare(a.Sensor, b.Sensor),
			cmp.Compare(a.Source, b.Source),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.ID, b.ID),
		)
	})
	put(o, sign, of[0])
	var out []vitals.Remark
	said := []string{Text(of[0].Result)}
	for _, r := range of[1:] {
		if text := Text(r.Result); !slices.Contains(said, text) {
			said = append(said, text)
			out = append(
				out,
				vitals.Remark{Kind: vitals.AlsoRead, Of: sign, Text: text, At: r.at, By: r.Source, Sensor: r.Sensor},
			)
		}
	}
	return out
}

// electricCodes are heart rates that are said to be counted in the ECG. LOINC's 8867-4 is
// one by any method, the oximeter's too.
var electricCodes = []string{"147842", "MDC_ECG_HEART_RATE", "MDC_ECG_CARD_BEAT_RATE", "147850"}

func electric(r reading) bool {
	return slices.Contains(electricCodes, strings.ToUpper(r.Code)) ||
		slices.Contains(electricCodes, strings.ToUpper(r.Name))
}

func put(o *vitals.Observation, sign vitals.Quantity, r reading) {
	switch sign {
	case vitals.RespirationRate:
		o.RR = r.Number
	case vitals.OxygenSaturation:
		o.SpO2 = r.Number
	case vitals.SystolicPressure:
		o.SBP = r.Number
	case vitals.DiastolicPressure:
		o.DBP = r.Number
	case vitals.PulseRate:
		o.Pulse = r.Number
	case vitals.BodyTemperature:
		o.Temp = r.Number
	case vitals.ConsciousLevel:
		o.ACVPU = vitals.Consciousness(r.Word)
	}
}

// alone is a reading by itself, by the set's scale and oxygen.
func alone(o vitals.Observation, sign vitals.Quantity, r reading) vitals.Observation {
	one := vitals.Observation{Scale2: o.Scale2, Oxygen: o.Oxygen}
	put(&one, sign, r)
	return one
}

// oxygen tells whether the patient breathes more than air, if anything says so.
// Where sources disagree, oxygen counts: it scores. A device that nobody knows says
// nothing.
func oxygen(standing map[vitals.Quantity][]reading) *bool {
	yes, no := true, false
	var said *bool
	for sign, air := range map[vitals.Quantity]float64{vitals.OxygenFlow: 0, vitals.InspiredOxygen: 21} {
		for _, r := range standing[sign] {
			if r.Number == nil {
				continue
			}
			if *r.Number > air {
				return &yes
			}
			said = &no
		}
	}
	for _, r := range standing[vitals.OxygenDevice] {
		switch on, known := vitals.OnOxygen(r.Word); {
		case known && on:
			return &yes
		case known:
			said = &no
		}
	}
	return said
}

// Text is what a version says of its sign, as it is shown; "" if nothing that
// could be read.
func Text(r Result) string {
	switch {
	case r.Zero:
		return "0"
	case r.Number != nil && r.Sign == vitals.BodyTemperature:
		return strconv.FormatFloat(vitals.Rounded(vitals.Temp, *r.Number), 'f', 1, 64)
	case r.Number != nil && (r.Sign == vitals.OxygenFlow || r.Sign == vitals.InspiredOxygen):
		return strconv.FormatFloat(*r.Number, 'f', -1, 64)
	case r.Number != nil:
		return strconv.FormatFloat(vitals.Rounded(vitals.RR, *r.Number), 'f', 0, 64)
	}
	return r.Word
}
