package ask

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/obsform"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Jumped asks whether each value of a set was right, with what it changed from. Its
// choices are to keep it, and to correct it.
func Jumped(page chart.Page, j vitals.Jump, now time.Time) shell.Dialog {
	minutes := max(1, int(math.Round(j.Within().Minutes())))
	title := tongue.N(minutes, "NEWS2 fell from %[2]d to %[3]d within %[1]d minute.",
		"NEWS2 fell from %[2]d to %[3]d within %[1]d minutes.", j.From.Total, j.To.Total)
	if j.Rose() {
		title = tongue.N(minutes, "NEWS2 rose from %[2]d to %[3]d within %[1]d minute.",
			"NEWS2 rose from %[2]d to %[3]d within %[1]d minutes.", j.From.Total, j.To.Total)
	}
	was, is := obsform.Shown(j.Before), obsform.Shown(j.After)
	var pairs []widgets.Pair
	for _, name := range differ(was, is) {
		if measures(name) {
			pairs = append(pairs, widgets.Pair{Left: obsform.Names()[name],
				Right: patient.Said(name, was[name]) + " → " + patient.Said(name, is[name])})
		}
	}
	return shell.Dialog{Title: title, Whom: OfSummary(page.Summary), Stays: true,
		Text: tongue.Tf("From %s to %s. The set is saved, and every board shows it. Was each value right?",
			tongue.Moment(j.Before.Taken, now), tongue.Moment(j.After.Taken, now)),
		Pairs: pairs, Choices: []shell.Choice{{Text: tongue.T("Keep")}, {Text: tongue.T("Correct…")}}}
}

// SetsApart asks whether two sets that were taken minutes apart shall both stand. Its one
// choice is to save mine.
func SetsApart(p chart.Page, near, mine vitals.Observation, now time.Time) shell.Dialog {
	who := p.Charter(near)
	at := p.Summary.Patient
	pairs := []widgets.Pair{{Left: tongue.Moment(near.Taken, now) + " " + who, Right: setText(near)},
		{Left: tongue.Moment(mine.Taken, now) + " " + tongue.T("you"), Right: setText(mine)}}
	if unlike := unlike(near, mine); unlike != "" { // first: in large text the sets scroll
		pairs = slices.Insert(pairs, 0, widgets.Pair{Left: tongue.T("They differ"), Right: unlike})
	}
	return shell.Dialog{Title: tongue.T("Two sets minutes apart"), Whom: OfSummary(p.Summary), Stays: true,
		Text: tongue.Tf("%s charted a set of %s, yours is of %s. Both can stand; nothing of theirs changes.", who,
			tongue.Moment(near.Taken, now), tongue.Moment(mine.Taken, now)),
		Pairs:   pairs,
		Choices: []shell.Choice{{Text: tongue.Tf("Save mine beside, for %s", at.Name())}}, Cancel: tongue.T("Go back")}
}

// unlike is what both sets measured and do not agree on, theirs before yours.
func unlike(theirs, mine vitals.Observation) string {
	a, b := obsform.Shown(theirs), obsform.Shown(mine)
	var parts []string
	for _, name := range differ(a, b) {
		if measures(name) && a[name] != "" && b[name] != "" {
			parts = append(parts, tongue.Tf("%s: theirs %s, yours %s", obsform.Names()[name],
				patient.Said(name, a[name]), patient.Said(name, b[name])))
		}
	}
	return strings.Join(parts, "; ")
}

// differ are the fields, in the order of the form, of which two forms do not say the same.
func differ(a, b map[string]string) (names []string) {
	for _, name := range obsform.Fields {
		if patient.Said(name, a[name]) != patient.Said(name, b[name]) {
			names = append(names, name)
		}
	}
	return names
}

// measures reports whether a field is of something that was measured.
func measures(name string) bool { return name != obsform.Taken && name != obsform.NotDone }

// setText is a set in one line: what was measured, and what it comes to.
func setText(o vitals.Observation) string {
	fields := obsform.Shown(o)
	var parts []string
	for _, name := range obsform.Fields {
		if raw := fields[name]; raw != "" && name != obsform.Taken {
			parts = append(parts, obsform.Names()[name]+" "+patient.Said(name, raw))
		}
	}
	if score := vitals.NEWS2(o); score.Any() {
		text := fmt.Sprint(score.Total)
		if !score.Complete {
			text = "≥" + text
		}
		parts = append(parts, "NEWS2 "+text)
	}
	return strings.Join(parts, ", ")
}
