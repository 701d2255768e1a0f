package hl7_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/parked"
)

// recorded is a message whose EVN-2 is another time than that at which it was sent.
func recorded(message, trigger, at string) string {
	_, rest, _ := strings.Cut(message, "\rEVN|"+trigger+"|")
	head, _, _ := strings.Cut(message, "\rEVN|")
	return head + "\rEVN|" + trigger + "|" + at + rest[len(at):]
}

// What is dated after it was sent counts as of when it was sent, in whatever order the
// messages come, and a cancel finds it by either time. Seen red: it counted as of the
// import, and outranked what came behind it in the file.
func TestWhatIsDatedAheadOutranksNothing(t *testing.T) {
	const ahead = " the event is dated in the future: it counts as of when the message was sent"
	a01 := event("A01", "a", "20260310090000", "K1", "I", "6N^^01", "19=V1")
	a02 := event("A02", "b", "20260310093000", "K1", "I", "7S^^02", "19=V1")
	a03 := event("A03", "b", "20260310093000", "K1", "I", "6N^^01", "19=V1")
	moved := event("A02", "c", "20260310100000", "K1", "I", "8W^^04", "19=V1")
	for _, c := range []struct {
		name, want, details string
		messages            []string
	}{
		{"transfer by EVN-6", "6N: , 7S: , 8W: 04=K1", "b" + ahead, []string{a01,
			event("A02", "b", "20260310093000", "K1", "I", "7S^^02", "19=V1", "evn6=20270110093000"), moved}},
		{"transfer by EVN-2", "6N: , 7S: , 8W: 04=K1", "b" + ahead,
			[]string{a01, recorded(a02, "A02", "20990310093000"), moved}},
		{"transfer dated before the import", "6N: , 7S: , 8W: 04=K1", "b" + ahead,
			[]string{a01, recorded(a02, "A02", "20260310110000"), moved}},
		{"discharge, cancelled", "6N: 01=K1", "b" + ahead, []string{a01, recorded(a03, "A03", "20990310093000"),
			event("A13", "c", "20260310100000", "K1", "I", "6N^^01", "19=V1")}},
		{"discharge, cancelled by its time", "6N: 01=K1", "b" + ahead,
			[]string{a01, recorded(a03, "A03", "20990310093000"),
				event("A13", "c", "20260310100000", "K1", "I", "6N^^01", "19=V1", "evn6=20990310093000")}},
		{"admission", "6N: , 8W: ", "a" + ahead, []string{recorded(a01, "A01", "20990310093000"), moved,
			event("A03", "d", "20260310110000", "K1", "I", "8W^^04", "19=V1")}},
		{"begin of the stay", "6N: 01=K1", "a PV1-44 is dated in the future: it is not taken for when the visit began",
			[]string{event("A01", "a", "20260310090000", "K1", "I", "6N^^01", "19=V1", "44=20990310090000")}},
		{"within what clocks differ", "6N: , 8W: 04=K1", "",
			[]string{recorded(a01, "A01", "20260310090100"), moved}},
	} {
		for _, order := range [][]string{c.messages, reversed(c.messages)} {
			s := record(t)
			r := tell(t, s, order...)
			if got := boards(t, s); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
			if got := kinds(r); got != c.details && slices.Equal(order, c.messages) {
				t.Errorf("%s: details %q, want %q", c.name, got, c.details)
			}
			for _, e := range encounters(t, s, find(t, s, "K1")) {
				if e.Admitted.Year() != 2026 || !e.Discharged.IsZero() && e.Discharged.Year() != 2026 {
					t.Errorf("%s: %+v", c.name, e)
				}
			}
		}
	}
}

// The ward that a patient leaves by an event which is dated in the future hears it.
// Seen red: the patient was off the board, and the ward heard nothing.
func TestTheWardHearsWhoLeftByADateAhead(t *testing.T) {
	a01 := event("A01", "a", "20260310090000", "K1", "I", "6N^^01", "19=V1")
	for name, c := range map[string]struct{ message, want string }{
		"discharge": {event("A03", "b", "20260310093000", "K1", "I", "6N^^01", "19=V1", "evn6=20990310093000"),
			"6N 01"},
		"transfer": {event("A02", "b", "20260310093000", "K1", "I", "7S^^02", "19=V1", "evn6=20990310093000"), "6N 01"},
		"cancel of the admission": {recorded(event("A11", "b", "20260310093000", "K1", "I", "6N^^01", "19=V1"),
			"A11", "20990310093000"), "6N 01"},
		"another bed": {event("A02", "b", "20260310093000", "K1", "I", "6N^^02", "19=V1", "evn6=20990310093000"), ""},
		"in its time": {event("A03", "b", "20260310093000", "K1", "I", "6N^^01", "19=V1"), ""},
	} {
		s := record(t)
		tell(t, s, a01)
		for range 2 {
			tell(t, s, c.message)
		}
		moves, err := s.OpenMoves(t.Context(), "")
		ok(t, err)
		var got []string
		for _, m := range moves {
			if m.Alert.Words() != "A move or discharge of this patient is dated in the future. Check where the patient is." ||
				m.Alert.Patient != find(t, s, "K1").Patient.ID {
				t.Errorf("%s: %+v", name, m.Alert)
			}
			got = append(got, m.Alert.Ward+" "+m.Alert.Bed)
		}
		if strings.Join(got, ",") != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// A message is replayed in the zone in which it was taken, or not at all. Seen red: its
// times were read in this computer's zone.
func TestReplayNeedsTheZoneOfTheMessage(t *testing.T) {
	e := parked.Entry{Raw: []byte(event("A01", "a", "20260310090000", "K1", "I", "6N^^01")), Zone: "Mars/Base"}
	_, err := hl7.Replay(t.Context(), nil, e, "p1", hl7.ImportOptions{})
	if !errors.Is(err, hl7.ErrRefused) || !strings.Contains(err.Error(), "Mars/Base") {
		t.Error(err)
	}
}
