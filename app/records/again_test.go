package records_test

import (
	"errors"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/task"
)

// The same ID said again: the record raises what is there, updates it, or raises a
// further alert, once however often it is brought.
func TestTheSameAlertSaidAgain(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		raised := time.Now()
		say := func(moveID string, p alert.Priority, text string) alert.Move {
			t.Helper()
			m := now("a", p)
			m.Alert.Raised = raised
			m.ID, m.Alert.Text, m.Alert.Sent, m.Alert.Holders = moveID, text, "99999", alert.Nobody
			got, err := s.AppendMove(ctx, m)
			ok(t, err)
			return got
		}
		is := func(what string, p alert.Priority, text string, moves int) {
			t.Helper()
			open, err := s.OpenMoves(ctx, "4B")
			ok(t, err)
			if len(open) != moves {
				t.Fatalf("%s: %d moves, want %d: %+v", what, len(open), moves, open)
			}
			if a := open[len(open)-1].Alert; a.Priority != p || a.Text != text || a.Sent != "99999" ||
				a.Holders != alert.Nobody {
				t.Fatalf("%s: %+v", what, a)
			}
		}
		first := say("1", alert.Low, "HR 120")
		is("raised", alert.Low, "HR 120", 1)
		ok(t, s.PutSightings(ctx, []alert.Sighting{{Alert: "a", Station: "WS-1", Shown: time.Now()}}))
		if again := say("2", alert.Low, "HR 120"); again.Seq != first.Seq {
			t.Errorf("the same again: %+v", again)
		}
		is("the same again", alert.Low, "HR 120", 1)
		up := say("3", alert.High, "HR 120")
		if up.Kind != alert.Updated || !up.Change.Rises() || up.Seq <= first.Seq {
			t.Fatalf("more urgent: %+v", up)
		}
		is("more urgent", alert.High, "HR 120", 2)
		if in, _, why := dueIn(t, s, "a"); why != alert.NotAnswered || in > 20*time.Second || in < 18*time.Second {
			t.Errorf("due in %v, %s", in, why)
		}
		if again := say("3", alert.High, "HR 120"); again.Seq != up.Seq || again.Change == nil {
			t.Errorf("brought twice: %+v", again)
		}
		say("4", alert.Low, "HR 140")
		is("another text, less urgent", alert.High, "HR 140", 3)
		_, err := s.AppendMove(ctx, today(alert.Accepted, "a", "achen"))
		ok(t, err)
		say("5", alert.High, "HR 150")
		is("in hand", alert.High, "HR 150", 5)
		if l, err := s.AlertLife(ctx, "a"); err != nil || l.Stage != alert.InHand || l.Accepted.By != "achen" {
			t.Fatalf("in hand: %+v %v", l, err)
		}
		_, err = s.AppendMove(ctx, today(alert.Resolved, "a", "achen"))
		ok(t, err)
		if again := say("6", alert.High, "HR 150"); again.Kind != alert.Resolved || again.Alert.ID != "a" {
			t.Errorf("the same, ended, is answered with its end: %+v", again)
		}
		more := say("7", alert.High, "HR 160")
		if more.Kind != alert.Raised || more.Alert.ID != "again:2:a" {
			t.Fatalf("ended, and another text: %+v", more)
		}
		is("a further alert", alert.High, "HR 160", 1)
		if again := say("7", alert.High, "HR 160"); again.Seq != more.Seq {
			t.Errorf("brought twice: %+v", again)
		}
		if next := say("8", alert.High, "HR 170"); next.Kind != alert.Updated || next.Alert.ID != "again:2:a" {
			t.Errorf("of the further alert: %+v", next)
		}
		// Each step is told to the stations, and carries what it changed.
		moves, err := s.MovesAfter(ctx, "4B", 0, 100)
		ok(t, err)
		var kinds []alert.MoveKind
		for _, m := range moves {
			kinds = append(kinds, m.Kind)
			if (m.Kind == alert.Updated) != (m.Change != nil) {
				t.Errorf("%s with change %v", m.Kind, m.Change)
			}
		}
		want := []alert.MoveKind{alert.Raised, alert.Updated, alert.Updated, alert.Accepted, alert.Updated,
			alert.Resolved, alert.Raised, alert.Updated}
		if len(kinds) != len(want) {
			t.Fatalf("%v", kinds)
		}
		for n := range want {
			if kinds[n] != want[n] {
				t.Fatalf("%v", kinds)
			}
		}
		lost := now("never raised", alert.High)
		lost.Kind = alert.Updated
		if _, err := s.AppendMove(ctx, lost); !errors.Is(err, alert.ErrUnknown) {
			t.Errorf("an update of nothing: %v", err)
		}
	})
}

// What was raised after the end of the alert of its ID has happened again. Seen red: it
// was taken for the same event, and nobody heard of it.
func TestAnAlertThatHappensAgain(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		raise := func(id string, at time.Time) alert.Move {
			t.Helper()
			m := now("a", alert.High)
			m.ID, m.Alert.Raised = id, at
			got, err := s.AppendMove(ctx, m)
			ok(t, err)
			return got
		}
		before := time.Now().Add(-time.Minute)
		raise("1", before)
		end, err := s.AppendMove(ctx, today(alert.Resolved, "a", ""))
		ok(t, err)
		if got := raise("2", before); got.Kind != alert.Resolved {
			t.Errorf("told again: %+v", got)
		}
		if got := raise("3", end.At.Add(time.Second)); got.Kind != alert.Raised || got.Alert.ID != "again:2:a" {
			t.Errorf("happened again: %+v", got)
		}
	})
}

// Who turned an alert down can do so again once it is more urgent; another
// patient's is another alert; and nothing is raised in the future.
func TestSaidAgainAndThePeople(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		put := func(m alert.Move) alert.Move {
			t.Helper()
			got, err := s.AppendMove(ctx, m)
			ok(t, err)
			return got
		}
		put(now("a", alert.Low))
		rejected := today(alert.Rejected, "a", "achen")
		rejected.Called = []string{"achen", "bkhan"}
		one := put(rejected)
		up := now("a", alert.High)
		up.ID = "more urgent"
		put(up)
		if two := put(rejected); two.Seq == one.Seq {
			t.Error("the second rejection was taken for the first")
		}
		other := now("a", alert.High)
		other.ID, other.Alert.Patient, other.Alert.Raised = "other", "p2", time.Now().Add(time.Hour)
		got := put(other)
		if got.Kind != alert.Raised || got.Alert.ID != "again:2:a" || got.Alert.Patient != "p2" {
			t.Errorf("another patient: %+v", got)
		}
		if got.Alert.Raised.After(got.Alert.Received) {
			t.Errorf("raised %v after it was received", got.Alert.Raised.Sub(got.Alert.Received))
		}
	})
}

// The ID of a task, a problem or a decision is one person's for one patient: the same again was a lost answer, and
// anything else is refused, not answered as done. Seen red with the ID alone compared.
func TestAnIDIsOfOnePersonAndOnePatient(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		ok(t, s.PutPatient(ctx, person("p2", "02")))
		for what, do := range map[string]func(patientID string, by patient.Signed) error{
			"task": func(of string, by patient.Signed) error {
				return s.MakeTask(ctx, task.Task{ID: "t1", Patient: of, Kind: task.Care, Text: "Turn", Due: noon}, by)
			},
			"problem": func(of string, by patient.Signed) error {
				return s.NoteProblem(ctx, patient.Problem{ID: "b1", Patient: of, Text: "Fever"}, by)
			},
			"decision": func(of string, by patient.Signed) error {
				return s.SetOxygenTarget(ctx, patient.OxygenTarget{ID: "o1", Patient: of, Prescriber: "Dr Osei", Low: 88,
					High: 92, Decided: noon}, by)
			},
		} {
			by := patient.Signed{Staff: "tnguyen", Role: "nurse", Ward: "4B"}
			other := by
			other.Staff = "achen"
			ok(t, do("p1", by))
			ok(t, do("p1", by))
			if err := do("p1", other); !errors.Is(err, records.ErrKeyReused) {
				t.Errorf("%s of another person: %v", what, err)
			}
			if err := do("p2", by); !errors.Is(err, records.ErrKeyReused) {
				t.Errorf("%s of another patient: %v", what, err)
			}
		}
	})
}
