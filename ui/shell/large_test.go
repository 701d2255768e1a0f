package shell_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// With large text in a small window F3 brings the first card into view, and A accepts it:
// what is off the screen is brought onto it, and not refused for ever. Seen red with a card
// that is higher than the column counting as off the screen.
func TestLargeTextAcceptsByKeyboard(t *testing.T) {
	s := start(t)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Day, 2))
	s.window.Resize(fyne.NewSize(1280, 800))
	s.shell.Go(shell.Board)
	s.shell.SetStrip(widgets.Warn, "Nobody can hear this station: no sound device.",
		"Turn the sound on, or use another station. Alerts are shown all the same.")
	s.screens.Alerts.Show(fixture.Alerts())
	*widgets.Hand() = widgets.NewHand()
	p := &screentest.Person{Canvas: s.window.Canvas(), Nobody: widgets.Keyed{}}
	p.Key(fyne.KeyF3, 0)
	p.Key(fyne.KeyA, 'a')
	if len(s.accepted) != 1 {
		t.Errorf("accepted %v", s.accepted)
	}
}
