package shell_test

import (
	"strings"
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

// The head and the strip below it are whole also when what they say grows while they are shown:
// drafts that come, a ward with a long name, a sentence that needs another line. Seen red with the
// window laid out only when a strip comes or goes.
func TestHeadAndStripGrow(t *testing.T) {
	s := start(t)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Day, 2))
	s.window.Resize(fyne.NewSize(1280, 800))
	s.shell.Go(shell.Board)
	top := widgets.Top{WardName: "4B", User: "Chen, Amy · Charge nurse",
		Live: widgets.Link{Name: "Live, heard 14:03", State: widgets.LinkUp}}
	s.shell.SetTop(top)
	s.shell.SetSound(widgets.Sound{Text: "Sound checked 07:02", Do: "Pause sound"})
	s.shell.SetStrip(widgets.Alarm, "This station cannot hear alerts.", "")
	whole := func(when string) {
		t.Helper()
		words := screentest.Seen(s.window.Content(), s.window.Canvas().Size())
		for i, w := range words {
			if !inHead(w) {
				continue
			}
			if !w.Whole() {
				t.Errorf("%s: %q stands at %v, seen is %v", when, w.Text, w.At, w.Seen)
			}
			for _, o := range words[i+1:] {
				if w.Overlaps(o) {
					t.Errorf("%s: %q and %q lie over each other", when, w.Text, o.Text)
				}
			}
		}
	}
	top.Drafts = 3
	s.shell.SetTop(top)
	whole("with drafts")
	s.shell.SetStrip(widgets.Alarm, "This station cannot hear alerts since 14:01:52.",
		"Use another station until this line goes away, and tell the charge nurse. IT has been told.")
	whole("with a longer warning")
	top.User = "Featherstonehaugh-Cholmondeley, Maximiliane · Charge nurse"
	s.shell.SetTop(top)
	whole("with a long name")
}

// inHead reports whether a word stands in the head of the window or the strip below it.
func inHead(w screentest.Word) bool {
	for _, o := range w.Of {
		switch o := o.(type) {
		case *widgets.Strip:
			return true
		case *widgets.Panel:
			if strings.Contains(screentest.Texts(o), "Wardlight") && !strings.Contains(screentest.Texts(o), "Secondary") {
				return true
			}
		}
	}
	return false
}
