// Package theme gives the station its colours, its typeface and its sizes. A
// Theme is immutable; to change the look, set another one.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"github.com/wardlight/wardlight/assets/fonts"
)

// Mode is one of the three looks.
type Mode int

// The looks.
const (
	Day Mode = iota
	Dark
	Contrast
)

// The text styles. The toolkit's styles choose among four faces; the station
// uses three, and the monospace slot carries the semi-bold: all its figures are
// tabular anyway.
var (
	Regular  = fyne.TextStyle{}
	SemiBold = fyne.TextStyle{Monospace: true}
	Bold     = fyne.TextStyle{Bold: true}
)

var (
	regular  = fyne.NewStaticResource("WardlightSans-Regular.ttf", fonts.Regular)
	semiBold = fyne.NewStaticResource("WardlightSans-SemiBold.ttf", fonts.SemiBold)
	bold     = fyne.NewStaticResource("WardlightSans-Bold.ttf", fonts.Bold)
)

// Theme is one look at one text size.
type Theme struct {
	Mode    Mode
	Palette *Palette
	// Scale multiplies every text size, and the measures that follow text, 1 to 2.
	Scale float32
}

var _ fyne.Theme = (*Theme)(nil)

// New returns a theme. Scale is held between 1 and 2.
func New(m Mode, scale float32) *Theme {
	t := &Theme{Mode: m, Scale: min(max(scale, 1), 2), Palette: &Light}
	switch m {
	case Dark:
		t.Palette = &Night
	case Contrast:
		t.Palette = &HighContrast
	}
	return t
}

var fallback = New(Day, 1)

// Current is the theme in force, or the day theme if another toolkit theme is
// set (as in the toolkit's own tests).
func Current() *Theme {
	if a := fyne.CurrentApp(); a != nil {
		if t, ok := a.Settings().Theme().(*Theme); ok {
			return t
		}
	}
	return fallback
}

// Of is the colour of a role in the current theme.
func Of(r Role) color.Color {
	if r == None {
		return color.Transparent
	}
	return Current().Palette[r]
}

// Smallest is the least size of a text, before the text scale: nothing that is to be read is drawn smaller.
const Smallest = 9

// Sp scales a text size, or a measure that follows text, by the text scale.
func Sp(v float32) float32 { return v * Current().Scale }

// names maps the toolkit's colour names to roles.
var names = map[fyne.ThemeColorName]Role{
	base.ColorNameBackground:          Bg,
	base.ColorNameButton:              Surface,
	base.ColorNameDisabled:            Stale,
	base.ColorNameDisabledButton:      Sunk,
	base.ColorNameError:               Hi,
	base.ColorNameFocus:               Act,
	base.ColorNameForeground:          Ink,
	base.ColorNameForegroundOnError:   HiT,
	base.ColorNameForegroundOnPrimary: OnAct,
	base.ColorNameForegroundOnSuccess: Surface,
	base.ColorNameForegroundOnWarning: MedOn,
	base.ColorNameHeaderBackground:    Sunk,
	base.ColorNameHover:               Hover,
	base.ColorNameHyperlink:           Act,
	base.ColorNameInputBackground:     None, // the station draws its own frames
	base.ColorNameInputBorder:         None,
	base.ColorNameMenuBackground:      Surface,
	base.ColorNameOverlayBackground:   Surface,
	base.ColorNamePlaceHolder:         Muted,
	base.ColorNamePressed:             Sunk,
	base.ColorNamePrimary:             Act,
	base.ColorNameScrollBar:           Stale,
	base.ColorNameScrollBarBackground: None,
	base.ColorNameSelection:           N1,
	base.ColorNameSeparator:           Line,
	base.ColorNameShadow:              None,
	base.ColorNameSuccess:             OK,
	base.ColorNameWarning:             Med,
}

// Color implements fyne.Theme. The system's light or dark variant is ignored:
// the ward chooses.
func (t *Theme) Color(n fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if r, ok := names[n]; ok {
		if r == None {
			return color.Transparent
		}
		return t.Palette[r]
	}
	v := base.VariantLight
	if t.Mode == Dark {
		v = base.VariantDark
	}
	return base.DefaultTheme().Color(n, v)
}

// Font implements fyne.Theme.
func (t *Theme) Font(s fyne.TextStyle) fyne.Resource {
	switch {
	case s.Symbol:
		return base.DefaultTheme().Font(s)
	case s.Bold:
		return bold
	case s.Monospace:
		return semiBold
	}
	return regular
}

// Icon implements fyne.Theme.
func (t *Theme) Icon(n fyne.ThemeIconName) fyne.Resource { return base.DefaultTheme().Icon(n) }

// Size implements fyne.Theme.
func (t *Theme) Size(n fyne.ThemeSizeName) float32 {
	switch n {
	case base.SizeNameText:
		return 15 * t.Scale
	case base.SizeNameCaptionText:
		return 12 * t.Scale
	case base.SizeNameInputBorder:
		return 0 // frames are drawn by widgets.Field
	case base.SizeNameInnerPadding:
		return 8
	case base.SizeNamePadding:
		return 4
	case base.SizeNameLineSpacing:
		return 3
	case base.SizeNameInputRadius, base.SizeNameSelectionRadius:
		return 6
	case base.SizeNameScrollBar:
		return 10
	case base.SizeNameScrollBarSmall:
		return 4
	}
	return base.DefaultTheme().Size(n)
}
