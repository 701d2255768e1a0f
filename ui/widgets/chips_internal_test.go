package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
)

// hardChips are all marks at once, in their order.
func hardChips() []board.Chip {
	out := []board.Chip{
		{Kind: board.ChipAllergy, Guard: board.GuardAllergy, Text: "⚠ Sulfamethoxazole with trimethoprim +2",
			Tail:  " +2",
			Short: "⚠ ALLERGY +2"},
		{Guard: board.GuardResuscitation, Text: "DNACPR"},
		{Guard: board.GuardNilByMouth, Text: "Nil by mouth", Short: "NBM"},
		{Guard: board.GuardIsolation, Text: "Isolation", Short: "ISOL"},
		{Kind: board.ChipLookAlike, Guard: board.GuardLookAlike, Text: "Name like Recovery bay 12 West",
			Short: "Name alike"},
		{Kind: board.ChipCheck, Guard: board.GuardTwoInBed, Text: "Two in bed Recovery bay 12 West",
			Short: "Two in bed"},
		{Kind: board.ChipCheck, Guard: board.GuardZero, Text: "0 sent, check the patient", Short: "0 sent"},
		{Kind: board.ChipCheck, Guard: board.GuardFuture, Text: "Set dated in the future", Short: "Future date"},
		{Kind: board.ChipDue, Guard: board.GuardIncomplete, Text: "Incomplete"},
		{Kind: board.ChipDue, Guard: board.GuardLate, Text: "25 min late"},
		{Kind: board.ChipEditing, Guard: board.GuardEditing, Text: "✎ Diaz edits obs", Short: "✎ Diaz"},
		{Guard: board.GuardCare, Text: "Falls"}, {Guard: board.GuardCare, Text: "Skin at risk"},
	}
	board.ByGuard(out)
	return out
}

// In as many lines as they are given chips that protect stand in words, in their order of weight, and the rest is
// counted: in no width is one counted, or cut at its start.
func TestChipsThatProtectAreNeverCounted(t *testing.T) {
	app := test.NewTempApp(t)
	for _, scale := range []float32{1, 2} {
		app.Settings().SetTheme(theme.New(theme.Day, scale))
		for _, width := range []float32{90, 140, 250, 500, 3000} {
			all, w := hardChips(), width*scale
			n := chipLines(all, w)
			room := make([]float32, n)
			for i := range room {
				room[i] = w
			}
			put, lacks := packed(all, room)
			if lacks {
				t.Fatalf("%v wide: %d lines are too few", width, n)
			}
			var said []string
			used := make([]float32, n)
			for _, p := range put {
				said = append(said, p.text)
				if used[p.slot] += p.w + chipGap; used[p.slot] > w+chipGap+1 {
					t.Errorf("%v wide: line %d runs out with %q", width, p.slot, p.text)
				}
			}
			words := strings.Join(said, "|")
			for _, c := range all {
				if !c.Counts() && !strings.Contains(words, c.Text) &&
					!(c.Short != "" && strings.Contains(words, c.Short)) &&
					!(c.Kind == board.ChipAllergy && strings.Contains(words, "⚠ Sulfam") &&
						strings.Contains(words, "… +2")) {
					t.Errorf("%v wide: %q is hidden in %q", width, c.Text, words)
				}
			}
			if width == 3000 && (strings.Contains(words, "|+") || !strings.Contains(words, "Nil by mouth")) {
				t.Errorf("with room for all: %q", words)
			}
		}
	}
}

// A tag that is too narrow for its words keeps their beginning: "DNACPR: …" must never read "CPR". One of a banner
// takes more lines.
func TestATagKeepsItsBeginning(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Day, 1))
	text := "DNACPR: decision of 3 March, reviewed with the family; all other treatment goes on"
	l := newTag(chipLook(board.ChipNeutral, 12))
	l.style(text)
	l.place(10, 0, 120, 20)
	if !strings.HasPrefix(l.text.Text, "DNACPR") || !strings.HasSuffix(l.text.Text, "…") || l.text.Position().X < 10 {
		t.Errorf("%q at %v", l.text.Text, l.text.Position())
	}
	c := NewChip(board.Chip{Text: text}, 14)
	w := app.NewWindow("")
	defer w.Close()
	w.SetContent(c)
	one := c.MinSize().Height
	if h := c.HeightFor(200); h < 2*one-12 {
		t.Errorf("%v high in 200, %v on one line", h, one)
	}
}

// What stands first of all is never cut, and a decision that has no short words keeps its long ones, as it has in
// German. Seen red with every chip without short words cut: "Keine Reani…".
func TestADecisionIsNeverCut(t *testing.T) {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Day, 2))
	for g := board.GuardLookAlike; g <= board.GuardAllergy; g++ {
		for _, f := range forms(board.Chip{Guard: g, Text: "Keine Reanimation"}) {
			if strings.Contains(f.text, "…") {
				t.Errorf("of guard %d it says %q", g, f.text)
			}
		}
	}
}
