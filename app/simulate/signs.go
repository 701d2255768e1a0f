package simulate

import (
	"math"
	"math/rand/v2"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
)

// signs is what a monitor shows.
type signs struct {
	rr, spo2, sbp, dbp, pulse, temp float64
	oxygen                          bool
	acvpu                           vitals.Consciousness
}

// baseline is how a patient is: the newest value of each sign on record, or a
// well adult's.
func baseline(p patient.Summary) signs {
	s := signs{rr: 16, spo2: 97, sbp: 122, dbp: 76, pulse: 76, temp: 36.8, acvpu: vitals.Alert}
	for n := len(p.Recent) - 1; n >= 0; n-- { // the newest last, so that it stays
		o := p.Recent[n]
		for to, from := range map[*float64]*float64{&s.rr: o.RR, &s.spo2: o.SpO2, &s.sbp: o.SBP, &s.dbp: o.DBP,
			&s.pulse: o.Pulse, &s.temp: o.Temp} {
			if from != nil {
				*to = *from
			}
		}
		if o.Oxygen != nil {
			s.oxygen = *o.Oxygen
		}
		if o.ACVPU != vitals.NotAssessed {
			s.acvpu = o.ACVPU
		}
	}
	return s
}

// wander lets each sign drift: pulled back to where it belongs, pushed a little
// by chance.
func (b *bed) wander(r *rand.Rand) {
	to := b.base
	if b.episode != nil {
		to = b.episode.target(b.base)
	}
	pull := func(v *float64, to, noise, low, high float64) {
		*v += (to-*v)*0.3 + noise*max(-2, min(2, r.NormFloat64()))
		*v = max(low, min(high, *v))
	}
	n := &b.now
	pull(&n.rr, to.rr, 0.3, 6, 45)
	pull(&n.spo2, to.spo2, 0.2, 70, 100)
	pull(&n.sbp, to.sbp, 1, 60, 230)
	pull(&n.dbp, to.dbp, 0.8, 35, 130)
	pull(&n.pulse, to.pulse, 0.8, 30, 190)
	pull(&n.temp, to.temp, 0.02, 34.5, 41)
	n.dbp = min(n.dbp, n.sbp-15)
	n.oxygen, n.acvpu = b.base.oxygen, b.base.acvpu
}

// observation is the signs as a monitor sends them: whole numbers, temperature
// to one decimal.
func (s signs) observation() vitals.Observation {
	whole := func(v float64) *float64 { v = math.Round(v); return &v }
	temp := math.Round(s.temp*10) / 10
	oxygen := s.oxygen
	return vitals.Observation{RR: whole(s.rr), SpO2: whole(s.spo2), Oxygen: &oxygen, SBP: whole(s.sbp),
		DBP:   whole(s.dbp),
		Pulse: whole(s.pulse), ACVPU: s.acvpu, Temp: &temp}
}
