package hl7

import (
	"errors"
	"strings"

	"github.com/wardlight/wardlight/app/result"
	"github.com/wardlight/wardlight/app/vitals"
)

// read reads what a version says of its sign.
func (r *reporter) read(v *result.Result, obx Segment, where string) {
	switch v.Sign {
	case vitals.ConsciousLevel:
		v.Word = string(r.consciousness(obx, where))
		return
	case vitals.OxygenDevice:
		v.Word = r.device(obx, v.Value, where)
		return
	}
	digits, units := digitsOf(obx, v.Value)
	n, err := v.Sign.Read(digits, vitals.FromDevice, units...)
	switch {
	case err == nil:
		v.Number = &n
	case errors.Is(err, vitals.ErrZero):
		v.Zero = true
		r.warnAt(obx, "%s: 0 sent for %s, check the patient", where, v.Sign)
	case errors.Is(err, vitals.ErrUnit):
		r.warnAt(obx, "%s: %s in unit %.24q is not read as a vital sign", where, v.Sign, v.Unit)
	case errors.Is(err, vitals.ErrImpossible):
		r.warnAt(obx, "%s: %s is not possible", where, v.Sign)
	default:
		r.warnAt(obx, "%s: %s is no number", where, v.Sign)
	}
}

// device is what an OBX says of an oxygen device: its words, or its code where only that
// is known.
func (r *reporter) device(obx Segment, words, where string) string {
	for _, said := range []string{words, obx.Text(5, 1), obx.Text(5, 4)} {
		if _, known := vitals.OnOxygen(said); known {
			return said
		}
	}
	r.warnAt(obx, "%s: neither air nor a device that gives oxygen: whether there is some is left open", where)
	return words
}

// monitor hands on a monitor's live value: it is shown as such and never charted.
func (r *reporter) monitor(v result.Result, obx Segment) {
	sign := map[vitals.Quantity]vitals.Sign{vitals.PulseRate: vitals.HeartRate,
		vitals.OxygenSaturation: vitals.Saturation}[v.Sign]
	if sign == "" || v.Number == nil || v.TakenFrom == result.NoTime {
		return
	}
	pv1 := r.m.First("PV1")
	bed := strings.Trim(placeName(pv1, 3, 1)+" "+placeName(pv1, 3, 3), " ")
	r.shown = append(r.shown, vitals.Reading{Monitor: firstOf(obx.Text(18, 1), bed, v.Source),
		Patient: r.patient, Sign: sign, Value: *v.Number, Unit: sign.Unit(), At: v.Taken})
}
