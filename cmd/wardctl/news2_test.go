package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

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

// The file says what is wrong with it instead of scoring a guess.
func TestNews2RefusesWhatItCannotRead(t *testing.T) {
	for name, text := range map[string]string{
		"no header": "", "column missing": "rr,spo2,o2,sbp,hr,acvpu\n", "not a number": "rr,spo2,o2,sbp,hr,acvpu,temp,scale\nx,,,,,,,\n",
		"oxygen as litres": "rr,spo2,o2,sbp,hr,acvpu,temp,scale\n16,97,4,,,,,\n", "level": "rr,spo2,o2,sbp,hr,acvpu,temp,scale\n,,,,,Q,,\n",
		"scale 3": "rr,spo2,o2,sbp,hr,acvpu,temp,scale\n,,,,,,,3\n", "negative": "rr,spo2,o2,sbp,hr,acvpu,temp,scale\n-4,,,,,,,\n",
	} {
		if err := scoreCSV(strings.NewReader(text), &bytes.Buffer{}); err == nil {
			t.Errorf("%s was scored", name)
		}
	}
}
