package demo

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
)

// values is a whole set of vital signs.
type values struct {
	RR, SpO2, SBP, DBP, Pulse, Temp float64
	Oxygen                          bool
	ACVPU                           vitals.Consciousness
}

// sets is the shift's observations of a patient, oldest first: on the way from
// how they were to how they are, with the small ups and downs of a body. The
// last is exactly as the data says, so that the board looks as it was drawn.
func (p person) sets(s patient.Summary, now time.Time) []vitals.Observation {
	seed := fnv.New64a()
	_, _ = seed.Write([]byte(p.MRN)) // never fails
	r := rand.New(rand.NewPCG(seed.Sum64(), 4))
	last := now.Add(-time.Duration(p.LastMinutesAgo) * time.Minute)
	every := time.Duration(p.EveryMinutes) * time.Minute
	count := int(shift / every)
	nurses := []string{"tnguyen", "mdiaz"}
	if p.Ward != "4B" {
		nurses = []string{"kowusu", "lbergstrom"}
	}

	var out []vitals.Observation
	for n := range count + 1 {
		v, at := p.Now, last
		if n < count {
			v = p.between(float64(n)/float64(count), r)
			at = last.Add(-time.Duration(count-n)*every + time.Duration(r.IntN(9)-4)*time.Minute)
		}
		o := v.observation()
		o.ID, o.Patient, o.Taken, o.Received = id("set", p.MRN, n), s.Patient.ID, at, at.Add(time.Minute)
		o.Scale2, o.Source, o.By = s.Has(patient.FlagScale2), "charted", nurses[r.IntN(2)]
		if n == count {
			p.leaveOut(&o)
		}
		out = append(out, o)
	}
	return out
}

// between is how the patient was after a part of the shift, with noise.
func (p person) between(part float64, r *rand.Rand) values {
	// Change comes late rather than evenly: it is what a trend is watched for.
	part = part * part
	mix := func(from, to, noise float64) float64 {
		return math.Round(from + (to-from)*part + noise*max(-1, min(1, r.NormFloat64()/2)))
	}
	v := values{
		RR: mix(p.Start.RR, p.Now.RR, 1), SpO2: min(100, mix(p.Start.SpO2, p.Now.SpO2, 0.6)),
		SBP: mix(p.Start.SBP, p.Now.SBP, 4), DBP: mix(p.Start.DBP, p.Now.DBP, 3),
		Pulse:  mix(p.Start.Pulse, p.Now.Pulse, 3),
		Temp:   mix(p.Start.Temp*10, p.Now.Temp*10, 2) / 10,
		Oxygen: p.Start.Oxygen, ACVPU: p.Start.ACVPU,
	}
	return v
}

func (v values) observation() vitals.Observation {
	return vitals.Observation{RR: &v.RR, SpO2: &v.SpO2, SBP: &v.SBP, DBP: &v.DBP, Pulse: &v.Pulse, Temp: &v.Temp,
		Oxygen: &v.Oxygen, ACVPU: v.ACVPU}
}

// leaveOut takes what was not measured out of the last set.
func (p person) leaveOut(o *vitals.Observation) {
	for name, value := range map[string]**float64{"rr": &o.RR, "spo2": &o.SpO2, "sbp": &o.SBP, "dbp": &o.DBP,
		"pulse": &o.Pulse, "temp": &o.Temp} {
		if slices.Contains(p.Missing, name) {
			*value = nil
		}
	}
	if slices.Contains(p.Missing, "acvpu") {
		o.ACVPU = vitals.NotAssessed
	}
}
