package hl7

import (
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/result"
)

// unchartable are the codes of OBX-8 (IHE PCD, from the measurement status of
// ISO/IEEE 11073-10101) that say that a value tells nothing of the patient.
var unchartable = []string{"DEMO", "TEST", "CAL", "CALIB", "INV", "INVALID", "QUES", "QUESTIONABLE", "NAV", "OFF",
	"OFFLINE", "SIM", "SIMULATED", "SIMULATION", "DEMONSTRATION"}

// unfinished are those that say that the value may still change.
var unfinished = []string{"MSMT-ONGOING", "BUSY", "EARLY"}

// plainFlags are the codes of HL7 table 0078, and the priorities and kinds of alarms of
// IHE PCD: they change nothing here. A field that lists several codes in one component
// is only told from words by knowing all of them.
var plainFlags = strings.Fields(`L H LL HH < > N A AA U D B W S R I MS VS
	PH PM PL PI PN PU SP ST SA ACK LATCH ALACT`)

// beside are words that say nothing beside such a code: "DEMO DATA", "TEST MODE".
var beside = []string{"DATA", "MODE", "VALUE", "SIGNAL"}

// flags are the codes of OBX-8, of all repetitions. The words beside a code are for
// people: "Off scale low" is no code OFF.
func flags(obx Segment) []string {
	var out []string
	for n := range obx.Repeats(8) {
		for _, component := range []int{1, 4} {
			codes := strings.FieldsFunc(strings.ToUpper(obx.Rep(8, n, component)), func(r rune) bool {
				return strings.ContainsRune(" ,;/+", r)
			})
			if first := len(codes) > 1 && flagCode(codes[0]); first {
				codes = slices.DeleteFunc(codes, func(c string) bool { return slices.Contains(beside, c) })
			}
			if len(codes) == 1 || !slices.ContainsFunc(codes, func(c string) bool { return !flagCode(c) }) {
				out = append(out, codes...)
			}
		}
	}
	return out
}

func flagCode(s string) bool {
	return slices.Contains(plainFlags, s) || slices.Contains(unchartable, s) || slices.Contains(unfinished, s)
}

// flagged is what OBX-8 leaves of an effect. ok is false if the value tells nothing
// of the patient.
func (r *reporter) flagged(obx Segment, effect result.Status, where string) (result.Status, bool) {
	all := flags(obx)
	i := slices.IndexFunc(all, func(f string) bool { return slices.Contains(unchartable, f) })
	changing := slices.ContainsFunc(all, func(f string) bool { return slices.Contains(unfinished, f) })
	switch {
	case i < 0 && effect == result.Final && changing:
		return result.Preliminary, true
	case i < 0, effect == result.Withdrawn, effect == result.NotObtained:
		return effect, true
	case effect == result.Corrected: // the correction is that it was none
		return result.Withdrawn, true
	}
	r.warnAt(obx, "%s: OBX-8 says %s: not charted", where, all[i])
	return effect, false
}
