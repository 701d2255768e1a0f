package widgets

import (
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
)

// MonitorRuns is what a bedside monitor shows, in one line that says that it is
// one: "Monitor  HR 118 · SpO₂ 91 · now". Values of different ages each say their
// own. Nothing without a monitor.
func MonitorRuns(values []board.MonitorValue) []Run {
	var runs []Run
	for i, v := range values {
		mark := " · "
		if i == 0 {
			mark = tongue.T("Monitor") + "  "
		}
		value := Run{Text: v.Text, Style: theme.SemiBold, Role: theme.Ink}
		if v.Old {
			value = Run{Text: v.Text, Role: theme.Stale}
		}
		runs = append(runs, Run{Text: mark + v.Label + " ", Role: theme.Muted}, value)
		if i < len(values)-1 && values[i+1].Age == v.Age {
			continue // said once, behind the last of them
		}
		between := " "
		if i > 0 && values[i-1].Age == v.Age {
			between = " · "
		}
		age := Run{Text: between + v.Age, Role: theme.Muted}
		if v.Old {
			age = Run{Text: between + tongue.Tf("old, %s", v.Age), Style: theme.SemiBold, Role: theme.Ink}
		}
		runs = append(runs, age)
	}
	return runs
}

// monitorText is the same for a screen reader.
func monitorText(values []board.MonitorValue) (s string) {
	for _, r := range MonitorRuns(values) {
		s += r.Text
	}
	return s
}
