package records_test

import (
	"errors"
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
		o.ID, o.High, o.Instead = "d2", 93, "d1"
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
		ok(t, s.EndOxygenTarget(ctx, "p1", "d2", "seen by Dr Osei", by))
		ok(t, s.EndOxygenTarget(ctx, "p1", "d2", "again", by)) // changes nothing
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
		ok(t, s.ResolveProblem(ctx, "p1", "b1", by))
		if err := s.ResolveProblem(ctx, "p1", "b1", patient.Signed{Staff: "other"}); !errors.Is(err, patient.ErrEnded) {
			t.Errorf("ended before: %v", err)
		}
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

// What is ended or replaced is what the person saw: a decision that another recorded since stays, and is told of.
//
// Whoever replaced it and ends it on an old screen ended nothing yet: their reason would be lost.
//
// Seen red with whatever holds ended, with whatever holds replaced, and with the replacing taken for an end.
func TestOnlyTheDecisionThatWasSeenIsEnded(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		ok(t, s.PutPatient(ctx, person("p2", "02")))
		chen, diaz := patient.Signed{Staff: "achen", Role: "nurse", Ward: "4B"},
			patient.Signed{Staff: "mdiaz", Ward: "4B"}
		decide := func(id, instead string, by patient.Signed) error {
			return s.SetOxygenTarget(ctx,
				patient.OxygenTarget{ID: id, Patient: "p1", Prescriber: "Dr Osei", Low: 88, High: 92,
					Decided: noon, Instead: instead}, by)
		}
		holds := func() string {
			t.Helper()
			all, err := s.OxygenTargets(ctx, "p1")
			ok(t, err)
			for _, o := range all {
				if o.Holds() {
					return o.ID
				}
			}
			return ""
		}
		is := func(what string, got, want error, id string) {
			t.Helper()
			if !errors.Is(got, want) || holds() != id {
				t.Errorf("%s: %v, %q holds", what, got, holds())
			}
		}
		is("the first", decide("d1", "", chen), nil, "d1")
		is("one more, seen with none", decide("d2", "", diaz), patient.ErrOtherDecision, "d1")
		is("in its place", decide("d2", "d1", diaz), nil, "d2")
		is("the same again", decide("d2", "d1", diaz), nil, "d2")
		is("in place of one replaced", decide("d3", "d1", chen), patient.ErrOtherDecision, "d2")
		end := func(of, id string, by patient.Signed) error { return s.EndOxygenTarget(ctx, of, id, "ABG normal", by) }
		is("end of one replaced", end("p1", "d1", chen), patient.ErrOtherDecision, "d2")
		is("of another patient", end("p2", "d2", chen), patient.ErrNotInChart, "d2")
		is("of none", end("p1", "", chen), patient.ErrNotInChart, "d2")
		is("end", end("p1", "d2", chen), nil, "")
		is("end again", end("p1", "d2", chen), nil, "")
		is("end by another", end("p1", "d2", diaz), patient.ErrEnded, "")
		is("end of one replaced before", end("p1", "d1", diaz), patient.ErrEnded, "")
		is("in place of one ended", decide("d4", "d2", chen), patient.ErrOtherDecision, "")
		if n := inTrail(t, s, audit.EndScale2, "d2", ""); n != 1 {
			t.Errorf("%d lines of the end", n)
		}
	})
}

// What is ended in the chart of a patient who was merged ends in the survivor's, where it is now; what is in no
// such chart is refused.
//
// Seen red with the patient whose chart was open looked for, and with what is not there answered as done.
func TestWhatIsEndedInAMergedChartEndsInTheSurvivors(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		by := patient.Signed{Staff: "tnguyen", Role: "nurse", Ward: "4B"}
		ok(t, s.PutPatient(ctx, person("p2", "02")))
		ok(t, s.NoteProblem(ctx, patient.Problem{ID: "b1", Patient: "p1", Text: "Fever"}, by))
		ok(t, s.SetOxygenTarget(ctx,
			patient.OxygenTarget{ID: "d1", Patient: "p1", Prescriber: "Dr Osei", Low: 88, High: 92,
				Decided: noon}, by))
		if err := s.ResolveProblem(ctx, "p2", "b1", by); !errors.Is(err, patient.ErrNotInChart) {
			t.Errorf("another's: %v", err)
		}
		ok(t, s.Merge(ctx, "p2", "p1"))
		ok(t, s.ResolveProblem(ctx, "p1", "b1", by))
		ok(t, s.EndOxygenTarget(ctx, "p1", "d1", "ABG normal", by))
		problems, err := s.Problems(ctx, "p2")
		ok(t, err)
		targets, err := s.OxygenTargets(ctx, "p2")
		ok(t, err)
		if len(problems) != 1 || problems[0].Active() || len(targets) != 1 || targets[0].Holds() {
			t.Errorf("%+v, %+v", problems, targets)
		}
		if inTrail(t, s, audit.ResolveProblem, "b1", "") != 1 || inTrail(t, s, audit.EndScale2, "d1", "") != 1 {
			t.Error("not in the trail once")
		}
		for _, of := range []string{"p1", "p2"} {
			if err := s.ResolveProblem(ctx, of, "b2", by); !errors.Is(err, patient.ErrNotInChart) {
				t.Errorf("of nobody, in %s: %v", of, err)
			}
		}
	})
}
