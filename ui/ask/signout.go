package ask

import (
	"strings"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// Leaving is what is known of somebody who signs out.
type Leaving struct {
	Held []alert.Card // what they have in hand
	// Doubt: there may be more, for the record has not answered, or not recorded yet what they pressed.
	Doubt bool
	At    []string // the other stations at which they are signed in
	// Refused is why what is in Held could not be given back; nil: that was not tried.
	Refused error
}

// SignOut asks what becomes of the alerts that a person who signs out has in hand. Each names
// its patient and bed, unless the person may not see that ward any more.
func SignOut(l Leaving, giveBack, keep func()) shell.Dialog {
	text := []string{
		tongue.T("Given back, they are open again and call others. Kept, they call nobody while you are away.")}
	d := shell.Dialog{Title: tongue.N(len(l.Held), "You have %d alert in hand.", "You have %d alerts in hand."),
		Choices: []shell.Choice{{Text: tongue.T("Give back and sign out"), Do: giveBack},
			{Text: tongue.T("Keep in hand and sign out"), Do: keep}},
		Cancel: tongue.T("Stay signed in")}
	if l.Refused != nil {
		d.Title = tongue.N(len(l.Held), "%d alert could not be given back, so you are still signed in.",
			"%d alerts could not be given back, so you are still signed in.")
		text = append([]string{words.For(l.Refused).What}, text...)
		d.Danger = true // Enter does not try again what was just refused
	}
	if l.Doubt {
		text = append(text, tongue.T("The record has not answered: you may have more in hand."))
	}
	d.Text = strings.Join(also(text, l.At), " ")
	for _, c := range l.Held {
		mark, _, _ := widgets.PriorityMark(c.Alert.Priority)
		d.Pairs = append(d.Pairs, widgets.Pair{Left: mark, Right: inHand(c)})
	}
	return d
}

// SignOutInDoubt asks somebody who signs out while it is not known whether they have an alert in hand.
func SignOutInDoubt(l Leaving, again, anyway func()) shell.Dialog {
	text := []string{tongue.T("The record has not answered. An alert that you accepted calls nobody while you are away.")}
	return shell.Dialog{Title: tongue.T("It is not known whether you have an alert in hand."),
		Text: strings.Join(also(text, l.At), " "),
		Choices: []shell.Choice{{Text: tongue.T("Look again"), Do: again},
			{Text: tongue.T("Sign out all the same"), Do: anyway}},
		Cancel: tongue.T("Stay signed in")}
}

// also says at which other stations somebody is signed in: one that is locked ends by itself, and
// nobody is asked there.
func also(text, at []string) []string {
	if len(at) == 0 {
		return text
	}
	return append(text, tongue.Tf("You are also signed in at %s.", strings.Join(at, ", ")))
}

// inHand is one alert that somebody has in hand, in a line.
func inHand(c alert.Card) string {
	w := OfCard(c)
	all := []string{w.Name, unbroken(w.MRN), unbroken(c.WardName), unbroken(w.Place), c.Alert.Words()}
	if c.Withheld {
		all = []string{tongue.T("A patient of a ward on which you do not work"), unbroken(c.WardName),
			unbroken(tongue.Tf("since %s", tongue.Clock(c.TakenAt)))}
	}
	var parts []string
	for _, part := range all {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}
