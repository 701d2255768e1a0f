package records_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/vitals"
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

// A chart has what is open by its time, whatever order the record gives it in: no screen sorts it. Seen red with the
// page holding the tasks as the record has them, the latest first.
func TestAChartHasItsTasksInOrder(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, now := fresh(t, r), time.Now().UTC().Truncate(time.Second)
		for id, in := range map[string]time.Duration{"third": 3 * time.Hour, "first": -time.Hour, "second": time.Hour} {
			ok(t, s.AddTask(t.Context(), task.Task{ID: id, Patient: "p1", Kind: task.Care, Text: id, Due: now.Add(in)}))
		}
		desk := chart.Desk{Record: s}
		sum := patient.Summary{Patient: patient.Patient{ID: "p1"}}
		page, err := desk.Page(t.Context(), staff.Session{}, patient.Confirmed{Summary: sum, At: now})
		ok(t, err)
		var got []string
		for _, k := range page.Tasks {
			got = append(got, k.ID)
		}
		if want := []string{"first", "second", "third"}; !slices.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
	})
}

// However many parts a monitor sends, the board keeps the last complete set, and the
// newest value since then of each sign that the parts lack. Seen red without either.
func TestPartsPushNoWholeSetOut(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		now := time.Now().UTC().Truncate(time.Second)
		add := func(o vitals.Observation) {
			t.Helper()
			_, err := s.AddObservation(t.Context(), o)
			ok(t, err)
		}
		part := func(id string, ago time.Duration) vitals.Observation {
			return vitals.Observation{ID: id, Patient: "p1", Taken: now.Add(-ago), Source: "MON"}
		}
		whole := set("whole", "p1", now.Add(-3*time.Hour))
		sbp, pulse, temp := 118.0, 72.0, 37.0
		whole.SBP, whole.Pulse, whole.Temp = &sbp, &pulse, &temp
		add(whole)
		fast := part("fast", 2*time.Hour)
		rr := 26.0
		fast.RR = &rr
		add(fast)
		for n := range 2 * patient.RecentSets {
			warm := part(fmt.Sprint("warm", n), time.Duration(n)*time.Minute)
			temp := 36.8
			warm.Temp = &temp
			add(warm)
		}
		all, err := s.Summaries(t.Context(), []string{"p1"})
		ok(t, err)
		recent := all["p1"].Recent
		p, _ := vitals.PictureOf(recent)
		if len(recent) != patient.RecentSets+2 || p.Complete.ID != "whole" || *p.Values.RR != rr ||
			*p.Values.SpO2 != *whole.SpO2 {
			t.Errorf("%d sets, complete %q, %+v", len(recent), p.Complete.ID, p.Values)
		}
	})
}
