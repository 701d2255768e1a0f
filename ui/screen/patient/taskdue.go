package patient

import (
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/task"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// dueRuns is when a task is due, and how long that is from now, or was ago.
func dueRuns(t task.Task, now time.Time) []widgets.Run {
	at := widgets.Run{Text: dueDay(t.Due, now), Style: theme.SemiBold}
	switch late := now.Sub(t.Due); {
	case late >= 0 && late < time.Minute: // as it says the minute on which it is due
		return []widgets.Run{at, {Text: "\n" + tongue.T("now"), Size: 12, Style: theme.SemiBold}}
	case t.Overdue(now):
		return []widgets.Run{at, {Text: "\n" + tongue.Tf("%s late", board.Span(late)), Size: 12,
			Style: theme.SemiBold, Role: theme.Alarm}}
	}
	return []widgets.Run{at,
		{Text: "\n" + tongue.Tf("in %s", board.Span(t.Due.Sub(now))), Size: 12, Role: theme.Muted}}
}

// dueDay is a moment by the clock, with its day where that is not today: 08:00 of tomorrow is read in the evening for
// one that has passed.
func dueDay(at, now time.Time) string {
	switch {
	case tongue.SameDay(at, tongue.Here(now).AddDate(0, 0, 1)):
		return tongue.Tf("tomorrow %s", tongue.Clock(at))
	case tongue.SameDay(at, tongue.Here(now).AddDate(0, 0, -1)):
		return tongue.Tf("yesterday %s", tongue.Clock(at))
	}
	return tongue.Moment(at, now)
}
