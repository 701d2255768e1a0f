package tongue

import "time"

// Next is the first moment from one on at which the clock of the ward shows an hour and a minute.
// See [Last] for the nights on which the clocks are changed.
func Next(from time.Time, hour, minute int) time.Time {
	for day := 0; ; day++ {
		for _, at := range shown(from, day, hour, minute) {
			if !at.Before(from) {
				return at
			}
		}
	}
}

// Last is the newest moment up to one at which the clock of the ward showed an hour and a minute.
// An hour that comes twice is two moments, of which the nearer is meant; one that is left out is
// read by the clock as it was before, so that 02:30 is half an hour after 02:00 on any night.
func Last(to time.Time, hour, minute int) time.Time {
	for day := 0; ; day-- {
		of := shown(to, day, hour, minute)
		for n := len(of) - 1; n >= 0; n-- {
			if !of[n].After(to) {
				return of[n]
			}
		}
	}
}

// shown are the moments at which the ward's clock shows a time, some days after the day of another
// moment: one, or two in order.
func shown(of time.Time, days, hour, minute int) []time.Time {
	y, m, d := Here(of).Date()
	face := time.Date(y, m, d+days, hour, minute, 0, 0, time.UTC)
	about := time.Date(y, m, d+days, hour, minute, 0, 0, Zone())
	_, before := about.Add(-3 * time.Hour).Zone()
	_, after := about.Add(3 * time.Hour).Zone()
	var out []time.Time
	for n, offset := range []int{before, after} {
		at := Here(face.Add(-time.Duration(offset) * time.Second))
		if at.Hour() == hour && at.Minute() == minute && (n == 0 || before != after) {
			out = append(out, at)
		}
	}
	if len(out) == 0 {
		out = append(out, Here(face.Add(-time.Duration(before)*time.Second)))
	}
	return out
}
