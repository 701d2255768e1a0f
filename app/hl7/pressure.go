package hl7

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/result"
	"github.com/wardlight/wardlight/app/vitals"
)

// pressurePanels are the codes under which some send both pressures as one text.
var pressurePanels = []string{"85354-9", "55284-4"}

// bothPressures is systolic/diastolic, as it is written by hand, and maybe its unit.
var bothPressures = regexp.MustCompile(`^\s*(\d{1,3}(?:\.\d+)?)\s*/\s*(\d{1,3}(?:\.\d+)?)` +
	`\s*(?i:(mm ?\[?hg\]?|kpa)\s*)?$`)

// half is an OBX with one value. of is the one that was sent, if that holds two.
type half struct {
	obx  Segment
	sign vitals.Quantity
	of   *Segment
}

// pressures parts a blood pressure that came as one text, so that both are charted. A
// withdrawal, which needs no value, is of both.
func (r *reporter) pressures(obx Segment) ([]half, bool) {
	if !slices.Contains(pressurePanels, obx.Text(3, 1)) && !slices.Contains(pressurePanels, obx.Text(3, 4)) {
		return nil, false
	}
	numbers := bothPressures.FindStringSubmatch(obx.Whole(5, 0))
	status, _ := result.Effective(obx.Text(11, 1), r.obr.Text(25, 1))
	taken := status == result.Withdrawn || status == result.NotObtained || obx.Null(5)
	if numbers == nil && !taken || obx.Repeats(5) > 1 {
		return nil, false
	}
	var out []half
	for i, sign := range []vitals.Quantity{vitals.SystolicPressure, vitals.DiastolicPressure} {
		h := half{obx, sign, &obx}
		h.obx.fields = slices.Grow(slices.Clone(obx.fields), 7)
		for len(h.obx.fields) < 7 {
			h.obx.fields = append(h.obx.fields, "")
		}
		h.obx.fields[4] = strings.TrimPrefix(obx.Raw(4)+" "+string(sign), " ")
		if numbers != nil {
			h.obx.fields[5] = numbers[i+1]
			if h.obx.fields[6] == "" {
				h.obx.fields[6] = numbers[3]
			}
		}
		out = append(out, h)
	}
	return out, true
}

// halfPressures leaves out a diastolic pressure that came without a unit beside a
// systolic one that shows another unit: one in kPa, or one that no patient has in mmHg.
// 10 kPa would pose as 10 mmHg.
func (r *reporter) halfPressures() {
	type moment struct {
		group string
		at    int64
	}
	of := func(v result.Result) moment { return moment{v.Group(), v.Taken.UnixNano()} }
	others := map[moment]bool{}
	for _, s := range r.results {
		if s.Sign == vitals.SystolicPressure && r.otherUnit(s) {
			others[of(s)] = true
		}
	}
	for i := range r.results {
		d := &r.results[i]
		if len(others) == 0 || d.Sign != vitals.DiastolicPressure || d.Number == nil || !others[of(*d)] ||
			r.unitSaid(*d) {
			continue
		}
		d.Number = nil
		r.warnAt(r.about[d.ID], "diastolic pressure without a unit, and its systolic is not in mmHg: not charted")
	}
}

// unitSaid reports whether the OBX of a value names any unit.
func (r *reporter) unitSaid(v result.Result) bool {
	_, units := digitsOf(r.about[v.ID], v.Value)
	return strings.Join(units, "") != ""
}

// otherUnit reports whether a value is impossible in its own unit, or came in another.
func (r *reporter) otherUnit(v result.Result) bool {
	digits, units := digitsOf(r.about[v.ID], v.Value)
	n, err := v.Sign.Read(digits, vitals.FromDevice, units...)
	if err != nil {
		return errors.Is(err, vitals.ErrImpossible)
	}
	sent, err := vitals.Number(digits)
	return err == nil && n != sent
}
