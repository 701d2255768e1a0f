package main

import (
	"bytes"
	"strings"
	"testing"
)

// Two in one bed are nobody, as for a source on the intake channel. Seen red: the alert
// named the first of them.
func TestRaiseForABedOfTwoNamesNobody(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	importHL7(t, data, "--authority", "OAK", fileOf(t, strings.Join([]string{inBedOf("K1", "03"), inBedOf("K2", "03"),
		inBedOf("K3", "04")}, "\r")))
	for _, c := range []struct{ bed, said, patient string }{{"03", "names nobody", ""}, {"04", "", "K3"}} {
		var stdout, stderr bytes.Buffer
		root := newRoot()
		root.SetArgs([]string{"--data", data, "raise", "--ward", "6N", "--bed", c.bed, "--id", c.bed, "SpO2 82 %"})
		root.SetOut(&stdout)
		root.SetErr(&stderr)
		if err := root.ExecuteContext(t.Context()); err != nil {
			t.Fatal(err)
		}
		if c.said != "" && !strings.Contains(stderr.String(), c.said) || c.said == "" && stderr.Len() > 0 {
			t.Errorf("bed %s: %q", c.bed, stderr.String())
		}
		marked := ""
		for _, line := range strings.Split(ctl(t, data, "show", "--ward", "6N"), "\n") {
			if f := strings.Fields(line); strings.Contains(line, "high") && len(f) > 3 {
				marked = f[3]
			}
		}
		if marked != c.patient {
			t.Errorf("bed %s: the board marks %q, want %q", c.bed, marked, c.patient)
		}
	}
}

func inBedOf(mrn, bed string) string {
	return "MSH|^~\\&|ADTX|OAK|WL|OAK|20260310080000||ADT^A01|" + mrn + "|P|2.5\rEVN|A01|20260310080000\r" +
		"PID|1||" + mrn + "^^^OAK^MR||Marsh^" + mrn + "||19600101|F\rPV1|1|I|6N^^" + bed
}
