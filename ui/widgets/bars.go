package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/ui/theme"
)

// BarRow is one bar with its name and its value in words. The bar is as long as
// Part, 0 to 1, of the longest.
type BarRow struct {
	Name, Value string
	Part        float64
}

// Bars is a bar chart on its side: the value stands in words behind each bar, so
// that no colour and no length must be judged.
func Bars(nameWidth float32, rows []BarRow) *fyne.Container {
	all := Col(7)
	for _, r := range rows {
		fill := NewPanel(0, 0, 0, 0, nil)
		fill.Fill, fill.Stroke, fill.Radius = theme.Act, theme.None, 3
		bar := container.New(part(r.Part), fill)
		name := Text(r.Name, 13, theme.Regular, theme.Ink).Ellipsis()
		value := Text(r.Value, 13, theme.SemiBold, theme.Ink)
		all.Add(Row(10, Wide(func() float32 { return theme.Sp(nameWidth) }, name), Grow(bar), value))
	}
	return all
}

// part lays a bar over so much of its room.
type part float64

func (p part) Layout(o []fyne.CanvasObject, s fyne.Size) {
	h := min(theme.Sp(14), s.Height)
	w := s.Width * float32(min(max(p, 0), 1))
	if p > 0 {
		w = max(w, 2)
	}
	o[0].Move(fyne.NewPos(0, (s.Height-h)/2))
	o[0].Resize(fyne.NewSize(w, h))
}

func (p part) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(40, theme.Sp(14)) }
