package hl7_test

import "testing"

// What can hardly be meant is said. Seen red: all of it was taken in silence.
func TestWhatCanHardlyBeMeantIsSaid(t *testing.T) {
	const pid, pv1 = "PID|1||1001^^^OAK^MR||Marsh^Eve||19600101|F", "PV1|1|I|6N^1^1^OAK"
	for name, c := range map[string]struct{ message, want string }{
		"as ever": {adt("A01", "080000", pid, pv1), ""},
		"EVN-6 of 1900": {told("A01", "080000", "20260310080000||||19000101000000", pid, pv1),
			"EVN-6 is a day that"},
		"EVN-2 of 1900": {told("A31", "080000", "19000101000000", pid), "EVN-2 is a day that programs write"},
		"before the birth": {adt("A01", "080000", pid,
			pv1+"|||||||||||||||||||||||||||||||||||||||||19591231080000"), "PV1-44 lies before"},
		"on the day of birth": {adt("A01", "080000", pid,
			pv1+"|||||||||||||||||||||||||||||||||||||||||19600101080000"), ""},
		"a second PV1": {adt("A01", "080000", pid, pv1, "PV1|2|I|6N^2^2^OAK"), "a second PV1 of one patient"},
	} {
		got := sendAll(t, record(t), c.message)
		says(t, name, got, c.want)
	}
}

// Two quotes in each component of a field delete it as two quotes do. Seen red: they were
// read as nothing, in silence.
func TestTwoQuotesInEachComponentDelete(t *testing.T) {
	for name, want := range map[string]string{`""`: "", `""^""`: "", `""^""^`: "", "": "Marsh", `^""`: "Marsh"} {
		s := record(t)
		sendAll(t, s, adt("A01", "080000", "PID|1||1001^^^OAK^MR||Marsh^Eve||19600101|F", "PV1|1|I|6N^1^1^OAK"),
			adt("A31", "090000", "PID|1||1001^^^OAK^MR||"+name+"||19600101|F"))
		if p := people(t, s)[0].Patient; p.Surname != want {
			t.Errorf("%s: %q", name, p.Surname)
		}
	}
}
