package ask

import (
	"strings"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// SignOut asks what becomes of the alerts that somebody has in hand who signs out. Each names
// its patient and bed.
func SignOut(held []alert.Card, giveBack, keep func()) shell.Dialog {
	d := shell.Dialog{Title: tongue.N(len(held), "You have %d alert in hand.", "You have %d alerts in hand."),
		Text: tongue.T("Given back, they are open again and call others. Kept, they call nobody while you are away."),
		Choices: []shell.Choice{{Text: tongue.T("Give back and sign out"), Do: giveBack},
			{Text: tongue.T("Keep in hand and sign out"), Do: keep}},
		Cancel: tongue.T("Stay signed in")}
	for _, c := range held {
		mark, _, _ := widgets.PriorityMark(c.Alert.Priority)
		w := OfCard(c)
		var parts []string
		for _, part := range []string{w.Name, unbroken(w.MRN), unbroken(w.Place), c.Alert.Words()} {
			if part != "" {
				parts = append(parts, part)
			}
		}
		d.Pairs = append(d.Pairs, widgets.Pair{Left: mark, Right: strings.Join(parts, " · ")})
	}
	return d
}
