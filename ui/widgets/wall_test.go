package widgets_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Of the alerts that have no room on a wall every high one is said where it is, and the others are counted: each open
// alert is a place, a place in words, or one of the number. Seen red with Wall.left naming nobody, with it counting
// those it names, and with it counting all that are open.
func TestAWallLeavesNobodyOut(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	since := time.Date(2026, 3, 11, 14, 0, 0, 0, time.UTC)
	spots := func(high, low int) (a alert.Wall) {
		for i := range high + low {
			p := alert.High
			if i >= high {
				p = alert.Low
			}
			a.Spots = append(a.Spots, alert.Spot{Place: fmt.Sprintf("Bed %02d", i+1), Priority: p, Count: 2, Since: since})
		}
		a.Open, a.High = 2*(high+low), 2*high
		return a
	}
	for _, c := range []struct {
		name      string
		shown     alert.Wall
		height    float32
		named     int // high places said in words
		more      string
		roomForAl bool
	}{
		{"room for all", spots(1, 1), 900, 0, "", true},
		{"highs without room", spots(6, 0), 200, 0, "", false},
		{"highs and others without room", spots(6, 3), 200, 0, "and 6 more open alerts", false},
		{"one place of others", spots(0, 12), 200, 0, "more open alerts", false},
	} {
		w := widgets.NewWall("wall")
		win := test.NewTempWindow(t, w)
		win.Resize(fyne.NewSize(360, c.height))
		w.Set(c.shown, false)
		w.Refresh()
		text := strings.ReplaceAll(screentest.Texts(win.Content()), "\n", " ")
		for _, s := range c.shown.Spots {
			if s.Priority == alert.High && !strings.Contains(text, s.Place) {
				t.Errorf("%s: %s is not said: %s", c.name, s.Place, text)
			}
		}
		if c.roomForAl == strings.Contains(text, "more open alert") && c.more != "" || !strings.Contains(text, c.more) {
			t.Errorf("%s: %q is not said: %s", c.name, c.more, text)
		}
		if c.more == "" && strings.Contains(text, "more open alert") {
			t.Errorf("%s: more than all are counted: %s", c.name, text)
		}
	}
}
