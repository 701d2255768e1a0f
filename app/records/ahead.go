package records

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/vitals"
)

// ahead reports whether what was measured at a time is dated in the future. What waited
// before it was charted is judged by when it came: until then its clock was no better.
func (t *tx) ahead(taken, received time.Time) bool {
	if received.IsZero() || received.After(t.at) {
		received = t.at
	}
	return taken.Sub(received) > vitals.AheadMost
}

// tellAhead raises a technical alert about a set that is dated in the future: its
// source's clock is wrong, or somebody mistyped. Of one source it is one alert a
// patient and day, however many sets it sends.
func (t *tx) tellAhead(ctx context.Context, o vitals.Observation) error {
	return t.tell(ctx, o.Patient, func(string) string { return alert.AheadID(o.Patient, o.Source, t.at) },
		"A set of observations is dated in the future.") // a screen says more: see [alert.Alert.Words]
}
