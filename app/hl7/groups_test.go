package hl7_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/hl7"
)

// Results before the first PID are nobody's: they wait with their values. Seen red: they were
// charted on the patient of the next PID.
func TestResultsBeforeTheFirstPIDAreNobodys(t *testing.T) {
	const msh, loose = "MSH|^~\\&|MON|OAK|WL|OAK|20260310090000||ORU^R01|m1|P|2.5\n",
		"ORC|RE\nOBR|1||S1|VITALS|||20260310085000\nOBX|1|NM|59408-5^SpO2^LN||81|%|||||F\n"
	eve := "PID|1||K100^^^OAK^MR||Marsh^Ada\n" + strings.ReplaceAll(strings.ReplaceAll(loose, "81", "97"), "S1", "S2")
	for name, c := range map[string]struct {
		message string
		own     int
		place   string
	}{
		"before one PID":  {msh + loose + eve, 1, "ORC 1"},
		"before two PIDs": {msh + loose + eve + strings.ReplaceAll(eve, "S2", "S3"), 2, "ORC 1"},
		"an OBX alone":    {msh + "OBX|1|NM|59408-5^SpO2^LN||81|%|||||F\n" + eve, 1, "OBX 1"},
		"before no PID":   {msh + loose, 0, "ORC 1"},
	} {
		s := record(t)
		got := took(t, s, admissions+c.message, hl7.ImportOptions{})
		values := resultsOf(t, s)
		if len(values) != c.own || len(values) > 0 && values[0].Value != "97" || got.Parked != 1 {
			t.Errorf("%s: charted %+v, %+v", name, values, got)
			continue
		}
		waits := got.Details[len(got.Details)-1]
		says(t, name, got, "no PID stands before its results")
		if waits.Segment != c.place || waits.Patient != "" {
			t.Errorf("%s: %v", name, waits)
		}
		list, err := s.ParkedMessages(t.Context(), false)
		ok(t, err)
		kept, err := s.ParkedMessage(t.Context(), list[0].ID)
		ok(t, err)
		lines, _, err := hl7.Part(kept.Raw, kept.Group)
		ok(t, err)
		if text := strings.Join(lines, "\n"); !strings.Contains(text, "|81|") || strings.Contains(text, "|97|") {
			t.Errorf("%s: kept %q", name, text)
		}
	}
}

// A fault of the bytes is of the patient in whose part it stands. Seen red: it was said of
// the last one of the message.
func TestAFaultOfTheBytesNamesItsPatient(t *testing.T) {
	value := "OBR|1||S1|V|||20260310085900\nOBX|1|ST|X^Y^L||a%s|||||F|||20260310085900\n"
	s := record(t)
	got := took(t, s, admissions+"MSH|^~\\&|MON|OAK|||20260310090000||ORU^R01|m1|P|2.5||||||UNICODE UTF-8\n"+
		"PID|1||K100^^^OAK^MR||Marsh^Ada\n"+strings.Replace(value, "%s", `\XFF\`, 1)+
		"PID|2||K200^^^OAK^MR||Brook^Ben\n"+strings.Replace(value, "%s", "", 1), hl7.ImportOptions{})
	for _, d := range got.Details {
		if strings.Contains(d.Text, "hexadecimal") && (d.Segment != "OBX 1" || d.Patient != "K100") {
			t.Errorf("%v", d)
		}
	}
	says(t, "an escape", got, "hexadecimal")
}
