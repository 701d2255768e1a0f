package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/ward"
)

// A script reads of each patient what a nurse reads: no bed, two in one, leave, a year
// of birth, and that "no known drug allergies" is not none at all. Seen red with the
// drug allergies given as [].
func TestShowSaysWhatTheBoardSays(t *testing.T) {
	now := time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)
	v := func(n float64) *float64 { return &n }
	sum := func(id, surname string) patient.Summary {
		return patient.Summary{Patient: patient.Patient{ID: id, Surname: surname, Given: "A", MRN: id,
			Born: time.Date(1941, 1, 1, 0, 0, 0, 0, time.UTC), BornIn: patient.YearOnly},
			Allergy: patient.NoKnownDrugAllergies}
	}
	fell, marsh, brook := sum("f", "Fell"), sum("m", "Marsh"), sum("b", "Brook")
	fell.Room, fell.Leave, fell.Planned = "R12", now.Add(-time.Hour), &patient.Planned{What: patient.PlannedDischarge}
	lind, quist := sum("l", "Lind"), sum("q", "Quist")
	lind.Patient.Pregnant, quist.Patient.Born = true, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	brook.Flags = []patient.Flag{{Kind: patient.FlagScale2}}
	marsh.Recent = []vitals.Observation{
		{ID: "2", Taken: now.Add(-time.Minute), SBP: v(120),
			Remarks: []vitals.Remark{{Kind: vitals.ZeroSent, Of: vitals.PulseRate}}},
		{ID: "1", Taken: now.AddDate(1, 0, 0), Received: now, Future: true, RR: v(30), SpO2: v(80), Pulse: v(140)}}
	brook.Allergy = patient.NoKnownAllergies
	in := board.Input{Ward: ward.Ward{ID: "6N"}, Now: now, Patients: map[string]board.Known{},
		Beds: []ward.Bed{{Name: "01", Patient: "m"}, {Patient: "f"}, {Name: "01", Patient: "b"},
			{Name: "02", Patient: "l"}, {Name: "03", Patient: "q"}}}
	all := map[string]patient.Summary{"f": fell, "m": marsh, "b": brook, "l": lind, "q": quist}
	for id, s := range all {
		in.Patients[id] = board.Known{Summary: s, Confirmed: now}
	}
	var rows []row
	for _, r := range board.Build(in).Rows {
		rows = append(rows, newRow(r, all[r.Patient], in.Now))
	}
	text := map[string]string{}
	for _, r := range rows {
		out, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		text[r.Patient] = string(out)
	}
	for id, want := range map[string][]string{
		"f": {`"bed":""`, `"room":"R12"`, `"noBed":true`, `"leave":"2026-03-10T11:00:00Z"`,
			`"planned":{"what":"discharge"}`, `"bornIn":"year"`, `"age":85`,
			`"allergies":null`, `"allergyStatus":"none-known-drug"`, `"marks":["no-bed","on-leave","planned"]`,
			`"news2":null`},
		"m": {`"bed":"01"`, `"sharedBed":true`, `"zeroSent":["pulse"]`, `"news2Future":true`, `"news2":9`, `"rr":null`,
			`"hr":null`, `"bp":"120/–"`},
		"b": {`"sharedBed":true`, `"allergies":[]`, `"allergyStatus":"none-known"`, `"scale2":true`},
		"l": {`"noScore":"pregnancy"`, `"marks":["pregnant","no-news2","no-observations"]`, `"news2":null`},
		"q": {`"noScore":"under-16"`, `"marks":["no-news2","no-observations"]`, `"news2":null`},
	} {
		for _, w := range want {
			if !strings.Contains(text[id], w) {
				t.Errorf("%s has no %s: %s", id, w, text[id])
			}
		}
	}
	var table bytes.Buffer
	if err := printRows(&table, rows); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"- (R12)", "two-in-bed", "zero-sent, future", "(future date)"} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("no %q in\n%s", want, table.String())
		}
	}
}

// Seen red: the columns fell apart behind each bed in which nobody lies, lines were
// longer than a terminal, and nobody saw that two are called alike.
func TestShowIsATable(t *testing.T) {
	sum := func(id, surname, given string) patient.Summary {
		return patient.Summary{Patient: patient.Patient{ID: id, Surname: surname, Given: given, MRN: "70" + id}}
	}
	in := board.Input{Ward: ward.Ward{ID: "6N"}, Now: time.Now(), Patients: map[string]board.Known{},
		Beds: []ward.Bed{{Name: "01", Patient: "m"}, {Name: "02"}, {Name: "03", Patient: "n"}}}
	long := sum("m", "Marsh", strings.Repeat("Wilhelmina ", 12))
	long.Leave, long.Planned, long.Patient.Deceased, long.Patient.Cleaned = in.Now, &patient.Planned{}, true, true
	all := map[string]patient.Summary{"m": long, "n": sum("n", "Marsh", "Bo")}
	var rows []row
	for id, s := range all {
		in.Patients[id] = board.Known{Summary: s, Confirmed: in.Now}
	}
	for _, r := range board.Build(in).Rows {
		rows = append(rows, newRow(r, all[r.Patient], in.Now))
	}
	var table bytes.Buffer
	if err := printRows(&table, rows); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(table.String(), "\n")
	column := len([]rune(lines[0][:strings.Index(lines[0], "MRN")]))
	for _, l := range lines {
		wide := []rune(l)
		if len(wide) > 120 {
			t.Errorf("%d wide: %s", len(wide), l)
		}
		if strings.Contains(l, "MARSH") && string(wide[column:column+3]) != "70"+map[bool]string{true: "m", false: "n"}[l[1] == '1'] {
			t.Errorf("the MRN is in another column: %s", l)
		}
	}
	if got := strings.Count(table.String(), "name like 0"); got != 2 {
		t.Errorf("%d are said to have a like name:\n%s", got, &table)
	}
}
