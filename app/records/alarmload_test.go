package records_test

import (
	"errors"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alarmload"
	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
)

// The moves of a period's alerts come whole and in order, from both engines, and
// make a report.
func TestMovesOfAPeriod(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ok(t, s.PutStaff(t.Context(), staff.Staff{ID: "achen", Surname: "Chen", Role: staff.ChargeNurse,
			Wards: []string{"4B", "5A"}, Active: true}, "hash"))
		var want []string
		for i, a := range []alert.Alert{
			{ID: "before", Ward: "4B", Received: noon.Add(-time.Hour)},
			{ID: "one", Ward: "4B", Received: noon, Source: "=1+1"},
			{ID: "elsewhere", Ward: "5A", Received: noon}, {ID: "two", Ward: "4B", Received: noon.Add(time.Minute)},
			{ID: "after", Ward: "4B", Received: noon.Add(time.Hour)},
		} {
			a.Priority, a.Text = alert.High, "x"
			_, err := s.AppendMove(t.Context(),
				alert.Move{ID: "raised:" + a.ID, Kind: alert.Raised, Alert: a, At: a.Received})
			ok(t, err)
			_, err = s.AppendMove(t.Context(), alert.Move{ID: "accepted:" + a.ID, Kind: alert.Accepted, Alert: a,
				By: "achen", Claim: &alert.Claim{Ward: a.Ward}, At: a.Received.Add(time.Duration(i) * time.Second)})
			ok(t, err)
			if a.ID == "one" || a.ID == "two" {
				want = append(want, "raised:"+a.ID, "accepted:"+a.ID)
			}
		}
		var got []string
		ok(t, s.AlertMoves(t.Context(), "4B", noon, noon.Add(time.Hour),
			func(m alert.Move) error { got = append(got, m.ID); return nil }))
		if len(got) != len(want) {
			t.Fatalf("%v, want %v", got, want)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("%v, want %v", got, want)
			}
		}
		stop := errors.New("stop")
		if err := s.AlertMoves(t.Context(), "4B", noon, noon.Add(time.Hour),
			func(alert.Move) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("%v", err)
		}
		report, err := alarmload.Make(t.Context(), s,
			alarmload.Query{Ward: "4B", Since: noon, Until: noon.Add(time.Hour)})
		ok(t, err)
		if report.Total.Alerts != 2 || report.Total.Accepted != 2 || report.Total.ResponseMost != 3 {
			t.Errorf("%+v", report.Total)
		}
	})
}
