package widgets_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// large is the look of a ward that needs large letters on a small screen.
func large(t *testing.T) fyne.Window {
	t.Helper()
	app := test.NewApp()
	app.Settings().SetTheme(theme.New(theme.Day, 2))
	w := app.NewWindow("")
	t.Cleanup(func() { w.Close(); app.Quit() })
	return w
}

// Where the counts have no room, the free beds go before what asks for a nurse. Seen
// red with the counts cut at their end: "high" and "overdue" went.
func TestCountsKeepWhatIsUrgent(t *testing.T) {
	w := large(t)
	b := widgets.NewTopBar()
	w.SetContent(b.Panel)
	for width, want := range map[float32][]string{2400: {"free", "patients", "high", "overdue"},
		1280: {"patients", "high", "overdue"}, 1220: {"high", "overdue"}} {
		w.Resize(fyne.NewSize(width, 200))
		b.Set(widgets.Top{WardName: "4B Medicine", User: "Chen, Amy",
			Counts: board.Counts{Patients: 25, Free: 2, High: 3, Overdue: int(width) % 7},
			Live:   widgets.Link{Name: "Live, heard 14:03", State: widgets.LinkUp}})
		b.SetSound(widgets.Sound{Text: "Sound checked 07:02", Do: "Pause sound"})
		text := screentest.Texts(b.Panel)
		for _, word := range []string{"free", "patients", "high", "overdue"} {
			wanted := strings.Contains(strings.Join(want, " "), word)
			if strings.Contains(text, word) != wanted {
				t.Errorf("%v wide: %q is said %v:\n%s", width, word, !wanted, text)
			}
		}
	}
}

// In large letters on a small screen a strip is said whole, in smaller letters than usual, so that it takes less of the
// place of the patients; an alarm keeps its size. Seen red with a strip cut to one line: what to do was not said; and
// with every strip at its usual size.
func TestStripsFoldAndSayAll(t *testing.T) {
	w := large(t)
	s, usual := widgets.NewStrip("strip").Folding(), widgets.NewStrip("usual")
	w.SetContent(widgets.Col(0, s, usual))
	for _, tone := range []widgets.Tone{widgets.Warn, widgets.Alarm} {
		head, rest := "3 unassigned messages since 09:12.",
			"A patient may be missing, or be shown in the wrong place. Tell IT: wardctl parked list."
		s.Set(tone, head, rest)
		usual.Set(tone, head, rest)
		w.Resize(fyne.NewSize(760, 800))
		if said := bare(screentest.Texts(s)); !strings.Contains(said, bare(head+rest)) {
			t.Errorf("tone %v: %q is said", tone, screentest.Texts(s))
		}
		folded, whole := s.HeightFor(760), usual.HeightFor(760)
		if tone == widgets.Warn && folded > whole-10 || tone == widgets.Alarm && folded != whole {
			t.Errorf("tone %v: %v high, usually %v", tone, folded, whole)
		}
	}
}

// bare is a text without its spaces, which wrapping takes.
func bare(s string) string { return strings.Join(strings.Fields(s), "") }

// What is known of allergies is never among what "+1" counts. Seen red with the rank
// of a plain chip for "No known allergies".
func TestAllergiesAlwaysHaveRoom(t *testing.T) {
	app := test.NewApp()
	defer app.Quit()
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	for _, text := range []string{"No known allergies", "Allergies not recorded"} {
		tile := widgets.NewTile()
		w := app.NewWindow("")
		w.SetContent(tile)
		w.Resize(fyne.NewSize(widgets.TileWidth(), widgets.TileShape{Chips: 3}.Height()))
		tile.Set(board.Row{Patient: "p", Surname: "MARSH", Bed: "14", Badge: board.Badge{Text: "0"},
			Chips: []board.Chip{{Text: text, Guard: board.GuardAllergy},
				{Kind: board.ChipCheck, Guard: board.GuardTwoInBed, Text: "Two in bed 14", Short: "Two in bed"},
				{Kind: board.ChipCheck, Guard: board.GuardZero, Text: "0 sent, check the patient", Short: "0 sent"},
				{Kind: board.ChipMissing, Guard: board.GuardPlace, Text: "Room R12, no bed"},
				{Kind: board.ChipDue, Guard: board.GuardLate, Text: "25 min late"}}}, time.Now())
		if said := screentest.Texts(tile); !strings.Contains(said, text) {
			t.Errorf("%q is hidden: %q", text, said)
		}
		w.Close()
	}
}
