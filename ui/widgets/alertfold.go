package widgets

import (
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
)

// foldRuns are the open alerts that stand behind a card in a storm: some by their words, each on a
// line of its own, and the rest as a number. They stand below the card's buttons: what is folded in
// while a hand is on one of them moves none.
func foldRuns(a Alert, now time.Time) (runs []Run) {
	for _, b := range a.Also {
		runs = append(runs, Run{Text: tongue.Tf("Also: %s", foldedText(a, b, now)) + "\n", Style: theme.SemiBold})
	}
	switch rest := a.More - len(a.Also); {
	case rest > 0 && a.Alert.Patient == "":
		runs = append(runs, Run{Text: tongue.Tf("And %d more that name no known patient.", rest), Role: theme.MedT})
	case rest > 0:
		runs = append(runs, Run{Text: tongue.Tf("And %d more of this patient.", rest), Role: theme.MedT})
	case len(runs) > 0: // no empty line below
		last := &runs[len(runs)-1]
		last.Text = last.Text[:len(last.Text)-1]
	}
	return runs
}

// foldedText is what a folded alert says, how urgent it is where that is not what the card says of
// itself, and its age.
func foldedText(a Alert, b alert.Alert, now time.Time) string {
	text := b.Words()
	if b.Priority != a.Alert.Priority {
		mark, _, _ := PriorityMark(b.Priority)
		text = together(mark) + " " + text
	}
	if b.Patient == "" && b.Bed != "" {
		text += " · " + placeTogether(tongue.Tf("bed %s", b.Bed))
	}
	return text + " · " + together(Age(b, now))
}

// Age is for how long an alert waits, as a card says it.
func Age(a alert.Alert, now time.Time) string { return board.Span(now.Sub(since(a))) }

func textOf(runs []Run) (s string) {
	for _, r := range runs {
		s += r.Text
	}
	return s
}
