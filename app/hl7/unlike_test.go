package hl7_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
)

// Two inpatients whom another system merges although neither name nor date of birth
// fits are merged as it says, and the ward hears it at once: a nurse would otherwise
// find one of two beds empty and a stranger's values in the other chart.
func TestTheWardHearsOfTwoUnlikePeopleMerged(t *testing.T) {
	for name, x := range map[string]struct {
		tom    string
		alerts int
	}{
		"unlike":                 {"PID|1||K200^^^OAK^MR||Fell^Tom||19810802|M", 2}, // one on each ward
		"one person, a new name": {"PID|1||K200^^^OAK^MR||Fell^Ada||19600304|F", 0},
		"nobody yet":             {"PID|1||K200^^^OAK^MR||Doe^John||19000101|M", 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := record(t)
			merge := adt("A40", "100000", ada, "MRG|K200^^^OAK^MR")
			for range 2 {
				r := sendAll(t, s, adt("A01", "080000", ada, "PV1|1|I|6N^^01^OAK"),
					adt("A01", "080000", x.tom, "PV1|1|I|7S^^02^OAK"), merge)
				if r.Refusals != 0 {
					t.Error(texts(r))
				}
			}
			all, err := s.OpenMoves(t.Context(), "")
			ok(t, err)
			ada := find(t, s, "K100").Patient.ID
			wards := map[string]bool{}
			for _, m := range all {
				wards[m.Alert.Ward] = true
				if m.Alert.Priority != alert.Technical || m.Alert.Patient != ada ||
					!strings.Contains(m.Alert.Words(), "it can be undone") {
					t.Errorf("%+v", m.Alert)
				}
			}
			if len(all) != x.alerts || len(wards) != x.alerts {
				t.Errorf("%d alerts on %v", len(all), wards)
			}
		})
	}
}
