package widgets

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/theme"
)

// Line is one bed of the board as a line of the list.
type Line struct {
	Bed
	shape  LineShape
	frame  frame
	bed    tag
	name   *Label
	badge  badge
	detail *Label
	labels [5]*canvas.Text // what a value is, or how old
	values [5]*canvas.Text
	chips  *chips
	slots  []slot // for the chips
	age1   *Label
	due    *Label
	live   *Label // what the bedside monitor shows, where there is room: the foot says it always
}

var (
	_ fyne.Focusable     = (*Line)(nil)
	_ fyne.Tappable      = (*Line)(nil)
	_ desktop.Hoverable  = (*Line)(nil)
	_ desktop.Cursorable = (*Line)(nil)
	_ desktop.Mouseable  = (*Line)(nil)
	_ desktop.Keyable    = (*Line)(nil)
	_ press.Thing        = (*Line)(nil)
	_ fyne.Accessible    = (*Line)(nil)
)

// NewLine makes an empty line.
func NewLine() *Line {
	l := &Line{bed: newTag(tagLook{size: 12, style: theme.Bold, padX: 6, padY: 1, radius: 5, inner: true}),
		badge: newBadge(0.84)}
	l.name, l.detail, l.age1, l.due = Runs(15).Ellipsis(), Runs(12.5).Ellipsis(), Runs(12.5).Ellipsis(),
		Runs(12.5).Ellipsis()
	l.chips = newChips()
	l.chips.slots = func(fyne.Size) []slot { return l.slots }
	l.live = Runs(13)
	for i := range l.values {
		l.labels[i], l.values[i] = &canvas.Text{}, &canvas.Text{}
	}
	l.ExtendBaseWidget(l)
	return l
}

// Set shows a row; the line redraws only if what it shows changed.
func (l *Line) Set(r board.Row, now time.Time) bool { return l.set(r, now, l.Refresh) }

// SetMine marks the bed as one of the nurse's own patients.
func (l *Line) SetMine(on bool) { l.setMine(on, l.Refresh) }

// SetSelected draws the selection outline, or not.
func (l *Line) SetSelected(on bool) {
	if l.selected != on {
		l.selected = on
		l.Refresh()
	}
}

// SetShape says what the line has room for: the same as the others of its list.
func (l *Line) SetShape(s LineShape) {
	if l.shape != s {
		l.shape = s
		l.Refresh()
	}
}

// Tapped implements fyne.Tappable.
func (l *Line) Tapped(*fyne.PointEvent) { l.tapped(l) }

// FocusGained implements fyne.Focusable: the selection follows the focus.
func (l *Line) FocusGained() { l.gainFocus(l); l.Refresh() }

// FocusLost implements fyne.Focusable.
func (l *Line) FocusLost() { l.focused = false; l.Refresh() }

// TypedRune implements fyne.Focusable.
func (l *Line) TypedRune(r rune) { forwardRune(l, r) }

// TypedKey implements fyne.Focusable.
func (l *Line) TypedKey(ev *fyne.KeyEvent) { l.key(l, ev) }

// MouseIn implements desktop.Hoverable.
func (l *Line) MouseIn(ev *desktop.MouseEvent) { l.hover(l, true, ev); l.Refresh() }

// MouseOut implements desktop.Hoverable.
func (l *Line) MouseOut() { l.hover(l, false, nil); l.Refresh() }

// MouseDown implements desktop.Mouseable.
func (l *Line) MouseDown(ev *desktop.MouseEvent) { hand.Down(l, point(ev.AbsolutePosition)) }

func (l *Line) scroller() (*VScroll, fyne.CanvasObject) { return l.In, l }

// Moved is when the list or its scroller moved the bed.
func (l *Line) Moved() time.Time { return l.since(l.In) }

// Move notes that the list moves the bed.
func (l *Line) Move(p fyne.Position) {
	l.to(l.Position(), p)
	l.Bed.BaseWidget.Move(p)
}

// CreateRenderer implements fyne.Widget.
func (l *Line) CreateRenderer() fyne.WidgetRenderer {
	v := &view{self: l}
	body, ring := l.frame.objects()
	v.objects = append(v.objects, body...)
	v.objects = append(v.objects, l.bed.box, l.bed.text, l.name, l.detail, l.age1, l.due)
	v.objects = append(v.objects, l.badge.objects()...)
	for i := range l.values {
		v.objects = append(v.objects, l.labels[i], l.values[i])
	}
	v.objects = append(v.objects, l.live, l.chips, ring)
	v.restyle, v.layout = l.style, l.layout
	v.min = func() fyne.Size { return fyne.NewSize(theme.Sp(300), l.shape.Height(l.Size().Width)) }
	l.style()
	return v
}

func (l *Line) style() {
	r := l.row
	used := r.Patient != ""
	band := edge(r.Badge)
	fill, stroke := theme.Surface, theme.Line
	switch {
	case !used:
		fill, band = theme.None, theme.None
	case l.hot():
		fill, stroke = theme.HiBg, theme.Hi
	case l.hovered:
		fill = theme.Hover
	}
	l.frame.style(fill, stroke, band, 1, 5, 6, !used || r.Stale, l.selected || l.focused)
	l.bed.look.size, l.bed.look.padX = 12, 6
	if r.Is(board.NoBed) {
		l.bed.look.size, l.bed.look.padX = 10, 3 // words where a number has room
	}
	l.styleTag(&l.bed)
	l.badge.style(r.Badge)
	l.badge.show(used)
	l.detail.Hidden, l.chips.Hidden = !used, !used
	ink := theme.Ink
	if r.Stale {
		ink = theme.Stale
	}
	if used {
		l.name.SetRuns(l.nameRuns(ink)...)
	} else {
		l.name.SetRuns(Run{Text: r.Empty, Role: theme.Muted})
	}
	l.detail.SetRuns(Run{Text: l.details(), Role: theme.Muted})
	age := Run{Text: l.brief, Role: theme.Muted}
	if r.Stale {
		age.Style, age.Role = theme.SemiBold, theme.Ink
	}
	l.age1.SetRuns(age)
	for i, c := range r.Cells {
		n, v := l.labels[i], l.values[i]
		n.Hidden, v.Hidden = !used, !used
		n.Text, n.TextSize, n.Color = labelOf(c), theme.Sp(labelPt(c)), theme.Of(theme.Muted)
		v.Text, v.TextSize, v.TextStyle, v.Color = c.Shown(), valueSize(c), theme.SemiBold, theme.Of(oldInk(c, ink))
		if c.Zero {
			v.TextSize, v.TextStyle, v.Color = theme.Sp(zeroPt), theme.Bold, theme.Of(theme.MedT)
		}
		if c.Points >= 2 && !c.Zero && !r.Stale {
			v.Color, v.TextStyle = theme.Of(theme.Alarm), theme.Bold
		}
	}
	l.live.SetRuns(MonitorRuns(r.Monitor)...)
	l.chips.set(slices.DeleteFunc(slices.Clone(r.Chips), func(c board.Chip) bool { return c.Kind == board.ChipNext }))
}
