package shell

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Whom is the patient on whom a dialog acts, as its head names them: by name, date of birth,
// number and bed. The zero value is a dialog about no patient; package ask makes the others.
type Whom struct {
	Name string // as the banner writes it; "Patient not known" of an alert that names nobody
	// Born and MRN are the identifiers in words, "" of a patient who is not known.
	Born, MRN string
	Place     string // bed, or that there is none: never ""
}

// Is reports whether the dialog acts on a patient.
func (w Whom) Is() bool { return w != Whom{} }

// head stands between the title and what scrolls: it is never out of sight.
func (w Whom) head() fyne.CanvasObject {
	runs := []widgets.Run{{Text: w.Name, Style: theme.Bold}}
	// A number or a date is read on one line.
	whole := func(s string) string { return " · " + strings.ReplaceAll(s, " ", "\u00a0") }
	for _, part := range []string{w.Born, w.MRN} {
		if part != "" {
			runs = append(runs, widgets.Run{Text: whole(part)})
		}
	}
	if w.Place != "" {
		runs = append(runs, widgets.Run{Text: whole(w.Place), Style: theme.Bold})
	}
	return widgets.Runs(14.5, runs...).Wrapped()
}
