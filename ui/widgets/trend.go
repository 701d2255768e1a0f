package widgets

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/theme"
)

// TrendPoint is one measured value. What was not measured is no point.
type TrendPoint struct {
	At    time.Time
	Value float64
	// Out marks a value that scores points; it is drawn in red.
	Out bool
	// Marked means that a remark speaks of it (it was corrected, or is preliminary): a
	// ring stands round it.
	Marked bool
}

// TrendData is one curve. Low and High are the band that scores zero points;
// Min and Max the scale; From and To the time shown. Two points further apart
// than Gap are not joined: a gap stays a gap.
type TrendData struct {
	Points    []TrendPoint // oldest first
	Low, High float64
	Min, Max  float64
	From, To  time.Time
	Gap       time.Duration
}

// mostPoints bounds what is drawn of a curve; more are thinned by Decimate.
const mostPoints = 120

// Trend draws one curve over its zero-points band.
type Trend struct {
	widget.BaseWidget
	data TrendData
	view *view
}

// NewTrend makes an empty plot.
func NewTrend() *Trend {
	t := &Trend{}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows a curve.
func (t *Trend) Set(d TrendData) {
	d.Points = Decimate(d.Points, mostPoints)
	t.data = d
	t.Refresh()
}

// Decimate thins points to at most n, keeping the least and the greatest of
// every stretch of time, so that no spike is lost.
func Decimate(p []TrendPoint, n int) []TrendPoint {
	if len(p) <= n || n < 4 {
		return p
	}
	buckets := n / 2
	out := make([]TrendPoint, 0, n)
	for b := range buckets {
		part := p[b*len(p)/buckets : (b+1)*len(p)/buckets]
		lo, hi := 0, 0
		for i := range part {
			if part[i].Value < part[lo].Value {
				lo = i
			}
			if part[i].Value > part[hi].Value {
				hi = i
			}
		}
		out = append(out, part[min(lo, hi)])
		if lo != hi {
			out = append(out, part[max(lo, hi)])
		}
	}
	return out
}

// CreateRenderer implements fyne.Widget.
func (t *Trend) CreateRenderer() fyne.WidgetRenderer {
	t.view = &view{self: t, layout: t.layout, min: func() fyne.Size { return fyne.NewSize(120, 36) }}
	return t.view
}

func (t *Trend) layout(s fyne.Size) {
	d := t.data
	t.view.objects = t.view.objects[:0]
	span := d.To.Sub(d.From)
	if s.Width < 20 || s.Height < 12 || span <= 0 || d.Max <= d.Min {
		return
	}
	x := func(at time.Time) float32 {
		return 6 + float32(at.Sub(d.From))/float32(span)*(s.Width-12)
	}
	y := func(v float64) float32 {
		v = min(max(v, d.Min), d.Max)
		return s.Height - 5 - float32((v-d.Min)/(d.Max-d.Min))*(s.Height-10)
	}
	band := canvas.NewRectangle(theme.Of(theme.Zero))
	band.CornerRadius = 3
	place(band, 0, y(d.High), s.Width, y(d.Low)-y(d.High))
	t.view.objects = append(t.view.objects, band)

	var dots []fyne.CanvasObject
	var last *TrendPoint
	for i := range d.Points {
		p := &d.Points[i]
		if p.At.Before(d.From) || p.At.After(d.To) {
			continue
		}
		switch {
		case last != nil && (d.Gap <= 0 || p.At.Sub(last.At) <= d.Gap):
			l := canvas.NewLine(theme.Of(theme.Act))
			l.StrokeWidth = 2
			l.Position1, l.Position2 = fyne.NewPos(x(last.At), y(last.Value)), fyne.NewPos(x(p.At), y(p.Value))
			t.view.objects = append(t.view.objects, l)
		case last != nil:
			t.gap(x(last.At), x(p.At), s)
		}
		// A dense curve keeps only the marks that a nurse must see.
		if p.Marked {
			dots = append(dots, ring(x(p.At), y(p.Value)))
		}
		if p.Out || len(d.Points) <= mostPoints/2 {
			dots = append(dots, dot(x(p.At), y(p.Value), p.Out))
		}
		last = p
	}
	t.view.objects = append(t.view.objects, dots...)
}

// gap writes into a gap that is wide enough what it is.
func (t *Trend) gap(from, to float32, s fyne.Size) {
	l := &canvas.Text{Text: tongue.T("no readings"), TextSize: theme.Sp(11), Color: theme.Of(theme.Muted)}
	m := l.MinSize()
	if to-from < m.Width+8 {
		return
	}
	place(l, (from+to-m.Width)/2, s.Height-m.Height-2, m.Width, m.Height)
	t.view.objects = append(t.view.objects, l)
}

// ring goes round a value of which a remark speaks.
func ring(x, y float32) fyne.CanvasObject {
	c := canvas.NewCircle(color.Transparent)
	c.StrokeColor, c.StrokeWidth = theme.Of(theme.Ink), 1.5
	place(c, x-6.5, y-6.5, 13, 13)
	return c
}

// dot is round where the value scores nothing and a square in red where it
// scores: never by colour alone.
func dot(x, y float32, out bool) fyne.CanvasObject {
	if out {
		r := canvas.NewRectangle(theme.Of(theme.Hi))
		r.StrokeColor = color.Transparent
		r.CornerRadius = 1
		place(r, x-3.5, y-3.5, 7, 7)
		return r
	}
	c := canvas.NewCircle(theme.Of(theme.Act))
	place(c, x-3, y-3, 6, 6)
	return c
}
