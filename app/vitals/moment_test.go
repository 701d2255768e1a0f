package vitals_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/vitals"
)

// parts are two sets of one moment from two sources, without a sign in common.
func parts(breathing, circulation string) []vitals.Observation {
	a := vitals.Observation{ID: breathing, Source: "MON", RR: f(26), SpO2: f(90)}
	b := vitals.Observation{ID: circulation, Source: "CUFF", Pulse: f(120), SBP: f(95), DBP: f(60)}
	for _, o := range []*vitals.Observation{&a, &b} {
		o.Taken = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
		o.Received = o.Taken
	}
	out := []vitals.Observation{a, b}
	slices.SortFunc(out, func(x, y vitals.Observation) int { // as the record lists them
		if x.ID > y.ID {
			return -1
		}
		return 1
	})
	return out
}

// Which of two sets of one moment is listed first is chance: they count together,
// and neither hides the other. Seen red with Latest taking the first measured set: 6
// points or 4, by the letters of an ID.
func TestSetsOfOneMomentCountTogether(t *testing.T) {
	for _, ids := range [][2]string{{"a", "b"}, {"b", "a"}} {
		sets := append(parts(ids[0], ids[1]), dated(-1, -1, same))
		r, ok := vitals.Raised(sets)
		if !ok || r.Score.Total != 3+3+2+2 || r.Score.Risk != vitals.RiskHigh || r.Set.RR == nil || r.Set.DBP == nil {
			t.Errorf("%v: %d points, %s: %+v", ids, r.Score.Total, r.Score.Risk, r.Set)
		}
		if all := vitals.Taken(sets); len(all) != 2 || all[0].SBP == nil || all[0].SpO2 == nil {
			t.Errorf("%v: %+v", ids, all)
		}
		future := parts(ids[0], ids[1])
		for i := range future {
			future[i].Future, future[i].Taken = true, future[i].Taken.Add(8000*time.Hour)
		}
		if r, _ := vitals.Raised(append(future, dated(-1, -1, same))); r.Score.Total != 10 || !r.Future {
			t.Errorf("%v, dated in the future: %+v", ids, r)
		}
	}
}

// One sensor's 0 beside another set's reading of the same moment says nothing,
// whichever of them is listed first; neither does a set that was left out.
func TestAZeroBesideAReadingOfTheSameMoment(t *testing.T) {
	read := parts("b", "a")[0]
	zero := vitals.Observation{ID: "c", Taken: read.Taken,
		Remarks: []vitals.Remark{{Kind: vitals.ZeroSent, Of: vitals.OxygenSaturation}}}
	out := vitals.Observation{ID: "d", Taken: read.Taken, NotDone: vitals.Refused}
	for _, sets := range [][]vitals.Observation{{zero, out, read}, {read, out, zero}, {out, read, zero}} {
		if got := vitals.ZerosSent(sets); len(got) != 0 {
			t.Errorf("%v", got)
		}
		if o, ok := vitals.Latest(sets); !ok || *o.SpO2 != 90 || o.NotDone != vitals.Refused {
			t.Errorf("%+v", o)
		}
	}
}

// Whatever sets there are of a moment, their IDs and their order decide nothing, and
// together they score at least as high as each.
func TestAMomentDependsOnNoID(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := func(name string, from, to int) *float64 {
			if rapid.Bool().Draw(t, name+" measured") {
				return f(float64(rapid.IntRange(from, to).Draw(t, name)))
			}
			return nil
		}
		var sets []vitals.Observation
		for n := range rapid.IntRange(1, 4).Draw(t, "sets") {
			o := vitals.Observation{Source: fmt.Sprint("source ", n%2), Scale2: rapid.Bool().Draw(t, "scale 2"),
				RR: number("RR", 6, 30), SpO2: number("SpO2", 80, 100), SBP: number("SBP", 80, 230),
				DBP: number("DBP", 40, 90), Pulse: number("pulse", 35, 140), Temp: number("T", 34, 40),
				ACVPU: rapid.SampledFrom([]vitals.Consciousness{"", "A", "C", "V", "P", "U"}).Draw(t, "ACVPU")}
			if rapid.Bool().Draw(t, "oxygen known") {
				given := rapid.Bool().Draw(t, "oxygen")
				o.Oxygen = &given
			}
			sets = append(sets, o)
		}
		what := func(sets []vitals.Observation) string {
			o, ok := vitals.Latest(sets)
			o.ID = ""
			score := vitals.NEWS2(o)
			for _, one := range sets {
				if alone := vitals.NEWS2(one); ok && alone.Total > score.Total {
					t.Fatalf("%d points, and %d alone: %+v of %+v", score.Total, alone.Total, o, sets)
				}
			}
			return fmt.Sprint(ok, score, value(o.RR), value(o.SpO2), value(o.SBP), value(o.DBP), value(o.Pulse),
				value(o.Temp), o.ACVPU, o.Scale2, o.Source)
		}
		named := func(sets []vitals.Observation) []vitals.Observation {
			for n := range sets {
				sets[n].ID = fmt.Sprint(n)
			}
			return sets
		}
		first := what(named(slices.Clone(sets)))
		if again := what(named(rapid.Permutation(sets).Draw(t, "order"))); again != first {
			t.Fatalf("%s\n%s", first, again)
		}
	})
}

func value(v *float64) string {
	if v == nil {
		return "-"
	}
	return fmt.Sprint(*v)
}

// What oxygen a saturation of scale 2 is read on may come from another part of the moment,
// and of parts that differ on it oxygen counts: it scores. Seen red: the readings compared
// without the joined oxygen (94 stood, and scored less), and the first part's word taken.
func TestOxygenIsReadAcrossTheParts(t *testing.T) {
	on, off := true, false
	at := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	part := func(id string, change func(*vitals.Observation)) vitals.Observation {
		o := vitals.Observation{ID: id, Source: id, Taken: at, Received: at}
		change(&o)
		return o
	}
	saturation := func(v float64) func(*vitals.Observation) {
		return func(o *vitals.Observation) { o.SpO2, o.Scale2 = f(v), true }
	}
	mask := func(on *bool) func(*vitals.Observation) { return func(o *vitals.Observation) { o.Oxygen = on } }
	all := []vitals.Observation{part("d", func(o *vitals.Observation) { o.Oxygen, o.RR = &off, f(26) }),
		part("c", mask(&on)), part("b", saturation(94)),
		part("a", saturation(97))}
	for range all {
		all = append(all[1:], all[0])
		r, _ := vitals.Raised(all)
		if *r.Set.SpO2 != 97 || !*r.Set.Oxygen || r.Score.Total != 3+3+2 {
			t.Errorf("SpO2 %v, oxygen %v, %d points", *r.Set.SpO2, *r.Set.Oxygen, r.Score.Total)
		}
	}
}
