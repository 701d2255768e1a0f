package vitals_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// dated is a set that is taken some hours from noon and received at another.
func dated(taken, received float64, change func(*vitals.Observation)) vitals.Observation {
	noon := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	at := func(h float64) time.Time { return noon.Add(time.Duration(h * float64(time.Hour))) }
	o := well()
	o.Taken, o.Received = at(taken), at(received)
	change(&o)
	return o
}

func same(*vitals.Observation) {}
func ill(o *vitals.Observation) {
	o.RR, o.SpO2, o.Pulse = f(26), f(90), f(125)
}
func ahead(change func(*vitals.Observation)) func(*vitals.Observation) {
	return func(o *vitals.Observation) { o.Future = true; change(o) }
}

// What is dated in the future may raise a patient's acuity and never lowers it, is
// never the newest and is overtaken by what is measured after it came. Seen red with
// Latest taking the first measured set (a calm set of 2027 hid the dying patient),
// without the comparison of scores, and without that of Received.
func TestADateInTheFutureOnlyRaises(t *testing.T) {
	const total = 3 + 3 + 2
	three := func(o *vitals.Observation) { o.RR = f(26) }
	four := func(o *vitals.Observation) { o.RR, o.Pulse = f(22), f(120) }
	for _, c := range []struct {
		name   string
		sets   []vitals.Observation
		total  int
		risk   vitals.Risk
		future bool
	}{
		{"a calm future hides nothing", []vitals.Observation{dated(8000, 0.1, ahead(same)), dated(-1, 0, ill)}, total, vitals.RiskHigh, false},
		{"an ill future raises", []vitals.Observation{dated(8000, 0.1, ahead(ill)), dated(-1, 0, same)}, total, vitals.RiskHigh, true},
		{"it is overtaken", []vitals.Observation{dated(8000, -2, ahead(ill)), dated(-1, 0, same)}, 0, vitals.RiskLow, false},
		{"also when its time has come", []vitals.Observation{dated(0, 0, same), dated(-1, -3, ahead(ill))}, 0, vitals.RiskLow, false},
		{"the same score raises nothing", []vitals.Observation{dated(8000, 0.1, ahead(ill)), dated(-1, 0, ill)}, total, vitals.RiskHigh, false},
		{"alone it counts", []vitals.Observation{dated(8000, 0, ahead(ill))}, total, vitals.RiskHigh, true},
		{"the worse of two", []vitals.Observation{dated(9000, 0.2, ahead(three)), dated(8000, 0.1, ahead(ill)), dated(-1, 0, same)}, total, vitals.RiskHigh, true},
		{"a single 3 raises the band and keeps the total", []vitals.Observation{dated(8000, 0.1, ahead(three)), dated(-1, 0, four)}, 4, vitals.RiskLowMedium, true},
		{"an empty one says nothing", []vitals.Observation{{Future: true, Taken: dated(8000, 0, same).Taken, Received: dated(0, 0.1, same).Received}, dated(-1, 0, ill)}, total, vitals.RiskHigh, false},
	} {
		r, ok := vitals.Raised(c.sets)
		if !ok || r.Score.Total != c.total || r.Score.Risk != c.risk || r.Future != c.future || r.Set.Future != c.future {
			t.Errorf("%s: %v total %d risk %q future %v", c.name, ok, r.Score.Total, r.Score.Risk, r.Future)
		}
		if newest, have := vitals.Latest(c.sets); have && newest.Future {
			t.Errorf("%s: the newest set is dated in the future", c.name)
		}
	}
	if _, ok := vitals.Raised(nil); ok {
		t.Error("nothing scores something")
	}
}

// A lower bound stays one when a set in the future lifts it.
func TestARaisedLowerBoundStaysOne(t *testing.T) {
	r, _ := vitals.Raised([]vitals.Observation{dated(8000, 0.1, ahead(ill)), dated(-1, 0, func(o *vitals.Observation) { o.Temp = nil })})
	if r.Score.Complete {
		t.Error("the newest set is incomplete, and the score says that it is whole")
	}
}

// A 0 from a device is said until somebody measures that sign again: neither a set
// without it nor one dated in the future takes the word back. Seen red with the
// signs of each newer set taken for measured.
func TestAZeroStandsUntilTheSignIsMeasured(t *testing.T) {
	zero := func(qs ...vitals.Quantity) func(*vitals.Observation) {
		return func(o *vitals.Observation) {
			o.RR, o.SpO2, o.SBP, o.DBP, o.Pulse, o.Temp, o.Oxygen, o.ACVPU = nil, nil, nil, nil, nil, nil, nil, ""
			for _, q := range qs {
				o.Remarks = append(o.Remarks, vitals.Remark{Kind: vitals.ZeroSent, Of: q})
			}
		}
	}
	warm := func(o *vitals.Observation) { zero()(o); o.Temp = f(36.8) }
	for _, c := range []struct {
		name string
		sets []vitals.Observation
		want int
	}{
		{"in the newest set", []vitals.Observation{dated(0, 0, zero(vitals.PulseRate, vitals.OxygenSaturation)), dated(-1, 0, same)}, 2},
		{"below a temperature", []vitals.Observation{dated(0, 0, warm), dated(-1, 0, zero(vitals.PulseRate))}, 1},
		{"below a whole set", []vitals.Observation{dated(0, 0, same), dated(-1, 0, zero(vitals.PulseRate))}, 0},
		{"twice is once", []vitals.Observation{dated(0, 0, zero(vitals.PulseRate)), dated(-1, 0, zero(vitals.PulseRate))}, 1},
		{"below a whole set of the future", []vitals.Observation{dated(8000, 0, ahead(same)), dated(-1, 0, zero(vitals.PulseRate))}, 1},
		{"of the future", []vitals.Observation{dated(8000, 0, ahead(zero(vitals.PulseRate))), dated(-1, 0, same)}, 1},
		{"beside a sensor that measured", []vitals.Observation{dated(0, 0, func(o *vitals.Observation) {
			o.Remarks = []vitals.Remark{{Kind: vitals.ZeroSent, Of: vitals.OxygenSaturation}}
		})}, 0},
	} {
		if got := vitals.ZerosSent(c.sets); len(got) != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
