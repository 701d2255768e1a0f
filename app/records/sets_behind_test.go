package records_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/vitals"
)

// However many sets came since, a summary scores as all of a patient's sets would: a whole moment that two devices
// sent in two parts, a 0 that nobody answered, a sign that the newest sets lack, and a worse date in the future
// are not pushed out by parts.
//
// Seen red with lastWhole asking for one row with all seven, without unansweredZeros, with Foremost keeping the
// last four alone, or no 0, and with the oldest moment cut to the limit.
func TestASummaryScoresAsAllSetsWould(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		now := time.Now().UTC().Truncate(time.Minute)
		for seed := range uint64(50) {
			id := fmt.Sprint("h", seed)
			ok(t, s.PutPatient(t.Context(), person(id, "")))
			all := history(rand.New(rand.NewPCG(seed, 17)), id, now)
			for _, o := range all {
				_, err := s.AddObservation(t.Context(), o)
				ok(t, err)
			}
			scoresAsAll(t, s, id, len(all))
		}
	})
}

// scoresAsAll compares what a summary carries with the patient's whole history.
func scoresAsAll(t *testing.T, s *records.Store, id string, sets int) {
	t.Helper()
	sums, err := s.Summaries(t.Context(), []string{id})
	ok(t, err)
	whole, err := s.Observations(t.Context(), id, time.Time{}, 10*sets)
	ok(t, err)
	got, _ := vitals.Raised(sums[id].Recent)
	want, _ := vitals.Raised(whole)
	if len(whole) != sets || len(sums[id].Recent) > 3*patient.RecentSets {
		t.Errorf("%s: %d sets of %d in the history, %d in the summary", id, len(whole), sets, len(sums[id].Recent))
	}
	if got.Score != want.Score || got.Zero != want.Zero || got.Future != want.Future || got.Stands != want.Stands {
		t.Errorf("%s: the summary says %+v (zero %v), all sets %+v (zero %v)", id, got.Score, got.Zero, want.Score,
			want.Zero)
	}
}

// history is what devices and nurses may send of a patient in three hours: each piece as often as chance has it, and
// then the parts of a monitor.
func history(r *rand.Rand, id string, now time.Time) (all []vitals.Observation) {
	at := now.Add(-3 * time.Hour)
	add := func(o vitals.Observation) {
		o.ID, o.Patient, o.Source = fmt.Sprint(id, "-", len(all)), id, "MON"
		all = append(all, o)
	}
	f := func(v float64) *float64 { return &v }
	sick := func(well, ill float64) *float64 { return f([]float64{well, ill}[r.IntN(2)]) }
	oxygen := r.IntN(2) == 0
	vital := func(o *vitals.Observation) { o.RR, o.SpO2, o.Pulse = sick(16, 26), sick(98, 90), sick(70, 135) }
	rest := func(o *vitals.Observation) {
		o.Oxygen, o.SBP, o.DBP, o.ACVPU, o.Temp = &oxygen, sick(120, 88), f(70), vitals.Alert, sick(37, 39.4)
	}
	for range 1 + r.IntN(5) {
		at = at.Add(time.Minute)
		o, p := vitals.Observation{Taken: at}, vitals.Observation{Taken: at}
		switch r.IntN(6) {
		case 0, 1: // one whole set
			vital(&o)
			rest(&o)
		case 2: // a whole moment of two parts
			vital(&o)
			rest(&p)
			add(p)
		case 3: // a 0
			o.Remarks = []vitals.Remark{{Kind: vitals.ZeroSent,
				Of: []vitals.Quantity{vitals.RespirationRate, vitals.BodyTemperature}[r.IntN(2)]}}
			o.Pulse = f(70)
		case 4: // one sign
			o.Temp = sick(36.8, 39.4)
		case 5: // a clock that runs ahead, and then says less
			o.Taken = now.Add(time.Hour)
			vital(&o)
			rest(&o)
			add(vitals.Observation{Taken: now.Add(2 * time.Hour), Pulse: f(70),
				Remarks: []vitals.Remark{{Kind: vitals.ZeroSent, Of: vitals.SystolicPressure}}})
			for n := range 6 {
				add(vitals.Observation{Taken: now.Add(time.Hour + time.Duration(n+1)*time.Minute), Pulse: f(70)})
			}
		}
		add(o)
	}
	few, other := r.IntN(2) == 0, r.IntN(2) == 0
	for range 20 + r.IntN(15) {
		at = at.Add(time.Minute)
		o := vitals.Observation{Taken: at, Pulse: f(70)}
		twice := r.IntN(12) == 0
		switch {
		case twice: // two readings at one moment
			add(vitals.Observation{Taken: at, SpO2: f(86)})
			o.SpO2 = f(98)
		case other && r.IntN(3) == 0: // a second device, at moments of its own
			o.Pulse, o.Oxygen, o.SBP, o.ACVPU, o.Temp = nil, new(bool), f(120), vitals.Alert, f(37)
		case !few:
			o.RR, o.SpO2 = f(16), f(98)
		}
		add(o)
	}
	return all
}
