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
		{"a calm future hides nothing", []vitals.Observation{dated(8000, 0.1, ahead(same)), dated(-1, 0, ill)}, total,
			vitals.RiskHigh, false},
		{"an ill future raises", []vitals.Observation{dated(8000, 0.1, ahead(ill)), dated(-1, 0, same)}, total,
			vitals.RiskHigh, true},
		{"it is overtaken", []vitals.Observation{dated(8000, -2, ahead(ill)), dated(-1, 0, same)}, 0,
			vitals.RiskLow, false},
		{"also when its time has come", []vitals.Observation{dated(0, 0, same), dated(-1, -3, ahead(ill))}, 0,
			vitals.RiskLow, false},
		{"the same score raises nothing", []vitals.Observation{dated(8000, 0.1, ahead(ill)), dated(-1, 0, ill)}, total,
			vitals.RiskHigh, false},
		{"alone it counts", []vitals.Observation{dated(8000, 0, ahead(ill))}, total, vitals.RiskHigh, true},
		{"the worse of two", []vitals.Observation{dated(9000, 0.2, ahead(three)), dated(8000, 0.1, ahead(ill)),
			dated(-1, 0, same)}, total, vitals.RiskHigh, true},
		{"a single 3 raises the band and keeps the total",
			[]vitals.Observation{dated(8000, 0.1, ahead(three)), dated(-1, 0, four)}, 4, vitals.RiskLowMedium, true},
		{"an empty one says nothing",
			[]vitals.Observation{{Future: true, Taken: dated(8000, 0, same).Taken,
				Received: dated(0, 0.1, same).Received}, dated(-1, 0, ill)}, total, vitals.RiskHigh, false},
	} {
		r, ok := vitals.Raised(c.sets)
		if !ok || r.Score.Total != c.total || r.Score.Risk != c.risk || r.Future != c.future ||
			r.Set.Future != c.future {
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
	r, _ := vitals.Raised([]vitals.Observation{dated(8000, 0.1, ahead(ill)),
		dated(-1, 0, func(o *vitals.Observation) { o.Temp = nil })})
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
		{"in the newest set",
			[]vitals.Observation{dated(0, 0, zero(vitals.PulseRate, vitals.OxygenSaturation)), dated(-1, 0, same)}, 2},
		{"below a temperature", []vitals.Observation{dated(0, 0, warm), dated(-1, 0, zero(vitals.PulseRate))}, 1},
		{"below a whole set", []vitals.Observation{dated(0, 0, same), dated(-1, 0, zero(vitals.PulseRate))}, 0},
		{"twice is once",
			[]vitals.Observation{dated(0, 0, zero(vitals.PulseRate)), dated(-1, 0, zero(vitals.PulseRate))}, 1},
		{"below a whole set of the future",
			[]vitals.Observation{dated(8000, 0, ahead(same)), dated(-1, 0, zero(vitals.PulseRate))}, 1},
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

// zeros is a set whose device sent 0 for the pulse, saturation and respiration.
func zeros(o *vitals.Observation) {
	o.Pulse, o.SpO2, o.RR, o.ACVPU, o.Temp, o.Oxygen = nil, nil, nil, vitals.NotAssessed, nil, nil
	for _, q := range []vitals.Quantity{vitals.PulseRate, vitals.OxygenSaturation, vitals.RespirationRate} {
		o.Remarks = append(o.Remarks, vitals.Remark{Kind: vitals.ZeroSent, Of: q})
	}
}

// A device's 0 makes nobody well: the last complete score stands until somebody has
// measured, what is worse beside the 0 counts, and the next set is due since the 0
// came. Seen red with the newest set's own score and due time: 0, and due in four hours.
func TestAZeroMakesNobodyWell(t *testing.T) {
	at := func(h float64) time.Time { return dated(h, h, same).Taken }
	low := func(o *vitals.Observation) { zeros(o); o.SBP = f(85); o.Remarks = o.Remarks[:1] }
	diastolic := func(o *vitals.Observation) {
		o.DBP = nil
		o.Remarks = []vitals.Remark{{Kind: vitals.ZeroSent, Of: vitals.DiastolicPressure}}
	}
	for _, c := range []struct {
		name           string
		sets           []vitals.Observation
		total          int
		risk           vitals.Risk
		complete, zero bool
		due            time.Time
	}{
		{"the last complete one stands", []vitals.Observation{dated(0, 0, zeros), dated(-1, -1, ill)}, 8,
			vitals.RiskHigh, true, true, at(-0.5)},
		{"due when it came", []vitals.Observation{dated(0, 0, zeros), dated(-1, -1, same)}, 0, vitals.RiskLow, true,
			true, at(0)},
		{"since the first", []vitals.Observation{dated(0, 0, zeros), dated(-0.1, -0.1, zeros), dated(-1, -1, same)}, 0,
			vitals.RiskLow, true, true, at(-0.1)},
		{"nothing complete", []vitals.Observation{dated(0, 0, zeros)}, 0, vitals.RiskLow, false, true, at(0)},
		{"worse beside it", []vitals.Observation{dated(0, 0, low), dated(-1, -1, same)}, 3, vitals.RiskLowMedium, false,
			true, at(0)},
		{"measured since", []vitals.Observation{dated(0, 0, same), dated(-0.1, -0.1, zeros)}, 0, vitals.RiskLow, true,
			false, at(12)},
		{"the diastolic alone scores nothing", []vitals.Observation{dated(0, 0, diastolic)}, 0, vitals.RiskLow, true,
			false, at(12)},
		{"dated in the future", []vitals.Observation{dated(8000, 0.1, ahead(zeros)), dated(0, 0, same)}, 0,
			vitals.RiskLow, true, true, at(0.1)},
		{"nothing else at all",
			[]vitals.Observation{{Taken: at(0), Received: at(0),
				Remarks: []vitals.Remark{{Kind: vitals.ZeroSent, Of: vitals.PulseRate}}}}, 0, vitals.RiskNone, false,
			true, at(0)},
	} {
		r, ok := vitals.Raised(c.sets)
		if s := r.Score; !ok || s.Total != c.total || s.Risk != c.risk || s.Complete != c.complete || r.Zero != c.zero {
			t.Errorf("%s: %v total %d risk %q complete %v zero %v", c.name, ok, s.Total, s.Risk, s.Complete, r.Zero)
		}
		if due := vitals.Chart4.Due(c.sets); !due.Equal(c.due) {
			t.Errorf("%s: due %v, want %v", c.name, due, c.due)
		}
	}
}
