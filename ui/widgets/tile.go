package widgets

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/theme"
)

// Tile is one bed of the board as a tile. It is laid out by hand: two dozen of
// them are on screen at once.
type Tile struct {
	Bed
	shape  TileShape
	frame  frame
	bed    tag
	name   *Label
	badge  badge
	detail *Label
	labels [5]*canvas.Text
	values [5]*canvas.Text
	chips  *chips
	live   *Label // what the bedside monitor shows
	empty  *Label
}

var (
	_ fyne.Focusable     = (*Tile)(nil)
	_ fyne.Tappable      = (*Tile)(nil)
	_ desktop.Hoverable  = (*Tile)(nil)
	_ desktop.Cursorable = (*Tile)(nil)
	_ desktop.Mouseable  = (*Tile)(nil)
	_ desktop.Keyable    = (*Tile)(nil)
	_ press.Thing        = (*Tile)(nil)
	_ fyne.Accessible    = (*Tile)(nil)
)

// NewTile makes an empty tile.
func NewTile() *Tile {
	t := &Tile{bed: newTag(tagLook{size: 12, style: theme.Bold, padX: 6, padY: 1, radius: 5, inner: true}),
		badge: newBadge(1)}
	t.name = Runs(16).Ellipsis()
	t.detail = Runs(12.5).Ellipsis()
	t.empty = Text("", 14, theme.Regular, theme.Muted).Wrapped().Centred()
	t.chips = newChips()
	t.chips.slots = t.chipSlots
	t.live = Runs(13).Ellipsis()
	for i := range t.values {
		t.labels[i], t.values[i] = &canvas.Text{}, &canvas.Text{}
	}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows a row; the tile redraws only if what it shows changed.
func (t *Tile) Set(r board.Row, now time.Time) bool { return t.set(r, now, t.Refresh) }

// SpotText is the bed, the name and the score.
func (t *Tile) SpotText() string {
	return t.row.Bed + " · " + t.row.Surname + " · " + t.row.Badge.Text + " · " + strings.Join(t.row.Editing, ", ")
}

// SetMine marks the bed as one of the nurse's own patients.
func (t *Tile) SetMine(on bool) { t.setMine(on, t.Refresh) }

// SetSelected draws the selection outline, or not.
func (t *Tile) SetSelected(on bool) {
	if t.selected != on {
		t.selected = on
		t.Refresh()
	}
}

// SetShape says what the tile has room for: the same as the others of its board.
func (t *Tile) SetShape(s TileShape) {
	if t.shape != s {
		t.shape = s
		t.Refresh()
	}
}

// TileWidth is the least width at which a tile shows all it has to.
func TileWidth() float32 { return 24 + theme.Sp(252) }

// Tapped implements fyne.Tappable.
func (t *Tile) Tapped(*fyne.PointEvent) { t.tapped(t) }

// FocusGained implements fyne.Focusable: the selection follows the focus.
func (t *Tile) FocusGained() { t.gainFocus(t); t.Refresh() }

// FocusLost implements fyne.Focusable.
func (t *Tile) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune implements fyne.Focusable.
func (t *Tile) TypedRune(r rune) { forwardRune(t, r) }

// TypedKey implements fyne.Focusable.
func (t *Tile) TypedKey(ev *fyne.KeyEvent) { t.key(t, ev) }

// MouseIn implements desktop.Hoverable.
func (t *Tile) MouseIn(ev *desktop.MouseEvent) { t.hover(t, true, ev); t.Refresh() }

// MouseOut implements desktop.Hoverable.
func (t *Tile) MouseOut() { t.hover(t, false, nil); t.Refresh() }

// MouseDown implements desktop.Mouseable.
func (t *Tile) MouseDown(ev *desktop.MouseEvent) { hand.Down(t, point(ev.AbsolutePosition)) }

func (t *Tile) scroller() (*VScroll, fyne.CanvasObject) { return t.In, t }

// Moved is when the list or its scroller moved the bed.
func (t *Tile) Moved() time.Time { return t.since(t.In) }

// Move notes that the list moves the bed.
func (t *Tile) Move(p fyne.Position) {
	t.to(t.Position(), p)
	t.Bed.BaseWidget.Move(p)
}

// CreateRenderer implements fyne.Widget.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	v := &view{self: t}
	body, ring := t.frame.objects()
	v.objects = append(v.objects, body...)
	v.objects = append(v.objects, t.bed.box, t.bed.text, t.name, t.detail)
	v.objects = append(v.objects, t.badge.objects()...)
	for i := range t.values {
		v.objects = append(v.objects, t.labels[i], t.values[i])
	}
	v.objects = append(v.objects, t.live, t.chips, t.empty)
	v.objects = append(v.objects, ring) // over everything
	v.restyle, v.layout = t.style, t.layout
	v.min = func() fyne.Size { return fyne.NewSize(TileWidth(), t.shape.Height()) }
	t.style()
	return v
}

func (t *Tile) style() {
	r := t.row
	used := r.Patient != ""
	band := edge(r.Badge)
	fill, stroke := theme.Surface, theme.Line
	switch {
	case !used:
		fill, band = theme.None, theme.None
	case t.hot():
		fill, stroke = theme.HiBg, theme.Hi
	case t.hovered:
		fill = theme.Hover
	}
	t.frame.style(fill, stroke, band, 1, 5, 8, !used || r.Stale, t.selected || t.focused)

	t.styleTag(&t.bed)
	t.badge.style(r.Badge)
	for _, show := range []func(bool){t.bed.show, t.badge.show} {
		show(used)
	}
	t.name.Hidden, t.detail.Hidden, t.chips.Hidden, t.empty.Hidden = !used, !used, !used, used
	if !used {
		t.empty.SetRuns(Run{Text: tongue.Tf("Bed %s", r.Bed) + "\n" + r.Empty, Role: theme.Muted})
	}
	ink := theme.Ink
	if r.Stale {
		ink = theme.Stale
	}
	t.name.SetRuns(t.nameRuns(ink)...)
	t.detail.SetRuns(t.detailRuns()...)
	for i, c := range r.Cells {
		l, v := t.labels[i], t.values[i]
		l.Hidden, v.Hidden = !used, !used
		l.Text, l.TextSize, l.Color = labelOf(c), theme.Sp(labelPt(c)), theme.Of(theme.Muted)
		v.Text, v.TextSize, v.TextStyle, v.Color = c.Shown(), valueSize(c), theme.SemiBold, theme.Of(oldInk(c, ink))
		if c.Zero {
			v.TextSize, v.TextStyle, v.Color = theme.Sp(zeroPt), theme.Bold, theme.Of(theme.MedT)
		}
		if c.Points >= 2 && !c.Zero && !r.Stale {
			v.Color, v.TextStyle = theme.Of(theme.Alarm), theme.Bold
		}
	}
	t.chips.set(r.Chips)
	t.live.Hidden = len(r.Monitor) == 0
	t.live.SetRuns(MonitorRuns(r.Monitor)...)
}

func (t *Tile) detailRuns() []Run {
	d := t.details()
	if d != "" {
		d += " · "
	}
	age := Run{Text: t.brief, Role: theme.Muted}
	if t.row.Stale {
		age.Style, age.Role = theme.SemiBold, theme.Ink
	}
	return []Run{{Text: d, Role: theme.Muted}, age}
}

// labelOf names a sign, and how old its value is if it is not of the newest.
func labelOf(c board.Cell) string {
	if c.Age == "" {
		return c.Label
	}
	return c.Label + " " + strings.ReplaceAll(c.Age, " ", "")
}

// oldInk is the colour of a value that is older than the newest: it is no news.
func oldInk(c board.Cell, ink theme.Role) theme.Role {
	if c.Age != "" && ink == theme.Ink {
		return theme.Muted
	}
	return ink
}

// zeroPt is the size of "0 sent" where a value would stand: its words need more room.
const zeroPt = 11

// valueSize is the size of a value: smaller with a shape beside it, so that neither
// runs into the next.
func valueSize(c board.Cell) float32 {
	if c.Mark != "" {
		return theme.Sp(13)
	}
	return theme.Sp(15)
}

func (t *Tile) layout(s fyne.Size) {
	t.frame.layout(0, 0, s)
	const left, right = tileLeft, tileRight
	if t.row.Patient == "" {
		place(t.empty, 8, 12, s.Width-16, s.Height-24)
		return
	}
	y := t.placeHead(s)
	t.detail.Pt = 12.5
	if t.detail.fullWidth() > s.Width-left-right {
		t.detail.Pt = 11 // an age that was cut is another
	}
	dh := t.detail.MinSize().Height
	place(t.detail, left, y, s.Width-left-right, dh)
	y += dh + theme.Sp(8)

	lh := t.labels[0].MinSize().Height
	if t.placeSigns(y, s.Width, oldPt) > s.Width-4 {
		t.placeSigns(y, s.Width, oldLeast)
	}
	if !t.live.Hidden {
		// An age that was cut reads as another: it gets smaller before.
		t.live.Pt = 13
		if t.live.fullWidth() > s.Width-left-right {
			t.live.Pt = 11.5
		}
		place(t.live, left, y+lh+t.values[0].MinSize().Height+theme.Sp(4), s.Width-left-right, t.live.MinSize().Height)
	}
	ch := chipHeight()
	n := t.shape.Chips + 1
	h := float32(n)*(ch+chipLead) - chipLead
	place(t.chips, left, s.Height-8-h, s.Width-left-right, h)
}

// chipSlots are the lines of chips at the foot.
func (t *Tile) chipSlots(s fyne.Size) (out []slot) {
	for i := range t.shape.Chips + 1 {
		out = append(out, slot{y: float32(i) * (chipHeight() + chipLead), w: s.Width})
	}
	return out
}
