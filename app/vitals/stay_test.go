package vitals_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// A stay's picture begins with its admission: of the stay before nothing scores, nothing is still unanswered and
// nothing sets a due time; what was measured while they were brought counts. Seen red with OfStay giving back all
// sets: 8, and overdue since before they came; and with DueSince looking at all sets: overdue in the first minute.
func TestAStayBeginsWithItsAdmission(t *testing.T) {
	zero := func(o *vitals.Observation) {
		o.Pulse, o.Remarks = nil, []vitals.Remark{{Kind: vitals.ZeroSent, Of: vitals.PulseRate}}
	}
	part := only(0, func(o *vitals.Observation) { o.Temp = f(36.8) })
	came, old := dated(-1.5, 0, same).Taken, dated(-200, -200, ill)
	coming := dated(500, -200, ahead(ill))
	for _, c := range []struct {
		name    string
		sets    []vitals.Observation // newest first
		any     bool
		total   int
		whole   bool
		due     time.Time
		zero    bool
		without bool // observations since
	}{
		{"nothing since", []vitals.Observation{old, coming}, false, 0, false, came.Add(time.Hour), false, true},
		{"back after a hundred days", []vitals.Observation{dated(-2400, -2400, same)}, false, 0, false,
			came.Add(time.Hour), false, true},
		{"never observed", nil, false, 0, false, came.Add(time.Hour), false, true},
		{"a part since", []vitals.Observation{part, old}, true, 0, false, part.Taken.Add(4 * time.Hour), false, false},
		{"a whole set since", []vitals.Observation{dated(0, 0, same), old}, true, 0, true,
			came.Add(13*time.Hour + 30*time.Minute), false, false},
		{"while they were brought", []vitals.Observation{dated(-2, -2, ill)}, true, 8, true,
			came, false, false},
		{"hours before, in an emergency department", []vitals.Observation{dated(-6, -6, ill)}, true, 8, true,
			came, false, true},
		{"hours before, and well", []vitals.Observation{dated(-6, -6, same)}, false, 0, false,
			came.Add(time.Hour), false, true},
		{"a 0 of long ago", []vitals.Observation{part, dated(-200, -200, zero)}, true, 0, false,
			part.Taken.Add(4 * time.Hour), false, false},
		{"hours before, well beside a 0", []vitals.Observation{dated(-6, -6, zero)}, true, 0, false,
			came, true, true},
		{"a future that came here", []vitals.Observation{dated(500, 0, ahead(ill))}, true, 8, true,
			came.Add(time.Hour), false, true},
	} {
		stay := vitals.OfStay(c.sets, came)
		r, any := vitals.Raised(stay)
		if any != c.any || r.Score.Total != c.total || r.Score.Complete != c.whole || r.Zero != c.zero {
			t.Errorf("%s: any %v, total %d, complete %v, zero %v", c.name, any, r.Score.Total, r.Score.Complete, r.Zero)
		}
		if due := vitals.Chart4.DueSince(came, c.sets); !due.Equal(c.due) {
			t.Errorf("%s: due %v, want %v", c.name, due, c.due)
		}
		if vitals.Unobserved(c.sets, came) != c.without {
			t.Errorf("%s: unobserved %v", c.name, !c.without)
		}
	}
	if n := len(vitals.OfStay([]vitals.Observation{part, old}, time.Time{})); n != 2 {
		t.Errorf("of a stay that nobody dated %d sets count", n)
	}
}

// What a form promises is what the board shows once the set is saved, wherever in time it belongs, and whichever set it
// replaces. Seen red with With putting every set first.
func TestASetStandsWhereItWasTaken(t *testing.T) {
	whole, late := dated(0, 0, ill), only(-1, func(o *vitals.Observation) { o.RR = f(16) })
	whole.ID, late.ID = "whole", "late"
	coming := dated(500, 0, ahead(same))
	sets := []vitals.Observation{whole, coming}
	order := func(sets []vitals.Observation) (s string) {
		for _, o := range sets {
			s += o.ID + " "
		}
		return s
	}
	coming.ID = "coming"
	sets[1] = coming
	if got := order(vitals.With(sets, late)); got != "whole late coming " || len(sets) != 2 {
		t.Errorf("a late one stands as %q", got)
	}
	now := only(1, func(o *vitals.Observation) { o.Temp = f(36.8) })
	now.ID = "now"
	with := vitals.With(sets, now)
	if r, _ := vitals.Raised(with); order(with) != "now whole coming " || !r.Stands || r.Score.Total != 8 {
		t.Errorf("a part of now: %q, %+v", order(with), r.Score)
	}
	mended := dated(3, 3, same)
	mended.ID = "whole"
	with = vitals.With(sets, mended)
	if r, _ := vitals.Raised(with); order(with) != "whole coming " || r.Score.Total != 0 ||
		!with[0].Taken.Equal(whole.Taken) || vitals.NEWS2(sets[0]).Total != 8 {
		t.Errorf("a correction: %q, %+v at %v", order(with), r.Score, with[0].Taken)
	}
}
