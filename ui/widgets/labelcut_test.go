package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// At whatever width a text is cut, an ellipsis says so, also where a stretch in another style ends there; and no number
// is cut in two.
//
// Seen red with the ellipsis only within the stretch that has no room any more: none, where the one before ended at
// the edge. And with a number cut between its figures: "Haemoglobin 4…".
func TestWhatIsCutIsMarkedAtEveryWidth(t *testing.T) {
	test.NewTempApp(t)
	runs := []widgets.Run{{Text: "↓7 · ", Role: theme.Muted}, {Text: "Newest: ", Style: theme.SemiBold},
		{Text: "Haemoglobin 148 g/l, 12.5 mg"}, {Text: " at 00:57", Style: theme.Bold}}
	for _, wraps := range []bool{false, true} {
		for width := float32(60); width < 420; width++ {
			l := widgets.Runs(13, runs...).Ellipsis()
			if wraps {
				l.Cut, l.Wrap, l.Most = false, true, 1
			}
			l.Resize(fyne.NewSize(width, 20))
			drawn := strings.ReplaceAll(screentest.Texts(l), "\n", "")
			head, is := strings.CutSuffix(drawn, "…")
			if !is && strings.TrimSpace(drawn) != l.SpotText() {
				t.Errorf("wraps %v, %.0f wide: %q is cut without a mark", wraps, width, drawn)
			}
			for _, part := range []string{"1", "14", "12", "12.", "00", "00:", "00:5"} {
				if is && (strings.HasSuffix(head, " "+part)) {
					t.Errorf("wraps %v, %.0f wide: %q is cut in a number", wraps, width, drawn)
				}
			}
		}
	}
}
