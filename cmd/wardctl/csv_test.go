package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A table is read with lines of every kind of end, and one without lines is said. Seen red:
// with CR alone nothing was scored, and nobody was told.
func TestTablesOfAllLineEnds(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"\n", "\r\n", "\r"} {
		var out strings.Builder
		text := strings.ReplaceAll("rr,spo2,o2,sbp,hr,acvpu,temp\n16,97,0,120,72,A,37.0\n", "\n", end)
		err := scoreCSV(strings.NewReader(text), &out)
		if err != nil || !strings.Contains(out.String(), ",0,") || strings.Count(out.String(), "\n") != 2 {
			t.Errorf("%q: %v %q", end, err, out.String())
		}
		err = scoreCSV(strings.NewReader("rr,spo2,o2,sbp,hr,acvpu,temp"+end), &out)
		if err == nil || !strings.Contains(err.Error(), "nothing to score") {
			t.Errorf("a header alone, %q: %v", end, err)
		}
		people, _, err := parsePeople("f", strings.NewReader(strings.ReplaceAll(
			"id,surname,given,role,wards\nn1,Chen,Ann,nurse,\nn2,Marsh,Eve,nurse,\n", "\n", end)))
		if err != nil || len(people) != 2 {
			t.Errorf("%q: %v %v", end, people, err)
		}
	}
}

// What is wrong with a whole list, or with an ID, is said as what it is.
func TestListsThatSpreadsheetsSpoil(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"surname,given,id,role,wards\nChen,Ann,n1,nurse,\n": "the columns are id,surname,given,role,wards, in this order",
		"1.23457E+15,Chen,Ann,nurse,\n":                     "write it as text",
	} {
		if _, _, err := parsePeople("f", strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// A list of passwords that is opened in a spreadsheet computes nothing.
func TestNoPasswordListComputes(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	list, words := filepath.Join(t.TempDir(), "list.csv"), filepath.Join(t.TempDir(), "words.csv")
	if err := os.WriteFile(list, []byte("=1+1,Chen,Ann,nurse,\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctl(t, data, "staff", "import", list, "--passwords", words)
	if b, err := os.ReadFile(words); err != nil || !strings.HasPrefix(string(b), `"'=1+1",`) {
		t.Errorf("%q %v: a spreadsheet computes it", b, err)
	}
}
