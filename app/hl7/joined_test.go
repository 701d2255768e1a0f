package hl7_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/patient"
)

// Seen red: a former number that stood first made the whole word one that fills
// gaps alone.
func TestACurrentNumberBesideAFormerOneCounts(t *testing.T) {
	for name, c := range map[string]struct{ change, numbers string }{
		"A40": {adt("A40", "090000", marsh, "MRG|K200^^^OAK^MR"), "K200^^^OAK^MR~K100^^^OAK^MR"},
		"A47": {adt("A47", "090000", "PID|1||K999^^^OAK^MR||Marsh^Ada||19600101|F", "MRG|K100^^^OAK^MR"),
			"K100^^^OAK^MR~K999^^^OAK^MR"},
	} {
		t.Run(name, func(t *testing.T) {
			s := record(t)
			same := "PID|1||K200^^^OAK^MR||Marsh^Ada||19600101|F"
			sendAll(t, s, adt("A01", "080000", marsh, marshBed), adt("A28", "080000", same), c.change)
			r := sendAll(t, s, adt("A08", "100000", "PID|1||"+c.numbers+"||Marsh-Reed^Ada||19600102|F", marshBed,
				"AL1|1|DA|L^Latex^L|SV|Rash"))
			p := find(t, s, "K100")
			if p.Patient.Surname != "Marsh-Reed" || p.Patient.Born.Day() != 2 || len(p.Allergic) != 1 ||
				r.Warnings != 0 {
				t.Errorf("%+v %q", p, texts(r))
			}
		})
	}
}

// Seen red: what came by a former number alone, and said something else than what is
// known, was dropped and nothing said so.
func TestWhatAFormerNumberSaysIsSaid(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", marsh, marshBed),
		adt("A28", "080000", "PID|1||K200^^^OAK^MR||Marsh^Ada||19600101|F"),
		adt("A40", "090000", marsh, "MRG|K200^^^OAK^MR"))
	r := sendAll(t, s, adt("A31", "100000", "PID|1||K200^^^OAK^MR||Marsh-Reed^Ada||19600101|F"))
	if find(t, s, "K100").Patient.Surname != "Marsh" || !warnsOf(r, "PID-5") || r.Warnings != 1 {
		t.Errorf("%q", texts(r))
	}
}

// Seen red: the second merge did nothing, and all that came by K200 only filled gaps.
func TestAnInverseMergeTurnsTheNumbersRound(t *testing.T) {
	s := record(t)
	reed := "PID|1||K200^^^OAK^MR||Marsh-Reed^Ada||19600101|F"
	same := "PID|1||K200^^^OAK^MR||Marsh^Ada||19600101|F"
	sendAll(t, s, adt("A01", "080000", marsh, marshBed), adt("A28", "080000", same),
		adt("A40", "090000", marsh, "MRG|K200^^^OAK^MR"))
	id := find(t, s, "K100").Patient.ID
	for n := range 2 { // and again
		sendAll(t, s, adt("A40", fmt.Sprintf("10000%d", n), same, "MRG|K100^^^OAK^MR"))
	}
	r := sendAll(t, s, adt("A08", "110000", reed, marshBed))
	p := find(t, s, "K100").Patient
	if p.ID != id || p.MRN != "K200" || p.Surname != "Marsh-Reed" || r.Warnings != 0 {
		t.Errorf("%+v %q", p, texts(r))
	}
	if r := sendAll(t, s, adt("A08", "113000", "PID|1||K100^^^OAK^MR||Marsh^Ada||19600101|F")); r.Warnings != 1 {
		t.Errorf("a former number now: %q", texts(r))
	}
	// Undone, each has a number of its own again.
	list, err := s.Merges(t.Context(), true)
	ok(t, err)
	ok(t, s.Unmerge(t.Context(), list[0].ID, patient.Signed{Staff: "n1"}, "two people"))
	a, b := find(t, s, "K100").Patient, find(t, s, "K200").Patient
	if a.ID == b.ID || a.MRN != "K100" || b.MRN != "K200" {
		t.Errorf("%+v %+v", a, b)
	}
	for _, p := range []patient.Patient{a, b} {
		for _, i := range p.Identifiers {
			if i.Former {
				t.Errorf("%s: %+v", p.MRN, p.Identifiers)
			}
		}
	}
}

// Seen red: two of plainly other names, of whom no date of birth is known, were one
// and nothing was said.
func TestAMergeOfOtherNamesIsSaid(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", marsh, marshBed),
		adt("A01", "080000", "PID|1||K200^^^OAK^MR||Brook^Ben||||M", brookBed))
	r := sendAll(t, s, adt("A40", "090000", marsh, "MRG|K200^^^OAK^MR"))
	if !warnsOf(r, "plainly other names") || !warnsOf(r, `both have a bed: "02" of ward "6N" is shown`) {
		t.Errorf("%q", texts(r))
	}
}

// Seen red: a survivor who was known by number alone stayed without the name, the
// date of birth and the sex of the other.
func TestASurvivorTakesWhatOnlyTheOtherKnew(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A28", "075000", "PID|1||K100^^^OAK^MR"), adt("A01", "080000", brook, brookBed),
		adt("A40", "090000", "PID|1||K100^^^OAK^MR", "MRG|K200^^^OAK^MR"))
	p := find(t, s, "K100").Patient
	if p.Name() != "BROOK, Ben" || p.Born.Year() != 1955 || p.Sex != patient.Male {
		t.Errorf("%+v", p)
	}
	// What was known of the other is as old as it was.
	sendAll(t, s, adt("A08", "085000", "PID|1||K100^^^OAK^MR||Brooke^Ben||19550506", brookBed))
	if p := find(t, s, "K100").Patient; p.Surname != "Brooke" || p.Born.Day() != 6 {
		t.Errorf("%+v", p)
	}
	list, err := s.Merges(t.Context(), true)
	ok(t, err)
	ok(t, s.Unmerge(t.Context(), list[0].ID, patient.Signed{Staff: "n1"}, "two people"))
	if a, b := find(t, s, "K100").Patient, find(t, s, "K200").Patient; a.Surname != "Brooke" ||
		a.Sex != patient.Unknown || b.Name() != "BROOK, Ben" {
		t.Errorf("%+v %+v", a, b)
	}
}

// Seen red: a merge lost that one of the two has died.
func TestAMergeKeepsADeath(t *testing.T) {
	died := strings.Repeat("|", 21) + "20260310083000|Y"
	for name, dead := range map[string]string{"who goes": brook, "who stays": marsh} {
		t.Run(name, func(t *testing.T) {
			s := record(t)
			sendAll(t, s, adt("A01", "080000", marsh, marshBed), adt("A01", "080000", brook),
				adt("A31", "083000", dead+died))
			r := sendAll(t, s, adt("A40", "090000", marsh, "MRG|K200^^^OAK^MR"))
			p := find(t, s, "K100").Patient
			if !p.Deceased || p.Died.IsZero() || !warnsOf(r, "one of the two that are merged has died by the record") {
				t.Errorf("%+v %q", p, texts(r))
			}
			// A word of before the death is no denial of it.
			sendAll(t, s, adt("A31", "082000", marsh+strings.Repeat("|", 22)+"N"))
			if p := find(t, s, "K100").Patient; !p.Deceased {
				t.Errorf("%+v", p)
			}
			list, err := s.Merges(t.Context(), true)
			ok(t, err)
			ok(t, s.Unmerge(t.Context(), list[0].ID, patient.Signed{Staff: "n1"}, "two people"))
			a, b := find(t, s, "K100").Patient, find(t, s, "K200").Patient
			if a.Deceased != (dead == marsh) || b.Deceased != (dead == brook) {
				t.Errorf("%+v %+v", a, b)
			}
		})
	}
}

// Seen red: the correction of a value that was K200's stayed with K100, and K200 had the
// mistake again.
func TestAnUndoneMergeGivesACorrectionBackWithItsOrder(t *testing.T) {
	s := record(t)
	report := func(order, status, value string) string {
		control++
		return fmt.Sprintf(
			"MSH|^~\\&|LAB|OAK|WL|OAK|20260310093000||ORU^R01|p%d|P|2.5\nPID|1||K200^^^OAK^MR||Marsh^Ada||19600101|F\n"+
				"OBR|1||%s|VITALS|||20260310090000||||||||||||||||||%s\nOBX|1|NM|59408-5^SpO2^LN||%s|%%|||||%s|||20260310082000", control, order, status, value, status)
	}
	sendAll(t, s, adt("A01", "080000", marsh, marshBed),
		adt("A28", "080100", "PID|1||K200^^^OAK^MR||Marsh^Ada||19600101|F"),
		report("Q1", "F", "82"), adt("A40", "090000", marsh, "MRG|K200^^^OAK^MR"), report("Q1", "C", "97"))
	list, err := s.Merges(t.Context(), true)
	ok(t, err)
	ok(t, s.Unmerge(t.Context(), list[0].ID, patient.Signed{Staff: "n1"}, "two people"))
	if p := find(t, s, "K200"); len(p.Recent) != 1 || *p.Recent[0].SpO2 != 97 {
		t.Errorf("K200: %+v", p.Recent)
	}
	if p := find(t, s, "K100"); len(p.Recent) != 0 {
		t.Errorf("K100: %+v", p.Recent)
	}
}

// What comes by the number of a record that was merged away is the survivor's while
// the two are one, and goes back with that record: its newest values would else stay
// with a stranger. Seen red: charted for the survivor alone.
func TestAnUndoneMergeGivesBackWhatCameByItsNumber(t *testing.T) {
	s := record(t)
	report := func(number, order, value, at string) string {
		control++
		return fmt.Sprintf(
			"MSH|^~\\&|LAB|OAK|WL|OAK|20260310110000||ORU^R01|p%d|P|2.5\nPID|1||%s^^^OAK^MR||Marsh^Ada||19600101|F\n"+
				"OBR|1||%s|VITALS|||20260310%s\nOBX|1|NM|59408-5^SpO2^LN||%s|%%|||||F", control, number, order, at,
			value)
	}
	sendAll(t, s, adt("A01", "080000", marsh, marshBed),
		adt("A28", "080100", "PID|1||K200^^^OAK^MR||Marsh^Ada||19600101|F"),
		adt("A40", "090000", marsh, "MRG|K200^^^OAK^MR"), report("K200", "Q1", "89", "093000"),
		report("K100", "Q2", "97", "100000"))
	if p := find(t, s, "K100"); len(p.Recent) != 2 {
		t.Errorf("while they are one: %+v", p.Recent)
	}
	list, err := s.Merges(t.Context(), true)
	ok(t, err)
	ok(t, s.Unmerge(t.Context(), list[0].ID, patient.Signed{Staff: "n1"}, "two people"))
	for number, want := range map[string]float64{"K200": 89, "K100": 97} {
		if p := find(t, s, number); len(p.Recent) != 1 || *p.Recent[0].SpO2 != want {
			t.Errorf("%s: %+v", number, p.Recent)
		}
	}
}

// A patient who was registered twice on the day of admission stays in the bed that is
// known of either record, and is moved and discharged by the visit that goes on. Seen
// red: the later registration, which has no bed, took the patient out of the bed and
// ended the visit.
func TestAMergeTakesNobodyOutOfTheirBed(t *testing.T) {
	s := record(t)
	tell(t, s, event("A01", "1", "20260310080000", "K1", "I", "6N^^01", "19=V1"),
		event("A01", "2", "20260310080300", "K9", "I", "6N", "19=V9"),
		event("A02", "3", "20260310100000", "K1", "I", "6N^^02", "19=V1"))
	sendAll(t, s, adt("A40", "103000", "PID|1||K1^^^OAK^MR||Marsh^Ada||19600304|F", "MRG|K9^^^OAK^MR"))
	if got := boards(t, s); got != "6N: 02=K1" {
		t.Errorf("merged: %s", got)
	}
	tell(t, s, event("A02", "4", "20260310104000", "K1", "I", "6N^^03", "19=V1"))
	if got := boards(t, s); got != "6N: 03=K1" {
		t.Errorf("moved on: %s", got)
	}
	tell(t, s, event("A03", "5", "20260310110000", "K1", "I", "6N^^03", "19=V1"))
	if got := boards(t, s); got != "6N: " {
		t.Errorf("discharged: %s", got)
	}
}
