package hl7

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// A walk over the repetitions of a field parts it once, however many there are. Seen red:
// each repetition was looked for from the beginning, so that a message of 60 KB kept the
// record for seconds.
func TestRepetitionsArePartedOnce(t *testing.T) {
	for _, kind := range []string{"NM", "CWE", "SN", "CQ", "TX"} {
		many := strings.Repeat("12^b~", 20_000)
		m, err := Parse([]byte(oru + "OBX|1|" + kind + "|67775-7^AVPU^LN||" + many + "|" + many[:5_000] + "||" +
			many[:6_000] + "|||F\r"))
		if err != nil {
			t.Fatal(err)
		}
		r := reporter{mapping: &mapping{m: m, im: NewImporter(nil, ImportOptions{})}}
		obx := m.First("OBX")
		text, _, _ := content(obx)
		flags(obx)
		r.consciousness(obx, "")
		if n := strings.Count(text, "\n"); n != 19_999 || obx.Rep(5, 19_999, 1) != "12" || obx.Rep(5, 20_001, 1) != "" {
			t.Errorf("%s: %d lines", kind, n+1)
		}
		if m.d.parted.cuts > 3 {
			t.Errorf("%s: its fields were parted %d times", kind, m.d.parted.cuts)
		}
	}
}

// What would keep the record to itself is refused with its reason. Seen red: all of it was
// taken, however long that took.
func TestAMessageHoldsNoMoreThanItCanMean(t *testing.T) {
	adt := strings.Replace(one, "||K1||", "||K1%s||", 1)
	rep := strings.Repeat
	for want, message := range map[string]string{
		"more than 6000 segments": fmt.Sprintf(adt, "") + rep("ZZZ|1\r", 6_000),
		"PID-3 has 201 numbers":   fmt.Sprintf(adt, rep("~1^^^A^MR", 200)),
		"501 allergies":           fmt.Sprintf(adt, "") + rep("AL1|1|DA|a\r", 501),
		"1501 vital signs":        oru + rep(value, 1_501),
		"":                        fmt.Sprintf(adt, rep("~1^^^A^MR", 199)) + rep("AL1|1|DA|a\r", 500),
	} {
		m, err := Parse([]byte(message))
		if err == nil {
			err = (&mapping{m: m, im: NewImporter(nil, ImportOptions{})}).tooMuch()
		}
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want) ||
			!errors.Is(err, ErrTooLong) && !errors.Is(err, ErrRefused)) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
