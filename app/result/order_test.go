package result_test

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/result"
)

// decided is when OBR-22 says that the version got its status.
func decided(minute int) func(*result.Result) {
	return func(r *result.Result) { r.StatusAt = noon.Add(time.Duration(minute) * time.Minute) }
}

// What counts where OBR-22 and MSH-7 tell different stories; each is also read in other
// orders of arrival. Seen red: seven of these, with OBR-22 compared with MSH-7.
func TestTwoClocks(t *testing.T) {
	type versions = []result.Result
	for name, c := range map[string]struct {
		versions
		want string
	}{
		"a correction decided before": {versions{said(10, "F 98"), said(30, "C 82", decided(5))}, "82@0"},
		"a withdrawal decided before": {versions{said(10, "F 98"), said(30, "W", decided(5))}, "-@0"},
		"a correction decided before, at its own time": {versions{said(10, "F 98"),
			said(30, "C 82", decided(5), at(9))}, "82@0"},
		"both say when, and disagree": {versions{said(10, "F 98", decided(8)), said(30, "C 82", decided(5))}, "82@0"},
		"the final sent again after its correction": {versions{said(10, "F 82", decided(8)),
			said(20, "C 98", decided(18)),
			said(30, "F 82", decided(8))}, "98@0"},
		"a final after the correction": {versions{said(10, "F 82"), said(20, "C 98", decided(5)),
			said(30, "F 91")}, "91@0"},
		"two finals that say when": {versions{said(20, "F 82", decided(8)), said(30, "F 98", decided(5))},
			"82@0"},
		"two finals of which one says when": {versions{said(10, "F 82"), said(30, "F 98", decided(5))}, "98@0"},
		"a final decided before":            {versions{said(10, "P 97"), said(30, "F 88", decided(5))}, "88@0"},
		"a final of another time, before":   {versions{said(10, "P 97"), said(30, "F 88", decided(5), at(9))}, "88@9"},
		"withdrawn, corrected, by older clocks": {versions{said(10, "F 98"), said(20, "W", decided(3)),
			said(30, "C 82", decided(5))}, "82@0"},
		"a preliminary decided later": {versions{said(10, "P 97", decided(9)), said(20, "F 88", decided(8))}, "88@0"},
	} {
		for n := range 24 {
			all := slices.Clone(c.versions)
			rng := rand.New(rand.NewPCG(uint64(n), 1))
			rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			for i := range all {
				all[i].Arrived = int64(i)
			}
			if got := outcome(all); got != c.want {
				t.Errorf("%s, arrival %d: %q, want %q", name, n, got, c.want)
				break
			}
		}
	}
}
