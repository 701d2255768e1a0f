package patient

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// summaryCard is what one must know of a patient on one card.
type summaryCard struct {
	title *widgets.Label
	facts *fyne.Container
	panel *widgets.Panel
}

func newSummaryCard() *summaryCard {
	c := &summaryCard{facts: widgets.Col(0),
		title: widgets.Text(tongue.T("Summary"), 15, theme.Bold, theme.Ink).Wrapped()}
	c.panel = widgets.NewPanel(11, 14, 10, 14, widgets.Col(8, c.title, c.facts))
	return c
}

func (c *summaryCard) reset() { c.facts.Objects = nil }

func (c *summaryCard) set(v View) {
	s := v.Page.Summary
	note := "  " + tongue.Tf("as of %s", tongue.Clock(v.Page.Confirmed))
	if latest, ok := vitals.Latest(v.Page.Observations); ok {
		note += " · " + tongue.Tf("observations %s ago", board.Span(v.Now.Sub(latest.Taken)))
	}
	c.title.SetRuns(widgets.Run{Text: tongue.T("Summary"), Style: theme.Bold},
		widgets.Run{Text: note, Size: 12.5, Role: theme.Muted})
	c.facts.Objects = nil
	add := func(name string, o fyne.CanvasObject) {
		c.facts.Add(widgets.NewRule())
		c.facts.Add(widgets.Pad(8, 0, 8, 0, widgets.RowAt(widgets.AlignTop, 12,
			widgets.Wide(func() float32 { return theme.Sp(128) },
				widgets.Text(name, 13.5, theme.Regular, theme.Muted).Wrapped()), widgets.Grow(o))))
	}
	text := func(t string) fyne.CanvasObject { return widgets.Text(t, 14, theme.SemiBold, theme.Ink).Wrapped() }
	reason := s.Reason
	if reason == "" {
		reason = tongue.T("Not recorded")
	}
	add(tongue.T("Here because of"), text(reason))
	if s.Admitted.IsZero() {
		add(tongue.T("Admitted"), text(tongue.T("Not recorded")))
	} else {
		add(tongue.T("Admitted"),
			text(tongue.Date(tongue.Here(s.Admitted), "02 Jan 2006, 15:04")+" · "+tongue.Tf("%s ago",
				board.Span(v.Now.Sub(s.Admitted)))))
	}
	scale, _ := scaleText(v)
	chips := widgets.Flow(6, 6)
	for _, ch := range widgets.BannerChips(s, v.TwoInBed, v.Alike, v.Now) {
		if ch.Of == board.Unscored {
			continue // said whole below, where it has room
		}
		chips.Add(widgets.NewChip(ch, 14))
	}
	add(tongue.T("Allergies and flags"), chips)
	for _, id := range s.Patient.Identifiers {
		add(id.Type, text(id.Value+" ("+id.Authority+")"))
	}
	c.addScore(v, add, text)
	addNext(v, add, text)
	if notes := newestNotes(v); len(notes) > 0 {
		add(tongue.T("About the values"), text(strings.Join(notes, "\n")))
	}
	if scoring := v.scoring(); scoring.Applies() || scoring.Scale2 {
		add(tongue.T("SpO₂ scale"), text(scale))
	}
	add(tongue.T("Here before"), text(staysText(v)))
	c.panel.Refresh()
}

func (c *summaryCard) addScore(v View, add func(string, fyne.CanvasObject), text func(string) fyne.CanvasObject) {
	stay := v.stay()
	raised, any := vitals.Raised(stay)
	if s := v.scoring(); !s.Applies() {
		add("NEWS2", text(s.Reason()))
		return
	}
	if !any {
		add("NEWS2", text(board.UnobservedText(v.Page.Summary, v.Now)))
		return
	}
	badge := board.BadgeOf(raised, stay)
	title, rest := raisedWords(raised, badge)
	add("NEWS2", text(strings.TrimSpace(badge.Text+". "+title+" "+rest)))
	add(tongue.T("Because of"), text(badge.Why))
}

// addNext says when the next set is due, as the board does.
func addNext(v View, add func(string, fyne.CanvasObject), text func(string) fyne.CanvasObject) {
	s := v.Page.Summary
	s.Recent = v.Page.Observations
	if away := s.Leave; !away.IsZero() { // nobody can measure a patient who is away
		add(tongue.T("Next observations"), text(tongue.Tf("On leave since %s", tongue.Moment(away, v.Now))))
		return
	}
	if due := board.NextSet(s, v.Every.OrChart4(), v.Now); !due.IsZero() {
		when := tongue.Tf("in %s", board.Span(due.Sub(v.Now)))
		switch late := v.Now.Sub(due); {
		case late >= time.Minute:
			when = tongue.Tf("%s late", board.Span(late))
		case late >= 0:
			when = tongue.T("now")
		}
		add(tongue.T("Next observations"), text(tongue.Clock(due)+" · "+when))
	}
}

// scaleText says on which scale SpO2 is scored, and why; two says that it is scale 2.
func scaleText(v View) (text string, two bool) {
	o, holds := v.Page.Scale2()
	switch {
	case holds:
		return tongue.Tf("Scale 2, not scale 1: target %s, prescribed by %s %s, recorded by %s.", o.Range(),
			o.Prescriber, tongue.Moment(o.Decided, v.Now), named(o.ByName, o.By)), true
	case v.scoring().Scale2: // the page came from a copy, without the decision
		return tongue.T("Scale 2, not scale 1, by a prescriber's decision in the record."), true
	}
	return tongue.T("Scale 1. Scale 2 needs a prescriber's decision."), false
}

func day(t time.Time) string { return tongue.Date(tongue.Here(t), "02 Jan 2006") }

// staysText is where the patient lay before this bed, and when they were in the
// house before, the latest first.
func staysText(v View) string {
	var lines []string
	for i := len(v.Page.Encounters) - 1; i >= 0; i-- {
		e := v.Page.Encounters[i]
		if e.Discharged.IsZero() {
			for j := len(e.Stays) - 2; j >= 0; j-- {
				s := e.Stays[j]
				lines = append(lines, tongue.Tf("%s until %s", strings.TrimSpace(s.Ward+" "+s.Bed),
					tongue.Date(tongue.Here(s.Until), "02 Jan 15:04")))
			}
			continue
		}
		line := strings.TrimSpace(tongue.Tf("%s to %s %s", tongue.Date(tongue.Here(e.Admitted), "02 Jan 2006"),
			tongue.Date(tongue.Here(e.Discharged), "02 Jan 2006"), e.Reason))
		if how := endingText(e.Ended); how != "" {
			line += " · " + how
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		return tongue.T("Nothing recorded")
	}
	return strings.Join(lines[:min(len(lines), 6)], "\n")
}

// endingText says how a time in the house ended that no discharge ended.
func endingText(e patient.Ending) string {
	switch e {
	case patient.Superseded:
		return tongue.T("admitted anew, no discharge was told")
	case patient.Cancelled:
		return tongue.T("the admission was taken back")
	case patient.Deleted:
		return tongue.T("there was no such visit")
	}
	return ""
}
