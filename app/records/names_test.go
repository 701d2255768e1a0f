package records_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
)

// Whatever the record lists names who did it as they are called everywhere: told from a colleague
// of the same short name, also from one of another ward whom the list names beside them, and in
// brief where nobody else is called so.
//
// Seen red with everybody called by their brief name, and with those of other wards left out.
func TestTwoColleaguesOfOneNameAreToldApartInTheRecord(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx, now := fresh(t, r), t.Context(), time.Now().UTC()
		for id, on := range map[string][2]string{"mia": {"Mia", "4B"}, "max": {"Max", "4B"}, "far": {"Mia", "5A"},
			"idle": {"Thea", "4B"}} {
			ok(t, s.PutStaff(ctx, staff.Staff{ID: id, Surname: "Diaz", Given: on[0], Role: staff.Nurse,
				Wards: []string{on[1]}, Active: true}, "hash"))
		}
		want := map[string]string{"mia": "Diaz, Mia (mia)", "max": "Diaz, Max", "far": "Diaz, Mia (far)",
			"tnguyen": "Nguyen, T"}
		holds := ""
		for n, id := range []string{"mia", "max", "far", "tnguyen"} {
			by := patient.Signed{Staff: id, Role: "nurse", Ward: "4B"}
			ok(t, s.MakeTask(ctx, task.Task{ID: id, Patient: "p1", Kind: task.Care, Text: "Turn", Due: noon}, by))
			ok(t, s.CloseTask(ctx, task.Closing{Task: id, Act: id, Outcome: task.Done, Staff: id, Ward: "4B"}))
			ok(t, s.NoteProblem(ctx, patient.Problem{ID: id, Patient: "p1", Text: "Fever"}, by))
			ok(t, s.SetOxygenTarget(ctx, patient.OxygenTarget{ID: id, Patient: "p1", Prescriber: "Dr Osei", Low: 88,
				High: 92, Decided: noon, Recorded: now.Add(time.Duration(n) * time.Second), Instead: holds}, by))
			holds = id
		}
		is := func(what, id, name string) {
			t.Helper()
			if name != want[id] {
				t.Errorf("%s of %s: %q, want %q", what, id, name, want[id])
			}
		}
		tasks, err := s.Tasks(ctx, "p1", 10)
		ok(t, err)
		for _, k := range tasks {
			is("task", k.By, k.ByName)
			is("closing", k.ClosedBy, k.ClosedByName)
		}
		problems, err := s.Problems(ctx, "p1")
		ok(t, err)
		for _, p := range problems {
			is("problem", p.By, p.ByName)
		}
		targets, err := s.OxygenTargets(ctx, "p1")
		ok(t, err)
		for _, o := range targets {
			is("target", o.By, o.ByName)
		}
		history, err := s.History(ctx, "p1", 50)
		ok(t, err)
		called := map[string]bool{}
		for _, c := range history {
			called[c.By] = true
			if id := c.Entry; len(id) > 0 && c.What != "ended-scale-2" {
				is(string(c.What), id, c.By)
			}
		}
		if len(tasks) != 4 || len(problems) != 4 || len(targets) != 4 || len(called) != 4 {
			t.Errorf("%d tasks, %d problems, %d targets, named %v", len(tasks), len(problems), len(targets), called)
		}

		ok(t, s.AddTask(ctx,
			task.Task{ID: "alone", Patient: "p1", Kind: task.Care, Text: "Turn", Due: noon, By: "thea"}))
		if k, err := s.Task(ctx, "alone"); err != nil || k.ByName != "thea" {
			t.Errorf("of a system: %q, %v", k.ByName, err)
		}
		k, err := s.Task(ctx, "far") // whoever works on 5A has no colleague of that name there
		ok(t, err)
		if !slices.Equal([]string{k.ByName, k.ClosedByName}, []string{"Diaz, M", "Diaz, M"}) {
			t.Errorf("beside nobody: %q, %q", k.ByName, k.ClosedByName)
		}
	})
}

// Whoever shares a surname is found by an index: it is looked for within the transaction that closes a task. Seen red
// without the index.
func TestNamesakesAreFoundByAnIndex(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		plan, err := fresh(t, r).Plan(t.Context(), records.Namesakes, "tnguyen")
		ok(t, err)
		if !slices.ContainsFunc(plan, func(line string) bool { return strings.Contains(line, "staff_by_folded") }) {
			t.Errorf("%q", plan)
		}
	})
}

// Two surnames that read the same are found together, whatever the bytes and the case they are written in, also of
// people whom an older program put in.
//
// Seen red with UPPER of the database, and with the folded surnames of before not written.
func TestNamesakesAreFoundHoweverTheyAreWritten(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		for id, surname := range map[string]string{"one": "M\u00fcller", "two": "Mu\u0308ller", "three": "MUELLER"} {
			ok(t, s.PutStaff(ctx, staff.Staff{ID: id, Surname: surname, Given: "Mia", Role: staff.Nurse,
				Wards: []string{"4B"}, Active: true}, "hash"))
		}
		ok(t, s.AddTask(ctx, task.Task{ID: "t", Patient: "p1", Kind: task.Care, Text: "Turn", Due: noon, By: "one"}))
		name := func(of *records.Store) string {
			t.Helper()
			k, err := of.Task(ctx, "t")
			ok(t, err)
			return k.ByName
		}
		// All three work there: whoever is named alone is told from the others still.
		if got := name(s); got != "M\u00fcller, Mia (one)" {
			t.Errorf("%q", got)
		}
		ok(t, r.Exec(t, `UPDATE staff SET folded = '' WHERE id <> 'one'`))
		if got := name(r.Open(t)); got != "M\u00fcller, Mia (one)" {
			t.Errorf("of an older program: %q", got)
		}
	})
}
