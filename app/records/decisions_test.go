package records_test

import (
	"testing"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// SpO2 is on scale 2 while, and only while, a decision holds: a flag that another
// system sends makes none, a newer decision replaces the older, ending it goes back
// to scale 1, and all of it is in the history and the audit.
func TestScale2IsADecision(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		by := patient.Signed{Staff: "tnguyen", Role: "nurse", Station: "WS-1", Session: "0011223344556677", Ward: "4B"}
		two := func() bool {
			t.Helper()
			sums, err := s.Summaries(ctx, []string{"p1"})
			ok(t, err)
			return sums["p1"].Has(patient.FlagScale2)
		}
		sums, err := s.Summaries(ctx, []string{"p1"})
		ok(t, err)
		sum := sums["p1"]
		sum.Flags = append(sum.Flags, patient.Flag{Kind: patient.FlagScale2, Text: "sent"})
		ok(t, s.PutPatient(ctx, sum))
		if two() {
			t.Fatal("a flag alone put the patient on scale 2")
		}
		o := patient.OxygenTarget{ID: "d1", Patient: "p1", Prescriber: "Dr Osei", Low: 88, High: 92, Decided: noon}
		for name, bad := range map[string]patient.OxygenTarget{
			"nobody prescribed": {ID: "x", Patient: "p1", Low: 88, High: 92, Decided: noon},
			"no range":          {ID: "x", Patient: "p1", Prescriber: "Dr Osei", Low: 92, High: 88, Decided: noon},
			"no time":           {ID: "x", Patient: "p1", Prescriber: "Dr Osei", Low: 88, High: 92},
		} {
			if err := s.SetOxygenTarget(ctx, bad, by); err == nil {
				t.Errorf("%s: taken", name)
			}
		}
		ok(t, s.SetOxygenTarget(ctx, o, by))
		if !two() {
			t.Fatal("a decision did not put the patient on scale 2")
		}
		o.ID, o.High = "d2", 93
		ok(t, s.SetOxygenTarget(ctx, o, by))
		all, err := s.OxygenTargets(ctx, "p1")
		ok(t, err)
		holding := 0
		for _, d := range all {
			if d.Holds() {
				holding++
				if d.ID != "d2" || d.Range() != "88–93\u00a0%" || d.By != "tnguyen" {
					t.Errorf("holds: %+v", d)
				}
			}
		}
		if len(all) != 2 || holding != 1 {
			t.Fatalf("%d decisions, %d hold", len(all), holding)
		}
		ok(t, s.EndOxygenTarget(ctx, "p1", "seen by Dr Osei", by))
		ok(t, s.EndOxygenTarget(ctx, "p1", "again", by)) // changes nothing
		if two() {
			t.Fatal("an ended decision still holds")
		}
		history, err := s.History(ctx, "p1", 20)
		ok(t, err)
		kinds := map[chart.What]int{}
		for _, c := range history {
			kinds[c.What]++
		}
		if kinds[chart.SetScale2] != 2 || kinds[chart.EndedScale2] != 2 {
			t.Errorf("history: %+v", history)
		}
		tail, err := s.AuditTail(ctx, 10)
		ok(t, err)
		acts := map[audit.Action]int{}
		for _, e := range tail {
			acts[e.Action]++
		}
		if acts[audit.SetScale2] != 2 || acts[audit.EndScale2] != 1 {
			t.Errorf("audit: %v", acts)
		}
	})
}

// A problem is added and resolved in a person's name, once.
func TestProblemsAreSigned(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		by := patient.Signed{Staff: "tnguyen", Role: "nurse", Ward: "4B"}
		p := patient.Problem{ID: "b1", Patient: "p1", Text: "Pressure sore"}
		ok(t, s.NoteProblem(ctx, p, by))
		ok(t, s.NoteProblem(ctx, p, by))
		ok(t, s.ResolveProblem(ctx, "p1", "b1", by))
		ok(t, s.ResolveProblem(ctx, "p1", "b1", patient.Signed{Staff: "other"}))
		ok(t, s.ResolveProblem(ctx, "someone-else", "b1", by))
		list, err := s.Problems(ctx, "p1")
		ok(t, err)
		if len(list) != 1 || list[0].Active() || list[0].ResolvedBy != "tnguyen" || list[0].By != "tnguyen" {
			t.Errorf("problems: %+v", list)
		}
		tail, err := s.AuditTail(ctx, 10)
		ok(t, err)
		acts := map[audit.Action]int{}
		for _, e := range tail {
			acts[e.Action]++
		}
		if acts[audit.NoteProblem] != 1 || acts[audit.ResolveProblem] != 1 {
			t.Errorf("audit: %v", acts)
		}
	})
}
