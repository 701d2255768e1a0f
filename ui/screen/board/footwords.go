package board

import (
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// explained is what the foot says.
type explained struct {
	noMine, noAssign bool
	mine             string
	who, why         []widgets.Run
	live, rest       []widgets.Run
}

func whoRuns(r board.Row) []widgets.Run {
	runs := []widgets.Run{{Text: r.Place() + "  ", Role: theme.Muted}, {Text: r.Surname, Style: theme.Bold}}
	if r.Given != "" {
		runs = append(runs, widgets.Run{Text: ", " + r.Given})
	}
	return runs
}

// awayRun says of the selected bed that it was scrolled away. It belongs to the name, which is to be seen however
// little room the foot has.
func awayRun() widgets.Run {
	return widgets.Run{Text: "   ◆ " + tongue.T("Not in view: scroll to it before you act."), Style: theme.SemiBold,
		Role: theme.MedT}
}

func whyRuns(r board.Row) []widgets.Run {
	runs := []widgets.Run{{Text: "NEWS2\u00a0" + r.Badge.Text, Style: theme.Bold}}
	if r.Badge.Why != "" {
		runs = append(runs, widgets.Run{Text: "  " + pairs(r.Badge.Why)})
	}
	return runs
}

// pairs keeps each sign of "RR 2, SpO₂ 3" on one line with its points.
func pairs(why string) string {
	all := strings.Split(why, ", ")
	for i, s := range all {
		if n := len(s); n > 0 && n < 30 && s[n-1] >= '0' && s[n-1] <= '9' {
			all[i] = strings.ReplaceAll(s, " ", "\u00a0")
		}
	}
	return strings.Join(all, ", ")
}

func restRuns(r board.Row, now time.Time) []widgets.Run {
	var runs []widgets.Run
	add := func(run widgets.Run) {
		if len(runs) > 0 {
			runs = append(runs, widgets.Run{Text: "  ·  ", Role: theme.Muted})
		}
		runs = append(runs, run)
	}
	check := func(text string) { add(widgets.Run{Text: "◆ " + text, Style: theme.SemiBold, Role: theme.MedT}) }
	if z := r.ZeroText(); z != "" {
		check(z)
	}
	if r.Is(board.TwoInBed) {
		check(tongue.Tf("The record has two patients in bed %s: see who lies there.", r.Bed))
	}
	if r.Is(board.Ahead) {
		check(tongue.T("A set is dated in the future: when it was measured is not known."))
	}
	switch {
	case r.Overdue > 0:
		add(widgets.Run{Text: tongue.Tf("Observations were due %s, %s late", tongue.Clock(r.Due),
			board.Span(r.Overdue)), Style: theme.SemiBold})
	case !r.Due.IsZero():
		add(widgets.Run{Text: tongue.Tf("Next observations %s, in %s", tongue.Clock(r.Due), board.Span(r.Due.Sub(now))),
			Style: theme.SemiBold})
	}
	if kind, do := r.Badge.Risk.Response(); kind != "" {
		add(widgets.Run{Text: kind + " " + do, Role: theme.Muted})
	}
	if !r.Initials {
		text := tongue.T("Nobody has this patient")
		if len(r.Nurses) > 0 {
			names := make([]string, len(r.Nurses))
			for i, n := range r.Nurses {
				names[i] = n.Name
			}
			text = tongue.Tf("Nurse: %s", strings.Join(names, "; "))
		}
		add(widgets.Run{Text: text, Role: theme.Muted})
	}
	return runs
}
