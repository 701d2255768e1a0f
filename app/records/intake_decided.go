package records

import (
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
)

// signOf is one sign of a set: how it was, how its source would have it, and a way
// to leave it as it was.
type signOf struct {
	of      vitals.Quantity
	keep    func()
	had     func() bool
	differs func() bool
}

// signs are the signs of a set that was old, is to be now, and would be feed.
func signs(now, old, feed *vitals.Observation) []signOf {
	number := func(of vitals.Quantity, at func(*vitals.Observation) **float64) signOf {
		return signOf{of, func() { *at(now) = *at(old) }, func() bool { return *at(old) != nil },
			func() bool { return !alike(*at(old), *at(feed)) }}
	}
	oxygen := func(of vitals.Quantity) signOf {
		return signOf{of, func() { now.Oxygen = old.Oxygen }, func() bool { return old.Oxygen != nil },
			func() bool { return !alike(old.Oxygen, feed.Oxygen) }}
	}
	return []signOf{
		number(vitals.RespirationRate, func(o *vitals.Observation) **float64 { return &o.RR }),
		number(vitals.OxygenSaturation, func(o *vitals.Observation) **float64 { return &o.SpO2 }),
		number(vitals.SystolicPressure, func(o *vitals.Observation) **float64 { return &o.SBP }),
		number(vitals.DiastolicPressure, func(o *vitals.Observation) **float64 { return &o.DBP }),
		number(vitals.PulseRate, func(o *vitals.Observation) **float64 { return &o.Pulse }),
		number(vitals.BodyTemperature, func(o *vitals.Observation) **float64 { return &o.Temp }),
		{vitals.ConsciousLevel, func() { now.ACVPU = old.ACVPU },
			func() bool { return old.ACVPU != vitals.NotAssessed },
			func() bool { return old.ACVPU != feed.ACVPU }},
		oxygen(vitals.OxygenFlow), oxygen(vitals.InspiredOxygen), oxygen(vitals.OxygenDevice),
	}
}

func alike[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// scanDecision reads which signs an amendment changed, and when.
func scanDecision(r *sql.Rows) (map[vitals.Quantity]bool, time.Time, error) {
	var was, became []byte
	var at time.Time
	if err := r.Scan(&was, &became, clock{&at}); err != nil {
		return nil, at, err
	}
	var before, after chart.Entry
	if err := errors.Join(json.Unmarshal(was, &before), json.Unmarshal(became, &after)); err != nil {
		return nil, at, err
	}
	out := map[vitals.Quantity]bool{}
	if before.Observation == nil || after.Observation == nil {
		return out, at, nil
	}
	for _, f := range signs(after.Observation, before.Observation, after.Observation) {
		out[f.of] = f.differs()
	}
	return out, at, nil
}
