// Package obsform reads what was typed into the observation form: raw text in,
// an observation and what is wrong with each field out. It is pure.
package obsform

import (
	"strconv"
	"strings"
	"time"

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
	Taken  = "taken" // "14:03"; empty means now
)

// Fields lists the fields in the order of the form.
var Fields = []string{RR, SpO2, Oxygen, BP, Pulse, ACVPU, Temp, Taken}

// The raw values of the oxygen field.
const (
	OnAir    = "air"
	OnOxygen = "oxygen"
)

// limits are what a living adult can show; outside of them it is a slip of the
// finger, and the form asks.
var limits = map[string][2]float64{
	RR: {1, 90}, SpO2: {30, 100}, "sbp": {30, 300}, "dbp": {10, 220}, Pulse: {10, 300}, Temp: {24, 45},
}

// Reading is a form that was read.
type Reading struct {
	Observation vitals.Observation
	Score       vitals.Score
	// Wrong holds, by field, what cannot be taken as typed.
	Wrong map[string]string
	// Any says that at least one value was entered.
	Any bool
}

// Read reads a form. Scale2 is the prescriber's recorded decision; now bounds the
// time of taking, which is read in loc. The patient, IDs and source are left to
// the caller.
func Read(raw map[string]string, scale2 bool, now time.Time, loc *time.Location) Reading {
	r := Reading{Wrong: map[string]string{}}
	o := &r.Observation
	o.Scale2 = scale2
	o.RR = r.number(raw, RR, limits[RR])
	o.SpO2 = r.number(raw, SpO2, limits[SpO2])
	o.Pulse = r.number(raw, Pulse, limits[Pulse])
	o.Temp = r.number(raw, Temp, limits[Temp])
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
	r.Any = o.RR != nil || o.SpO2 != nil || o.Pulse != nil || o.Temp != nil || o.SBP != nil || o.Oxygen != nil || o.ACVPU != vitals.NotAssessed
	r.Score = vitals.NEWS2(*o)
	return r
}

// Number reads a decimal with a point or a comma.
func Number(s string) (float64, bool) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ",", ".")
	if strings.ContainsAny(s, "eExXpP_+-") { // no exponents, no hex: typed by hand
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

func (r *Reading) number(raw map[string]string, field string, in [2]float64) *float64 {
	return r.value(raw[field], field, in)
}

func (r *Reading) value(s, field string, in [2]float64) *float64 {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	v, ok := Number(s)
	switch {
	case !ok:
		r.Wrong[field] = "Not a number"
	case v < in[0] || v > in[1]:
		r.Wrong[field] = "Check: " + Format(in[0]) + "–" + Format(in[1])
	default:
		return &v
	}
	return nil
}

func (r *Reading) pressure(s string) {
	parts := strings.FieldsFunc(s, func(c rune) bool { return c == '/' || c == ' ' })
	if len(parts) == 0 {
		return
	}
	if len(parts) > 2 {
		r.Wrong[BP] = "Write it as 120/80"
		return
	}
	sbp := r.value(parts[0], BP, limits["sbp"])
	if len(parts) == 2 {
		dbp := r.value(parts[1], BP, limits["dbp"])
		if sbp != nil && dbp != nil && *dbp >= *sbp {
			r.Wrong[BP] = "Check the order"
		}
		r.Observation.DBP = dbp
	}
	if r.Wrong[BP] != "" {
		r.Observation.DBP = nil
		return
	}
	r.Observation.SBP = sbp
}

// taken reads a clock time as the most recent such moment. What would lie
// ahead by more than half a day was yesterday; what lies ahead by less is wrong.
func (r *Reading) taken(s string, now time.Time, loc *time.Location) {
	s = strings.TrimSpace(s)
	if s == "" {
		r.Observation.Taken = now.UTC()
		return
	}
	at, err := time.ParseInLocation("15:04", strings.ReplaceAll(s, ".", ":"), loc)
	if err != nil {
		r.Wrong[Taken] = "Write it as 14:03"
		return
	}
	local := now.In(loc)
	t := time.Date(local.Year(), local.Month(), local.Day(), at.Hour(), at.Minute(), 0, 0, loc)
	if ahead := t.Sub(now); ahead > 12*time.Hour {
		t = t.AddDate(0, 0, -1)
	} else if ahead > time.Minute {
		r.Wrong[Taken] = "That is in the future"
		return
	}
	r.Observation.Taken = t.UTC()
}

// Format writes a limit or a value without needless digits.
func Format(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
