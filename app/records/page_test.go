package records_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
)

// A chart holds each set that the board may score, however old it is and however many
// came in a week. Seen red: with the sets of the last week alone, and with one limit for
// them and those dated in the future.
func TestAChartHoldsWhatTheBoardScores(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		now := time.Now().UTC().Truncate(time.Second)
		ok(t, s.PutPatient(t.Context(), person("p2", "02")))
		_, err := s.AddObservation(t.Context(), set("old", "p1", now.AddDate(0, 0, -8)))
		ok(t, err)
		for n := range 210 {
			_, err := s.AddObservation(t.Context(), set(fmt.Sprint(n), "p2", now.Add(-time.Duration(n)*time.Minute)))
			ok(t, err)
		}
		_, err = s.AddObservation(t.Context(), set("ahead", "p2", now.Add(time.Hour)))
		ok(t, err)
		all, err := s.Summaries(t.Context(), []string{"p1", "p2"})
		ok(t, err)
		desk := chart.Desk{Record: s}
		for id, sum := range all {
			page, err := desk.Page(t.Context(), staff.Session{}, patient.Confirmed{Summary: sum, At: now})
			ok(t, err)
			has := map[string]bool{}
			for _, o := range page.Observations {
				has[o.ID] = true
			}
			for _, o := range sum.Recent {
				if !has[o.ID] {
					t.Errorf("%s: the chart lacks %s of the board", id, o.ID)
				}
			}
		}
	})
}
