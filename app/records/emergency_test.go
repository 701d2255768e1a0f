package records_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
)

// Emergency access is one line of its own a step, ends by the record's clock
// whatever the station's says, and is reviewed by another. Seen red: with both
// questions by t.at (the station that is three hours behind kept it), and without
// the reviewer's check.
func TestEmergencyAccess(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		late := r.Options
		late.Now = func() time.Time { return time.Now().Add(-3 * time.Hour) } // a station whose clock is wrong
		slow, err := records.Open(ctx, late)
		ok(t, err)
		t.Cleanup(func() { _ = slow.Close() })
		for _, p := range []staff.Staff{{ID: "mia", Surname: "Diaz", Role: staff.Nurse, Active: true},
			{ID: "amy", Surname: "Chen", Role: staff.ChargeNurse, Active: true}} {
			ok(t, s.PutStaff(ctx, p, "hash"))
		}
		mia := nurse("mia")
		const typed = "arrest in bay 2, canary-77c"
		if _, err := s.UseEmergency(ctx, mia, "4B", staff.ViewChart); !errors.Is(err, staff.ErrNoEmergency) {
			t.Fatalf("used without one: %v", err)
		}
		if _, err := s.BeginEmergency(ctx, mia, "nowhere", typed, time.Hour); !errors.Is(err, records.ErrNotFound) {
			t.Fatalf("a ward that is not: %v", err)
		}
		e, err := s.BeginEmergency(ctx, mia, "4B", typed, time.Hour)
		ok(t, err)
		if e.Left <= 59*time.Minute || e.Left > time.Hour || e.Reason != typed || !e.Ended.IsZero() {
			t.Fatalf("begun: %+v", e)
		}
		if again, err := s.BeginEmergency(ctx, mia, "4B", "longer", time.Hour); err != nil || again.ID != e.ID ||
			again.Until != e.Until {
			t.Fatalf("asked twice, a second one or a longer one: %+v %v", again, err)
		}
		for _, other := range []staff.Session{nurse("amy"), {ID: "another", Staff: mia.Staff}} {
			if _, err := s.UseEmergency(ctx, other, "4B", staff.ViewChart); !errors.Is(err, staff.ErrNoEmergency) {
				t.Errorf("session %s uses it: %v", other.ID, err)
			}
		}
		if got, err := s.UseEmergency(ctx, mia, "4B", staff.ViewChart); err != nil || got.Uses != 1 {
			t.Fatalf("%+v %v", got, err)
		}
		if err := s.ReviewEmergency(ctx, e.ID, "amy", staff.Justified); !errors.Is(err, staff.ErrEmergencyRuns) {
			t.Errorf("reviewed while it runs: %v", err)
		}
		ok(t, r.Exec(t, `UPDATE emergencies SET until = until - 3600000000`)) // an hour has passed
		if _, err := slow.UseEmergency(ctx, mia, "4B", staff.ViewChart); !errors.Is(err, staff.ErrNoEmergency) {
			t.Errorf("after an hour, at a station that is behind: %v", err)
		}
		ok(t, slow.EndOverdueEmergencies(ctx))
		ok(t, slow.EndOverdueEmergencies(ctx)) // once is enough
		second, err := s.BeginEmergency(ctx, mia, "4B", "again", time.Hour)
		ok(t, err)
		if second.ID == e.ID {
			t.Error("the old one was begun again")
		}
		ok(t, s.EndEmergencies(ctx, mia.ID, "sign-out"))
		for _, who := range []string{"mia", "tnguyen", "nobody"} {
			if err := s.ReviewEmergency(ctx, e.ID, who, staff.Justified); !errors.Is(err, staff.ErrReviewer) {
				t.Errorf("reviewed by %s: %v", who, err)
			}
		}
		ok(t, s.ReviewEmergency(ctx, e.ID, "amy", staff.Unjustified))
		if list, err := s.Emergencies(ctx, false); err != nil || len(list) != 1 || list[0].ID != second.ID ||
			list[0].Why != "sign-out" {
			t.Errorf("to review: %+v %v", list, err)
		}
		if list, err := s.Emergencies(ctx, true); err != nil || len(list) != 2 ||
			list[1].Finding != staff.Unjustified || list[1].Why != "time" {
			t.Errorf("all: %+v %v", list, err)
		}
		if err := r.Exec(t, `DELETE FROM emergencies`); err == nil {
			t.Error("one was deleted")
		}
		events, err := s.AuditTail(ctx, 20)
		ok(t, err)
		var got []string
		for _, l := range events {
			if !strings.HasPrefix(string(l.Action), "break-glass") {
				continue
			}
			got = append(got, strings.NewReplacer(e.ID, "FIRST", second.ID, "SECOND").Replace(
				fmt.Sprint(l.Actor, " ", l.Role, " ", l.Action, " ", l.Object, " ", l.Reason, " ", l.Purpose)))
			if strings.Contains(fmt.Sprint(l), "canary") {
				t.Errorf("the typed reason is in the trail: %+v", l)
			}
		}
		want := []string{
			"mia nurse break-glass 4B FIRST BTG",
			"mia nurse break-glass-use FIRST view-chart BTG",
			"mia nurse break-glass-end FIRST time BTG",
			"mia nurse break-glass 4B SECOND BTG",
			"mia nurse break-glass-end SECOND sign-out BTG",
			"amy charge-nurse break-glass-review FIRST unjustified HOPERAT",
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("the trail says\n%s\nand not\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	})
}
