package alerts

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// heldHead stands in a list above those alerts that are in somebody's hand, and says how many they are: the number on
// the tab is that of those that wait.
type heldHead struct {
	text *widgets.Label
	box  fyne.CanvasObject
	at   int // the card that it stands above; -1: none
}

func newHeldHead() heldHead {
	text := widgets.Text("", 13, theme.SemiBold, theme.Muted).Wrapped()
	spots.Mark("alert.held", text)
	return heldHead{text: text, box: widgets.Pad(2, 4, 0, 4, text), at: -1}
}

// showHeld puts the head above the first of the cards in somebody's hand below which nothing waits, where something
// waits above it, and reports whether that changed anything. It comes or goes above no card that keeps its place.
func (s *Screen) showHeld(ids []string, by map[string]widgets.Alert, pinned string) bool {
	count, at := 0, len(ids)
	for i, id := range slices.Backward(ids) {
		if by[id].State == alert.TakenInHand {
			count++
			if at == i+1 {
				at = i
			}
		}
	}
	if s.tab == History || at == 0 || at == len(ids) {
		at = -1
	}
	above := func(at, i int) bool { return at >= 0 && at <= i }
	if i := slices.Index(ids, pinned); i >= 0 && above(at, i) != above(s.held.at, i) && s.held.at < len(ids) {
		at = s.held.at
	}
	was, said := s.held.at, s.held.text.SpotText()
	s.held.at = at
	s.held.text.Set(tongue.Tf("In hand: %d", count))
	return was != at || said != s.held.text.SpotText()
}
