package hl7_test

import "testing"

// Seen red: the baby's admission renamed the mother, an update without a date of
// birth renamed Marsh to Brook, and Brook's values were charted for Marsh.
func TestWhoIsPlainlyAnotherIsParked(t *testing.T) {
	pid := func(rest string) string { return "PID|1||K100^^^OAK^MR||" + rest }
	for name, c := range map[string]struct{ message, parked, warns string }{
		"a baby under the mother's number": {adt("A01", "090000", pid("Marsh^Baby Boy||20260310|M"), marshBed),
			"a generation", ""},
		"a birth corrected": {adt("A08", "090000", pid("Marsh^Ada||19310101|F"), marshBed), "",
			"its correction"},
		"a father of another sex": {adt("A08", "090000", pid("Marsh^Ada||19310101|M"), marshBed),
			"a generation", ""},
		"a sister of no given name": {adt("A08", "090000", pid("Marsh^Baby||19720612|M"), marshBed),
			"another sex", ""},
		"nothing agrees":      {adt("A08", "090000", pid("Brook^Ben|||M"), marshBed), "another name", ""},
		"only the sex agrees": {adt("A08", "090000", pid("Brook^Bea|||F"), marshBed), "another name", ""},
		"another sex, the same birth": {adt("A08", "090000", pid("Brook^Ben||19600101|M"), marshBed),
			"another name", ""},
		"birth and sex agree": {adt("A08", "090000", pid("Brook^Bea||19600101|F"), marshBed), "",
			"PID-5 is plainly another's"},
		"the surname agrees": {adt("A08", "090000", pid("Marsh^Ben|||F"), marshBed), "",
			"PID-5 is plainly another's"},
		"married":                        {adt("A08", "090000", pid("Reed^Ada|||F"), marshBed), "", ""},
		"a value of nobody else":         {oru(pid("Brook^Ben|||")), "another name", ""},
		"a value, another sex":           {oru(pid("Brook^Ben|||M")), "another name", ""},
		"a value, the birth agrees":      {oru(pid("Brook^Ben||19600101")), "", "PID-5 is plainly another's"},
		"a value, the sex agrees":        {oru(pid("Brook^Bea|||F")), "another name", ""},
		"a value, a placeholder's name":  {oru(pid("UNKNOWN^PATIENT|||")), "", ""},
		"a value, a placeholder's birth": {oru(pid("UNKNOWN^PATIENT||19310712|M")), "", "PID-7 is plainly another's"},
	} {
		t.Run(name, func(t *testing.T) {
			s := record(t)
			sendAll(t, s, adt("A01", "080000", marsh, marshBed))
			before := find(t, s, "K100")
			r := sendAll(t, s, c.message)
			after := find(t, s, "K100")
			if (r.Parked == 1) != (c.parked != "") || !warnsOf(r, c.parked) && c.parked != "" || c.warns != "" &&
				!warnsOf(r, c.warns) {
				t.Errorf("%q", texts(r))
			}
			if c.parked != "" && (after.Patient.Name() != before.Patient.Name() || len(after.Recent) != 0) ||
				c.parked == "" && c.warns == "" && r.Warnings != 0 {
				t.Errorf("%+v %q", after, texts(r))
			}
		})
	}
}
