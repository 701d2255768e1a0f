package result

import (
	"cmp"
	"slices"
	"time"
)

// placed is a version with its place among those of its value.
type placed struct {
	Result
	at time.Time
	// behind: a version that it can only mean is at this time too.
	behind bool
}

// last puts what is behind another version behind all of that time.
func (p placed) last() int {
	if p.behind {
		return 1
	}
	return 0
}

// inOrder are the versions of one value in the order in which they count.
//
// Two clocks tell it: when the source decided (OBR-22) and when it sent the message
// (MSH-7). Only where each version says when it was decided does that alone count, since
// what was decided at 9:05 and sent at 9:30 cannot be compared with what was sent at 9:10.
// And a source may well write into a correction when the original was made. So what
// changes another version (a final a preliminary, a correction or a withdrawal either)
// stands behind it, unless both clocks say that it came before.
func inOrder(versions []Result) []Result {
	decided := !slices.ContainsFunc(versions, func(r Result) bool { return r.StatusAt.Equal(r.SentAt) })
	all := make([]placed, len(versions))
	for i, r := range versions {
		all[i] = placed{Result: r, at: r.SentAt}
		if decided {
			all[i].at = r.StatusAt
		}
	}
	slices.SortFunc(all, func(a, b placed) int { return cmp.Compare(a.changes(), b.changes()) })
	for i := range all {
		for _, o := range all[:i] {
			reading := o.Effect == Preliminary || o.Effect == Final
			if reading && o.changes() < all[i].changes() && someClock(o.Result, all[i].Result) &&
				!o.at.Before(all[i].at) {
				all[i].at, all[i].behind = o.at, true
			}
		}
	}
	slices.SortFunc(all, func(a, b placed) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.last(), b.last()), Compare(a.Result, b.Result))
	})
	out := make([]Result, len(all))
	for i, p := range all {
		out[i] = p.Result
	}
	return out
}

// changes ranks what a version can change: a final a preliminary, a correction or a
// withdrawal both.
func (r Result) changes() int { return min(r.Effect.rank(), Corrected.rank()) }

// someClock reports whether a came before b by either clock.
func someClock(a, b Result) bool { return a.StatusAt.Before(b.StatusAt) || a.SentAt.Before(b.SentAt) }

// surelyBefore reports whether a came before b by one clock, and not behind it by the other.
func surelyBefore(a, b Result) bool { return someClock(a, b) && !someClock(b, a) }
