// Package ask puts the questions that a person answers before an alert is acted on.
// Each names whom it acts on.
package ask

import (
	"fmt"
	"strings"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// togetherMost bounds the lines of the question; the counts above them name all.
const togetherMost = 40

// Together asks whether to accept several alerts at once: whose, how many of each priority,
// and each with its text.
func Together(c alert.Card, list []alert.Card) shell.Dialog {
	d := shell.Dialog{Cancel: tongue.T("Cancel"), Confirm: tongue.Tf("Accept all %d", len(list)) + For(c),
		Danger: len(list) >= alert.StormFrom} // more than a glance takes in: a stray Enter cancels
	count := map[alert.Priority]int{}
	for n, one := range list {
		count[one.Alert.Priority]++
		if n < togetherMost {
			text, _, _ := widgets.PriorityMark(one.Alert.Priority)
			d.Pairs = append(d.Pairs, widgets.Pair{Left: text, Right: one.Alert.Words() + " · " +
				unbroken(tongue.Tf("since %s", tongue.Clock(one.Alert.Received))) + sentBed(c, one)})
		}
	}
	if more := len(list) - togetherMost; more > 0 {
		d.Pairs = append(d.Pairs, widgets.Pair{Left: "…", Right: tongue.N(more, "and %d more", "and %d more")})
	}
	var counts []string
	for _, p := range []alert.Priority{alert.High, alert.Medium, alert.Technical, alert.Low} {
		if count[p] > 0 {
			text, _, _ := widgets.PriorityMark(p)
			counts = append(counts, unbroken(fmt.Sprintf("%d × %s", count[p], text)))
		}
	}
	d.Title = tongue.Tf("Accept all %d alerts of no known patient?", len(list))
	if c.Alert.Patient != "" {
		d.Title = tongue.Tf("Accept all %d alerts of %s?", len(list), nameOf(c))
	}
	d.Text = strings.TrimSpace(about(c) + "\n" + strings.Join(counts, ", "))
	return d
}

// unbroken is a text that stays on one line.
func unbroken(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }

// sentBed is the bed that an alert of no known patient was sent with.
func sentBed(c, one alert.Card) string {
	if c.Alert.Patient != "" || one.Alert.Bed == "" {
		return ""
	}
	return " · " + tongue.Tf("Bed sent: %s.", one.Alert.Bed)
}

func nameOf(c alert.Card) string { return patient.Patient{Surname: c.Surname, Given: c.Given}.Name() }

// about says on whom a question acts: name, bed and number.
func about(c alert.Card) string {
	switch {
	case c.Unidentified:
		return tongue.T("Identify the patient before you act.")
	case c.Alert.Patient == "" && c.Alert.Priority == alert.Technical && !c.Nameless():
		return ""
	case c.Alert.Patient == "":
		return tongue.T("Patient not known")
	}
	parts := []string{nameOf(c)}
	if at := c.Place(); at != "" {
		parts = append(parts, at)
	}
	return strings.Join(append(parts, tongue.Tf("MRN %s", patient.GroupDigits(c.MRN))), " · ")
}

// About is a question about one alert, with whose it is and what it says.
func About(c alert.Card, d shell.Dialog) shell.Dialog {
	text, _, _ := widgets.PriorityMark(c.Alert.Priority)
	d.Text, d.Pairs = about(c), []widgets.Pair{{Left: text, Right: c.Alert.Words()}}
	if d.Cancel == "" {
		d.Cancel = tongue.T("Cancel")
	}
	return d
}

// For names the patient on a button that commits something: " for OKOYE, Ada"; ""
// while nobody is known.
func For(c alert.Card) string {
	if c.Alert.Patient == "" || c.Unidentified {
		return ""
	}
	return " " + tongue.Tf("for %s", nameOf(c))
}
