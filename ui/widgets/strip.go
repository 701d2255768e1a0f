package widgets

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
)

// Tone is how much a message matters.
type Tone int

// The tones.
const (
	Calm  Tone = iota
	Warn       // something is old, or cannot be done now
	Alarm      // this station cannot hear alerts
	Fine       // it worked
)

// Strip is a line across a screen that says what is wrong, since when, and what
// to do. Empty, it takes no room.
type Strip struct {
	widget.BaseWidget
	text  *Label
	panel *Panel
	tone  Tone
	raw   string
	folds bool
}

// The sizes of a strip's letters, before the text scale: as usual, and where it folds.
const stripSize, stripFolded = 14, 12.5

// NewStrip makes an empty strip.
func NewStrip(name string) *Strip {
	s := &Strip{text: Runs(stripSize).Wrapped()}
	s.panel = NewPanel(7, 12, 7, 18, s.text)
	s.panel.BandWidth = 6
	s.Hidden = true
	s.ExtendBaseWidget(s)
	spots.Mark(name, s)
	return s
}

// Across makes the strip reach from edge to edge of the window.
func (s *Strip) Across() *Strip {
	s.panel.Radius = 0
	return s
}

// Folding sets the strip in smaller letters where the text is so large for the width that it would take the place of
// the patients. It is never cut: what to do stands at its end. An alarm keeps its size.
func (s *Strip) Folding() *Strip {
	s.folds = true
	return s
}

// SpotText is the message.
func (s *Strip) SpotText() string { return s.raw }

// Set shows a message: a bold head and a plain rest. An empty head hides it.
func (s *Strip) Set(tone Tone, head, rest string) {
	mark, ink, fill, band := "● ", theme.LoT, theme.LoBg, theme.Lo
	switch tone {
	case Warn:
		mark, ink, fill, band = "◆ ", theme.MedT, theme.MedBg, theme.Med
	case Alarm:
		mark, ink, fill, band = "▲ ", theme.Alarm, theme.HiBg, theme.Hi
	case Fine:
		mark, ink, fill, band = "✓ ", theme.N1T, theme.N1, theme.OK
	}
	runs := []Run{{Text: mark + head, Style: theme.SemiBold, Role: ink}}
	raw := head
	if rest != "" {
		raw += " " + rest
		runs = append(runs, Run{Text: " " + rest, Role: ink})
	}
	if tone == s.tone && slices.Equal(runs, s.text.runs) && s.Hidden == (head == "") {
		return // a whole window is drawn again for every refresh
	}
	s.tone, s.raw = tone, raw
	s.panel.Fill, s.panel.Stroke, s.panel.Band = fill, theme.None, band
	s.Hidden = head == ""
	s.text.SetRuns(runs...)
	s.Refresh()
}

// fold sees to it that the letters are as large as the width allows.
func (s *Strip) fold(w float32) {
	size := float32(stripSize)
	if s.folds && s.tone != Alarm && w > 0 && w < theme.Sp(700) {
		size = stripFolded
	}
	if s.text.Pt != size {
		s.text.Pt = size
		s.text.Refresh()
	}
}

// HeightFor implements the height at a width.
func (s *Strip) HeightFor(w float32) float32 {
	s.fold(w)
	return s.panel.HeightFor(w)
}

// CreateRenderer implements fyne.Widget.
func (s *Strip) CreateRenderer() fyne.WidgetRenderer {
	return &view{
		self: s, objects: []fyne.CanvasObject{s.panel},
		layout: func(z fyne.Size) { s.fold(z.Width); place(s.panel, 0, 0, z.Width, z.Height) },
		min:    func() fyne.Size { return s.panel.MinSize() },
	}
}
