package hl7_test

import (
	"fmt"
	"testing"
)

// A message says of which event it is by MSH-9.2, EVN-1 or the structure. Seen red: without
// MSH-9.2 nothing of it was taken, and the import ended as if all had been.
func TestAnEventIsReadFromWhereItStands(t *testing.T) {
	const taken, refused, noRule = "taken", "refused", "no rule"
	for _, c := range []struct{ msh9, evn, want, says string }{
		{"ADT^A01", "A01", taken, ""},
		{"ADT^A01^ADT_A01", "", taken, ""},
		{"ADT", "A01", taken, `it is read as "A01"`},
		{"ADT_A01", "", taken, `it is read as "A01"`},
		{"ADT^^ADT_A01", "", taken, `it is read as "A01"`},
		{"ADT^^ADT_A01", "A08", taken, `it is read as "A08"`}, // several events have one structure
		{"ADT", "", refused, "have it sent with MSH-9.2"},
		{"", "", refused, "have it sent with MSH-9.2"},
		{"ACK", "", noRule, "no rule"},
	} {
		s := record(t)
		got := sendAll(t, s, fmt.Sprintf("MSH|^~\\&|ADTX|OAK|||20260310080000||%s|1|P|2.5\nEVN|%s|20260310080000\n"+
			"PID|1||1001^^^OAK^MR||Marsh^Eve\nPV1|1|I|6N^1^1^OAK", c.msh9, c.evn))
		was := noRule
		switch {
		case got.Refusals == 1:
			was = refused
		case len(people(t, s)) == 1:
			was = taken
		}
		if was != c.want || len(got.NoRule) != map[string]int{noRule: 1}[was] {
			t.Errorf("MSH-9 %q, EVN-1 %q: %s, want %s: %+v", c.msh9, c.evn, was, c.want, got)
		}
		says(t, c.msh9, got, c.says)
	}
	for _, msh9 := range []string{"ORU", "ORU^^ORU_R01", "ORU_R01"} {
		s := record(t)
		took(t, s, admissions+"MSH|^~\\&|MON|OAK|||20260310090000||"+msh9+"|1|P|2.3\nPID|1||K100^^^OAK^MR||Marsh^Ada\n"+
			"OBR|1||S1|V|||20260310085900\nOBX|1|NM|59408-5^SpO2^LN||81|%|||||F\n", peopleOptions())
		if n := len(resultsOf(t, s)); n != 1 {
			t.Errorf("%s: %d results", msh9, n)
		}
	}
}
