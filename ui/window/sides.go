package window

import (
	"fmt"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/obsform"
	screen "github.com/wardlight/wardlight/ui/screen/patient"
)

// sidesOf is a conflict as the screen shows it; what was typed is not in it.
func sidesOf(c chart.Conflict, now time.Time) screen.Sides {
	out := screen.Sides{Version: c.Now.Version, By: c.Now.By, At: c.Now.Changed, Amends: c.Amends != ""}
	if c.Section == chart.Notes {
		f := screen.Side{Name: screen.NoteField, Label: tongue.T("Note"), Long: true, Was: noteText(c.Was),
			Is: noteText(c.Is)}
		if c.Amends == "" {
			f.Was, f.Is = signedNote(c.Was, now), ""
			var all []string
			for _, e := range c.Since {
				all = append(all, signedNote(e, now))
			}
			f.Is = strings.Join(all, "\n\n")
		}
		out.Fields = []screen.Side{f}
		return out
	}
	was, is := setFields(c.Was), setFields(c.Is)
	for _, name := range obsform.Fields {
		if name != obsform.Taken {
			out.Fields = append(out.Fields,
				screen.Side{Name: name, Label: obsform.Names()[name], Was: was[name], Is: is[name]})
		}
	}
	if o := c.Is.Observation; o != nil && c.Amends == "" {
		out.Note = tongue.Tf("The set in the record was taken at %s; yours keeps its own time.", tongue.Clock(o.Taken))
	}
	return out
}

// noteText is what a note says; "" of a set.
func noteText(e chart.Entry) string {
	if e.Note == nil {
		return ""
	}
	return e.Note.Text
}

// signedNote is a note with its writer and its time.
func signedNote(e chart.Entry, now time.Time) string {
	if e.Note == nil {
		return ""
	}
	return fmt.Sprintf("%s %s: %s", tongue.Moment(e.Note.Written, now), e.Note.ByName, e.Note.Text)
}

// setFields are the values of a set as the form writes them; nil of a note.
func setFields(e chart.Entry) map[string]string {
	if e.Observation == nil {
		return nil
	}
	return obsform.Shown(*e.Observation)
}
