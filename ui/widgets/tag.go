package widgets

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/ui/theme"
)

// tag draws a short text on a small rounded ground.
type tag struct {
	box   *canvas.Rectangle
	text  *canvas.Text
	look  tagLook
	whole string // text, before it was shortened
}

type tagLook struct {
	size       float32
	style      fyne.TextStyle
	fill, ink  theme.Role
	line       theme.Role
	padX, padY float32
	radius     float32
	minW       float32
	inner      bool // cut in its middle: beds are told apart by their ends
}

func newTag(look tagLook) tag {
	return tag{box: canvas.NewRectangle(color.Transparent), text: &canvas.Text{}, look: look}
}

func (t *tag) style(s string) {
	t.whole = oneLine(s)
	t.text.Text, t.text.TextSize, t.text.TextStyle = t.whole, theme.Sp(t.look.size), t.look.style
	t.text.Color = theme.Of(t.look.ink)
	t.box.FillColor, t.box.CornerRadius = theme.Of(t.look.fill), t.look.radius
	t.box.StrokeWidth = 0
	if t.look.line != theme.None {
		t.box.StrokeColor, t.box.StrokeWidth = theme.Of(t.look.line), 1
		if t.look.fill == theme.None {
			t.box.FillColor = clear(t.look.line)
		}
	}
}

func (t *tag) size() fyne.Size {
	m, _ := measure(t.whole, t.text.TextSize, t.text.TextStyle)
	return fyne.NewSize(max(m.Width+2*t.look.padX, theme.Sp(t.look.minW)), m.Height+2*t.look.padY)
}

// place puts the tag where it is told. A text that is wider than that ends in an ellipsis, for one that lost its
// beginning would say something else; the name of a bed keeps its end, too.
func (t *tag) place(x, y, w, h float32) {
	place(t.box, x, y, w, h)
	t.text.Text = t.whole
	m := t.text.MinSize()
	if room := w - 2*t.look.padX; m.Width > room+0.5 {
		tail := 0
		if t.look.inner {
			tail = bedTail
		}
		t.text.Text = fitText(t.text.Text, tail, t.text.TextSize, t.text.TextStyle, room)
		m = t.text.MinSize()
	}
	place(t.text, x+(w-m.Width)/2, y+(h-m.Height)/2, m.Width, m.Height)
}

// bedTail is how much of the end of a bed's name stands: "-12", "12 West".
const bedTail = 7

// fitText shortens a text of a drawn size to a width, before so many of its last letters, unless they would be more
// than half of what is left.
func fitText(s string, tail int, size float32, style fyne.TextStyle, w float32) string {
	rs := []rune(s)
	for n := len(rs); n > 0; n-- {
		end := min(tail, n/2)
		text := strings.TrimRight(string(rs[:n-end]), " ") + "…" + string(rs[len(rs)-end:])
		if n == len(rs) {
			text = s
		}
		if m, _ := measure(text, size, style); m.Width <= w {
			return text
		}
	}
	return ""
}

func (t *tag) show(on bool) { t.box.Hidden, t.text.Hidden = !on, !on }

// Tag is a tag as a widget of its own: chips, bed numbers, priorities, scores.
type Tag struct {
	widget.BaseWidget
	string string
	tag    tag
	words  *Label // of a tag that wraps, where the text needs more than one line
}

func newTagWidget(s string, look tagLook) *Tag {
	t := &Tag{string: s, tag: newTag(look)}
	t.ExtendBaseWidget(t)
	return t
}

// SpotText is the text shown.
func (t *Tag) SpotText() string { return t.string }

func (t *Tag) set(s string, look tagLook) {
	if t.string == s && t.tag.look == look {
		return
	}
	t.string, t.tag.look = s, look
	t.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (t *Tag) CreateRenderer() fyne.WidgetRenderer {
	t.tag.style(t.string)
	objects := []fyne.CanvasObject{t.tag.box, t.tag.text}
	if t.words != nil {
		objects = append(objects, t.words)
	}
	return &view{
		self: t, objects: objects, layout: t.layout, min: t.tag.size,
		restyle: func() {
			t.tag.style(t.string)
			if t.words != nil {
				t.words.SetRuns(Run{Text: t.string, Style: t.tag.look.style, Role: t.tag.look.ink})
			}
		},
	}
}

// wrapping lets the tag take several lines where its text is wider than it may be.
func (t *Tag) wrapping() *Tag {
	look := t.tag.look
	t.words = Runs(look.size, Run{Text: t.string, Style: look.style, Role: look.ink}).Wrapped()
	return t
}

// folds reports whether a width is too narrow for one line.
func (t *Tag) folds(w float32) bool {
	t.tag.style(t.string)
	return t.words != nil && w > 0 && t.tag.size().Width > w+0.5
}

// HeightFor implements the height at a width.
func (t *Tag) HeightFor(w float32) float32 {
	if !t.folds(w) {
		return t.tag.size().Height
	}
	return t.words.HeightFor(w-2*t.tag.look.padX) + 2*t.tag.look.padY
}

func (t *Tag) layout(s fyne.Size) {
	fold := t.folds(s.Width)
	if t.words != nil {
		t.words.Hidden = !fold
	}
	t.tag.place(0, 0, s.Width, s.Height)
	if t.tag.text.Hidden = fold; fold {
		x, y := t.tag.look.padX, t.tag.look.padY
		place(t.words, x, y, s.Width-2*x, s.Height-2*y)
	}
}

func chipLook(k board.ChipKind, size float32) tagLook {
	l := tagLook{size: size, style: theme.SemiBold, fill: theme.Sunk, ink: theme.Muted, padX: 6, padY: 1, radius: 5}
	switch k {
	case board.ChipAllergy:
		l.fill, l.ink = theme.HiBg, theme.Alarm
	case board.ChipMissing:
		l.ink, l.line = theme.Ink, theme.Stale
	case board.ChipDue:
		l.fill, l.ink = theme.MedBg, theme.MedT
	case board.ChipCheck:
		l.fill, l.ink, l.line, l.style = theme.MedBg, theme.MedT, theme.Med, theme.Bold
	case board.ChipNext:
		l.fill, l.style, l.padX = theme.None, theme.Regular, 2
	case board.ChipEditing, board.ChipLookAlike:
		l.fill, l.ink = theme.LockBg, theme.Lock
	}
	return l
}

// NewChip is a chip of the board's kinds. Size is 12 on tiles, 14 in a banner. It takes as many lines
// as its words need.
func NewChip(c board.Chip, size float32) *Tag {
	look := chipLook(c.Kind, size)
	if size > 13 {
		look.padX, look.padY = 10, 4
	}
	return newTagWidget(c.Text, look).wrapping()
}

// NewBedTag is a bed's number. A bed is a place, never an identifier: it is
// always drawn small and muted, beside the name.
func NewBedTag(bed string) *Tag {
	return newTagWidget(bed, tagLook{size: 12, style: theme.Bold, fill: theme.Sunk, ink: theme.Muted, padX: 6, padY: 1,
		radius: 5, inner: true})
}

// Band is the pair of roles of a NEWS2 score.
func Band(r vitals.Risk, total int) (fill, ink theme.Role) {
	switch {
	case r == vitals.RiskHigh:
		return theme.N7, theme.N7T
	case r == vitals.RiskMedium:
		return theme.N5, theme.N5T
	case r == vitals.RiskLowMedium:
		return theme.N3, theme.N3T
	case r == vitals.RiskLow && total > 0:
		return theme.N1, theme.N1T
	}
	return theme.N0, theme.N0T
}

// BadgeBand is the pair of roles of a score as a badge: a warning where it looks calm
// and a device sent 0.
func BadgeBand(b board.Badge) (fill, ink theme.Role) {
	if b.Doubted() {
		return theme.MedBg, theme.MedT
	}
	return Band(b.Risk, b.Total)
}

// edge is the colour of a score at the edge of what it stands in.
func edge(b board.Badge) theme.Role {
	if b.Doubted() {
		return theme.Med
	}
	fill, _ := Band(b.Risk, b.Total)
	return fill
}

// PointsBand is the pair of roles of one parameter's points.
func PointsBand(points int) (fill, ink theme.Role) {
	switch {
	case points >= 3:
		return theme.N7, theme.N7T
	case points == 2:
		return theme.N5, theme.N5T
	case points == 1:
		return theme.N3, theme.N3T
	}
	return theme.N0, theme.N0T
}

// NewPoints is the small badge of one parameter's points; "" shows a dash.
func NewPoints() *Tag {
	return newTagWidget("–", pointsLook(0))
}

func pointsLook(points int) tagLook {
	fill, ink := PointsBand(points)
	return tagLook{size: 12.5, style: theme.Bold, fill: fill, ink: ink, padX: 5, padY: 1, radius: 5, minW: 20}
}

// PriorityMark is a priority's shape and word; its colours come with it.
func PriorityMark(p alert.Priority) (text string, fill, ink theme.Role) {
	switch p {
	case alert.Medium:
		return "◆ " + tongue.T("MEDIUM"), theme.Med, theme.MedOn
	case alert.Low:
		return "● " + tongue.T("LOW"), theme.Lo, theme.LoOn
	case alert.Technical:
		return "■ " + tongue.T("TECHNICAL"), theme.Tech, theme.TechT
	}
	return "▲ " + tongue.T("HIGH"), theme.Hi, theme.HiT
}

// NewPriority is the tag of a priority.
func NewPriority(p alert.Priority) *Tag {
	text, fill, ink := PriorityMark(p)
	return newTagWidget(text, tagLook{size: 12.5, style: theme.Bold, fill: fill, ink: ink, padX: 7, padY: 2, radius: 5})
}
