package shell

import (
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/widgets"
)

// young reports whether a key is not for a dialog that came by itself: the hand was typing when it
// came, and has not paused since. That it did nothing is said. What a program types is for it.
func (g *dialog) young() bool {
	hand := widgets.Hand()
	now := hand.Time()
	if hand.Newest() == "" || !now.Before(g.rests) {
		return false
	}
	g.rests = now.Add(press.Rest)
	if hand.Refused != nil {
		hand.Refused()
	}
	return true
}

// heed lets the fields of the dialog ask whether what is typed is for them, and say which has the keyboard.
func (g *dialog) heed() {
	for _, e := range g.entries() {
		e.Waits = g.young
		e.OnFocus = func(on bool) {
			if on {
				g.at = e
			}
		}
	}
}
