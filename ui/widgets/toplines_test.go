package widgets_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/screentest"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// A ward's name that is too long for its line is shortened at its end: the head stays as high as with a short one, the
// numbers stay whole, and nothing lies over anything. Seen red with the ward's button as wide as its name: the head
// took three lines more.
func TestALongWardGivesWayToTheNumbers(t *testing.T) {
	long := []string{"Intensivstation für Brandverletzte und Intermediate Care, Haus 4",
		"Acute Medical Admissions and Short Stay Unit, West Wing", strings.Repeat("Ward ", 40)}
	for _, scale := range []float32{1, 1.5, 2} {
		for _, width := range []float32{1280, 1600} {
			w := large(t)
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Day, scale))
			b := widgets.NewTopBar()
			w.SetContent(b.Panel)
			w.Resize(fyne.NewSize(width, 600))
			show := func(ward string) float32 {
				b.Set(widgets.Top{WardName: ward, User: "Chen, Amy · Charge nurse", Drafts: 2,
					Counts: board.Counts{Patients: 25, Free: 2, High: 3, Overdue: 7},
					Live:   widgets.Link{Name: "Live, heard 14:03", State: widgets.LinkUp}})
				b.SetSound(widgets.Sound{Text: "Sound checked 07:02", Do: "Pause sound"})
				return b.HeightFor(width)
			}
			usual := show("4B Medicine")
			for _, ward := range long {
				if h := show(ward); h > usual+1 {
					t.Errorf("%v, %v wide: %v high, usually %v", scale, width, h, usual)
				}
				headIsWhole(t, w, b, ward)
			}
			if show("4B Medicine"); !strings.Contains(screentest.Texts(b.Panel), "4B Medicine  ▾") {
				t.Errorf("%v, %v wide: a short name is cut", scale, width)
			}
		}
	}
}

// To measure a head at another width changes nothing of what is drawn. Seen red with the name fitted as it is measured.
func TestMeasuringTheHeadLeavesTheWard(t *testing.T) {
	w := large(t)
	b := widgets.NewTopBar()
	w.SetContent(b.Panel)
	w.Resize(fyne.NewSize(1600, 600))
	b.Set(widgets.Top{WardName: strings.Repeat("Ward ", 40), User: "Chen, Amy · Charge nurse"})
	was := screentest.Texts(b.Panel)
	if !strings.Contains(was, "…") {
		t.Fatalf("the whole name has room: %q", was)
	}
	b.HeightFor(900)
	if is := screentest.Texts(b.Panel); is != was {
		t.Errorf("%q, was %q", is, was)
	}
}

func headIsWhole(t *testing.T, w fyne.Window, b *widgets.TopBar, ward string) {
	t.Helper()
	words := screentest.Seen(b.Panel, w.Canvas().Size())
	said := ""
	for i, x := range words {
		said += x.Text
		if !x.Whole() {
			t.Errorf("%q stands at %v, seen is %v", x.Text, x.At, x.Seen)
		}
		for _, o := range words[i+1:] {
			if x.Overlaps(o) {
				t.Errorf("%q and %q lie over each other", x.Text, o.Text)
			}
		}
		if name, is := strings.CutSuffix(x.Text, "…  ▾"); is && (!strings.HasPrefix(ward, name) || len(name) < 14) {
			t.Errorf("of %q is shown %q", ward, name)
		}
	}
	for _, number := range []string{"3 high", "7 overdue", "14:03", "2 drafts"} {
		if !strings.Contains(bare(said), bare(number)) {
			t.Errorf("%q is not said in %q", number, said)
		}
	}
	if !strings.Contains(said, ward) && !strings.Contains(said, "…  ▾") {
		t.Errorf("%q is not said in %q", ward, said)
	}
}
