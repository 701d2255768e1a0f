package vitals

import "time"

// NearMost is how far apart two sets of one patient are that are asked about: within it
// two people may have measured one and the same thing, or one of them did not know.
const NearMost = 10 * time.Minute

// Near is, of sets, the one that another person charted within [NearMost] of o, the
// nearest in time; of two as near, the first in sets. What a device sent is not asked
// about, nor what is dated in the future.
func Near(sets []Observation, o Observation) (near Observation, found bool) {
	for _, x := range sets {
		switch apart := x.Taken.Sub(o.Taken).Abs(); {
		case x.By == "", x.By == o.By, x.ID == o.ID && o.ID != "", x.Future, !x.Measured(), apart > NearMost:
		case !found || apart < near.Taken.Sub(o.Taken).Abs():
			near, found = x, true
		}
	}
	return near, found
}
