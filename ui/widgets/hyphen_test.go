package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A word that is wider than its line is broken at its hyphen. Seen red with the last letter that fits: "low-mediu", "m".
func TestAWordIsBrokenAtItsHyphen(t *testing.T) {
	test.NewTempApp(t)
	l := widgets.Runs(11.5, widgets.Run{Text: "low-medium"}).Wrapped()
	l.Resize(fyne.NewSize(l.LineWidth()-8, 40))
	if got := strings.TrimSpace(screentest.Texts(l)); got != "low-\nmedium" {
		t.Errorf("%q", got)
	}
}
