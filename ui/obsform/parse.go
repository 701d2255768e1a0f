// Package obsform reads what was typed into the observation form: raw text in,
// an observation and what is wrong with each field out. It is pure.
package obsform

import (
	"strings"
	"time"
	"unicode"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// The fields of the form, as they are named in a draft.
const (
	RR     = "rr"
	SpO2   = "spo2"
	Oxygen = "oxygen" // "air" or "oxygen"
	BP     = "bp"     // "98/60", or the systolic alone
	Pulse  = "pulse"
	ACVPU  = "acvpu" // A, C, V, P or U
	Temp   = "temp"
	Taken  = "taken" // "14:03", "11-29 14:03", or "-20" minutes; empty means now
	// NotDone is why what is empty was left out: a [vitals.NotDone].
	NotDone = "notdone"
)

// Fields lists the fields in the order of the form.
var Fields = []string{RR, SpO2, Oxygen, BP, Pulse, ACVPU, Temp, Taken, NotDone}

// Names are the fields as a nurse reads them.
func Names() map[string]string {
	return map[string]string{RR: tongue.T("Respiration"), SpO2: "SpO₂", Oxygen: tongue.T("Breathing"),
		BP: tongue.T("Blood pressure"), Pulse: tongue.T("Pulse"),
		ACVPU: tongue.T("Consciousness"), Temp: tongue.T("Temperature"), Taken: tongue.T("Taken at"),
		NotDone: tongue.T("Not all done")}
}

// The raw values of the oxygen field.
const (
	OnAir    = "air"
	OnOxygen = "oxygen"
)

// Reading is a form that was read.
type Reading struct {
	Observation vitals.Observation
	Score       vitals.Score
	// Wrong holds, by field, what cannot be taken as typed.
	Wrong map[string]string
	// Unusual holds, by field, what can be true and seldom is.
	Unusual map[string]string
	// Any says that at least one value was entered.
	Any bool
}

// Read reads a form. Scale2 is the prescriber's recorded decision; now bounds the
// time of taking, which is read in loc. The patient, IDs and source are left to
// the caller.
func Read(raw map[string]string, scale2 bool, now time.Time, loc *time.Location) Reading {
	r := Reading{Wrong: map[string]string{}, Unusual: map[string]string{}}
	o := &r.Observation
	o.Scale2 = scale2
	o.RR = r.value(raw[RR], RR, vitals.RespirationRate)
	o.SpO2 = r.value(raw[SpO2], SpO2, vitals.OxygenSaturation)
	o.Pulse = r.value(raw[Pulse], Pulse, vitals.PulseRate)
	o.Temp = r.value(raw[Temp], Temp, vitals.BodyTemperature)
	r.pressure(raw[BP])
	switch strings.TrimSpace(raw[Oxygen]) {
	case OnAir:
		o.Oxygen = new(bool)
	case OnOxygen:
		yes := true
		o.Oxygen = &yes
	}
	if c := vitals.Consciousness(strings.TrimSpace(raw[ACVPU])); c.Valid() {
		o.ACVPU = c
	}
	r.taken(raw[Taken], now, loc)
	for _, why := range vitals.NotDoneReasons {
		if vitals.NotDone(raw[NotDone]) == why {
			o.NotDone = why
		}
	}
	r.Any = o.RR != nil || o.SpO2 != nil || o.Pulse != nil || o.Temp != nil || o.SBP != nil || o.Oxygen != nil ||
		o.ACVPU != vitals.NotAssessed || o.NotDone != ""
	r.Score = vitals.NEWS2(*o)
	if r.Score.Complete && o.NotDone != "" {
		r.Wrong[NotDone] = tongue.T("All seven are measured, so there is nothing to give a reason for.")
	}
	return r
}

// Number reads a decimal with a point or a comma, as it is typed: no sign, no
// exponent.
func Number(s string) (float64, bool) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ",", ".")
	if strings.ContainsAny(s, "+-") {
		return 0, false
	}
	v, err := vitals.Number(s)
	return v, err == nil
}

// value reads one number. What no patient has cannot be taken: a finger slipped, and
// nothing is lost by saying so. What most patients do not have is asked about once, and
// then taken: it may be true.
func (r *Reading) value(s, field string, q vitals.Quantity) *float64 {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	v, ok := Number(s)
	in := q.Limits(vitals.ByHand)
	switch {
	case !ok:
		r.Wrong[field] = tongue.T("Not a number")
	case q.Check(v, vitals.ByHand) != nil && in.OrZero:
		r.Wrong[field] = tongue.Tf("Check: 0 or %v–%v", in.Least, in.Most)
	case q.Check(v, vitals.ByHand) != nil:
		r.Wrong[field] = tongue.Tf("Check: %v–%v", in.Least, in.Most)
	case !q.Usual().Hold(v):
		// A field may have two: a pressure asks about both.
		r.Unusual[field] = strings.TrimSpace(r.Unusual[field] + " " + tongue.Tf("Is %v right?", v))
		return &v
	default:
		return &v
	}
	return nil
}

func (r *Reading) pressure(s string) {
	parts := strings.FieldsFunc(s, func(c rune) bool { return c == '/' || unicode.IsSpace(c) })
	if strings.TrimSpace(s) == "" {
		return
	}
	if n := len(parts); n == 0 || n > 2 || strings.HasPrefix(strings.TrimSpace(s), "/") { // "/60" is no systolic
		r.Wrong[BP] = tongue.T("Write it as 120/80")
		return
	}
	sbp := r.value(parts[0], BP, vitals.SystolicPressure)
	if len(parts) == 2 {
		dbp := r.value(parts[1], BP, vitals.DiastolicPressure)
		if sbp != nil && dbp != nil && vitals.PressureOrder(*sbp, *dbp) != nil {
			r.Wrong[BP] = tongue.T("Check the order")
		}
		r.Observation.DBP = dbp
	}
	if r.Wrong[BP] != "" {
		r.Observation.DBP = nil
		return
	}
	r.Observation.SBP = sbp
}

// Format writes a value without needless digits, as the reader would type it:
// [Read] takes either decimal sign.
func Format(v float64) string { return tongue.Tf("%v", v) }

// Write is a set as it would have been typed: what [Read] reads again.
func Write(o vitals.Observation) map[string]string {
	f := map[string]string{ACVPU: string(o.ACVPU), NotDone: string(o.NotDone)}
	for name, v := range map[string]*float64{RR: o.RR, SpO2: o.SpO2, Pulse: o.Pulse, Temp: o.Temp} {
		if v != nil {
			f[name] = Format(*v)
		}
	}
	if o.SBP != nil {
		f[BP] = Format(*o.SBP)
		if o.DBP != nil {
			f[BP] += "/" + Format(*o.DBP)
		}
	}
	if o.Oxygen != nil {
		f[Oxygen] = OnAir
		if *o.Oxygen {
			f[Oxygen] = OnOxygen
		}
	}
	return f
}
