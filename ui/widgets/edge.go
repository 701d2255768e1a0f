package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/ui/theme"
)

// EdgeTick is how often Lit has to be asked: half of the fastest flash.
const EdgeTick = 250 * time.Millisecond

// Lit reports whether the light of a priority is on at a time since it began:
// high at 2 Hz, medium at 0.5 Hz, both half of the time, the others without a
// break. IEC 60601-1-8 asks for 1.4 to 2.8 Hz, 0.4 to 0.8 Hz and 20 to 60 %;
// nothing here flashes three times in a second.
func Lit(p alert.Priority, t time.Duration) bool {
	switch p {
	case alert.Low, alert.Technical:
		return true
	case alert.Medium:
		return t/time.Second%2 == 0
	}
	return t/EdgeTick%2 == 0
}

// edgeWidth is that of the light: a narrow strip, far below what is a hazard to
// anybody who is sensitive to flashes, and the only thing on the screen that flashes.
const edgeWidth = 6

// Edge is the light at the side of the alert column: the alarm signal of a
// station whose tones nobody can hear. UI goroutine only.
type Edge struct {
	widget.BaseWidget

	role  theme.Role
	on    bool // there is something to tell
	lit   bool
	strip *canvas.Rectangle
}

// NewEdge is a light that is off.
func NewEdge() *Edge {
	e := &Edge{strip: &canvas.Rectangle{}}
	e.ExtendBaseWidget(e)
	return e
}

// Set says what the light is of; false puts it out.
func (e *Edge) Set(p alert.Priority, on bool) {
	_, role, _ := PriorityMark(p)
	if e.on != on || e.role != role {
		e.on, e.role, e.lit = on, role, on
		e.Refresh()
	}
}

// Light turns the light on or off for a moment; nothing is drawn if it is so
// already.
func (e *Edge) Light(lit bool) {
	if lit = lit && e.on; lit != e.lit {
		e.lit = lit
		e.Refresh()
	}
}

// Shines reports whether the light is on now.
func (e *Edge) Shines() bool { return e.lit }

// CreateRenderer implements fyne.Widget.
func (e *Edge) CreateRenderer() fyne.WidgetRenderer {
	style := func() {
		e.strip.FillColor = theme.Of(e.role)
		e.strip.Hidden = !e.lit
	}
	style()
	return &view{
		self: e, objects: []fyne.CanvasObject{e.strip}, restyle: style,
		layout: func(s fyne.Size) { place(e.strip, 0, 0, edgeWidth, s.Height) },
		min:    func() fyne.Size { return fyne.NewSize(0, 0) },
	}
}
