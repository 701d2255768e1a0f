package hl7_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/patient"
)

const brookAt9 = "PV1|1|I|7S^^09^OAK"

// Seen red: the second patient's allergies, or that they have none, were the first's,
// and the second patient, or the second event of the first, was lost without a word.
func TestASecondPatientOfAnAdmissionIsParked(t *testing.T) {
	for name, c := range map[string]struct {
		trigger string
		second  []string
	}{
		"with an allergy":       {"A08", []string{brook, brookAt9, "AL1|1|DA|^Penicillin|SV|Anaphylaxis"}},
		"with none known":       {"A08", []string{brook, brookAt9, "AL1|1|DA|NKA"}},
		"with an IAM":           {"A60", []string{brook, "IAM|1|DA|^Penicillin|SV|Rash|A|7"}},
		"with an event":         {"A08", []string{"EVN|A08|20260310093100", brook, brookAt9, "DG1|1||I21.9^MI"}},
		"of the person":         {"A31", []string{brook}},
		"an event and no PID":   {"A08", []string{"EVN|A08|20260310093100", "AL1|1|DA|^Penicillin"}},
		"the same person again": {"A08", []string{"EVN|A02|20260310093000", marsh, brookAt9}},
	} {
		t.Run(name, func(t *testing.T) {
			s := record(t)
			sendAll(t, s, adt("A01", "080000", marsh, marshBed), adt("A01", "080000", brook, "PV1|1|I|6N^^02^OAK"))
			r := sendAll(t, s, adt(c.trigger, "093000", append([]string{strings.Replace(marsh, "Ada", "Ada Eve", 1),
				marshBed}, c.second...)...))
			ada, tom := find(t, s, "K100"), find(t, s, "K200")
			if r.Parked != 1 || r.Refusals != 0 || !warnsOf(r, "a second part of it") {
				t.Errorf("%d parked, %q", r.Parked, texts(r))
			}
			if ada.Patient.Given != "Ada Eve" || ada.Ward != "6N" || ada.Allergy != "" || ada.Reason != "" ||
				tom.Ward != "6N" || tom.Allergy != "" {
				t.Errorf("%+v\n%+v", ada, tom)
			}
			list, err := s.ParkedMessages(t.Context(), false)
			ok(t, err)
			if len(list) != 1 || list[0].Group != 1 || list[0].MayAssign() == nil {
				t.Errorf("%+v", list)
			}
		})
	}
}

// Seen red: only the first MRG was done.
func TestEveryMRGBehindAPIDIsDone(t *testing.T) {
	as := func(mrn string) string { return strings.Replace(marsh, "K100", mrn, 1) }
	for _, c := range []struct {
		trigger string
		now     string
		merges  int
	}{{"A40", "K100", 2}, {"A47", "K999", 0}} {
		s := record(t)
		sendAll(t, s, adt("A01", "080000", marsh, marshBed))
		if c.trigger == "A40" {
			sendAll(t, s, adt("A28", "080000", as("K101")), adt("A28", "080000", as("K102")))
		}
		r := sendAll(t, s, adt(c.trigger, "100000", as(c.now), "MRG|K100^^^OAK^MR", "MRG|K101^^^OAK^MR",
			"MRG|K102^^^OAK^MR"))
		if c.trigger == "A40" { // of itself into itself there is none
			r = sendAll(t, s, adt(c.trigger, "100100", as(c.now), "MRG|K101^^^OAK^MR", "MRG|K102^^^OAK^MR"))
		}
		list, err := s.Merges(t.Context(), true)
		ok(t, err)
		id := find(t, s, "K100").Patient.ID
		if len(list) != c.merges || r.Refusals+r.Parked != 0 || find(t, s, "K101").Patient.ID != id ||
			find(t, s, "K102").Patient.ID != id || find(t, s, "K102").Patient.MRN != c.now {
			t.Errorf("%s: %+v %q", c.trigger, list, texts(r))
		}
	}
}

// Seen red: where CX-4 is empty another house's number was read as the site's own.
func TestWhoGaveANumberWithoutCX4(t *testing.T) {
	for cx, same := range map[string]bool{
		"K100^^^^MR^OAK": true, "K100^^^^MR": true, "K100^^^OAK^MR^NORTH": true,
		"K100^^^^MR^NORTH": false, "K100^^^^MR^&1.2.3&ISO": false, "K100^^^^MR^^^^NORTH": false,
		"K100^^^^MR^^^^^NORTH": false,
	} {
		s := record(t)
		sendAll(t, s, adt("A01", "080000", marsh, marshBed))
		r := sendAll(t, s, oru("PID|1||"+cx))
		if got := len(find(t, s, "K100").Recent) == 1; got != same || (r.Parked == 0) != same {
			t.Errorf("%s: %v %q", cx, got, texts(r))
		}
	}
}

// Seen red: a date of birth that was mistyped by a century stood for ever, and all that
// came later was parked.
func TestABirthOfAnotherGenerationIsCorrected(t *testing.T) {
	for name, c := range map[string]struct {
		message string
		taken   bool
	}{
		"name and sex fit":     {adt("A08", "093000", "PID|1||K100^^^OAK^MR||Marsh^Ada||20260101|F", marshBed), true},
		"no sex":               {adt("A08", "093000", "PID|1||K100^^^OAK^MR||Marsh^Ada||20260101|", marshBed), true},
		"another sex":          {adt("A08", "093000", "PID|1||K100^^^OAK^MR||Marsh^Ada||20260101|M", marshBed), false},
		"another given name":   {adt("A08", "093000", "PID|1||K100^^^OAK^MR||Marsh^Bea||20260101|F", marshBed), false},
		"another family name":  {adt("A08", "093000", "PID|1||K100^^^OAK^MR||Brook^Ada||20260101|F", marshBed), false},
		"no name":              {adt("A08", "093000", "PID|1||K100^^^OAK^MR||||20260101|F", marshBed), false},
		"a placeholder's name": {adt("A08", "093000", "PID|1||K100^^^OAK^MR||Marsh^Baby||20260101|F", marshBed), false},
	} {
		s := record(t)
		sendAll(t, s, adt("A01", "080000", marsh, marshBed))
		r := sendAll(t, s, c.message)
		born := find(t, s, "K100").Patient.Born.Year()
		if (born == 2026) != c.taken || (r.Parked == 0) != c.taken || c.taken && !warnsOf(r, "its correction") {
			t.Errorf("%s: %d %q", name, born, texts(r))
		}
		if c.taken {
			r = sendAll(t, s, oru("PID|1||K100^^^OAK^MR||Marsh^Ada||20260101|F"))
			if r.Parked+r.Warnings != 0 {
				t.Errorf("%s: %q", name, texts(r))
			}
		}
	}
}

// Seen red: "PID-3 names nobody" of a number that the site's own authority gave.
func TestANumberOfTheOwnAuthorityCountsWhateverItsType(t *testing.T) {
	for cx, want := range map[string]string{
		"K100^^^OAK^PT": "", "K100^^^OAK^NH": "", "K100^^^OAK^LOCAL": "",
		"K100^^^NHS^NH": "NH of NHS", "K100^^^OAK^AN": "AN of OAK", "K100^^^OAK^SS": "SS of OAK",
		"K100^^^&2.16.840.1.113883.3.1&ISO^NNDNK": "site.authority (OAK)", "K100^^^OAK^VN": "VN of OAK",
	} {
		s := record(t)
		r := sendAll(t, s, adt("A01", "080000", "PID|1||"+cx+"||Marsh^Ada||19600101|F", marshBed),
			oru("PID|1||"+cx))
		if want == "" && (r.Refusals+r.Parked != 0 || len(find(t, s, "K100").Recent) != 1) ||
			want != "" && (r.Refusals != 1 || r.Parked != 1 || !warnsOf(r, want)) {
			t.Errorf("%s: %q", cx, texts(r))
		}
	}
	// One that several may share finds nobody by itself.
	s := record(t)
	sendAll(t, s, adt("A01", "080000", "PID|1||K100^^^OAK^MR~F7^^^OAK^FAM||Marsh^Ada||19600101|F", marshBed))
	if r := sendAll(t, s, oru("PID|1||F7^^^OAK^FAM")); r.Parked != 1 {
		t.Errorf("%q", texts(r))
	}
	if r := sendAll(t, s, oru("PID|1||F7^^^OAK^FAM||Marsh^Ada||19600101|F")); r.Parked != 0 {
		t.Errorf("%q", texts(r))
	}
	// Of twins who share one it finds neither.
	sendAll(t, s, adt("A01", "080000", "PID|1||K300^^^OAK^MR~F7^^^OAK^FAM||Marsh^Eve||19600101|F",
		"PV1|1|I|6N^^03^OAK"))
	if r := sendAll(t, s, oru("PID|1||F7^^^OAK^FAM||Marsh^Ada||19600101|F")); r.Parked != 1 {
		t.Errorf("%q", texts(r))
	}
}

// Seen red: a maiden name, a nickname and an alias were shown for the name.
func TestWhichOfSeveralNamesIsShown(t *testing.T) {
	for names, want := range map[string]string{
		"Maiden^Ada^^^^^M~Marsh^Ada^^^^^Current":  "MARSH, Ada",
		"Maiden^Ada^^^^^M~Marsh^Ada^^^^^Cur_Name": "MARSH, Ada",
		"Nick^Ada^^^^^N~Marsh^Ada^^^^^D":          "MARSH, Ada",
		"Alias^Ada^^^^^A~Marsh^Ada^^^^^l":         "MARSH, Ada",
		"Other^Ada~Marsh^Ada^^^^^L":               "MARSH, Ada",
		"Marsh^Ada~Other^Ada^^^^^M":               "MARSH, Ada",
		"Marsh^Ada^^^^^M":                         "MARSH, Ada",
		"^^^^^^L~Marsh^Ada^^^^^M":                 "MARSH, Ada",
	} {
		s := record(t)
		sendAll(t, s, adt("A01", "080000", "PID|1||K100^^^OAK^MR||"+names+"||19600101|F", marshBed))
		if got := find(t, s, "K100").Patient.Name(); got != want {
			t.Errorf("%s: %s", names, got)
		}
	}
}

// Seen red: "K1\x0000" and "K1\.br\00" were the number K100.
func TestADoubtfulNumberIsNobodys(t *testing.T) {
	for _, number := range []string{"K1\x0000", "K1\x0100", "K1\u200b00", `K1\.br\00`, `K100\X00\`} {
		s := record(t)
		sendAll(t, s, adt("A01", "080000", marsh, marshBed), adt("A01", "080000", brook, brookAt9))
		pid := "PID|1||" + number + "^^^OAK^MR||Marsh^Ada||19600101|F"
		r := sendAll(t, s, oru(pid), adt("A08", "090000", pid, marshBed),
			adt("A40", "100000", brook, "MRG|"+number+"^^^OAK^MR"), adt("A47", "100000", pid, "MRG|K100^^^OAK^MR"))
		if r.Parked != 4 || len(find(t, s, "K100").Recent) != 0 {
			t.Errorf("%q: %d parked, %q", number, r.Parked, texts(r))
		}
	}
}

// Seen red: a sex of "2" was kept and shown, and a word that nobody knows too.
func TestTheSexIsOfTheTable(t *testing.T) {
	for sent, want := range map[string]patient.Sex{"1": "M", "2": "F", "9": "U", "0": "U", "a": "A", "x": "X",
		"Weiblich": "F", "q": "U", "3": "U", "Womann": "U"} {
		s := record(t)
		r := sendAll(t, s, adt("A01", "080000", "PID|1||K100^^^OAK^MR||Marsh^Ada||19600101|"+sent, marshBed))
		unread := want == "U" && sent != "0" && sent != "9"
		if p := find(t, s, "K100").Patient; p.Sex != want || warnsOf(r, "no sex that is known") != unread {
			t.Errorf("%s: %q %q", sent, p.Sex, texts(r))
		}
	}
}
