package hl7_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/result"
	"github.com/wardlight/wardlight/app/vitals"
)

// tenth is the clock of these tests: noon of the day on which all was measured.
var tenth = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

const admissions = `MSH|^~\&|ADTX|OAK|WL|OAK|20260310080000||ADT^A01|c1|P|2.5
PID|1||K100^^^OAK^MR||Marsh^Ada||19600101|F
PV1|1|I|6N^^01^OAK|||||||||||||||||||||||||||||||||||||||||20260310070000
MSH|^~\&|ADTX|OAK|WL|OAK|20260310080000||ADT^A01|c2|P|2.5
PID|1||K200^^^OAK^MR||Brook^Tom||19550202|M
PV1|1|I|6N^^02^OAK|||||||||||||||||||||||||||||||||||||||||20260310070000
`

// took imports messages and returns what the import says of them.
func took(t testing.TB, s *records.Store, messages string, o hl7.ImportOptions) hl7.Report {
	t.Helper()
	o.Location, o.Now = time.UTC, func() time.Time { return tenth }
	r, err := hl7.Import(t.Context(), strings.NewReader(strings.ReplaceAll(messages, "\n", "\r")), s, o)
	ok(t, err)
	return r
}

// monitored is a message from the monitor, sent at a time of the day, with Marsh's values.
func monitored(at, control string, segments ...string) string {
	return `MSH|^~\&|MON|OAK|WL|OAK|20260310` + at + `||ORU^R01|` + control + `|P|2.5` +
		"\nPID|1||K100^^^OAK^MR||Marsh^Ada\n" + strings.Join(segments, "\n") + "\n"
}

// charted are a patient's sets, newest first: what each holds and its remarks.
func charted(t testing.TB, s *records.Store, mrn string) string {
	t.Helper()
	p, err := s.FindPatient(t.Context(), mrn)
	ok(t, err)
	sets, err := s.Observations(t.Context(), p.ID, time.Time{}, 100)
	ok(t, err)
	var out []string
	for _, o := range sets {
		line := []string{o.Taken.Format("15:04:05")}
		for _, v := range []struct {
			name string
			v    *float64
		}{{"RR", o.RR}, {"SpO2", o.SpO2}, {"SBP", o.SBP}, {"DBP", o.DBP}, {"HR", o.Pulse}, {"T", o.Temp}} {
			if v.v != nil {
				line = append(line, fmt.Sprintf("%s %g", v.name, *v.v))
			}
		}
		if o.ACVPU != "" {
			line = append(line, string(o.ACVPU))
		}
		if o.Oxygen != nil {
			line = append(line, fmt.Sprint("O2 ", *o.Oxygen))
		}
		for _, r := range o.Remarks {
			line = append(line, strings.TrimSpace(fmt.Sprintf("(%s %s %s", r.Kind, string(r.Of), r.Text))+")")
		}
		out = append(out, strings.Join(line, " "))
	}
	return strings.Join(out, "; ")
}

const obr = "OBR|1||S1|VITALS|||20260310085900"

// decided is OBR-22 behind obr.
func decided(at string) string { return "|||||||||||||||20260310" + at }

func spo2(value, status string, more ...string) string {
	return "OBX|1|NM|59408-5^SpO2^LN||" + value + "|%|||||" + status + "|||" + strings.Join(more, "|")
}

// The outcome of each is what its sender meant. Seen red, each with the rule's line
// off: zero (ErrZero read as 0), OBX-8 (unchartable empty), R (charted), OBR-25 (C, P, X,
// X without values, one of no rule), several candidates (the first taken; not said).
func TestWhatWasMeant(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		messages []string
		want     string // Marsh's sets
		warnings string // parts of what is warned of, in order, "; " between
	}{
		"final": {[]string{monitored("090000", "m1", obr, spo2("82", "F"))}, "08:59:00 SpO2 82", ""},
		"corrected without a time": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", "OBR|1||S1|VITALS", spo2("98", "C"))},
			"08:59:00 SpO2 98 (corrected spo2 82)", ""},
		"corrected at another time": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, spo2("98", "C", "20260310090400"))},
			"08:59:00 SpO2 98 (corrected spo2 82)", ""},
		"the correction first": {[]string{monitored("090500", "m2", obr, spo2("98", "C", "20260310090400")),
			monitored("090000", "m1", obr, spo2("82", "F"))},
			"08:59:00 SpO2 98 (corrected spo2 82)", "nothing is known that this corrects"},
		"changed final": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, spo2("98", "F"))},
			"08:59:00 SpO2 98 (corrected spo2 82)", ""},
		"the older final last": {[]string{monitored("090500", "m2", obr, spo2("98", "F")),
			monitored("090000", "m1", obr, spo2("82", "F"))},
			"08:59:00 SpO2 98 (corrected spo2 82)", ""},
		"OBR-22 decides": {[]string{monitored("090500", "m1", obr+decided("090000"), spo2("82", "F")),
			monitored("090100", "m2", obr+decided("090030"), spo2("98", "F"))},
			"08:59:00 SpO2 98 (corrected spo2 82)", ""},
		"OBR-22 of a correction, before the original was sent": {[]string{monitored("091000", "m1", obr,
			spo2("98", "F")),
			monitored("093000", "m2", obr+decided("090500"), spo2("82", "C"))}, "08:59:00 SpO2 82 (corrected spo2 98)",
			""},
		"OBR-22 of a withdrawal, before the original was sent": {[]string{monitored("091000", "m1", obr,
			spo2("98", "F")),
			monitored("093000", "m2", obr+decided("090500"), spo2("", "W"))}, "08:59:00 (withdrawn spo2 98)", ""},
		"OBR-25 C, all of the order": {[]string{monitored("090000", "m1", obr, spo2("82", "F"),
			"OBX|2|NM|8867-4^HR^LN||72|/min|||||F"),
			monitored("090500", "m2", obr+"||||||||||||||||||C", spo2("98", ""),
				"OBX|2|NM|8867-4^HR^LN||75|/min|||||F")},
			"08:59:00 SpO2 98 HR 75 (corrected pulse 72) (corrected spo2 82)", ""},
		"OBR-25 P": {[]string{monitored("090000", "m1", obr+"||||||||||||||||||P", spo2("97", "F"))},
			"08:59:00 SpO2 97 (preliminary spo2)", ""},
		"OBR-25 X": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr+"||||||||||||||||||X", spo2("", "F"))}, "08:59:00 (withdrawn spo2 82)", ""},
		"OBR-25 X alone": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr+"||||||||||||||||||X")}, "08:59:00 SpO2 82",
			"OBR-25 says that the order was cancelled"},
		"OBR-25 of no rule": {[]string{monitored("090000", "m1", obr+"||||||||||||||||||Q", spo2("82", "F"))},
			"08:59:00 SpO2 82", "no rule for OBR-25"},
		"preliminary": {[]string{monitored("090000", "m1", obr, spo2("97", "P")),
			monitored("090500", "m2", obr, spo2("88", "F"))}, "08:59:00 SpO2 88 (finalised spo2 97)", ""},
		"preliminary last": {[]string{monitored("090500", "m2", obr, spo2("88", "F")),
			monitored("090000", "m1", obr, spo2("97", "P"))}, "08:59:00 SpO2 88 (finalised spo2 97)", ""},
		"late preliminary": {[]string{monitored("090000", "m1", obr, spo2("88", "F")),
			monitored("090500", "m2", obr, spo2("97", "P"))}, "08:59:00 SpO2 88", ""},
		"the one preliminary, made final at its own time": {[]string{monitored("090000", "m1", obr, spo2("97", "P")),
			monitored("091500", "m2", obr, spo2("88", "F", "20260310091000"))},
			"09:10:00 SpO2 88 (finalised spo2 97)", ""},
		"the same, the other way round": {[]string{monitored("091500", "m2", obr, spo2("88", "F", "20260310091000")),
			monitored("090000", "m1", obr, spo2("97", "P"))},
			"09:10:00 SpO2 88 (finalised spo2 97)", ""},
		"withdrawn, W": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, spo2("82", "W"))}, "08:59:00 (withdrawn spo2 82)", ""},
		"withdrawn, D": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, spo2("", "D"))}, "08:59:00 (withdrawn spo2 82)", ""},
		"withdrawn, then final": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, spo2("", "W")), monitored("091000", "m3", obr, spo2("91", "F"))},
			"08:59:00 SpO2 91 (corrected spo2 82)", ""},
		"deleted by two quotes": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, spo2(`""`, "F"))}, "08:59:00 (withdrawn spo2 82)", ""},
		"withdrawal of nothing": {[]string{monitored("090000", "m1", obr, spo2("82", "W"))}, "",
			"nothing is known that this corrects"},
		"which of two?": {[]string{monitored("090000", "m1", obr, spo2("82", "F", "20260310085900"),
			spo2("84", "F", "20260310093000")), monitored("100000", "m2", obr, spo2("98", "C", "20260310095900"))},
			"09:59:00 SpO2 98; 09:30:00 SpO2 84; 08:59:00 SpO2 82", "it is not clear which"},
		"that of the time it says": {[]string{monitored("090000", "m1", obr, spo2("82", "F", "20260310085900"),
			spo2("84", "F", "20260310093000")), monitored("100000", "m2", obr, spo2("98", "C", "20260310085900"))},
			"09:30:00 SpO2 84; 08:59:00 SpO2 98 (corrected spo2 82)", ""},
		"no order, another time": {[]string{monitored("090000", "m1", "OBR|1|||VITALS|||20260310085900",
			spo2("82", "F")), monitored("090500", "m2", "OBR|1|||VITALS|||20260310090400", spo2("98", "C"))},
			"09:04:00 SpO2 98; 08:59:00 SpO2 82", "nothing is known that this corrects"},
		"the placer's number": {[]string{monitored("090000", "m1", "OBR|1|P7||VITALS|||20260310085900",
			spo2("82", "F")), monitored("090500", "m2", "OBR|1|P7||VITALS", spo2("98", "C"))},
			"08:59:00 SpO2 98 (corrected spo2 82)", ""},
		"another name of the code": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, "OBX|1|NM|59408-5^Sauerstoff^LN||98|%|||||C")},
			"08:59:00 SpO2 98 (corrected spo2 82)", ""},
		"the sender got another name": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			strings.Replace(monitored("090500", "m2", obr, spo2("98", "C")), "|MON|", "|LAB|", 1)},
			"08:59:00 SpO2 98 (corrected spo2 82)", ""},
		"another source, no order": {[]string{monitored("090000", "m1", "OBR|1|||VITALS|||20260310085900",
			spo2("82", "F")),
			strings.Replace(monitored("090500", "m2", "OBR|1|||VITALS|||20260310085900", spo2("98", "C")), "|MON|",
				"|LAB|", 1)},
			"08:59:00 SpO2 82 (also spo2 98)", "nothing is known that this corrects"},
		"one number of two sources": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			strings.Replace(monitored("090100", "m2", obr, spo2("84", "F")), "|MON|", "|CUFF|", 1),
			strings.Replace(monitored("090500", "m3", obr, spo2("98", "C")), "|MON|", "|LAB|", 1)},
			"08:59:00 SpO2 82 (also spo2 84) (also spo2 98)", "it is not clear which"},
		"a correction that cannot be read": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, spo2("none", "C"))},
			"08:59:00 (withdrawn spo2 82)", "SpO2 is no number"},
		"an empty correction": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, spo2("", "C"))}, "08:59:00 SpO2 82", "no value for SpO2"},
		"second place in its set": {[]string{monitored("090000", "m1", obr, "OBX|1|NM|8867-4^HR^LN||72|/min|||||F",
			spo2("82", "F")), monitored("090500", "m2", obr, spo2("98", "C"))},
			"08:59:00 SpO2 98 HR 72 (corrected spo2 82)", ""},
		"a second message of the order": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, "OBX|1|NM|8867-4^HR^LN||72|/min|||||F|||20260310090000")},
			"09:00:00 SpO2 82 HR 72", ""},
		"three minutes later": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, "OBX|1|NM|8867-4^HR^LN||72|/min|||||F|||20260310090200")},
			"09:02:00 HR 72; 08:59:00 SpO2 82", ""},
		"two sensors": {[]string{monitored("090000", "m1", obr, "OBX|1|NM|59408-5^SpO2^LN|1.3.1|97|%|||||F",
			"OBX|2|NM|59408-5^SpO2^LN|1.3.2|83|%|||||F")},
			"08:59:00 SpO2 83 (also spo2 97)", ""},
		"twice without a sensor": {[]string{monitored("090000", "m1", obr, spo2("97", "F"), spo2("83", "F"))},
			"08:59:00 SpO2 83 (also spo2 97)", ""},
		"two orders at one time": {[]string{monitored("090000", "m1", obr, spo2("97", "F"),
			"OBR|2||S2|VITALS|||20260310085900", spo2("83", "F"))},
			"08:59:00 SpO2 83 (also spo2 97)", ""},
		"one of two sensors corrected": {[]string{monitored("090000", "m1", obr,
			"OBX|1|NM|59408-5^SpO2^LN|1.3.1|97|%|||||F", "OBX|2|NM|59408-5^SpO2^LN|1.3.2|83|%|||||F"),
			monitored("090500", "m2", obr, "OBX|1|NM|59408-5^SpO2^LN|1.3.2|96|%|||||C")},
			"08:59:00 SpO2 96 (also spo2 97) (corrected spo2 83)", ""},
		"the ECG before the oximeter": {[]string{monitored("090000", "m1", obr,
			"OBX|1|NM|149530^MDC_PULS_OXIM_PULS_RATE^MDC||141|/min|||||F",
			"OBX|2|NM|147842^MDC_ECG_HEART_RATE^MDC||72|/min|||||F")},
			"08:59:00 HR 72", ""},
		"pending": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, spo2("0", "I"))}, "08:59:00 SpO2 82", "no value for SpO2"},
		"not asked for": {[]string{monitored("090000", "m1", obr, spo2("97", "N"), spo2("82", "F"))},
			"08:59:00 SpO2 82", "no value for SpO2"},
		"live": {[]string{monitored("090000", "m1", obr, spo2("82", "R"))}, "", ""},
		"invalid": {[]string{monitored("090000", "m1", obr, "OBX|1|NM|59408-5^SpO2^LN||82|%||A~INV|||F")}, "",
			"OBX-8 says INV"},
		"test, small": {[]string{monitored("090000", "m1", obr, "OBX|1|NM|59408-5^SpO2^LN||82|%||test|||F")}, "",
			"OBX-8 says TEST"},
		"questionable": {[]string{monitored("090000", "m1", obr, "OBX|1|NM|59408-5^SpO2^LN||82|%||QUES|||F")}, "",
			"OBX-8 says QUES"},
		"an alarm": {[]string{monitored("090000", "m1", obr, "OBX|1|NM|59408-5^SpO2^LN||82|%||A~PM~SA|||F")},
			"08:59:00 SpO2 82", ""},
		"being measured": {[]string{monitored("090000", "m1", obr, "OBX|1|NM|59408-5^SpO2^LN||82|%||MSMT-ONGOING|||F")},
			"08:59:00 SpO2 82 (preliminary spo2)", ""},
		"corrected to invalid": {[]string{monitored("090000", "m1", obr, spo2("82", "F")),
			monitored("090500", "m2", obr, "OBX|1|NM|59408-5^SpO2^LN||82|%||INV|||C")},
			"08:59:00 (withdrawn spo2 82)", ""},
		"zero": {[]string{monitored("090000", "m1", obr, spo2("0", "F"))}, "08:59:00 (zero spo2 0)",
			"0 sent for SpO2, check the patient"},
		"zero, corrected": {[]string{monitored("090000", "m1", obr, spo2("0", "F")),
			monitored("090500", "m2", obr, spo2("82", "C"))}, "08:59:00 SpO2 82 (corrected spo2 0)", "0 sent"},
		"oxygen flow zero": {[]string{monitored("090000", "m1", obr, "OBX|1|NM|3151-8^O2^LN||0|L/min|||||F")},
			"08:59:00 O2 false", ""},
		"two numbers":  {[]string{monitored("090000", "m1", obr, spo2("82~98", "F"))}, "", "SpO2 is no number"},
		"a comparator": {[]string{monitored("090000", "m1", obr, spo2("<70", "F"))}, "", "SpO2 is no number"},
		"a comma": {[]string{monitored("090000", "m1", obr, "OBX|1|NM|8310-5^T^LN||36,8|Cel|||||F")}, "",
			"temperature is no number"},
		"a second component": {[]string{monitored("090000", "m1", obr, spo2("82^98", "F"))}, "", "SpO2 is no number"},
		"structured": {[]string{monitored("090000", "m1", obr, "OBX|1|SN|59408-5^SpO2^LN||^82|%|||||F")},
			"08:59:00 SpO2 82", ""},
		"structured, below": {[]string{monitored("090000", "m1", obr, "OBX|1|SN|59408-5^SpO2^LN||<^70|%|||||F")}, "",
			"SpO2 is no number"},
		"with its unit": {[]string{monitored("090000", "m1", obr, "OBX|1|CQ|8480-6^SBP^LN||16.0^kPa||||||F")},
			"08:59:00 SBP 120", ""},
		"two signs in one code": {[]string{monitored("090000", "m1", obr,
			"OBX|1|NM|59408-5^SpO2^LN^8867-4^HR^LN||82||||||F")}, "",
			"its codes name two vital signs"},
		"the alternate code alone": {[]string{monitored("090000", "m1", obr,
			"OBX|1|NM|^^^59408-5^SpO2^LN||82|%|||||F")}, "08:59:00 SpO2 82", ""},
		"diastolic above systolic": {[]string{monitored("090000", "m1", obr, "OBX|1|NM|8480-6^S^LN||80|mm[Hg]|||||F",
			"OBX|2|NM|8462-4^D^LN||120|mm[Hg]|||||F")},
			"08:59:00 SBP 80 DBP 120", "diastolic pressure is above systolic"},
		"before any OBR": {[]string{monitored("090000", "m1", spo2("82", "F", "20260310085900"))},
			"08:59:00 SpO2 82", ""},
		"no time": {[]string{monitored("090000", "m1", "OBR|1||S1|VITALS|||20269999", spo2("82", "F"))}, "",
			"OBR-7 is no time"},
		"an order between": {[]string{monitored("090000", "m1", "PV1|1|I|6N^^01^OAK", "ORC|RE", obr, spo2("82", "F"),
			"ORC|RE", "OBR|2||S2|VITALS|||20260310095900", spo2("84", "F"))},
			"09:59:00 SpO2 84; 08:59:00 SpO2 82", ""},
		"a status of the future": {[]string{monitored("090000", "m1", obr+"|||||||||||||||20290101000000",
			spo2("82", "F")), monitored("090500", "m2", obr+"|||||||||||||||20290101000000", spo2("98", "C"))},
			"08:59:00 SpO2 98 (corrected spo2 82)", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := record(t)
			got := took(t, s, admissions+strings.Join(c.messages, ""), hl7.ImportOptions{})
			if all := charted(t, s, "K100"); all != c.want {
				t.Errorf("sets %q\nwant %q", all, c.want)
			}
			var said []string
			for _, d := range got.Details {
				if d.Patient != "K100" {
					t.Errorf("a warning for patient %q", d.Patient)
				}
				said = append(said, d.Text)
			}
			want := strings.Split(c.warnings, "; ")
			if c.warnings == "" {
				want = nil
			}
			if len(said) != len(want) {
				t.Fatalf("warned of %q, want %q", said, want)
			}
			for i := range want {
				if !strings.Contains(said[i], want[i]) {
					t.Errorf("warned of %q, want %q", said[i], want[i])
				}
			}
		})
	}
}

// fixture imports one of the cases.
func fixture(t *testing.T, name string) (*records.Store, hl7.Report) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata/cases", name))
	ok(t, err)
	s := record(t)
	return s, took(t, s, string(b), hl7.ImportOptions{})
}

// Seen red: with a message of two patients read as one of the first.
func TestValuesOfTheCases(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct {
		sets     string
		warnings int
	}{
		"01-two-pids-oru.hl7":           {"08:59:00 SpO2 98 HR 72", 0},
		"15-prelim-final.hl7":           {"08:59:00 SpO2 88 (finalised spo2 97)", 0},
		"16-resent-final.hl7":           {"08:59:00 SpO2 98 (corrected spo2 82)", 0},
		"17-withdrawn-second-value.hl7": {"08:59:00 HR 72 (withdrawn spo2 82)", 0},
		"19-two-sensors-one-off.hl7":    {"08:59:00 SpO2 84", 1},
		"21-no-order-number.hl7":        {"08:59:00 SpO2 98 (corrected spo2 82)", 0},
		"48-monitor-demo.hl7":           {"", 1},
		"52-units-words.hl7":            {"08:59:00 RR 16 SpO2 97 SBP 120 HR 72 T 36.8", 0},
		"54-units-second-component.hl7": {"08:59:00 SpO2 97 SBP 120 HR 72 T 36.8", 0},
		"56-zero-values.hl7":            {"08:59:00 (zero pulse 0) (zero rr 0) (zero sbp 0) (zero spo2 0)", 4},
	} {
		s, got := fixture(t, name)
		if all := charted(t, s, "K100"); all != want.sets {
			t.Errorf("%s: sets %q, want %q", name, all, want.sets)
		}
		if got.Warnings != want.warnings || got.Refusals != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
	s, _ := fixture(t, "01-two-pids-oru.hl7")
	if all := charted(t, s, "K200"); all != "08:59:30 SpO2 83 HR 141" {
		t.Errorf("Brook: %q", all)
	}
}

func results(t *testing.T, s *records.Store) map[string]result.Result {
	t.Helper()
	p, err := s.FindPatient(t.Context(), "K100")
	ok(t, err)
	all, err := s.Results(t.Context(), p.ID, 100)
	ok(t, err)
	out := map[string]result.Result{}
	for _, r := range all {
		out[r.Code] = r
	}
	return out
}

// Seen red: with the first component or repetition alone, a code before its words, a file
// taken for text, no raw beside the words, and notes on orders and empty values left out.
func TestTextsAreKeptWhole(t *testing.T) {
	t.Parallel()
	s := record(t)
	got := took(t, s, admissions+monitored("090000", "m1", "OBR|1||S1^LAB|CXR^Chest X-ray|||20260310085900",
		"NTE|1||Ward round & bed 3", "NTE|2||second",
		`OBX|1|TX|a||cough & fever ^ sputum||||||F`, `OBX|2|FT|b||one\.br\two~three||||||F`,
		"NTE|1||a note~of two lines",
		"OBX|3|CWE|c||260385009^Negative^SCT^NEG^negativ^L||||||F", "OBX|4|XCN|d||1234^Smith^Jo||||||F",
		"OBX|5|ED|e||^TEXT^PDF^Base64^AAAA||||||F",
		"NTE|1||on the file", "OBX|6|DT|f||20260310||||||F", "OBX|7|NA|g||72^73^74||||||F", "OBX|8|TX|h||||||||F",
		"NTE|1||The report is here",
		"OBX|9|NM|i^x^L||7.3|mmol/L^^UCUM|3.5-5.0|H~A|||F", `OBX|10|ST|j||""||||||F`), hl7.ImportOptions{})
	all := results(t, s)
	for code, want := range map[string]string{"a": "cough & fever ^ sputum", "b": "one\ntwo\nthree", "c": "Negative",
		"d": "1234^Smith^Jo", "f": "20260310",
		"g": "72^73^74", "h": "", "i": "7.3", "j": ""} {
		if r, is := all[code]; !is || r.Value != want {
			t.Errorf("%s: %q (%v), want %q", code, r.Value, is, want)
		}
	}
	if r := all["a"]; r.OrderNote != "Ward round & bed 3\nsecond" || r.Order != "S1^LAB" || r.OrderCode != "CXR" ||
		r.OrderName != "Chest X-ray" || r.Type != "TX" {
		t.Errorf("%+v", r)
	}
	if all["b"].Note != "a note\nof two lines" || all["h"].Note != "The report is here" ||
		all["c"].Raw != "260385009^Negative^SCT^NEG^negativ^L" {
		t.Errorf("%q %q %q", all["b"].Note, all["h"].Note, all["c"].Raw)
	}
	if r := all["i"]; r.Flag != "H~A" || r.Range != "3.5-5.0" || r.Unit != "mmol/L" {
		t.Errorf("%+v", r)
	}
	want := []string{`value of type ED is not kept`, `a note on a value that is not kept`, `no value for a result`,
		`nothing is known that this corrects`}
	if len(got.Details) != len(want) {
		t.Fatalf("%q", texts(got))
	}
	for i, d := range got.Details {
		if i < 3 && !strings.Contains(d.Text, want[i]) || !strings.HasPrefix(d.Segment, "OBX") &&
			!strings.HasPrefix(d.Segment, "NTE") {
			t.Errorf("%+v", d)
		}
	}
}

// A monitor's own values are shown as such, once, and only of what was taken.
// Seen red: with OBX-11 R charted, and without the look at OBX-8.
func TestLiveValues(t *testing.T) {
	t.Parallel()
	s := record(t)
	var live []vitals.Reading
	o := hl7.ImportOptions{Live: func(r vitals.Reading) { live = append(live, r) }}
	file := admissions + monitored("090000", "m1", "PV1|1|I|6N^^01^OAK", obr, spo2("82", "R"),
		"OBX|2|NM|147842^MDC_ECG_HEART_RATE^MDC||72|/min|||||R|||20260310085930",
		"OBX|3|NM|9279-1^RR^LN||16|/min|||||R", "OBX|4|NM|59408-5^SpO2^LN|2|77|%||DEMO|||R",
		"OBX|5|NM|59408-5^SpO2^LN|3|0|%|||||R")
	got := took(t, s, file, o)
	if len(live) != 2 || live[0].Sign != vitals.Saturation || live[0].Value != 82 || live[1].Sign != vitals.HeartRate ||
		live[1].Value != 72 ||
		live[0].Monitor != "6N 01" || !live[0].Valid() || !live[1].At.Equal(tenth.Add(-3*time.Hour-30*time.Second)) {
		t.Errorf("%+v", live)
	}
	if all := charted(t, s, "K100"); all != "" || got.Warnings != 2 {
		t.Errorf("charted %q; %q", all, texts(got))
	}
	took(t, s, file, o)
	if len(live) != 2 {
		t.Error("the same message is shown again")
	}
}

// A second import of all of it changes nothing.
func TestVersionsAreKeptOnce(t *testing.T) {
	t.Parallel()
	s := record(t)
	file := admissions + monitored("090000", "m1", obr, spo2("97", "P")) + monitored("090500", "m2", obr,
		spo2("88", "F")) + monitored("091000", "m3", obr, spo2("90", "C"))
	took(t, s, file, hl7.ImportOptions{})
	seq, err := s.LastSeq(t.Context())
	ok(t, err)
	took(t, s, file, hl7.ImportOptions{})
	after, err := s.LastSeq(t.Context())
	ok(t, err)
	p, err := s.FindPatient(t.Context(), "K100")
	ok(t, err)
	all, err := s.Results(t.Context(), p.ID, 100)
	ok(t, err)
	if seq != after || len(all) != 3 || !all[0].Stands || all[0].Value != "90" || all[1].Stands || all[2].Stands ||
		all[0].ValueID != all[2].ValueID {
		t.Errorf("change %d, then %d: %+v", seq, after, all)
	}
}

// A code that nobody told Wardlight of is no vital sign, and its values are on no
// board: the report counts them by code, so that a feed whose codes are not known is
// seen at once.
func TestResultsThatAreNoSignsAreCounted(t *testing.T) {
	s := record(t)
	r := sendAll(t, s, adt("A01", "080000", ada, bed1), oru(ada, "OBR|1||F1|VS|||20260310083000",
		"OBX|1|NM|SAT^O2 sat^L|1|79|%|||||F", "OBX|2|NM|SAT^O2 sat^L|2|78|%|||||F",
		"OBX|3|NM|59408-5^SpO2^LN||97|%|||||F"))
	if len(r.Results) != 1 || r.Results["SAT"] != 2 {
		t.Errorf("%v", r.Results)
	}
}

// A note on a value stands beside it: "do not use" is read where the number is.
func TestNotesStandBesideTheirValue(t *testing.T) {
	s := record(t)
	sendAll(t, s, adt("A01", "080000", ada, bed1),
		oru(ada, "OBR|1||F1|VS|||20260310083000", "NTE|1||Haemolysed sample, do not use",
			"OBX|1|NM|59408-5^SpO2^LN||91|%|||||F", "NTE|1||Finger probe cold,\\.br\\unreliable",
			"OBX|2|NM|8867-4^HR^LN||80|/min|||||F"))
	var got []string
	for _, o := range find(t, s, "K100").Recent {
		for _, r := range o.Remarked(vitals.Noted) {
			got = append(got, string(r.Of)+": "+r.Text)
		}
	}
	slices.Sort(got)
	want := []string{"spo2: Finger probe cold, unreliable", "spo2: Haemolysed sample, do not use"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
