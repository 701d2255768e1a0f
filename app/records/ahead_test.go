package records_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/vitals"
)

// Whoever writes a set that is dated in the future, the record marks it, tells the
// ward once, and lets no number of them push a real set off the board. Seen red:
// without the mark in insertObservation the set of 2027 is the newest; with one
// query for all sets thirty of a monitor whose clock runs ahead hide the rest.
func TestWhatIsDatedAheadHidesNothing(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		now := time.Now().UTC().Truncate(time.Second)
		real := set("real", "p1", now.Add(-time.Minute))
		real.Future = true // nobody can say so but the record
		_, err := s.AddObservation(t.Context(), real)
		ok(t, err)
		near := set("near", "p1", now.Add(time.Minute))
		_, err = s.AddObservation(t.Context(), near)
		ok(t, err)
		for n := range 2 * patient.RecentSets {
			o := set(fmt.Sprintf("ahead%02d", n), "p1", now.Add(time.Hour+time.Duration(n)*time.Minute))
			o.Source = "MON"
			_, err := s.AddObservation(t.Context(), o)
			ok(t, err)
		}
		typed := set("typed", "p1", now.AddDate(1, 0, 0))
		save := chart.Save{Patient: "p1", Section: chart.Observations, Key: "k1", Staff: "n1", Ward: "4B",
			Entry: chart.Entry{Observation: &typed}}
		_, err = s.Save(t.Context(), save)
		ok(t, err)

		all, err := s.Summaries(t.Context(), []string{"p1"})
		ok(t, err)
		recent := all["p1"].Recent
		if recent[0].ID != "near" || recent[1].ID != "real" || recent[0].Future || recent[1].Future ||
			len(recent) != 6 {
			t.Fatalf("%d sets, first %s %v", len(recent), recent[0].ID, recent[0].Future)
		}
		for _, o := range recent[2:] {
			if !o.Future {
				t.Errorf("%s is not marked", o.ID)
			}
		}
		if latest, _ := all["p1"].Latest(); latest.ID != "near" {
			t.Errorf("the newest is %s", latest.ID)
		}
		listed, err := s.Observations(t.Context(), "p1", time.Time{}, 2)
		ok(t, err)
		if listed[0].ID != "near" || listed[1].ID != "real" || len(listed) != 4 || !listed[2].Future {
			t.Errorf("listed %+v", listed) // the limit must not cut off what the board scores
		}
		moves, err := s.OpenMoves(t.Context(), "")
		ok(t, err)
		ahead := 0
		for _, m := range moves {
			if m.Alert.Priority == alert.Technical && m.Alert.Patient == "p1" && m.Alert.Source == "record" {
				ahead++
			}
		}
		if ahead != 2 { // of the monitor, and of who typed one
			t.Errorf("%d technical alerts, want 2: %+v", ahead, moves)
		}
	})
}

// What waited before it was charted keeps the mark that it would have had at once.
// Seen red: judged by the clock at which it was charted.
func TestWhatWasDatedAheadStaysSo(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		now := time.Now().UTC().Truncate(time.Second)
		for name, x := range map[string]struct {
			taken, received time.Time
			future          bool
		}{
			"waited": {now.Add(-time.Hour), now.Add(-2 * time.Hour), true},
			"as far ahead as clocks differ": {now.Add(-time.Hour + vitals.AheadMost), now.Add(-time.Hour),
				false},
			"a second further": {now.Add(-time.Hour + 2*time.Minute + time.Second),
				now.Add(-time.Hour), true},
			"waited, was":                           {now.Add(-3 * time.Hour), now.Add(-2 * time.Hour), false},
			"from a station whose clock runs ahead": {now.Add(time.Hour), now.Add(2 * time.Hour), true},
		} {
			o := set(name, "p1", x.taken)
			o.Received = x.received
			_, err := s.AddObservation(t.Context(), o)
			ok(t, err)
			all, err := s.Observations(t.Context(), "p1", time.Time{}, 10)
			ok(t, err)
			for _, got := range all {
				if got.ID == name && got.Future != x.future {
					t.Errorf("%s: %v", name, got.Future)
				}
			}
		}
	})
}
