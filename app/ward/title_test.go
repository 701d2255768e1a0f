package ward_test

import (
	"testing"

	"github.com/wardlight/wardlight/app/ward"
)

// Two wards of one name are told apart by their site. Seen red with the name alone.
func TestWardsOfOneNameAreToldApart(t *testing.T) {
	for want, w := range map[string]ward.Ward{
		"ICU":         {ID: "ICU", Name: "ICU", Site: "NORTH"},
		"ICU, NORTH":  {ID: "ICU^^1^NORTH", Name: "ICU", Site: "NORTH", Shared: true},
		"ICU (icu-2)": {ID: "icu-2", Name: "ICU", Shared: true},
		"4B":          {ID: "4B"},
	} {
		if got := w.Title(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
