package records_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
)

func nurse(id string) staff.Session {
	return staff.Session{ID: "s-" + id, Station: "WS-1", Staff: staff.Staff{ID: id, Role: staff.Nurse}}
}

// Who looks after a patient is named so that nobody takes them for another who works on the ward,
// also while that other looks after nobody; a namesake elsewhere, or who has left, changes nothing.
//
// Seen red with everybody called by their brief name.
func TestTwinsWhoLookAfterPatientsAreToldApart(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx, now := t.Context(), time.Now().UTC()
		put := func(id, given, on string, active bool) {
			t.Helper()
			ok(t, s.PutStaff(ctx, staff.Staff{ID: id, Surname: "Diaz", Given: given, Role: staff.Nurse,
				Wards: []string{on}, Active: active}, "hash"))
		}
		is := func(want string) {
			t.Helper()
			list, err := s.Assignments(ctx, "4B", now)
			ok(t, err)
			if len(list) != 1 || list[0].Name != want {
				t.Errorf("%+v, want %q", list, want)
			}
		}
		put("mdiaz", "Mia", "4B", true)
		put("elsewhere", "Mia", "5A", true)
		put("left", "Mia", "4B", false)
		ok(t, s.Assign(ctx, ward.Assignment{Patient: "p1", Staff: "mdiaz", Since: now, Until: now.Add(time.Hour),
			By: "mdiaz"}, nurse("mdiaz")))
		is("Diaz, M")
		put("max", "Max", "4B", true)
		is("Diaz, Mia")
		put("twin", "Mia", "4B", true)
		is("Diaz, Mia (mdiaz)")
	})
}

// An assignment lasts until its end, is audited once a change, and follows the
// patient into the record that survives a merge.
//
// Seen red: with the INSERT of merge.go turned off the survivor had lost a nurse;
// with "a.until > ?" turned off the nurse of yesterday was still shown.
func TestWhoLooksAfterWhom(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		ok(t, s.PutPatient(ctx, person("p2", "02")))
		ok(t, s.PutStaff(ctx, staff.Staff{ID: "mdiaz", Surname: "Diaz", Given: "Mia", Role: staff.Nurse,
			Wards: []string{"4B"}, Active: true}, "hash"))
		ok(t, s.PutStaff(ctx,
			staff.Staff{ID: "far", Surname: "Away", Role: staff.Nurse, Wards: []string{"5A"}, Active: true}, "hash"))
		now := time.Now().UTC()
		take := func(patient, who string, until time.Time) {
			t.Helper()
			ok(t, s.Assign(ctx, ward.Assignment{Patient: patient, Staff: who, Since: now, Until: until, By: who},
				nurse(who)))
		}
		take("p1", "tnguyen", now.Add(time.Hour))
		take("p1", "tnguyen", now.Add(2*time.Hour))
		take("p1", "mdiaz", now.Add(time.Minute))
		take("p2", "mdiaz", now.Add(time.Hour))
		take("p2", "far", now.Add(time.Hour)) // moved here with the patient
		at := func(when time.Time) (out []string) {
			t.Helper()
			list, err := s.Assignments(ctx, "4B", when)
			ok(t, err)
			for _, a := range list {
				out = append(out, a.Patient+":"+a.Name)
			}
			return out
		}
		equal(t, at(now), "p1:Diaz, M", "p1:Nguyen, T", "p2:Diaz, M")
		equal(t, at(now.Add(90*time.Minute)), "p1:Nguyen, T")

		ok(t, s.Merge(ctx, "p1", "p2"))
		equal(t, at(now.Add(30*time.Minute)), "p1:Diaz, M", "p1:Nguyen, T")
		ok(t, s.Release(ctx, "p2", "tnguyen", nurse("tnguyen"))) // by the merged record's ID
		ok(t, s.Release(ctx, "p1", "tnguyen", nurse("tnguyen"))) // already released
		equal(t, at(now), "p1:Diaz, M")

		lines := map[audit.Action]int{}
		events, err := s.AuditTail(ctx, 1000)
		ok(t, err)
		for _, e := range events {
			lines[e.Action]++
		}
		if lines[audit.AssignPatient] != 5 || lines[audit.ReleasePatient] != 1 {
			t.Errorf("audited %v", lines)
		}
		if err := s.Assign(ctx, ward.Assignment{Patient: "p1", Staff: "tnguyen", Since: now},
			nurse("tnguyen")); !errors.Is(err, records.ErrInvalid) {
			t.Errorf("an assignment without an end: %v", err)
		}
	})
}

func equal(t *testing.T, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

// A ward's own intervals come back, and whoever renames the ward leaves them.
func TestWardObservesByItsOwnRule(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		iv, err := vitals.ParseIntervals("8h,4h,1h,30m,15m")
		ok(t, err)
		ok(t, s.SetObserve(ctx, "4B", iv, "it", "WS-1"))
		ok(t, s.PutWard(ctx, ward.Ward{ID: "4B", Name: "4B Acute"}))
		w, err := s.Ward(ctx, "4B")
		ok(t, err)
		all, err := s.Wards(ctx)
		ok(t, err)
		if w.Observe != iv || all[0].Observe != iv || w.Name != "4B Acute" {
			t.Fatalf("%+v, %+v", w, all)
		}
		if err := s.SetObserve(ctx, "9Z", iv, "it", "WS-1"); !errors.Is(err, records.ErrNotFound) {
			t.Fatal(err)
		}
	})
}

// Why a set was left out is kept with it, and does not hide what was known.
func TestWhyASetWasLeftOut(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		_, err := s.AddObservation(ctx, set("o1", "p1", noon))
		ok(t, err)
		_, err = s.AddObservation(ctx, vitals.Observation{ID: "o2", Patient: "p1", Taken: noon.Add(time.Hour),
			NotDone: vitals.Asleep, By: "tnguyen"})
		ok(t, err)
		list, err := s.Observations(ctx, "p1", time.Time{}, 5)
		ok(t, err)
		sums, err := s.Summaries(ctx, []string{"p1"})
		ok(t, err)
		latest, found := sums["p1"].Latest()
		if list[0].NotDone != vitals.Asleep || list[1].NotDone != "" || sums["p1"].Recent[0].NotDone != vitals.Asleep ||
			!found || latest.ID != "o1" {
			t.Fatalf("%+v, latest %s", list, latest.ID)
		}
	})
}

// The history names who changed what and why, newest first, and nobody else's
// patient. Seen red with the amendments of every chart listed.
func TestHistory(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		ok(t, s.PutPatient(ctx, person("p2", "02")))
		save := noteSave("k1", 0, 1)
		_, err := s.Save(ctx, save)
		ok(t, err)
		other := noteSave("k2", 0, 1)
		other.Patient, other.Entry.Note.ID = "p2", "other"
		_, err = s.Save(ctx, other)
		ok(t, err)
		for i, who := range []chart.Save{save, other} {
			a := who
			n := *who.Entry.Note
			n.Text = "changed"
			a.Key, a.Version, a.At, a.Entry = fmt.Sprint("a", i), 1, noon.Add(time.Hour), chart.Entry{Note: &n}
			_, err = s.Amend(ctx, a, "wrong side")
			ok(t, err)
		}
		_, err = s.AddObservation(ctx, set("device", "p1", noon)) // nobody's change
		ok(t, err)
		ok(t, s.AddTask(ctx, task.Task{ID: "t1", Patient: "p1", Kind: task.Care, Text: "Turn", Due: noon, By: "x"}))
		ok(t, s.CloseTask(ctx, task.Closing{Task: "t1", Act: "a", Outcome: task.Omitted, Reason: "at theatre",
			Staff: "tnguyen", Ward: "4B"}))
		list, err := s.History(ctx, "p1", 10)
		ok(t, err)
		var got []string
		for _, c := range list {
			got = append(got, fmt.Sprint(c.What, "|", c.By, "|", c.Reason))
		}
		equal(t, got, "omitted-task|Nguyen, T|at theatre", "amended-note|Nguyen, T|wrong side", "wrote|Nguyen, T|")
		if list[1].Text != "changed" || list[1].Was == "" || list[1].Was == list[1].Text {
			t.Errorf("%+v", list[1])
		}
	})
}
