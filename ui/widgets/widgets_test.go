package widgets_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/fixture"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

func dress(t *testing.T) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Day, 1))
}

func TestButtonByKeyboard(t *testing.T) {
	dress(t)
	n := 0
	b := widgets.NewButton(widgets.Primary, "Save", "", func() { n++ })
	w := test.NewTempWindow(t, b)
	w.Canvas().Focus(b)
	for _, k := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace} {
		b.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if n != 3 {
		t.Errorf("pressed %d times, want 3", n)
	}
	b.Disable()
	test.Tap(b)
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if n != 3 || w.Canvas().Focused() != nil {
		t.Error("a disabled button was pressed, or kept the focus")
	}
}

// Digits are all equally wide: a figure that changes does not jump.
func TestFiguresAreTabular(t *testing.T) {
	dress(t)
	for _, style := range []fyne.TextStyle{theme.Regular, theme.SemiBold, theme.Bold} {
		want := fyne.MeasureText("0000000000", 15, style).Width
		for _, d := range "123456789" {
			if got := fyne.MeasureText(strings.Repeat(string(d), 10), 15, style).Width; math.Abs(
				float64(got-want)) > 0.5 {
				t.Errorf("ten times %c is %.1f wide, ten zeros %.1f", d, got, want)
			}
		}
	}
}

// A spike survives thinning. Seen red with the first point of every stretch kept
// instead: all that was left stood at 80.
func TestDecimateKeepsSpikes(t *testing.T) {
	var p []widgets.TrendPoint
	for i := range 5000 {
		p = append(p, widgets.TrendPoint{At: fixture.Now.Add(time.Duration(i) * time.Second), Value: 80})
	}
	p[1234].Value, p[3210].Value = 180, 30
	out := widgets.Decimate(p, 120)
	lo, hi := math.Inf(1), math.Inf(-1)
	for i, q := range out {
		lo, hi = min(lo, q.Value), max(hi, q.Value)
		if i > 0 && q.At.Before(out[i-1].At) {
			t.Fatal("out of order")
		}
	}
	if len(out) > 120 || lo != 30 || hi != 180 {
		t.Errorf("%d points from %v to %v", len(out), lo, hi)
	}
}

// Points further apart than the gap are not joined. Seen red with the gap not
// looked at: a third line bridged twelve hours.
func TestGapsStayGaps(t *testing.T) {
	dress(t)
	plot := widgets.NewTrend()
	w := test.NewTempWindow(t, plot)
	w.Resize(fyne.NewSize(600, 100))
	at := func(h float64) time.Time { return fixture.Now.Add(-time.Duration(h * float64(time.Hour))) }
	d := widgets.TrendData{Low: 12, High: 20, Min: 0, Max: 40, From: at(24), To: at(0), Gap: 4 * time.Hour,
		Points: []widgets.TrendPoint{{At: at(20), Value: 16}, {At: at(18), Value: 17},
			{At: at(6), Value: 22, Out: true}, {At: at(4), Value: 24, Out: true}}}
	plot.Set(d)
	lines := 0
	for _, o := range test.WidgetRenderer(plot).Objects() {
		if _, ok := o.(*canvas.Line); ok {
			lines++
		}
	}
	if lines != 2 {
		t.Errorf("%d lines, want 2: the gap was bridged", lines)
	}
}

// "None known" and "not recorded" never look alike.
func TestAllergyStates(t *testing.T) {
	chip := func(s patient.Summary) board.Chip { return widgets.BannerChips(s, false, board.Chip{}, time.Now())[0] }
	none := chip(patient.Summary{Allergy: patient.NoKnownAllergies})
	unknown := chip(patient.Summary{})
	some := chip(patient.Summary{Allergy: patient.AllergiesRecorded,
		Allergic: []patient.Allergy{{Substance: "Latex", Reaction: "rash"}}})
	drugs := chip(patient.Summary{Allergy: patient.NoKnownDrugAllergies})
	if drugs.Text != "No known drug allergies" {
		t.Errorf("drugs alone: %+v", drugs)
	}
	if none.Kind == unknown.Kind || none.Text == unknown.Text || some.Kind != board.ChipAllergy ||
		some.Text != "⚠ Latex: rash" {
		t.Errorf("none %+v, unknown %+v, some %+v", none, unknown, some)
	}
}

func TestBandsFollowTheRisk(t *testing.T) {
	seen := map[theme.Role]bool{}
	for _, c := range []struct {
		r vitals.Risk
		n int
	}{{vitals.RiskHigh, 7}, {vitals.RiskMedium, 5}, {vitals.RiskLowMedium, 3}, {vitals.RiskLow, 2},
		{vitals.RiskLow, 0}} {
		fill, _ := widgets.Band(c.r, c.n)
		if seen[fill] {
			t.Errorf("%v %d shares its colour", c.r, c.n)
		}
		seen[fill] = true
	}
}

// Foreign text cannot push a card apart, and line breaks in it are no lines of
// the tile.
func TestForeignTextIsHeld(t *testing.T) {
	dress(t)
	l := widgets.Text(strings.Repeat("x", 10_000), 15, theme.Regular, theme.Ink).Wrapped()
	w := test.NewTempWindow(t, l)
	w.Resize(fyne.NewSize(300, 400))
	for _, o := range test.WidgetRenderer(l).Objects() {
		if end := o.Position().X + o.MinSize().Width; end > 301 {
			t.Fatalf("a line is %.0f wide in 300", end)
		}
	}
	one := widgets.Text("a\nb\tc\x1b[31m", 15, theme.Regular, theme.Ink)
	test.NewTempWindow(t, one)
	for _, o := range test.WidgetRenderer(one).Objects() {
		if s := o.(*canvas.Text).Text; strings.ContainsAny(s, "\n\t\x1b") {
			t.Errorf("control characters are drawn: %q", s)
		}
	}
}
