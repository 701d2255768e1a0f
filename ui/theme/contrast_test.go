package theme

import (
	"image/color"
	"math"
	"testing"
)

func luminance(c color.NRGBA) float64 {
	f := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*f(c.R) + 0.7152*f(c.G) + 0.0722*f(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// The levels of WCAG 2.2: 1.4.3 (AA), 1.4.6 (AAA), 1.4.11 (shapes and borders
// that carry meaning). Large is bold text of at least 18.66 px.
const (
	aa       = 4.5
	aaa      = 7.0
	aaaLarge = 4.5
	shape    = 3.0
)

func TestContrast(t *testing.T) {
	type pair struct {
		what     string
		fg, bg   Role
		at       float64
		strictly bool // held also by Day and Dark; all hold in Contrast
	}
	pairs := []pair{
		{"value on card", Ink, Surface, aaa, true},
		{"value on page", Ink, Bg, aaa, true},
		{"value on well", Ink, Sunk, aaa, true},
		{"value on alerted tile", Ink, HiBg, aaa, true},
		{"red value on card", Alarm, Surface, aaa, true},
		{"red value on alerted tile", Alarm, HiBg, aaa, true},
		{"points 0", N0T, N0, aaa, true},
		{"points, low", N1T, N1, aaa, true},
		{"points, one scores 3", N3T, N3, aaa, true},
		{"points, medium", N5T, N5, aaaLarge, true},
		{"points, high", N7T, N7, aaaLarge, true},
		{"stale value", Stale, Surface, aa, true},
		{"secondary text on card", Muted, Surface, aa, true},
		{"secondary text on page", Muted, Bg, aa, true},
		{"secondary text in a well", Muted, Sunk, aa, true},
		{"secondary text on alerted tile", Muted, HiBg, aa, true},
		{"button", OnAct, Act, aa, true},
		{"button under the pointer", OnAct, ActHover, aa, true},
		{"link on card", Act, Surface, aa, true},
		{"priority high", HiT, Hi, aa, true},
		{"priority medium", MedOn, Med, aa, true},
		{"priority low", LoOn, Lo, aa, true},
		{"priority technical", TechT, Tech, aa, true},
		{"allergy chip", Alarm, HiBg, aa, true},
		{"due chip", MedT, MedBg, aa, true},
		{"calm strip", LoT, LoBg, aa, true},
		{"lock banner", Lock, LockBg, aa, true},
		{"focus ring on page", Act, Bg, shape, true},
		{"focus ring on well", Act, Sunk, shape, true},
		{"live dot", OK, Surface, shape, true},
		{"high bar on card", Hi, Surface, shape, true},
		{"border, high contrast only", Line, Surface, shape, false},
	}
	for _, m := range []struct {
		name string
		mode Mode
	}{{"day", Day}, {"night", Dark}, {"contrast", Contrast}} {
		p := New(m.mode, 1).Palette
		for _, c := range pairs {
			if m.mode != Contrast && !c.strictly {
				continue
			}
			if got := contrast(p[c.fg], p[c.bg]); got < c.at {
				t.Errorf("%s: %s: %.2f:1, want %.1f:1", m.name, c.what, got, c.at)
			}
		}
	}
}

// Every role but None has an opaque colour in every palette (Shade is the veil
// behind dialogs).
func TestPalettesAreComplete(t *testing.T) {
	for i, p := range []*Palette{&Light, &Night, &HighContrast} {
		for r := Bg; r < roles; r++ {
			if p[r].A == 0 || r != Shade && p[r].A != 0xFF {
				t.Errorf("palette %d: role %d has no colour", i, r)
			}
		}
	}
}

func TestScaleIsHeld(t *testing.T) {
	if New(Day, 0.1).Scale != 1 || New(Day, 5).Scale != 2 || New(Day, 1.5).Scale != 1.5 {
		t.Error("scale is not held between 1 and 2")
	}
}
