package hl7_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
)

var peopleNow = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func peopleOptions() hl7.ImportOptions {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	return hl7.ImportOptions{Location: london, Authority: "OAK", Now: func() time.Time { return peopleNow }}
}

// sendAll imports messages, each of the segments that are parted by "\n".
func sendAll(t testing.TB, s *records.Store, messages ...string) hl7.Report {
	t.Helper()
	r, err := hl7.Import(t.Context(),
		strings.NewReader(strings.ReplaceAll(strings.Join(messages, "\n")+"\n", "\n", "\r")), s, peopleOptions())
	ok(t, err)
	return r
}

var control int

// adt is one message about a patient; event is an hour of 2026-03-10.
func adt(trigger, event string, segments ...string) string {
	control++
	return fmt.Sprintf("MSH|^~\\&|ADTX|OAK|WL|OAK|20260310%s||ADT^%s|p%d|P|2.5\nEVN|%s|20260310%s\n%s", event, trigger,
		control, trigger, event,
		strings.Join(segments, "\n"))
}

func oru(segments ...string) string {
	control++
	return fmt.Sprintf("MSH|^~\\&|MON|OAK|WL|OAK|20260310110000||ORU^R01|p%d|P|2.5\n%s\nOBR|1||S%d|VITALS|||2026031010%02d00\nOBX|1|NM|59408-5^SpO2^LN||97|%%|||||F",
		control, strings.Join(segments, "\n"), control, control%60)
}

func people(t testing.TB, s *records.Store) []patient.Summary {
	t.Helper()
	all, err := s.WardSummaries(t.Context(), "6N")
	ok(t, err)
	var out []patient.Summary
	for _, p := range all {
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b patient.Summary) int { return strings.Compare(a.Patient.MRN, b.Patient.MRN) })
	return out
}

// Seen red: with CX-4.2 not read (02), results that change patients (03), no default
// authority (04), insurance numbers that are one's own (35), and NKDA read as a
// substance (09).
func TestCasesOfPeople(t *testing.T) {
	do := func(name string, check func(*testing.T, *records.Store, hl7.Report, []patient.Summary)) {
		t.Run(name, func(t *testing.T) {
			s := record(t)
			r := load(t, s, "testdata/cases/"+name+".hl7", peopleOptions())
			check(t, s, r, people(t, s))
		})
	}
	substances := func(p patient.Summary) string {
		var out []string
		for _, a := range p.Allergic {
			out = append(out, a.Substance+"/"+a.Severity+"/"+a.Reaction)
		}
		return string(p.Allergy) + ": " + strings.Join(out, "; ")
	}
	expect := func(t *testing.T, got, want any) {
		t.Helper()
		if got != want {
			t.Errorf("%v, want %v", got, want)
		}
	}
	do("02-oid-authority", func(t *testing.T, _ *records.Store, r hl7.Report, all []patient.Summary) {
		expect(t, len(all), 2)
		expect(t, len(r.Details), 0)
	})
	do("03-monitor-placeholder", func(t *testing.T, s *records.Store, r hl7.Report, all []patient.Summary) {
		expect(t, len(all), 1)
		p := all[0].Patient
		expect(t, p.Name()+p.Born.Format(time.DateOnly)+string(p.Sex), "MARSH, Ada1960-01-01F")
		expect(t, *all[0].Recent[0].SpO2, 97.0)
		expect(t, len(r.Details), 0)
	})
	do("04-no-authority", func(t *testing.T, s *records.Store, r hl7.Report, all []patient.Summary) {
		expect(t, len(all), 1)
		expect(t, *find(t, s, "K100").Recent[0].SpO2, 83.0)
	})
	do("06-al1-nka-over-latex", func(t *testing.T, _ *records.Store, r hl7.Report, all []patient.Summary) {
		expect(t, substances(all[0]), "recorded: Latex/SV/Anaphylaxis")
		expect(t, r.Warnings > 0, true)
	})
	do("07-al1-alternate-code", func(t *testing.T, _ *records.Store, _ hl7.Report, all []patient.Summary) {
		expect(t, substances(all[0]), "recorded: Amoxicillin/SV/Rash, Anaphylaxis")
		expect(t, all[0].Allergic[0].Code, "AMX")
	})
	do("08-iam", func(t *testing.T, _ *records.Store, _ hl7.Report, all []patient.Summary) {
		expect(t, substances(all[0]), "recorded: Penicillin G/SV/Anaphylaxis")
	})
	do("09-al1-variants", func(t *testing.T, _ *records.Store, r hl7.Report, all []patient.Summary) {
		for n, want := range []string{"recorded: Penicillin G/SV/Rash, Anaphylaxis; Amoxicillin/MO/; Sulfa & trimethoprim/MO/",
			"none-known-drug: ", "none-known-drug: ", "none-known: ", "none-known-drug: "} {
			expect(t, substances(all[n]), want)
		}
	})
	do("33-a47-change-id", func(t *testing.T, s *records.Store, r hl7.Report, all []patient.Summary) {
		expect(t, len(all), 1)
		expect(t, all[0].Patient.MRN, "K999")
		expect(t, *all[0].Recent[0].SpO2, 82.0)
		expect(t, find(t, s, "K100").Patient.ID, all[0].Patient.ID)
		expect(t, len(r.Details), 0)
	})
	do("35-shared-number", func(t *testing.T, _ *records.Store, r hl7.Report, all []patient.Summary) {
		expect(t, len(all), 4)
		expect(t, len(r.Details), 0)
	})
	do("58-dates", func(t *testing.T, _ *records.Store, r hl7.Report, all []patient.Summary) {
		expect(t, len(all), 5)
		expect(t, r.Warnings, 3)
		for n, want := range []string{"0001-01-01", "1941-01-01year", "0001-01-01", "0001-01-01", "1941-03-01"} {
			expect(t, all[n].Patient.Born.Format(time.DateOnly)+string(all[n].Patient.BornIn), want)
			expect(t, all[n].Patient.Age(peopleNow) == 0, false)
		}
	})
}

// No result message changes a patient or makes one, whatever its PID says.
//
// Seen red: with results taken as admissions are.
func TestNoResultChangesAPatient(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", ada, bed1, "AL1|1|DA|^Latex"))
	dump := func() string {
		p := find(t, s, "K100")
		n, err := s.Count(t.Context())
		ok(t, err)
		return fmt.Sprintf("%+v %+v %s %d", p.Patient, p.Allergic, p.Allergy, n.Patients)
	}
	before := dump()
	rapid.Check(t, func(rt *rapid.T) {
		one := func(what string, of ...string) string { return rapid.SampledFrom(of).Draw(rt, what) }
		pid := "PID|1||" + one("number", "K100^^^OAK^MR", "K100", "K100^^^OAK^PI", "K555^^^OAK^MR", "INS-1^^^P^HC", "",
			`""`, "K100^^^OAK^MR~K9^^^ELM^MR") + "||" +
			one("name", "Marsh^Ada", "Brook^Tom", "UNKNOWN^PATIENT", "", `""`, "Mar\u202esh^Ada") + "||" +
			one("born", "19600304", "19350717", "19000101", "", `""`, "x", "20990101") + "|" + one("sex", "F", "M", "U",
			"", `""`) +
			strings.Repeat("|", 21) + one("died", "", "20260310", `""`) + "|" + one("dead", "", "Y", "N", `""`)
		sendAll(t, s, oru(pid, one("allergy", "AL1|1|DA|NKA", `AL1|1|DA|""`, "AL1|1|DA|^Eggs", "IAM|1|DA|^Latex|||D")))
		if after := dump(); after != before {
			rt.Fatalf("%s\nmade of\n%s\n%s", pid, before, after)
		}
	})
}

const (
	ada  = "PID|1||K100^^^OAK^MR||Marsh^Ada||19600304|F"
	bed1 = "PV1|1|I|6N^^01^OAK"
)

// Whose a message is: what is parked, what warns, what is taken.
//
// Seen red: with the comparison of name and birth off, Tom Brook's value is Ada
// Marsh's, and an admission makes the two one.
func TestWhoseMessageItIs(t *testing.T) {
	for _, c := range []struct {
		name, message string
		parked        string
		warns         string
	}{
		{"herself", oru("PID|1||K100^^^OAK^MR||Marsh^Ada||19600304|F"), "", ""},
		{"another spelling", oru("PID|1||K100^^^OAK^MR||MARSH^ADA L||19600304|F"), "", ""},
		{"day and month swapped", oru("PID|1||K100^^^OAK^MR||Marsh^Ada||19600403|F"), "", "PID-7 is written otherwise"},
		{"a mistyped number", oru("PID|1||K100^^^OAK^MR||Brook^Tom||19350717|M"), "another name and another date", ""},
		{"an admission under her number", adt("A01", "110000", "PID|1||K100^^^OAK^MR||Brook^Tom||19350717|M", bed1),
			"another name and another date", ""},
		{"another name only", oru("PID|1||K100^^^OAK^MR||Brook^Tom||19600304|F"), "", "PID-5 is plainly another's"},
		{"another birth only", oru("PID|1||K100^^^OAK^MR||Marsh^Ada||19670717|F"), "", "PID-7 is plainly another's"},
		{"a birth that is a generation away", oru("PID|1||K100^^^OAK^MR||||19350717|F"), "a generation away", ""},
		{"and her name", oru("PID|1||K100^^^OAK^MR||Marsh^Ada||19350717|F"), "", "PID-7 is plainly another's"},
		{"another sex", oru("PID|1||K100^^^OAK^MR||Marsh^Ada||19600304|M"), "", "PID-8 is another"},
		{"nobody", oru("PID|1||K777^^^OAK^MR||Brook^Tom||19350717|M"), "nobody has this number", ""},
		{"another authority", oru("PID|1||K100^^^ELM^MR||Marsh^Ada||19600304|F"), "nobody has this number", ""},
		{"an insurance only", oru("PID|1||INS-1^^^PLAN^HC||Marsh^Ada||19600304|F"), "no number", ""},
		{"zeros", oru("PID|1||000000^^^OAK^MR||Marsh^Ada||19600304|F"), "no number", ""},
		{"two patients' numbers", oru("PID|1||K100^^^OAK^MR~K200^^^OAK^MR||Marsh^Ada"), "several patients", ""},
		{"allergies in a result", oru(ada, "AL1|1|DA|NKA"), "", "changes no allergy"},
		{"death in a result", oru("PID|1||K100^^^OAK^MR||Marsh^Ada||19600304|F" + strings.Repeat("|", 22) + "Y"), "",
			"has died"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := record(t)
			sendAll(t, s, adt("A01", "080000", ada, bed1, "AL1|1|DA|^Latex"),
				adt("A01", "080000", "PID|1||K200^^^OAK^MR||Brook^Tom||19550202|M", "PV1|1|I|6N^^02^OAK"))
			before := people(t, s)
			r := sendAll(t, s, c.message)
			var said []string
			for _, d := range r.Details {
				said = append(said, d.Text)
				if d.Patient == "" && !strings.Contains(d.Text, "cannot be decided") && !d.Refused && c.parked == "" {
					t.Errorf("names no patient: %s", d)
				}
			}
			all := strings.Join(said, "\n")
			if c.parked != "" && !strings.Contains(all, c.parked) || c.warns != "" && !strings.Contains(all, c.warns) ||
				c.parked == "" && c.warns == "" && all != "" {
				t.Errorf("said %q", all)
			}
			after := people(t, s)
			if len(after) != len(before) {
				t.Fatalf("%d patients, then %d", len(before), len(after))
			}
			taken := 0
			for n := range after {
				taken += len(after[n].Recent)
				if a, b := fmt.Sprint(before[n].Patient, before[n].Allergic),
					fmt.Sprint(after[n].Patient, after[n].Allergic); a != b {
					t.Errorf("%s\nbecame\n%s", a, b)
				}
			}
			if (taken == 1) != (c.parked == "") {
				t.Errorf("%d sets taken", taken)
			}
		})
	}
}

// Seen red: with the demographics of the last message that came.
func TestLateMessageOfOldDemographics(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", ada, bed1),
		adt("A08", "100000", "PID|1||K100^^^OAK^MR||Marsh-Brook^Ada||19600305|F", bed1),
		adt("A08", "090000", "PID|1||K100^^^OAK^MR||Marshall^Ada||19600304|M", bed1, "AL1|1|DA|^Latex"))
	p := find(t, s, "K100")
	if p.Patient.Surname != "Marsh-Brook" || p.Patient.Sex != patient.Female || p.Patient.Born.Day() != 5 ||
		p.Allergy != patient.AllergiesRecorded {
		t.Errorf("%+v", p)
	}
	sendAll(t, s, adt("A31", "110000", "PID|1||K100^^^OAK^MR||UNKNOWN^PATIENT||\"\"|U"))
	if p := find(t, s, "K100"); p.Patient.Surname != "Marsh-Brook" || !p.Patient.Born.IsZero() {
		t.Errorf("%+v", p)
	}
}

func TestAllergiesAddedAndTakenBack(t *testing.T) {
	s := record(t)
	iam := func(text, action string) string { return "IAM|1|DA|" + text + "|SV|Rash|" + action }
	r := sendAll(t, s, adt("A01", "080000", ada, bed1, "AL1|1|DA|L^Latex^X|SV|Rash|20200102"),
		adt("A60", "090000", ada, iam("P^Penicillin^X", "A")),
		adt("A60", "100000", ada, iam("L^^X", "D")),
		adt("A60", "110000", ada, iam("E^Eggs^X", "X")),
		adt("A31", "113000", ada, "AL1|1|DA|NKDA"))
	p := find(t, s, "K100")
	if len(p.Allergic) != 1 || p.Allergic[0].Substance != "Penicillin" || r.Warnings != 1 {
		t.Errorf("%+v %v", p.Allergic, texts(r))
	}
	r = sendAll(t, s, adt("A31", "114000", ada, "AL1|1|DA|L^Latex^X|SV|Rash|20200102"))
	if p = find(t, s, "K100"); len(p.Allergic) != 1 || p.Allergic[0].Since.Year() != 2020 || r.Warnings != 1 {
		t.Errorf("%+v %v", p.Allergic, texts(r))
	}
	sendAll(t, s, adt("A31", "115000", ada, `AL1|1|DA|""`))
	if p = find(t, s, "K100"); p.Allergy != patient.AllergiesNotRecorded {
		t.Errorf("%+v", p.Allergic)
	}
}

func TestMergesAsTheStandardHasThem(t *testing.T) {
	tom := "PID|1||K200^^^OAK^MR||Marsh^Ada||19600304|F"
	for name, merge := range map[string]string{
		"A40": adt("A40", "100000", ada, "MRG|K200^^^OAK^MR"),
		"A40, both in PID-3": adt("A40", "100000", "PID|1||K200^^^OAK^MR~K100^^^OAK^MR||Marsh^Ada||19600304|F",
			"MRG|K200^^^OAK^MR"),
		"A34":          adt("A34", "100000", ada, "MRG|K200^^^OAK^MR"),
		"A18":          adt("A18", "100000", ada, "MRG|K200^^^OAK^MR"),
		"A39 by MRG-4": adt("A39", "100000", ada, "MRG||||K200^^^OAK^MR"),
	} {
		t.Run(name, func(t *testing.T) {
			s := record(t)
			sendAll(t, s, adt("A01", "080000", ada), adt("A01", "080000", tom, "PV1|1|I|6N^^02^OAK"), oru(tom))
			for range 2 { // and again
				if r := sendAll(t, s, strings.Replace(merge, "|p", fmt.Sprintf("|q%d", control), 1)); r.Refusals != 0 ||
					r.Warnings != 0 {
					t.Errorf("%q", texts(r))
				}
			}
			sendAll(t, s, oru("PID|1||K200^^^OAK^MR||Marsh^Ada"))
			p := find(t, s, "K200")
			if p.Patient.MRN != "K100" || len(p.Recent) != 2 || p.Bed != "02" {
				t.Errorf("%+v", p)
			}
			list, err := s.Merges(t.Context(), true)
			ok(t, err)
			if len(list) != 1 || list[0].Merged.MRN != "K200" {
				t.Errorf("%+v", list)
			}
			// A37 is no undo.
			sendAll(t, s, adt("A37", "110000", ada, "PID|2||K200^^^OAK^MR"))
			if find(t, s, "K200").Patient.MRN != "K100" {
				t.Error("an unlink undid a merge")
			}
		})
	}
}

func TestNumberChangesAndLinks(t *testing.T) {
	s := record(t)
	change := func(from, to string) string {
		return adt("A47", "100000", "PID|1||"+to+"^^^OAK^MR||Marsh^Ada||19600304|F", "MRG|"+from+"^^^OAK^MR")
	}
	sendAll(t, s, adt("A01", "080000", ada, bed1),
		adt("A01", "080000", "PID|1||K200^^^OAK^MR||Brook^Tom||19550202|M", "PV1|1|I|6N^^02^OAK"))
	id := find(t, s, "K100").Patient.ID
	sendAll(t, s, change("K100", "K101"), change("K100", "K101"), change("K101", "K102"))
	p := find(t, s, "K100").Patient
	if p.ID != id || p.MRN != "K102" || find(t, s, "K101").Patient.ID != id {
		t.Errorf("%+v", p)
	}
	r := sendAll(t, s, change("K102", "K200"))
	if r.Refusals+r.Parked != 1 || find(t, s, "K102").Patient.ID != id ||
		find(t, s, "K200").Patient.Surname != "Brook" {
		t.Errorf("%q", texts(r))
	}
	sendAll(t, s, adt("A24", "100000", "PID|1||K102^^^OAK^MR", "PID|2||K200^^^OAK^MR"))
	if a, b := find(t, s, "K102").Patient, find(t, s, "K200").Patient; !slices.Equal(a.Linked, []string{"K200"}) ||
		!slices.Equal(b.Linked, []string{"K102"}) || a.ID == b.ID {
		t.Errorf("%+v %+v", a, b)
	}
	sendAll(t, s, adt("A37", "110000", "PID|1||K200^^^OAK^MR", "PID|2||K102^^^OAK^MR"))
	if a := find(t, s, "K102").Patient; len(a.Linked) != 0 {
		t.Errorf("%+v", a)
	}
}

// A change of number holds by its own time. Seen red: by the time it came, the older
// change took the number back, and its other number was nobody's.
func TestNumberChangesHoldByTheirTime(t *testing.T) {
	s := record(t)
	change := func(at, from, to string) hl7.Report {
		return sendAll(t, s, adt("A47", at, "PID|1||"+to+"^^^OAK^MR||Marsh^Ada||19600304|F", "MRG|"+from+"^^^OAK^MR"))
	}
	is := func(want string, numbers ...string) {
		t.Helper()
		p := find(t, s, "K100").Patient
		if p.MRN != want {
			t.Errorf("known as %s, want %s", p.MRN, want)
		}
		for _, n := range numbers {
			if got := find(t, s, n).Patient.ID; got != p.ID {
				t.Errorf("%s is another patient's", n)
			}
		}
	}
	said := func(r hl7.Report, want string) {
		t.Helper()
		var got []string
		for _, d := range r.Details {
			got = append(got, d.Text)
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	const late = "a newer change of number than this one is known, and stands"
	sendAll(t, s, adt("A01", "080000", ada, bed1))
	said(change("100000", "K100", "K102"), "")
	said(change("112000", "K102", "K100"), "") // given again
	is("K100")
	said(change("100500", "K100", "K102"), late)
	is("K100", "K102")
	said(change("110000", "K100", "K101"), late)
	is("K100", "K101") // it was theirs, and finds them
	said(change("114000", "K100", "K103"), "")
	is("K103", "K101", "K102")
	// An older change to a number that was changed on since.
	sendAll(t, s, adt("A31", "080000", "PID|1||K200^^^OAK^MR~K201^^^OAK^MR||Brook^Tom||19550202|M"))
	brook := func(at, from, to string) hl7.Report {
		return sendAll(t, s, adt("A47", at, "PID|1||"+to+"^^^OAK^MR||Brook^Tom||19550202|M", "MRG|"+from+"^^^OAK^MR"))
	}
	said(brook("110000", "K201", "K202"), "")
	said(brook("100000", "K200", "K201"), late)
	if p := find(t, s, "K200").Patient; p.MRN != "K202" || find(t, s, "K201").Patient.ID != p.ID {
		t.Errorf("%+v", p)
	}
}

func TestNameThatSteersAScreen(t *testing.T) {
	s := record(t)
	r := sendAll(t, s, adt("A01", "080000", "PID|1||K100^^^OAK^MR||Mar\u202esh^Ada||19600304|F", bed1))
	if p := find(t, s, "K100").Patient; p.Surname != "Marsh" || !p.Cleaned || r.Warnings != 1 {
		t.Errorf("%+v %q", p, texts(r))
	}
	sendAll(t, s, adt("A31", "090000", ada))
	if p := find(t, s, "K100").Patient; p.Cleaned {
		t.Errorf("%+v", p)
	}
}

// While two patients are one record, a value of the one may be charted in a set of
// the other. Undone, each has its own again. Seen red: without partSets the SpO2 of
// the one stays in the other's set, and scores on their board.
func TestAnUndoneMergePartsTheSets(t *testing.T) {
	s := record(t)
	tom := "PID|1||K200^^^OAK^MR||Brook^Tom||19550202|M"
	report := func(pid, order, values string) string {
		control++
		return fmt.Sprintf(
			"MSH|^~\\&|MON|OAK|WL|OAK|20260310110000||ORU^R01|p%d|P|2.5\n%s\nOBR|1||%s|VITALS|||20260310105900\n%s",
			control, pid, order, values)
	}
	sendAll(t, s, adt("A01", "080000", ada, bed1), adt("A01", "080000", tom, "PV1|1|I|6N^^02^OAK"),
		report(tom, "T1", "OBX|1|NM|59408-5^SpO2^LN||97|%|||||F"),
		adt("A40", "100000", ada, "MRG|K200^^^OAK^MR"),
		report(ada, "A1", "OBX|1|NM|59408-5^SpO2^LN||82|%|||||F"))
	list, err := s.Merges(t.Context(), true)
	ok(t, err)
	ok(t, s.Unmerge(t.Context(), list[0].ID, patient.Signed{Staff: "n1"}, "two people"))
	for mrn, want := range map[string]float64{"K100": 82, "K200": 97} {
		p := find(t, s, mrn)
		if len(p.Recent) != 1 || *p.Recent[0].SpO2 != want || len(p.Recent[0].Remarks) != 0 {
			t.Errorf("%s: %+v", mrn, p.Recent)
		}
	}
}
