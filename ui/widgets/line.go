package widgets

import (
	"slices"
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

// Line is one bed of the board as a line of the list.
type Line struct {
	Bed
	frame  frame
	bed    tag
	name   *Label
	badge  badge
	detail *Label
	values [5]*canvas.Text
	chips  *chips
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
	l := &Line{bed: newTag(tagLook{size: 12, style: theme.Bold, padX: 6, padY: 1, radius: 5}), badge: newBadge(0.84)}
	l.name, l.detail, l.age1, l.due = Runs(15).Ellipsis(), Runs(12.5).Ellipsis(), Runs(12.5).Ellipsis(),
		Runs(12.5).Ellipsis()
	l.chips = newChips()
	l.live = Runs(13)
	for i := range l.values {
		l.values[i] = &canvas.Text{}
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

// LineHeight is the height of every line at the text scale, in a list of a width.
func LineHeight(width float32) float32 {
	if LineFolds(width) {
		return 14 + theme.Sp(50)
	}
	return 10 + theme.Sp(24)
}

// LineFolds reports whether a line needs two rows: who above, the values with
// their names below.
func LineFolds(width float32) bool {
	_, _, _, _, _, _, _, chips := LineColumns(width)
	return width < chips+theme.Sp(160)
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
	for _, t := range l.values {
		v.objects = append(v.objects, t)
	}
	v.objects = append(v.objects, l.live, l.chips, ring)
	v.restyle, v.layout = l.style, l.layout
	v.min = func() fyne.Size { return fyne.NewSize(theme.Sp(300), LineHeight(l.Size().Width)) }
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
	l.detail.Hidden, l.chips.Hidden, l.age1.Hidden, l.due.Hidden = !used, !used, !used, !used
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
	age := Run{Text: l.age, Role: theme.Muted}
	if r.Stale {
		age.Text = strings.TrimPrefix(age.Text, tongue.T("last")+" ")
		age.Style, age.Role = theme.SemiBold, theme.Ink
	}
	l.age1.SetRuns(age)
	for i, c := range r.Cells {
		v := l.values[i]
		v.Hidden = !used
		v.Text, v.TextSize, v.TextStyle, v.Color = c.Shown(), valueSize(c), theme.SemiBold, theme.Of(oldInk(c, ink))
		if c.Zero {
			v.TextSize, v.TextStyle, v.Color = theme.Sp(zeroPt), theme.Bold, theme.Of(theme.MedT)
		}
		if c.Points >= 2 && !c.Zero && !r.Stale {
			v.Color, v.TextStyle = theme.Of(theme.Alarm), theme.Bold
		}
	}
	l.live.SetRuns(MonitorRuns(r.Monitor)...)
	next := Run{Role: theme.Muted}
	if !r.Due.IsZero() {
		next.Text = tongue.Clock(r.Due)
	}
	if r.Overdue > 0 {
		next.Style, next.Role = theme.SemiBold, theme.Ink
	}
	l.due.SetRuns(next)
	l.chips.set(slices.DeleteFunc(slices.Clone(r.Chips), func(c board.Chip) bool { return c.Kind == board.ChipNext }))
}

// afterBed is the gap between a bed and the name beside it, however wide the bed is.
const afterBed = 8

// LineColumns are the left edges of the columns for a width: bed, name, score,
// identifiers, the five signs, age, next set, chips.
func LineColumns(width float32) (bed, name, score, ids float32, signs [5]float32, age, due, chips float32) {
	bed = 14
	name = bed + theme.Sp(52)
	score = name + min(max(width*0.2, theme.Sp(150)), theme.Sp(240))
	ids = score + theme.Sp(62)
	x := ids + theme.Sp(148)
	for i, w := range [5]float32{40, 46, 46, 74, 48} {
		signs[i] = x
		x += theme.Sp(w)
	}
	age = x
	due = age + theme.Sp(78)
	chips = due + theme.Sp(48)
	return
}

func (l *Line) layout(s fyne.Size) {
	l.frame.layout(0, 0, s)
	if LineFolds(s.Width) {
		l.fold(s)
		return
	}
	for i, v := range l.values {
		v.Text = l.row.Cells[i].Shown()
	}
	bed, name, score, ids, signs, age, due, chips := LineColumns(s.Width)
	mid := func(h float32) float32 { return (s.Height - h) / 2 }
	b := l.bed.size()
	l.bed.place(bed, mid(b.Height), b.Width, b.Height)
	name = max(name, bed+b.Width+afterBed)
	nh := l.name.MinSize().Height
	place(l.name, name, mid(nh), score-name-8, nh)
	g := l.badge.size()
	l.badge.place(score, mid(g.Height), g.Width, g.Height)
	dh := l.detail.MinSize().Height
	place(l.detail, ids, mid(dh), signs[0]-ids-8, dh)
	for i, v := range l.values {
		m := v.MinSize()
		place(v, signs[i], mid(m.Height), m.Width, m.Height)
	}
	ageW := due - age - 8
	l.chips.Hidden = l.row.Patient == "" || s.Width-chips < theme.Sp(70)
	if l.row.Stale {
		ageW = chips - age - 8 // what stands there says more than when the next is due
		l.due.Hidden = true
	}
	place(l.due, due, mid(dh), chips-due-8, dh)
	place(l.age1, age, mid(dh), min(ageW, s.Width-age-6), dh)
	ch := l.chips.MinSize().Height
	room := s.Width - 10 - chips
	w := l.live.fullWidth()
	l.live.Hidden = len(l.row.Monitor) == 0 || room-w < theme.Sp(150) // allergies come first
	if !l.live.Hidden {
		lh := l.live.MinSize().Height
		place(l.live, s.Width-10-w, mid(lh), w+1, lh)
		room -= w + 12
	}
	place(l.chips, chips, mid(ch), room, ch)
}

// fold lays the line out on two rows.
func (l *Line) fold(s fyne.Size) {
	half := (s.Height - 6) / 2
	mid := func(h, top float32) float32 { return top + (half-h)/2 }
	b, g := l.bed.size(), l.badge.size()
	l.bed.place(14, mid(b.Height, 4), b.Width, b.Height)
	name := max(14+theme.Sp(52), 14+b.Width+afterBed)
	l.badge.place(s.Width-10-g.Width, mid(g.Height, 4), g.Width, g.Height)
	nh, dh := l.name.MinSize().Height, l.detail.MinSize().Height
	room := s.Width - 10 - g.Width - 8 - name
	// The name gives way before the identifiers and the allergy do.
	idsW := l.detail.fullWidth()
	nameW := min(l.name.fullWidth(), room-idsW-14-theme.Sp(96))
	place(l.name, name, mid(nh, 4), nameW+1, nh)
	place(l.detail, name+nameW+14, mid(dh, 4), idsW+1, dh)
	ch := l.chips.MinSize().Height
	after := name + nameW + 14 + idsW + 12
	place(l.chips, after, mid(ch, 4), name+room-after, ch)
	x := name
	for i, v := range l.values {
		v.Text = l.row.Cells[i].Label + "\u00a0" + l.row.Cells[i].Shown()
		m := v.MinSize()
		place(v, x, mid(m.Height, 2+half), m.Width, m.Height)
		x += m.Width + theme.Sp(12)
	}
	w := l.age1.fullWidth()
	l.age1.Hidden = l.row.Patient == "" || x+w > s.Width-8
	place(l.age1, x, mid(dh, 2+half), w+1, dh)
	if !l.row.Due.IsZero() {
		l.due.SetRuns(Run{Text: tongue.Tf("next %s", tongue.Clock(l.row.Due)), Role: theme.Muted})
	}
	x += w + theme.Sp(12)
	w = l.due.fullWidth()
	l.due.Hidden = l.age1.Hidden || l.row.Due.IsZero() || x+w > s.Width-8
	place(l.due, x, mid(dh, 2+half), w+1, dh)
	if !l.due.Hidden {
		x += w + theme.Sp(12)
	}
	w = l.live.fullWidth()
	l.live.Hidden = len(l.row.Monitor) == 0 || l.age1.Hidden || x+w > s.Width-8
	place(l.live, x, mid(dh, 2+half), w+1, dh)
}
