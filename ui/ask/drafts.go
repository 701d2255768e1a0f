package ask

import (
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
)

// DraftLine is one draft of the list: of whom, which section, since when.
type DraftLine struct {
	Head  string // two identifiers, and where the patient is
	Draft chart.Draft
	Open  func()
}

// Drafts lists what a nurse has typed and not saved; a press opens it.
func Drafts(lines []DraftLine, now time.Time) shell.Dialog {
	if len(lines) == 0 {
		return shell.Dialog{Title: tongue.T("My drafts"), Text: tongue.T("Nothing of yours waits to be saved."),
			Confirm: tongue.T("Close")}
	}
	d := shell.Dialog{Title: tongue.T("My drafts"), Cancel: tongue.T("Close"),
		Text: tongue.T("What you typed and did not save. It is yours alone, and kept until you save or discard it.")}
	for _, l := range lines {
		at, ago := tongue.Moment(l.Draft.Typed, now), board.Span(max(now.Sub(l.Draft.Typed), 0))
		text := tongue.Tf("%s, typed %s (%s ago)", l.Draft.Section.Title(), at, ago)
		if l.Draft.Station != "" { // there may be another, of the same section
			text = tongue.Tf("%s, typed %s at %s (%s ago)", l.Draft.Section.Title(), at, l.Draft.Station, ago)
		}
		d.Choices = append(d.Choices, shell.Choice{Head: l.Head, Do: l.Open, Text: text})
	}
	return d
}

// DraftHead is [OfSummary] in one line: of whom a draft is, and where they are.
func DraftHead(s patient.Summary) string {
	w := OfSummary(s)
	return strings.Join([]string{w.Name, w.Born, w.MRN, w.Place}, " · ")
}
