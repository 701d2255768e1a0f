package widgets

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
)

// What is old says when it was confirmed, in few words on a bed and whole to a screen reader, of another day with its
// day, and in a language in which the brief words are not the end of the whole ones.
//
// Seen red with the brief words cut off the whole ones: the bed said "bestätigt zuletzt 13:20".
func TestAnOldBedSaysBrieflyWhenItWasConfirmed(t *testing.T) {
	tongue.KeepTime(time.UTC)
	defer tongue.KeepTime(nil)
	other, err := tongue.Read("de",
		[]byte(`{"last confirmed %s": "bestätigt zuletzt %s", "confirmed %s": "bestätigt %s", "last": "zuletzt"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer tongue.Speak(nil)
	now := time.Date(2026, 11, 23, 14, 3, 0, 0, time.UTC)
	row := board.Row{Patient: "p", Surname: "NOWAK", Bed: "05", Stale: true, Badge: board.Badge{Text: "1"}}
	for _, c := range []struct {
		speak        *tongue.Catalogue
		ago          time.Duration
		brief, whole string
	}{
		{nil, 43 * time.Minute, "confirmed 13:20", "last confirmed 13:20"},
		{nil, 43*time.Minute + 24*time.Hour, "confirmed 22 Nov 13:20", "last confirmed 22 Nov 13:20"},
		{other, 43 * time.Minute, "bestätigt 13:20", "bestätigt zuletzt 13:20"},
	} {
		test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Day, 1))
		tongue.Speak(c.speak)
		row.Confirmed = now.Add(-c.ago)
		tile, line := NewTile(), NewLine()
		tile.Set(row, now)
		line.Set(row, now)
		for name, text := range map[string]string{"tile": runsText(tile.detailRuns()),
			"line": screentest.Texts(line)} {
			if !strings.Contains(text, c.brief) || strings.Contains(text, c.whole) {
				t.Errorf("the %s does not say %q alone: %q", name, c.brief, text)
			}
		}
		if said := tile.AccessibilityLabel(); !strings.Contains(said, c.whole) {
			t.Errorf("a screen reader hears %q", said)
		}
	}
}

func runsText(runs []Run) (text string) {
	for _, r := range runs {
		text += r.Text
	}
	return text
}
