package records_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/ward"
)

// Nothing is charted by accident for a patient who left, moved or died: not a note, not
// a task done. Who knows it and writes all the same is taken, and it is written down.
//
// Seen red with save not asking for gone, with the yes to one discharge taken for the
// next, and with Unless taking any state for the known one: a nurse who knew of the
// transfer wrote on after the death.
func TestStatesAreKnownToWhoCharts(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		version, n := int64(0), 0
		try := func(ward string, knowing patient.Gone) error {
			n++
			save := noteSave(fmt.Sprint("k", n), version, 0)
			save.Ward, save.Knowing = ward, knowing
			saved, err := s.Save(ctx, save)
			if err == nil {
				version = saved.Version
			}
			id := fmt.Sprint("t", n)
			ok(t, s.AddTask(ctx, task.Task{ID: id, Patient: "p1", Kind: task.Care, Text: "Turn", Due: noon, By: "x"}))
			closing := given(id, task.Sure{Gone: knowing})
			closing.Ward = ward
			if closed := s.CloseTask(ctx, closing); (closed == nil) != (err == nil) {
				t.Errorf("saved: %v, done: %v", err, closed)
			}
			return err
		}
		refused := func(ward string, knowing patient.Gone, want patient.GoneState) patient.Gone {
			t.Helper()
			var gone *patient.GoneError
			if err := try(ward, knowing); !errors.As(err, &gone) || gone.Gone.State != want {
				t.Fatalf("want %s: %v", want, err)
			}
			if got, err := s.Gone(ctx, "p1", ward); err != nil || got != gone.Gone {
				t.Errorf("told %+v, %v", got, err)
			}
			return gone.Gone
		}
		came := person("p1", "01")
		came.Ward, came.Bed, came.Admitted = "5A", "", noon.Add(-72*time.Hour)
		ok(t, s.PutWard(ctx, ward.Ward{ID: "5A", Name: "5A Surgery"}))
		ok(t, s.PutPatient(ctx, came))
		ok(t, s.PutPatient(ctx, person("p1", "01")))
		ok(t, try("4B", patient.Gone{}))
		for _, ward := range []string{"9Z", ""} { // where the record never had them, whatever they know
			if _, err := s.Gone(ctx, "p1", ward); !errors.Is(err, patient.ErrNeverHere) {
				t.Fatalf("%q: %v", ward, err)
			}
			if err := try(ward, patient.Gone{State: patient.Moved, Ward: "4B"}); !errors.Is(err, patient.ErrNeverHere) {
				t.Fatalf("%q: %v", ward, err)
			}
		}
		moved := refused("5A", patient.Gone{}, patient.Moved)
		if moved.Ward != "4B" {
			t.Errorf("%+v", moved)
		}
		ok(t, try("5A", moved))

		before := time.Now().Add(-time.Minute)
		ok(t, s.Discharge(ctx, "p1"))
		left := refused("4B", patient.Gone{}, patient.Discharged)
		if left.At.Before(before) || left.At.After(time.Now().Add(time.Minute)) {
			t.Errorf("discharged %v", left.At)
		}
		refused("5A", moved, patient.Discharged)
		ok(t, try("4B", left))

		ok(t, s.PutPatient(ctx, person("p1", "01")))
		ok(t, try("4B", patient.Gone{}))
		ok(t, s.Discharge(ctx, "p1"))
		again := refused("4B", left, patient.Discharged) // the yes was to the first one
		if !again.At.After(left.At) {
			t.Errorf("discharged %v, then %v", left.At, again.At)
		}
		ok(t, try("4B", again))

		died := person("p1", "01")
		died.Patient.Deceased, died.Patient.Died = true, noon
		ok(t, s.PutPatient(ctx, died))
		dead := refused("4B", left, patient.Dead)
		if !dead.At.Equal(noon) {
			t.Errorf("%+v", dead)
		}
		ok(t, try("4B", dead))

		lines := map[string]int{}
		events, err := s.AuditTail(ctx, 1000)
		ok(t, err)
		for _, e := range events {
			if e.Action == audit.Override || e.Action == audit.SaveChart && e.Outcome == audit.Refused {
				lines[string(e.Action)+" "+e.Reason]++
			}
		}
		for _, state := range []string{"transferred", "discharged", "died"} {
			want := 2
			if state == "discharged" {
				want = 4
			}
			if lines["override "+state] != want || lines["save-chart "+state] < 1 {
				t.Errorf("%s: %v", state, lines)
			}
		}
	})
}

// The summary says when a patient left, and no more once they are back. Seen red with
// leftAt asked of patients who are here.
func TestStatesInTheSummary(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		get := func() patient.Summary {
			t.Helper()
			all, err := s.Summaries(ctx, []string{"p1"})
			ok(t, err)
			return all["p1"]
		}
		if !get().Left.IsZero() {
			t.Errorf("left %v", get().Left)
		}
		ok(t, s.Discharge(ctx, "p1"))
		g := get().GoneFrom("4B")
		if g.State != patient.Discharged || time.Since(g.At) > time.Hour {
			t.Errorf("%+v", g)
		}
		ok(t, s.PutPatient(ctx, person("p1", "01")))
		if !get().Left.IsZero() || get().GoneFrom("4B").Is() {
			t.Errorf("%+v", get())
		}
	})
}

// A late entry may be amended, and a later death is still asked about.
func TestStatesHoldForAmendments(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, ctx := fresh(t, r), t.Context()
		save := noteSave("k1", 0, 0)
		_, err := s.Save(ctx, save)
		ok(t, err)
		ok(t, s.Discharge(ctx, "p1"))
		n := *save.Entry.Note
		n.Text = "other"
		save.Key, save.Version, save.Entry = "k2", 1, chart.Entry{Note: &n}
		if _, err := s.Amend(ctx, save, "typo"); !errors.Is(err, patient.ErrGone) {
			t.Fatal(err)
		}
		save.Knowing, err = s.Gone(ctx, "p1", "4B")
		ok(t, err)
		_, err = s.Amend(ctx, save, "typo")
		ok(t, err)
	})
}
