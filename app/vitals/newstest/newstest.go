// Package newstest is the NEWS2 chart once more, for tests: the table as it is
// printed (Royal College of Physicians, 2017), read cell by cell. It shares no
// code with the score that it is held against.
package newstest

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// chart is the printed table. The columns are the points 3 2 1 0 1 2 3; "-" is
// an empty cell. What stands in a cell are the values of it, both ends included.
const chart = `
rr      ..8    -       9..11      12..20     -          21..24   25..
spo2    ..91   92..93  94..95     96..       -          -        -
spo2*a  ..83   84..85  86..87     88..       -          -        -
spo2*o  ..83   84..85  86..87     88..92     93..94     95..96   97..
sbp     ..90   91..100 101..110   111..219   -          -        220..
hr      ..40   -       41..50     51..90     91..110    111..130 131..
temp    ..35.0 -       35.1..36.0 36.1..38.0 38.1..39.0 39.1..   -
`

var columns = [7]int{3, 2, 1, 0, 1, 2, 3}

// Cell is one cell of the chart.
type Cell struct {
	From, To float64 // ±Inf at the ends
	Points   int
}

// Rows are the chart's rows by name: rr, spo2 (scale 1), spo2*a and spo2*o
// (scale 2 on air and on oxygen), sbp, hr, temp.
var Rows = parse()

func parse() map[string][]Cell {
	rows := map[string][]Cell{}
	for _, line := range strings.Split(strings.TrimSpace(chart), "\n") {
		f := strings.Fields(line)
		for i, text := range f[1:] {
			if text == "-" {
				continue
			}
			from, to, _ := strings.Cut(text, "..")
			rows[f[0]] = append(rows[f[0]], Cell{end(from, -1), end(to, 1), columns[i]})
		}
	}
	return rows
}

func end(s string, sign int) float64 {
	if s == "" {
		return math.Inf(sign)
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(err) // a slip in the table above
	}
	return v
}

// Look finds the points of a value that stands in the chart. A value in no cell
// or in two is a slip of the table or of the caller.
func Look(row string, v float64) int {
	found := -1
	for _, c := range Rows[row] {
		if v >= c.From && v <= c.To {
			if found >= 0 {
				panic(fmt.Sprintf("%s %v stands in two cells", row, v))
			}
			found = c.Points
		}
	}
	if found < 0 {
		panic(fmt.Sprintf("%s %v stands in no cell", row, v))
	}
	return found
}

// Edges are the values at every edge of a row, one step below and one above.
func Edges(row string) (out []string) {
	step, digits := 1.0, 0
	if row == "temp" {
		step, digits = 0.1, 1
	}
	seen := map[string]bool{}
	for _, c := range Rows[row] {
		for _, edge := range []float64{c.From, c.To} {
			if math.IsInf(edge, 0) {
				continue
			}
			for _, d := range []float64{-step, 0, step} {
				text := strconv.FormatFloat(edge+d, 'f', digits, 64)
				if v, _ := strconv.ParseFloat(text, 64); !seen[text] && (row[0] != 's' || row == "sbp" || v <= 100) {
					seen[text] = true
					out = append(out, text)
				}
			}
		}
	}
	return out
}

// Set is one line of the CSV that wardctl news2 reads: text as typed, "" not
// measured.
type Set struct{ RR, SpO2, O2, SBP, HR, ACVPU, Temp, Scale string }

// Score is what the chart gives a set, by hand.
func Score(s Set) (total int, risk string, complete bool) {
	complete = true
	three, any := false, false
	add := func(points int) {
		total += points
		three = three || points == 3
		any = true
	}
	look := func(row, text string) {
		if text == "" {
			complete = false
			return
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			panic(err)
		}
		add(Look(row, v))
	}
	look("rr", s.RR)
	switch {
	case s.Scale != "2":
		look("spo2", s.SpO2)
	case s.O2 == "1":
		look("spo2*o", s.SpO2)
	case s.O2 == "0":
		look("spo2*a", s.SpO2)
	case s.SpO2 == "":
		complete = false
	default: // scale 2, and nobody knows about oxygen
		if v, _ := strconv.ParseFloat(s.SpO2, 64); v <= 92 {
			add(Look("spo2*a", v))
		}
		complete = false
	}
	switch s.O2 {
	case "":
		complete = false
	case "1":
		add(2)
	default:
		add(0)
	}
	look("sbp", s.SBP)
	look("hr", s.HR)
	switch s.ACVPU {
	case "":
		complete = false
	case "A":
		add(0)
	default:
		add(3)
	}
	look("temp", s.Temp)
	switch {
	case total >= 7:
		risk = "high"
	case total >= 5:
		risk = "medium"
	case three:
		risk = "low-medium"
	case any:
		risk = "low"
	}
	return total, risk, complete
}

// Sets are those that a score must get right: every edge of every row beside a
// set that scores nothing and beside one that scores high, both scales, air,
// oxygen and neither known, each level of consciousness, and each of these again
// with every one of the seven missing.
func Sets() (out []Set) {
	var base []Set
	well := Set{"16", "97", "0", "120", "70", "A", "37.0", "1"}
	ill := Set{"26", "90", "1", "88", "135", "V", "34.5", "1"}
	for _, from := range []Set{well, ill} {
		for _, o2 := range []string{"0", "1", ""} {
			for _, scale := range []string{"1", "2", ""} {
				s := from
				s.O2, s.Scale = o2, scale
				base = append(base, s)
			}
		}
	}
	var full []Set
	for _, b := range base {
		each := func(values []string, put func(*Set, string)) {
			for _, v := range values {
				s := b
				put(&s, v)
				full = append(full, s)
			}
		}
		each(Edges("rr"), func(s *Set, v string) { s.RR = v })
		each(
			append(append(Edges("spo2"), Edges("spo2*a")...), Edges("spo2*o")...),
			func(s *Set, v string) { s.SpO2 = v },
		)
		each(Edges("sbp"), func(s *Set, v string) { s.SBP = v })
		each(Edges("hr"), func(s *Set, v string) { s.HR = v })
		each(Edges("temp"), func(s *Set, v string) { s.Temp = v })
		each([]string{"A", "C", "V", "P", "U"}, func(s *Set, v string) { s.ACVPU = v })
	}
	for _, s := range full {
		out = append(out, s)
		for _, drop := range []func(*Set){func(s *Set) { s.RR = "" }, func(s *Set) { s.SpO2 = "" },
			func(s *Set) { s.O2 = "" },
			func(s *Set) { s.SBP = "" }, func(s *Set) { s.HR = "" }, func(s *Set) { s.ACVPU = "" },
			func(s *Set) { s.Temp = "" }} {
			one := s
			drop(&one)
			out = append(out, one)
		}
	}
	return append(out, Set{}, Set{Scale: "2"})
}
