package patient

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// historyCard is who changed what in the chart, newest first.
type historyCard struct {
	title *widgets.Label
	list  *fyne.Container
	panel *widgets.Panel
	shown []chart.Change
	day   time.Time // of the list as drawn
}

func newHistoryCard() *historyCard {
	c := &historyCard{title: widgets.Runs(15).Wrapped(), list: widgets.Col(0)}
	c.panel = widgets.NewPanel(11, 14, 10, 14, widgets.Col(8, c.title, c.list))
	return c
}

func (c *historyCard) reset() {
	c.shown, c.list.Objects = nil, nil
	c.title.SetRuns()
}

func (c *historyCard) set(v View) {
	c.title.SetRuns(widgets.Run{Text: tongue.T("Who changed what"), Style: theme.Bold},
		widgets.Run{Text: "  " + tongue.T("newest first") + " · " + tongue.Tf("as of %s",
			tongue.Clock(v.Page.Confirmed)) + " · " + tongue.T("who looked is in the audit trail"), Size: 12.5,
			Role: theme.Muted})
	if tongue.SameDay(c.day, v.Now) && slices.Equal(c.shown, v.Page.History) && len(c.list.Objects) > 0 {
		return
	}
	c.shown, c.day = v.Page.History, v.Now
	c.list.Objects = nil
	if len(c.shown) == 0 {
		c.list.Add(widgets.Pad(4, 0, 8, 0,
			widgets.Text(tongue.T("Nobody has charted anything by hand yet."), 13.5, theme.Regular, theme.Muted)))
	}
	for _, ch := range c.shown {
		c.list.Add(widgets.Col(0, widgets.NewRule(), widgets.Pad(6, 0, 6, 0, widgets.RowAt(widgets.AlignTop, 10,
			widgets.Wide(func() float32 { return theme.Sp(100) },
				widgets.Text(tongue.Moment(ch.At, v.Now), 13, theme.Regular, theme.Muted)),
			widgets.Grow(widgets.Runs(13.5, changeRuns(ch)...).Wrapped())))))
	}
}

func changeRuns(c chart.Change) []widgets.Run {
	by := widgets.Run{Text: c.By, Style: theme.SemiBold}
	if c.By == "" {
		by.Text = tongue.T("Another system") // one that does not say its name
	}
	switch c.What {
	case chart.Charted:
		return []widgets.Run{by, {Text: " " + tongue.T("charted a set of observations")}}
	case chart.AmendedSet:
		return []widgets.Run{by, {Text: " " + tongue.Tf("corrected a set of observations, because %s", c.Reason)}}
	case chart.SourceAmendedSet:
		return []widgets.Run{by, {Text: " " + tongue.T("corrected a set of observations")}}
	case chart.TookBackSet:
		return []widgets.Run{by,
			{Text: " " + tongue.T("took back a set of observations: it was charted on the wrong patient")}}
	case chart.AmendedNote:
		return []widgets.Run{by, {Text: " " + tongue.Tf("changed a note, because %s", c.Reason)},
			{Text: "\n" + tongue.Tf("was: %s", brief(c.Was)) + "\n" + tongue.Tf("now: %s", brief(c.Text)),
				Role: theme.Muted}}
	case chart.CorrectedValue:
		return []widgets.Run{by,
			{Text: " " + tongue.Tf("corrected %s: was %s, now %s", board.SignName(c.Of), c.Was, orDash(c.Text))}}
	case chart.WithdrewValue:
		return []widgets.Run{by, {Text: " " + tongue.Tf("withdrew %s: was %s", board.SignName(c.Of), c.Was)}}
	case chart.FinalisedValue:
		return []widgets.Run{by,
			{Text: " " + tongue.Tf("made %s final: preliminary %s, now %s", board.SignName(c.Of), c.Was,
				orDash(c.Text))}}
	case chart.SetScale2:
		return []widgets.Run{by, {Text: " " + tongue.Tf("recorded SpO₂ scale 2: target %s", c.Text)}}
	case chart.EndedScale2:
		return []widgets.Run{by, {Text: " " + tongue.Tf("ended SpO₂ scale 2, because %s", c.Reason)}}
	case chart.NotedProblem:
		return []widgets.Run{by, {Text: " " + tongue.Tf("added the problem %s", c.Text)}}
	case chart.ResolvedProblem:
		return []widgets.Run{by, {Text: " " + tongue.Tf("resolved the problem %s", c.Text)}}
	case chart.DidTask:
		if c.Medicine {
			return []widgets.Run{by, {Text: " " + tongue.Tf("gave: %s", c.Text)}}
		}
		return []widgets.Run{by, {Text: " " + tongue.Tf("did: %s", c.Text)}}
	case chart.TookBackTask:
		return []widgets.Run{by,
			{Text: " " + tongue.Tf("took back as entered in error: %s, because %s", c.Text, c.Reason)}}
	case chart.OmittedTask:
		if c.Medicine {
			return []widgets.Run{by, {Text: " " + tongue.Tf("did not give: %s, because %s", c.Text, c.Reason)}}
		}
		return []widgets.Run{by, {Text: " " + tongue.Tf("did not do: %s, because %s", c.Text, c.Reason)}}
	}
	return []widgets.Run{by, {Text: " " + tongue.T("wrote") + ": "}, {Text: brief(c.Text), Role: theme.Muted}}
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// brief is a text on one line, cut where it is long: the whole stands in its own
// section.
func brief(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > 160 {
		return string(r[:159]) + "…"
	}
	return string(r)
}
