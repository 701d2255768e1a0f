package vitals_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/vitals"
)

// Sets come late, are corrected and are withdrawn, in any order: after each of these a
// patient is shown with what the plain rule says of the sets that stand, as if they had
// come in the order in which they were taken. Seen red with Raised fed in the order of
// receipt, and with a corrected set kept beside its correction.
func TestPartialNeverHidesWholeWhateverComesLate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		standing := map[int]vitals.Observation{} // by the hour at which it was taken
		for range rapid.IntRange(1, 10).Draw(t, "events") {
			hour := rapid.IntRange(0, 9).Draw(t, "hour")
			switch _, has := standing[hour]; {
			case has && rapid.IntRange(0, 2).Draw(t, "what becomes of it") == 0:
				delete(standing, hour) // withdrawn
			default: // new, maybe late; or corrected
				standing[hour] = someSet(t, hour)
			}
			var sets []vitals.Observation // oldest first
			for h := range 10 {
				if o, has := standing[h]; has {
					sets = append(sets, o)
				}
			}
			now := slices.Clone(sets)
			slices.Reverse(now)
			r, any := vitals.Raised(now)
			if any != slices.ContainsFunc(sets, vitals.Observation.Measured) {
				t.Fatalf("something is shown: %v", any)
			}
			if !any {
				continue
			}
			total, band, due := reference(sets)
			if got := vitals.Chart4.Due(now); r.Score.Total != total || r.Score.Risk != band || !got.Equal(due) {
				t.Fatalf("total %d %s due %v, want %d %s %v", r.Score.Total, r.Score.Risk, got, total, band, due)
			}
		}
	})
}
