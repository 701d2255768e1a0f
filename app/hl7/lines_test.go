package hl7_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/records"
)

// standing are the values that stand, in the order of the list.
func standing(t *testing.T, s *records.Store) []string {
	t.Helper()
	var out []string
	for _, r := range resultsOf(t, s) {
		if r.Stands {
			out = append(out, r.Value)
		}
	}
	return out
}

// lined are the lines of a report, each an OBX of its own.
func lined(kind, status string, lines ...string) []string {
	out := []string{"OBR|1||R1|CXR|||20260310085900"}
	for i, l := range lines {
		sub, text, numbered := strings.Cut(l, "#")
		if !numbered {
			sub, text = "", l
		}
		out = append(out, "OBX|"+string(rune('1'+i))+"|"+kind+"|R^Report^L|"+sub+"|"+text+"||||||"+status)
	}
	return out
}

// A report in several OBX is one text, and replaced whole. Seen red: the old lines
// stood beside the new ones, and the new ones warned.
func TestReportsInLines(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		first, then []string
		want        []string
	}{
		"one by one": {lined("TX", "F", "CT chest.", "There is no", "embolism."), nil,
			[]string{"CT chest.\nThere is no\nembolism."}},
		"a blank line": {lined("TX", "F", "CT chest.", "", "No embolism."), nil, []string{"CT chest.\n\nNo embolism."}},
		"corrected to fewer": {lined("TX", "F", "No pneumothorax.", "Lungs clear.", "Heart normal."),
			lined("TX", "C", "LARGE PNEUMOTHORAX.", "Call surgeon."), []string{"LARGE PNEUMOTHORAX.\nCall surgeon."}},
		"corrected to more": {lined("FT", "F", "No pneumothorax.", "Lungs clear."),
			lined("FT", "C", "LARGE PNEUMOTHORAX.", "Shift.", "Call surgeon."),
			[]string{"LARGE PNEUMOTHORAX.\nShift.\nCall surgeon."}},
		"final of fewer": {lined("TX", "P", "No pneumothorax.", "Lungs clear.", "Heart normal."),
			lined("TX", "F", "LARGE PNEUMOTHORAX."), []string{"LARGE PNEUMOTHORAX."}},
		"numbered": {lined("TX", "F", "1#One.", "2#Two.", "3#Three."), lined("TX", "C", "1#Four.", "2#Five."),
			[]string{"Four.\nFive."}},
		"of one sub-ID each": {lined("TX", "F", "1#One.", "1#Two.", "2#Three.", "2#Four."), lined("TX", "C", "2#Five."),
			[]string{"One.\nTwo.", "Five."}},
		"withdrawn":           {lined("ST", "F", "One.", "Two."), lined("ST", "W", "One.", "Two."), nil},
		"numbers are no text": {lined("ST", "F", "7.31", "7.42"), nil, []string{"7.31", "7.42"}},
	} {
		s := record(t)
		var got hl7.Report
		file := admissions + monitored("090000", "m1", c.first...)
		if c.then != nil {
			file += monitored("093000", "m2", c.then...)
		}
		got = took(t, s, file, hl7.ImportOptions{})
		if all := standing(t, s); !slices.Equal(all, c.want) {
			t.Errorf("%s: %q, want %q", name, all, c.want)
		}
		says(t, name, got, "")
	}
}

// Statuses of the lines of one report: one corrected line corrects it, one preliminary
// keeps it so, and a line that was withdrawn is not in it. Seen red: each line stood
// for itself.
func TestStatusOfALine(t *testing.T) {
	t.Parallel()
	for statuses, want := range map[string]string{"FFC": "C One Two Three", "FPF": "P One Two Three",
		"CPF": "P One Two Three",
		"FWF": "C One Three", "WFF": "C Two Three", "WWW": "W One Two Three", "FUF": "F One Two Three"} {
		lines := []string{"OBR|1||R1|CXR|||20260310085900"}
		for i, text := range []string{"One", "Two", "Three"} {
			lines = append(lines, "OBX|1|TX|R^Report^L||"+text+"||||||"+statuses[i:i+1])
		}
		s := record(t)
		took(t, s, admissions+monitored("090000", "m1", lines...), hl7.ImportOptions{})
		all := resultsOf(t, s)
		if len(all) != 1 || string(all[0].Effect)+" "+strings.ReplaceAll(all[0].Value, "\n", " ") != want {
			t.Errorf("%s: %+v", statuses, all)
		}
	}
}

// Results are listed as their sender put them. Seen red: in the order of random IDs.
func TestResultsInTheirOrder(t *testing.T) {
	t.Parallel()
	s := record(t)
	var segments []string
	var want []string
	for _, part := range []string{"1", "2"} {
		segments = append(segments, "OBR|"+part+"||O"+part+"|U&E|||20260310085900")
		for _, name := range []string{"a", "b", "c", "d", "e"} {
			segments = append(segments, "OBX|1|NM|"+name+part+"^x^L||1"+part+"|mmol/L|||||F")
			want = append(want, name+part)
		}
	}
	took(t, s, admissions+monitored("090000", "m1", segments...)+
		monitored("093000", "m2", "OBR|1||O1|U&E|||20260310085900", "OBX|1|NM|c1^x^L||9|mmol/L|||||C"),
		hl7.ImportOptions{})
	var got []string
	for _, r := range resultsOf(t, s) {
		if r.Stands {
			got = append(got, r.Code)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// Seen red: the note was "on no value and no order", and not kept.
func TestNoteBehindAParticipant(t *testing.T) {
	t.Parallel()
	s, got := valued(t, "OBX|1|NM|2823-3^K^LN||6.9|mmol/L||H|||F", "PRT|1|AD|E|AP^Analyzer",
		"NTE|1|L|Haemolysed, disregard.")
	if all := resultsOf(t, s); len(all) != 1 || all[0].Note != "Haemolysed, disregard." {
		t.Errorf("%+v", all)
	}
	says(t, "PRT", got, "")
}
