package widgets

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
)

// Wall shows the open alerts of a ward to whoever is there: how many, and for each place the most urgent by colour,
// shape and word, largest what matters most. It names nobody. What has no room is counted at its end; it takes no
// clicks and never scrolls, for nobody can scroll a display on a wall.
type Wall struct {
	widget.BaseWidget
	shown  alert.Wall
	head   *Label
	places []*wallPlace
	more   *Label
	edge   *Edge
	view   *view
	times  float32 // how much larger than usual it is drawn, where there is room
}

// NewWall is an empty wall, which is hidden.
func NewWall(name string) *Wall {
	w := &Wall{head: Runs(22).Wrapped(), more: Runs(15).Wrapped(), edge: NewEdge(), times: 1}
	w.Hidden = true
	w.ExtendBaseWidget(w)
	spots.Mark(name, w)
	return w
}

// Set shows a wall; one without open alerts hides it. The same again draws nothing.
func (w *Wall) Set(a alert.Wall, silent bool) {
	urgent := alert.Low
	if len(a.Spots) > 0 {
		urgent = a.Spots[0].Priority
	}
	w.edge.Set(urgent, silent && a.Open > 0)
	if reflect.DeepEqual(a, w.shown) {
		return
	}
	w.shown = a
	w.Hidden = a.Open == 0
	role := theme.Ink
	if a.High > 0 {
		role = theme.Alarm
	}
	w.head.SetRuns(Run{Text: a.Text(), Style: theme.Bold, Role: role})
	for len(w.places) < len(a.Spots) {
		w.places = append(w.places, newWallPlace())
	}
	for i, s := range a.Spots {
		w.places[i].set(s)
	}
	w.Refresh()
}

// Flash draws the light at the edge as it is at a time since it began: see [Lit].
func (w *Wall) Flash(lit bool) { w.edge.Light(lit) }

// Edge is the light at the wall's side.
func (w *Wall) Edge() *Edge { return w.edge }

// SpotText is what the wall says.
func (w *Wall) SpotText() string {
	s := w.head.SpotText()
	for i := range w.shown.Spots {
		s += " · " + w.places[i].SpotText()
	}
	return s
}

const wallEdge, wallGap = 16, 8

// placeHeight is that of one place of the wall.
func placeHeight() float32 { return 10 + theme.Sp(52) }

// wallColumn is the least width of a column of places.
func wallColumn() float32 { return theme.Sp(280) }

func (w *Wall) layout(s fyne.Size) {
	w.view.objects = w.view.objects[:0]
	add := func(o fyne.CanvasObject, x, y, wide, high float32) {
		place(o, x, y, wide, high)
		w.view.objects = append(w.view.objects, o)
	}
	add(w.edge, 0, 0, edgeWidth, s.Height)
	width := s.Width - 2*wallEdge
	if width <= 0 {
		return
	}
	foot := w.more.MinSize().Height + wallGap
	var y, wide, high float32
	var columns, rows int
	for _, w.times = range []float32{2.4, 1.8, 1.35, 1} { // to be read from the other end of the corridor
		w.head.Pt = 22 * min(w.times, 1.8)
		w.head.cache.w = 0
		y = wallEdge + w.head.HeightFor(width) + 12
		columns, wide = w.columns(width)
		high = placeHeight() * w.times
		rows = max(int((s.Height-6-y-foot+wallGap)/(high+wallGap)), 0)
		if rows*columns >= len(w.shown.Spots) && wide >= wallColumn()*w.times {
			break
		}
	}
	add(w.head, wallEdge, wallEdge, width, w.head.HeightFor(width))
	w.head.Refresh()
	fits := min(rows*columns, len(w.shown.Spots))
	counted := 0
	for i := range fits {
		w.places[i].size(w.times)
		add(w.places[i], wallEdge+float32(i%columns)*(wide+wallGap), y+float32(i/columns)*(high+wallGap), wide, high)
		counted += w.shown.Spots[i].Count
	}
	w.more.Hidden = counted >= w.shown.Open
	if !w.more.Hidden {
		w.more.SetRuns(w.left(fits, w.shown.Open-counted)...)
		lines := (fits + columns - 1) / columns
		rest := w.more.HeightFor(width)
		at := y + float32(lines)*(high+wallGap)
		if lines == 0 { // no place has room: the words move up to the head before they leave the wall
			at = max(min(at, s.Height-rest-2), wallEdge+w.head.HeightFor(width))
		}
		add(w.more, wallEdge, at, width, rest)
	}
}

// left is what has no room of its own: where a high alert is open stands there in words, and
// the others are counted. n is how many alerts are not among the places that fit.
func (w *Wall) left(fits, n int) (runs []Run) {
	var where []string
	for _, s := range w.shown.Spots[fits:] {
		if s.Priority.Rank() == alert.High.Rank() {
			where = append(where, s.Place)
			n -= s.Count
		}
	}
	if len(where) > 0 {
		mark, _, _ := PriorityMark(alert.High)
		runs = append(runs, Run{Text: mark + " " + strings.Join(where, ", ") + " ", Style: theme.Bold, Role: theme.Alarm})
	}
	if n > 0 {
		runs = append(runs, Run{Text: tongue.N(n, "and %d more open alert", "and %d more open alerts"),
			Style: theme.SemiBold, Role: theme.Muted})
	}
	return runs
}

// columns are how many places stand side by side in a width, and how wide each.
func (w *Wall) columns(width float32) (n int, wide float32) {
	n = max(int((width+wallGap)/(wallColumn()*w.times+wallGap)), 1)
	return n, (width - wallGap*float32(n-1)) / float32(n)
}

// HeightFor is what the wall needs to show all places in a width.
func (w *Wall) HeightFor(width float32) float32 {
	inner := width - 2*wallEdge
	w.times, w.head.Pt, w.head.cache.w = 1, 22, 0
	columns, _ := w.columns(inner)
	lines := (len(w.shown.Spots) + columns - 1) / columns
	return 2*wallEdge + w.head.HeightFor(inner) + 12 + float32(lines)*(placeHeight()+wallGap) +
		w.more.MinSize().Height + wallGap
}

// WallWidth is the least width in which a wall can be read.
func WallWidth() float32 { return wallColumn() + 2*wallEdge }

// CreateRenderer implements fyne.Widget.
func (w *Wall) CreateRenderer() fyne.WidgetRenderer {
	w.view = &view{self: w, layout: w.layout, min: func() fyne.Size { return fyne.NewSize(wallColumn(), theme.Sp(90)) }}
	return w.view
}

// wallPlace is one place: its priority, where, and how many since when.
type wallPlace struct {
	widget.BaseWidget
	prio         *Tag
	where, since *Label
	panel        *Panel
}

func newWallPlace() *wallPlace {
	p := &wallPlace{where: Runs(19).Wrapped(), since: Runs(12.5).Wrapped()}
	p.prio = newTagWidget("", tagLook{size: 14, style: theme.Bold, padX: 8, padY: 3, radius: 5})
	p.panel = NewPanel(0, 10, 0, 14, Row(10, p.prio, Grow(Col(0, p.where, p.since))))
	p.panel.BandWidth = 6
	p.ExtendBaseWidget(p)
	return p
}

func (p *wallPlace) set(s alert.Spot) {
	text, fill, ink := PriorityMark(s.Priority)
	look := p.prio.tag.look
	look.fill, look.ink = fill, ink
	p.prio.set(text, look)
	p.panel.Band = fill
	if s.Priority.Rank() == alert.High.Rank() {
		p.panel.Fill = theme.HiBg
	} else {
		p.panel.Fill = theme.Surface
	}
	p.where.Most = 2
	p.where.SetRuns(Run{Text: s.Place, Style: theme.Bold})
	since := tongue.Tf("since %s", tongue.Clock(s.Since))
	if s.Count > 1 {
		since = fmt.Sprintf("×%d · %s", s.Count, since)
	}
	p.since.SetRuns(Run{Text: since, Role: theme.Muted})
	p.Refresh()
}

// size draws the place larger than usual.
func (p *wallPlace) size(times float32) {
	pt := float32(19)
	if utf8.RuneCountInString(p.where.SpotText()) > 12 {
		pt = 14.5
	}
	p.where.Pt, p.since.Pt, p.prio.tag.look.size = pt*times, 12.5*times, 14*times
	p.where.cache.w, p.since.cache.w = 0, 0
	p.prio.tag.style(p.prio.string)
}

// SpotText is what the place says.
func (p *wallPlace) SpotText() string {
	return p.prio.SpotText() + " " + p.where.SpotText() + " " + p.since.SpotText()
}

// CreateRenderer implements fyne.Widget.
func (p *wallPlace) CreateRenderer() fyne.WidgetRenderer {
	return &view{self: p, objects: []fyne.CanvasObject{p.panel},
		layout: func(s fyne.Size) { place(p.panel, 0, 0, s.Width, s.Height) },
		min:    func() fyne.Size { return fyne.NewSize(wallColumn(), placeHeight()) }}
}
