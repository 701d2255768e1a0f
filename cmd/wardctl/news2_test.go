package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/app/vitals/newstest"
)

// wardctl news2 gives what the printed chart gives, on every edge of every row.
//
// Seen red, one at a time: each of the 26 limits of news2.go moved up and down
// by one step, oxygen's 2 left out, scale 2 on air scored as on oxygen, a missing
// value taken for measured, C scored 2, each risk's limit moved, and the single
// 3 asked before the total: 60 changes, 60 found.
func TestNews2AgreesWithTheChart(t *testing.T) {
	sets := newstest.Sets()
	var in, out bytes.Buffer
	fmt.Fprintln(&in, "rr,spo2,o2,sbp,hr,acvpu,temp,scale")
	for _, s := range sets {
		fmt.Fprintln(&in, strings.Join([]string{s.RR, s.SpO2, s.O2, s.SBP, s.HR, s.ACVPU, s.Temp, s.Scale}, ","))
	}
	if err := scoreCSV(&in, &out); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(lines) != len(sets)+1 {
		t.Fatalf("%v: %d lines for %d sets", err, len(lines), len(sets))
	}
	if head := strings.Join(lines[0], ","); head != "rr,spo2,o2,sbp,hr,acvpu,temp,scale,total,risk,complete" {
		t.Fatalf("head %s", head)
	}
	wrong := 0
	for i, s := range sets {
		total, risk, complete := newstest.Score(s)
		want := fmt.Sprint(total, " ", risk, " ", complete)
		if got := strings.Join(lines[i+1][8:], " "); got != want {
			if wrong++; wrong < 10 {
				t.Errorf("%+v: %s, the chart says %s", s, got, want)
			}
		}
	}
	t.Logf("%d sets, %d wrong", len(sets), wrong)
}

// The scale has two names in use. Seen red: spo2scale was ignored, and 88 % on scale 1
// scored 5 instead of 2.
func TestNews2ReadsEitherNameOfTheScale(t *testing.T) {
	for head, want := range map[string]string{"scale": ",2,", "spo2scale": ",2,", "SpO2Scale": ",2,",
		"spo2_scale": ",2,", "ward": ",5,"} {
		var out bytes.Buffer
		err := scoreCSV(strings.NewReader("rr,spo2,o2,sbp,hr,acvpu,temp,"+head+"\n16,90,1,120,70,A,37.0,2\n"), &out)
		if err != nil || !strings.Contains(out.String(), ",37.0,2"+want) {
			t.Errorf("%s: %v %s", head, err, out.String())
		}
	}
	for _, text := range []string{"spo2scale\n16,90,1,120,70,A,37.0,3\n",
		"scale,spo2scale\n16,90,1,120,70,A,37.0,1,2\n"} {
		if err := scoreCSV(strings.NewReader("rr,spo2,o2,sbp,hr,acvpu,temp,"+text), io.Discard); err == nil {
			t.Errorf("%s is taken", text)
		}
	}
}

// The file says what is wrong with it instead of scoring a guess.
func TestNews2RefusesWhatItCannotRead(t *testing.T) {
	for name, text := range map[string]string{
		"no header": "", "column missing": "rr,spo2,o2,sbp,hr,acvpu\n",
		"not a number":     "rr,spo2,o2,sbp,hr,acvpu,temp,scale\nx,,,,,,,\n",
		"oxygen as litres": "rr,spo2,o2,sbp,hr,acvpu,temp,scale\n16,97,4,,,,,\n",
		"level":            "rr,spo2,o2,sbp,hr,acvpu,temp,scale\n,,,,,Q,,\n",
		"scale 3":          "rr,spo2,o2,sbp,hr,acvpu,temp,scale\n,,,,,,,3\n",
		"negative":         "rr,spo2,o2,sbp,hr,acvpu,temp,scale\n-4,,,,,,,\n",
	} {
		if err := scoreCSV(strings.NewReader(text), &bytes.Buffer{}); err == nil {
			t.Errorf("%s was scored", name)
		}
	}
}

// A value that no patient can have is named with its line, its column and its limits, and
// its row gets no score; the other rows are scored. Seen red with the old check of a
// number: 0.97 scored 3, 970 scored 0.
func TestNews2NamesTheImpossible(t *testing.T) {
	file, err := os.ReadFile(filepath.Join("..", "..", "app", "hl7", "testdata", "cases", "64-news2-impossible.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(file), byteOrderMark + string(file)} {
		var out bytes.Buffer
		err = scoreCSV(strings.NewReader(text+"16,97,0,120,72,A,36.8\n"), &out)
		const want = "line 2, column spo2: 0.97 is not between 5 and 100 %\n" +
			"line 3, column temp: 98.6 is not between 10 and 47 °C\n" +
			"line 4, column spo2: 970 is not between 5 and 100 %"
		if err == nil || err.Error() != want {
			t.Errorf("%v", err)
		}
		const rows = "rr,spo2,o2,sbp,hr,acvpu,temp,total,risk,complete\n16,0.97,0,120,72,A,36.8,,,\n16,97,0,120,72,A,98.6,,,\n" +
			"16,970,0,120,72,A,36.8,,,\n16,97,0,120,72,A,36.8,0,low,true\n"
		if out.String() != rows {
			t.Error(out.String())
		}
	}
}

// Each column has its limits, each row all its errors, and a line that is no row stops
// nothing.
func TestNews2NamesEveryColumn(t *testing.T) {
	var out bytes.Buffer
	err := scoreCSV(strings.NewReader("rr,spo2,o2,sbp,hr,acvpu,temp,scale\n"+
		"151,4,2,16.0,351,Q,9,3\n1e1,NaN,,0x10,\"7,2\",,-1,\n16,97\n\"a\"b,,,,,,,\n0,97,0,0,0,U,36.8,\n"), &out)
	want := []string{
		"line 2, column rr: 151 is not between 0 and 150 /min", "line 2, column spo2: 4 is not between 5 and 100 %",
		"line 2, column sbp: 16.0 is not between 25 and 400 (or 0) mmHg",
		"line 2, column hr: 351 is not between 5 and 350 (or 0) /min",
		"line 2, column temp: 9 is not between 10 and 47 °C",
		`line 2, column o2: "2" is neither 0 nor 1`, `line 2, column acvpu: "Q" is none of A, C, V, P, U`,
		`line 2, column scale: "3" is neither 1 nor 2`,
		`line 3, column rr: "1e1" is not a number`, `line 3, column spo2: "NaN" is not a number`,
		`line 3, column sbp: "0x10" is not a number`,
		`line 3, column hr: "7,2" is not a number`, "line 3, column temp: -1 is not between 10 and 47 °C",
		"line 4: 2 columns, the header has 8", "line 5: ",
	}
	got := strings.Split(fmt.Sprint(err), "\n")
	if len(got) != len(want) {
		t.Fatalf("%d errors: %v", len(got), err)
	}
	for i := range want {
		if !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("%s, want %s", got[i], want[i])
		}
	}
	if rows := strings.Split(strings.TrimSpace(out.String()), "\n"); len(rows) != 4 ||
		rows[3] != "0,97,0,0,0,U,36.8,,12,high,true" {
		t.Errorf("%q", rows)
	}
	for text, want := range map[string]string{"rr;spo2;o2;sbp;hr;acvpu;temp\n": "semicolons",
		"rr,rr,spo2,o2,sbp,hr,acvpu,temp\n": `two columns "rr"`} {
		if err := scoreCSV(strings.NewReader(text), io.Discard); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// FuzzNews2CSV: whatever the file holds, a row that has a score holds only what can be.
func FuzzNews2CSV(f *testing.F) {
	const head = "rr,spo2,o2,sbp,hr,acvpu,temp,scale\n"
	for _, text := range []string{head + "16,97,0,120,72,A,36.8,1\n", head + "16,0.97,0,120,72,A,98.6,\n",
		"\ufeff" + head + ",,,,,,,\n",
		head + "1e1,NaN,2,inf,0x10,Q,-1,3\n", head + "\"16\"x\n16\n", "temp,hr,sbp,o2,spo2,rr,acvpu\n36,8\n",
		"\xfe\xff\x00r"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		var out bytes.Buffer
		wrong := scoreCSV(bytes.NewReader(text), &out)
		rows, err := csv.NewReader(&out).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		unscored := 0
		for i, row := range rows {
			if i == 0 {
				continue
			}
			if row[len(row)-3] == "" {
				unscored++
				continue
			}
			at, err := columnsOf(rows[0][:len(rows[0])-3])
			if err != nil {
				t.Fatal(err)
			}
			for name, q := range map[string]vitals.Quantity{"rr": vitals.RespirationRate,
				"spo2": vitals.OxygenSaturation,
				"sbp":  vitals.SystolicPressure, "hr": vitals.PulseRate, "temp": vitals.BodyTemperature} {
				cell := strings.TrimSpace(row[at[name]])
				if cell == "" {
					continue
				}
				if v, err := strconv.ParseFloat(cell, 64); err != nil || !q.Limits(vitals.ByHand).Hold(v) {
					t.Fatalf("scored with %s %q", name, cell)
				}
			}
		}
		if unscored > 0 && wrong == nil {
			t.Fatalf("%d rows without a score and no error", unscored)
		}
	})
}
