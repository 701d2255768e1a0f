package hl7_test

import (
	"slices"
	"strings"
	"testing"
)

// Of what is said of places, what the boards show in the end and what is warned of:
// "control text" each. Seen red: the patient was taken off the ward, moved or shown in
// the wrong bed, without a word.
func TestOddStays(t *testing.T) {
	admitted := event("A01", "a", "20260310080000", "K1", "I", "6N^^01", "19=V1", "44=20260310080000")
	unnumbered := event("A01", "a", "20260310080000", "K1", "I", "6N^^01", "44=20260310080000")
	withAccount := func(message, account string) string {
		return strings.Replace(message, "||19600101|F\r", "||19600101|F||||||||||"+account+"\r", 1)
	}
	const other = "x it has no visit number, and by PV1-44, or by PV1-2 and PV1-3, it is of another visit: it moves nobody here"
	const early = "x it is dated before the admission of its visit: it counts as of when it was recorded or sent"
	const unknown = " is no class that is known: it counts as of a stay only in a bed, and where no other stay is open"
	for _, c := range []struct {
		name, want, details string
		messages            []string
	}{
		{"discharge of an older stay", "6N: 01=K1", other,
			[]string{admitted, event("A03", "x", "20260310093000", "K1", "I", "DAY", "44=20260201090000")}},
		{"discharge of another account", "6N: 01=K1", "x of no visit that is known: it is kept, and moves nobody until the visit's admission is told",
			[]string{withAccount(unnumbered, "ACC1"),
				withAccount(event("A03", "x", "20260310093000", "K1", "I", "DAY"), "ACC2")}},
		{"discharge from the emergency department", "6N: 01=K1, ED: ", other,
			[]string{event("A04", "e", "20260310070000", "K1", "E", "ED^^3", "44=20260310070000"), unnumbered,
				event("A03", "x", "20260310090000", "K1", "E", "ED^^3", "44=20260310070000")}},
		{"cancel of another admission", "6N: 01=K1", "x it cancels nothing that is known; " + other,
			[]string{unnumbered, event("A11", "x", "20260310093000", "K1", "I", "DAY", "44=20260320090000")}},
		{"update of an older stay", "6N: 01=K1, 7S: ", other,
			[]string{admitted, event("A08", "x", "20260310093000", "K1", "I", "7S^^03", "44=20260201090000")}},
		{"update of an older stay that is over", "6N: 01=K1, 7S: ", other,
			[]string{admitted,
				event("A08", "x", "20260310093000", "K1", "I", "7S^^03", "44=20260201090000", "45=20260205090000")}},
		{"transfer of an older stay", "6N: 01=K1, 7S: ", other,
			[]string{admitted, event("A02", "x", "20260310093000", "K1", "I", "7S^^03", "44=20260201090000")}},
		{"account in the place of the visit number", "6N: ", "",
			[]string{withAccount(admitted, "ACC1"),
				withAccount(event("A03", "x", "20260310093000", "K1", "I", "6N^^01"), "ACC1")}},

		{"late registration", "6N: , 7S: 03=K1", "",
			[]string{event("A01", "a", "20260310083000", "K1", "I", "6N^^01", "19=V1", "44=20260310080000"),
				event("A02", "x", "20260310083500", "K1", "I", "7S^^03", "19=V1", "evn6=20260310082500")}},
		{"transfer dated a year before", "6N: , 7S: 03=K1", early,
			[]string{admitted,
				event("A02", "x", "20260310090000", "K1", "I", "7S^^03", "19=V1", "evn6=20250310090000")}},
		{"discharge dated the day before", "6N: ", early,
			[]string{admitted,
				event("A03", "x", "20260310100000", "K1", "I", "6N^^01", "19=V1", "evn6=20260309100000")}},
		{"discharge recorded before the admission", "6N: ", early, []string{admitted,
			strings.Replace(event("A03", "x", "20260310100000", "K1", "I", "6N^^01", "19=V1"), "EVN|A03|20260310100000",
				"EVN|A03|20260310075500", 1)}},

		{"class in small letters", "6N: 01=K1", "",
			[]string{admitted, event("A01", "x", "20260310090000", "K1", "o", "EYE", "19=V9")}},
		{"class as a word", "6N: 01=K1, EYE: ", "",
			[]string{admitted, event("A08", "x", "20260310090000", "K1", "Outpatient", "EYE", "19=V9"),
				event("A02", "y", "20260310091000", "K1", "OUT", "EYE^^2", "19=V9")}},
		{"day surgery beside a stay", "6N: 01=K1, DAYSURG: ", `x PV1-2 "D"` + unknown,
			[]string{admitted, event("A01", "x", "20260310090000", "K1", "D", "DAYSURG^^1", "19=V9")}},
		{"day surgery", "DAYSURG: 1=K1", `x PV1-2 "D"` + unknown,
			[]string{event("A01", "x", "20260310090000", "K1", "D", "DAYSURG^^1", "19=V9")}},
		{"day surgery without a bed", "", `x PV1-2 "D"` + unknown,
			[]string{event("A01", "x", "20260310090000", "K1", "D", "DAYSURG", "19=V9")}},

		{"ward with an ampersand", "A: 3=K1, A-E~0d427558: 3=K2", "",
			[]string{event("A01", "1", "20260310080000", "K1", "I", "A^^3"),
				event("A01", "2", "20260310080000", "K2", "I", "A&E^^3")}},
		{"the same escaped", "A-E~0d427558: 3=K1 4=K2", "",
			[]string{event("A01", "1", "20260310080000", "K1", "I", `A\T\E^^3`),
				event("A01", "2", "20260310080000", "K2", "I", "A&E^^4")}},
		{"beds with an ampersand", "6N: 1&2=K1 1&3=K2", "",
			[]string{event("A01", "1", "20260310080000", "K1", "I", "6N^^1&2"),
				event("A01", "2", "20260310080000", "K2", "I", "6N^^1&3&")}},
		{"rooms and beds with universal IDs", "6N: =K2 1=K1 R2-2=K3", "",
			[]string{event("A01", "1", "20260310080000", "K1", "I", "6N&1.2.3&ISO^^1&1.2.3.1&iso"),
				event("A01", "2", "20260310080000", "K2", "I", "6N&1.2.3&ISO"),
				event("A01", "3", "20260310080000", "K3", "I", "6N^R2&1.2.3.4&ISO^2")}},
	} {
		for _, order := range [][]string{c.messages, reversed(c.messages)} {
			s := record(t)
			r := tell(t, s, order...)
			if got := boards(t, s); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
			if got := kinds(r); len(order) < 2 || order[0] == c.messages[0] {
				if got != c.details {
					t.Errorf("%s: details %q, want %q", c.name, got, c.details)
				}
			}
		}
	}
}

func reversed(messages []string) []string {
	out := slices.Clone(messages)
	slices.Reverse(out)
	return out
}

// A text is whole whatever in it was not escaped.
func TestReasonIsWhole(t *testing.T) {
	s := record(t)
	tell(t, s, event("A01", "1", "20260310080000", "K1", "I", "6N^^01", "PV2|||^Fall & head injury",
		"DG1|1||I21^Chest pain & STEMI^I10|Chest pain & ST elevation ^ cardiogenic shock"))
	if got := find(t, s,
		"K1").Reason; got != "Fall & head injury; Chest pain & ST elevation ^ cardiogenic shock (Chest pain & STEMI)" {
		t.Errorf("%q", got)
	}
}
