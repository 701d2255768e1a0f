// Package ask holds every question and every list that a dialog puts before a person: about
// alerts, charts, sets, tasks, drafts, the ward and this station. One that acts on a patient
// names them ([OfSummary], [OfRow], [OfCard]), and its button says for whom it acts. A test
// finds any dialog that is made elsewhere.
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
	d := shell.Dialog{Cancel: tongue.T("Cancel"),
		Confirm: forWhom(c, tongue.Tf("Accept all %d", len(list)),
			tongue.Tf("Accept all %d for %s", len(list), nameOf(c))),
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
	d.Whom, d.Text = OfCard(c), strings.Join(counts, ", ")
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

// nameOf is the name of an alert's patient.
func nameOf(c alert.Card) string { return patient.Patient{Surname: c.Surname, Given: c.Given}.Name() }

// about is a question about one alert, with whose it is and what it says.
func about(c alert.Card, d shell.Dialog) shell.Dialog {
	text, _, _ := widgets.PriorityMark(c.Alert.Priority)
	d.Whom, d.Pairs = OfCard(c), []widgets.Pair{{Left: text, Right: c.Alert.Words()}}
	d.Cancel = tongue.T("Cancel")
	return d
}

// TurnDown asks why an alert is turned down.
func TurnDown(c alert.Card, do func(reason string), not func()) shell.Dialog {
	return about(c, shell.Dialog{Title: tongue.T("Turn this alert down?"), Reason: tongue.T("Why"),
		Confirm: forWhom(c, tongue.T("Reject"), tongue.Tf("Reject for %s", nameOf(c))), OnConfirm: do, OnCancel: not})
}

// TakeBack asks why an alert is taken from the person who has it in hand.
func TakeBack(c alert.Card, do func(reason string)) shell.Dialog {
	return about(c, shell.Dialog{Title: tongue.Tf("Take this alert back from %s?", c.TakenBy),
		Reason: tongue.T("Why"), OnConfirm: do,
		Confirm: forWhom(c, tongue.T("Take back"), tongue.Tf("Take back for %s", nameOf(c)))})
}

// End asks whether an alert ends, and why if another than me has it in hand.
func End(c alert.Card, me string, do func(reason string)) shell.Dialog {
	d := about(c, shell.Dialog{Title: tongue.T("End this alert?"), OnConfirm: do,
		Confirm: forWhom(c, tongue.T("End it"), tongue.Tf("End it for %s", nameOf(c)))})
	if c.TakenID != me {
		d.Title, d.Reason = tongue.Tf("End this alert, which %s has in hand?", c.TakenBy), tongue.T("Why")
	}
	return d
}

// manyPeople is from how many choices on a list of people has a search.
const manyPeople = 10

// ForwardTo asks to whom an alert is forwarded: everybody who works on the ward is there.
func ForwardTo(c alert.Card, choices []shell.Choice) shell.Dialog {
	d := shell.Dialog{Title: tongue.T("Forward this alert to whom?"), Choices: choices}
	if len(choices) > manyPeople {
		d.Filter = tongue.T("A part of a name")
	}
	return about(c, d)
}

// Forward asks what those should know to whom an alert is forwarded.
func Forward(c alert.Card, to string, do func(comment string)) shell.Dialog {
	return about(c, shell.Dialog{Title: tongue.Tf("Forward to %s", to), Reason: tongue.T("What they should know"),
		Confirm: forWhom(c, tongue.T("Forward"), tongue.Tf("Forward for %s", nameOf(c))), OnConfirm: do})
}

// forWhom is the text of a button that commits something: the one that names the patient, or
// the plain one while nobody is known.
func forWhom(c alert.Card, plain, named string) string {
	if c.Alert.Patient == "" || c.Unidentified {
		return plain
	}
	return named
}
