package records_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/ward"
)

// A sender whose numbers are all wrong is one alert on each ward, which says how many
// wait and since when, follows their number, and ends with the last of them.
//
// Seen red: one alert for each message, on each ward.
func TestParkedIsOneAlertForAWardAndSender(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		now := noon
		r.Options.Now = func() time.Time { return now }
		s, ctx := fresh(t, r), t.Context()
		ok(t, s.PutWard(ctx, ward.Ward{ID: "5A", Name: "5A", Code: "5A"}))
		wards, err := s.Wards(ctx)
		ok(t, err)
		for n := range 12 {
			take(t, s, oru(fmt.Sprint(n), "", 80, fmt.Sprint("W", n)))
		}
		take(t, s, strings.Replace(oru("x", "", 80, "W20"), "|LAB|OAK|", "|GAS|OAK|", 1))
		take(t, s, oru("y", "4B", 80, "W21"))
		now = noon.Add(31 * time.Minute)
		if n, err := s.AlertParked(ctx, 30*time.Minute, "WS-1"); err != nil || n != 2*len(wards) {
			t.Fatalf("%d alerts on %d wards, %v", n, len(wards), err)
		}
		if n, err := s.AlertParked(ctx, 30*time.Minute, "WS-2"); err != nil || n != 0 {
			t.Fatalf("raised again: %d, %v", n, err)
		}
		at := noon.Local().Format("15:04 on 2 Jan")
		many := " messages of LAB OAK have waited too long for a person to say whose they are, the first since " + at +
			" (parked message 1)"
		gas := "A result of GAS OAK waits since " + at + " for a person to say whose it is (parked message 13)"
		first := expectParked(t, s, "4B", "13"+many, gas)
		expectParked(t, s, "5A", "12"+many, gas)

		// More of them is the same alert; a decision ends none while others wait.
		take(t, s, oru("z", "", 80, "W22"))
		now = noon.Add(40 * time.Minute)
		if n, err := s.AlertParked(ctx, 30*time.Minute, "WS-1"); err != nil || n != len(wards) {
			t.Fatalf("%d alerts say more, %v", n, err)
		}
		if again := expectParked(t, s, "4B", "14"+many, gas); !slices.Equal(again, first) {
			t.Fatalf("other alerts: %v, were %v", again, first)
		}
		ok(t, s.DiscardParked(ctx, 13, because("not of this house")))
		ok(t, s.DiscardParked(ctx, 2, because("not of this house")))
		expectParked(t, s, "4B", "13"+many)
		for id := int64(1); id <= 15; id++ {
			if id != 13 && id != 2 {
				ok(t, s.DiscardParked(ctx, id, because("not of this house")))
			}
		}
		expectParked(t, s, "4B")
		expectParked(t, s, "5A")

		// What was decided wrongly has been missing in the chart all along: it rings at once.
		_, err = s.TakeBackParked(ctx, 2, because("the wrong patient"))
		ok(t, err)
		e, err := s.ParkedMessage(ctx, 2)
		if err != nil || !e.Since.Equal(noon) {
			t.Fatalf("it waits since %v, %v", e.Since, err)
		}
		if n, err := s.AlertParked(ctx, 30*time.Minute, "WS-1"); err != nil || n != len(wards) {
			t.Fatalf("%d alerts of what waits again, %v", n, err)
		}
		expectParked(t, s, "4B", "A result of LAB OAK waits since "+at)
	})
}

// expectParked holds the texts of the open alerts of a ward against those that are
// wanted, in any order, and returns their IDs.
func expectParked(t *testing.T, s *records.Store, wardID string, want ...string) (ids []string) {
	t.Helper()
	moves, err := s.OpenMoves(t.Context(), wardID)
	ok(t, err)
	var got []string
	for _, m := range moves {
		if m.Kind != alert.Raised || m.Alert.Source != "parked" {
			continue
		}
		got, ids = append(got, m.Alert.Text), append(ids, m.Alert.ID)
		if m.Alert.Priority != alert.Technical || m.Alert.Patient != "" {
			t.Errorf("%+v", m.Alert)
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%s has %q, want %q", wardID, got, want)
	}
	for _, text := range want {
		if !slices.ContainsFunc(got, func(g string) bool { return strings.HasPrefix(g, text) }) {
			t.Errorf("%s has %q, want %q", wardID, got, text)
		}
	}
	slices.Sort(ids)
	return ids
}
