package widgets_test

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A value of a monitor says that it is one and how old it is; an old one is not
// drawn like a new one and says that it is old, each for itself.
func TestMonitorRuns(t *testing.T) {
	hr, spo2 := board.MonitorValue{Label: "HR", Text: "118", Age: "now"},
		board.MonitorValue{Label: "SpO₂", Text: "90", Age: "now"}
	lost := board.MonitorValue{Label: "SpO₂", Text: "90", Age: "2 min", Old: true}
	for _, c := range []struct {
		in   []board.MonitorValue
		want string
	}{
		{nil, ""},
		{[]board.MonitorValue{hr, spo2}, "Monitor  HR 118 · SpO₂ 90 · now"},
		{[]board.MonitorValue{hr, lost}, "Monitor  HR 118 now · SpO₂ 90 old, 2 min"},
		{[]board.MonitorValue{lost}, "Monitor  SpO₂ 90 old, 2 min"},
	} {
		var text strings.Builder
		for _, r := range widgets.MonitorRuns(c.in) {
			text.WriteString(r.Text)
			if r.Text == "90" && (r.Role == theme.Stale) != strings.Contains(c.want, "old") {
				t.Errorf("%s: drawn as %v", c.want, r.Role)
			}
		}
		if text.String() != c.want {
			t.Errorf("%q, want %q", text.String(), c.want)
		}
	}
}
