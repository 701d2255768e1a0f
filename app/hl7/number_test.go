package hl7_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/records/recordtest"
)

// Seen red: each of these made a second patient, and the value and the allergy went to
// the twin.
func TestANumberIsOneHoweverItIsWritten(t *testing.T) {
	for name, c := range map[string][2]string{
		"the authority's case": {"K100^^^OAK^MR", "K100^^^oak^MR"},
		"the number's case":    {"K100^^^OAK^MR", "k100^^^OAK^MR"},
		"blanks":               {"700 4821^^^OAK^MR", "7004821^^^OAK^MR"},
		"more blanks":          {"7004821^^^OAK HOUSE^MR", "700 4821^^^OAKHOUSE^MR"},
		"another type":         {"K100^^^OAK^PI", "K100^^^OAK^MR"},
		"no type":              {"K100^^^OAK^PI", "K100^^^OAK"},
	} {
		t.Run(name, func(t *testing.T) {
			s := record(t)
			pid := func(number string) string { return "PID|1||" + number + "||Marsh^Ada||19600101|F" }
			sendAll(t, s, adt("A01", "080000", pid(c[0]), marshBed))
			r := sendAll(t, s, oru(pid(c[1])), adt("A08", "090000", pid(c[1]), marshBed, "AL1|1|DA|L^Latex^L|SV|Rash"))
			all := people(t, s)
			number, _, _ := strings.Cut(c[0], "^")
			if len(all) != 1 || len(all[0].Recent) != 1 || len(all[0].Allergic) != 1 || all[0].Patient.MRN != number ||
				r.Warnings != 0 {
				t.Errorf("%+v %q", all, texts(r))
			}
			sent, _, _ := strings.Cut(c[1], "^")
			if find(t, s, sent).Patient.ID != all[0].Patient.ID {
				t.Error("not found as it was sent")
			}
		})
	}
}

// A number of another type is another person's unless the person fits.
func TestANumberOfAnotherTypeOfAStrangerIsParked(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", "PID|1||K100^^^OAK^PI||Marsh^Ada||19600101|F", marshBed))
	r := sendAll(t, s, oru("PID|1||K100^^^OAK^MR||Brook^Ben||19550505|M"), oru("PID|1||K100^^^OAK^MR"))
	if p := find(t, s, "K100"); r.Parked != 2 || len(p.Recent) != 0 {
		t.Errorf("%+v %q", p, texts(r))
	}
}

// Seen red: a change of number of another writing left the old one in use.
func TestAChangeOfANumberFindsItHoweverItIsWritten(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", marsh, marshBed),
		adt("A47", "090000", "PID|1||K999^^^OAK^MR||Marsh^Ada||19600101|F", "MRG|k100^^^oak^MR"))
	p := find(t, s, "K100").Patient
	if p.MRN != "K999" || len(p.Identifiers) != 2 && len(p.Identifiers) != 3 {
		t.Errorf("%+v", p)
	}
	for _, i := range p.Identifiers {
		if i.Former != (i.Value != "K999") {
			t.Errorf("%+v", p.Identifiers)
		}
	}
}

// Seen red: & of "MSH|^~&|" was the escape character, and OAK&1.2.3&ISO an authority of
// its own.
func TestThreeCharactersOfMSH2(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", marsh, marshBed))
	m := strings.Replace(oru("PID|1||K100^^^OAK&1.2.3&ISO^MR||Marsh^Ada||19600101|F"), `MSH|^~\&|`, "MSH|^~&|", 1)
	r := sendAll(t, s, m)
	if p := find(t, s, "K100"); len(p.Recent) != 1 || r.Parked != 0 || !warnsOf(r, "MSH-2 has three characters") {
		t.Errorf("%+v %q", p, texts(r))
	}
}

// A record of before may hold two patients whose numbers differ by the way they are
// written: nobody can tell which is meant, and a merge of just these heals it.
func TestTwinsOfANumberArePartedByAPersonOrAMerge(t *testing.T) {
	r := recordtest.SQLite(t)
	s := r.Open(t)
	same := func(number string) string { return "PID|1||" + number + "^^^OAK^MR||Marsh^Ada||19600101|F" }
	sendAll(t, s, adt("A01", "080000", same("K100"), marshBed), adt("A28", "080000", same("K300")))
	for _, step := range []string{
		`UPDATE identifiers SET value = 'k100' WHERE value = 'K300'`,
		`UPDATE patients SET mrn = 'k100' WHERE mrn = 'K300'`,
	} {
		ok(t, r.Exec(t, step))
	}
	for _, number := range []string{"K100", "k100"} {
		if got := sendAll(t, s, oru(same(number))); got.Parked != 1 || !warnsOf(got, "each written otherwise") {
			t.Errorf("%s: %q", number, texts(got))
		}
	}
	if got := sendAll(t, s,
		adt("A40", "090000", same("K100"), "MRG|k100^^^OAK^MR")); got.Parked+got.Refusals+got.Warnings != 0 {
		t.Errorf("%q", texts(got))
	}
	got := sendAll(t, s, oru(same("K100")), oru(same("k 100")))
	if p := find(t, s, "K100"); len(p.Recent) != 2 || got.Parked != 0 {
		t.Errorf("%+v %q", p.Recent, texts(got))
	}
}
