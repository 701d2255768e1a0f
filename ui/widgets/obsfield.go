package widgets

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/theme"
)

// ObsField is one line of the observation form: what is measured, the value as
// typed, the points it scores and why. It keeps raw text; the screen reads it.
type ObsField struct {
	widget.BaseWidget

	// OnChange is called after every change by hand.
	OnChange func()
	// OnEnter, if set, is where Enter goes on in place of the next field.
	OnEnter func()

	unit   string
	label  *Label
	field  *Field     // typed values
	choice *Segmented // chosen values
	values []string   // raw text of each choice
	points *Tag
	hint   *Label
	row    *fyne.Container
	line   *fyne.Container // row, and the hint below it where it has no room beside
}

// ObsColumns are the widths of label and input before the text scale.
const (
	obsLabel = 152
	obsInput = 124
)

// NewObsField is a typed value: digits, a decimal comma or point, a slash. The
// unit stands beside the label, where it stays while one types.
func NewObsField(name, label, unit, placeholder string) *ObsField {
	o := newObs(label, unit)
	o.field = NewField(placeholder, false).Named(name)
	o.field.Entry.Label = strings.TrimSpace(label + " " + unit)
	o.field.Entry.TextStyle = theme.SemiBold
	o.field.Entry.Accept = func(r rune) bool {
		return r >= '0' && r <= '9' || r == '.' || r == ',' || r == '/' || r == ' ' || r == ':' || r == '-'
	}
	o.field.Entry.OnChanged = func(string) { call(o.OnChange) }
	o.field.Entry.OnSubmitted = func(string) {
		if o.OnEnter != nil {
			o.OnEnter()
			return
		}
		next(o)
	}
	o.build(o.field)
	return o
}

// NewObsChoice is a chosen value: texts are shown, values are the raw text kept.
// A letter chooses by the first of its text, as a click and Space do; Enter goes on from it and chooses nothing.
func NewObsChoice(name, label string, texts, values []string) *ObsField {
	o := newObs(label, "")
	o.values = values
	o.choice = NewSegmented(-1, func(int) { call(o.OnChange) }, texts...).Compact().Named(name,
		values...).Labelled(label).Onward(func() {
		if o.OnEnter != nil {
			o.OnEnter()
			return
		}
		o.leave()
	})
	for i := range texts {
		b := o.choice.Button(i)
		move := b.Keys
		b.Keys = func(ev *fyne.KeyEvent) bool {
			if move(ev) {
				return true
			}
			// A letter chooses and goes on, as Enter does after a number.
			if len(ev.Name) == 1 && o.choice.TypeAhead(rune(ev.Name[0])) {
				o.leave()
				hand.Led()
				return true
			}
			return false
		}
	}
	o.build(o.choice)
	return o
}

// leave moves from any of the choices to what comes after all of them.
func (o *ObsField) leave() {
	for range o.choice.buttons {
		next(o)
		b, ok := Focused(o).(*Button)
		if !ok || !slices.Contains(o.choice.buttons, b) {
			return
		}
	}
}

func newObs(label, unit string) *ObsField {
	o := &ObsField{unit: unit, label: Text(label, 14, theme.SemiBold, theme.Ink), points: NewPoints(),
		hint: Runs(12.5).Ellipsis()}
	o.ExtendBaseWidget(o)
	o.SetLabel(label)
	return o
}

func (o *ObsField) build(input fyne.CanvasObject) {
	o.row = Row(10,
		Wide(func() float32 { return theme.Sp(obsLabel) }, o.label),
		Wide(func() float32 { return theme.Sp(obsInput) }, input),
		o.points)
	o.line = container.New(obsLine{o}, o.row, o.hint)
}

// obsLine sets the hint beside what was entered, or below it: half a hint is none.
type obsLine struct{ o *ObsField }

func (l obsLine) beside(w float32) (x float32, fits bool) {
	x = l.o.row.MinSize().Width + 10
	return x, x+l.o.hint.fullWidth() <= w+0.5
}

func (l obsLine) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	o := l.o
	h := HeightFor(o.row, s.Width)
	place(o.row, 0, 0, s.Width, h)
	if o.hint.Hidden {
		return
	}
	x, fits := l.beside(s.Width)
	o.hint.Cut, o.hint.Wrap = fits, !fits
	o.hint.cache.w = 0
	if fits {
		m := o.hint.MinSize().Height
		place(o.hint, x, (h-m)/2, s.Width-x, m)
		return
	}
	x = theme.Sp(obsLabel) + 10
	place(o.hint, x, h+2, s.Width-x, o.hint.HeightFor(s.Width-x))
}

func (l obsLine) MinSize([]fyne.CanvasObject) fyne.Size { return l.o.row.MinSize() }

// HeightFor is that of both at a width.
func (l obsLine) HeightFor(_ []fyne.CanvasObject, w float32) float32 {
	o := l.o
	h := HeightFor(o.row, w)
	if _, fits := l.beside(w); fits || o.hint.Hidden {
		return h
	}
	o.hint.Wrap, o.hint.cache.w = true, 0
	return h + 2 + o.hint.HeightFor(w-theme.Sp(obsLabel)-10)
}

func next(o fyne.CanvasObject) {
	if c := canvasFor(o); c != nil {
		c.FocusNext()
	}
}

// Input is what takes the focus.
func (o *ObsField) Input() fyne.Focusable {
	if o.choice != nil {
		return o.choice.Button(max(o.choice.Chosen(), 0))
	}
	return o.field.Entry
}

// Raw is the text as typed or chosen; "" if nothing was.
func (o *ObsField) Raw() string {
	if o.choice == nil {
		return o.field.Text()
	}
	if i := o.choice.Chosen(); i >= 0 {
		return o.values[i]
	}
	return ""
}

// SetRaw puts a kept text back without calling OnChange.
func (o *ObsField) SetRaw(s string) {
	if o.choice == nil {
		o.field.SetText(s)
		return
	}
	chosen := -1
	for i, v := range o.values {
		if v == s {
			chosen = i
		}
	}
	o.choice.Choose(chosen)
}

// SetReadOnly stops or allows changes; the text stays.
func (o *ObsField) SetReadOnly(on bool) {
	if o.choice != nil {
		o.choice.SetEnabled(!on)
		return
	}
	o.field.SetReadOnly(on)
}

// SetLabel changes what is measured, such as the SpO₂ scale.
func (o *ObsField) SetLabel(s string) {
	runs := []Run{{Text: s, Style: theme.SemiBold}}
	if o.unit != "" {
		runs = append(runs, Run{Text: "  " + o.unit, Size: 12, Role: theme.Muted})
	}
	o.label.SetRuns(runs...)
}

// SetUnusual shows that a value can be true and seldom is.
func (o *ObsField) SetUnusual(hint string) {
	o.hint.SetRuns(Run{Text: "◆ " + hint, Role: theme.MedT, Style: theme.SemiBold})
}

// SetScore shows points and the reason; points below 0 mean not scored.
func (o *ObsField) SetScore(points int, hint string, wrong bool) {
	text := "–"
	if points >= 0 {
		text = strconv.Itoa(points)
	}
	o.points.set(text, pointsLook(points))
	role := theme.Muted
	style := theme.Regular
	if wrong {
		role, style = theme.Alarm, theme.SemiBold
	}
	o.hint.SetRuns(Run{Text: hint, Role: role, Style: style})
	if o.field != nil {
		o.field.SetError(wrong)
	}
}

// Broad gives the choices the whole line.
func (o *ObsField) Broad() *ObsField {
	o.row.Objects = []fyne.CanvasObject{o.row.Objects[0], Grow(o.choice)}
	o.hint.Hide()
	return o
}

// Optional lets a press of what is chosen take it away.
func (o *ObsField) Optional() *ObsField { o.choice.Optional(); return o }

// HidePoints is for values that NEWS2 does not score.
func (o *ObsField) HidePoints() *ObsField { o.points.Hidden = true; return o }

// HeightFor implements the height at a width.
func (o *ObsField) HeightFor(w float32) float32 { return HeightFor(o.line, w) }

// CreateRenderer implements fyne.Widget.
func (o *ObsField) CreateRenderer() fyne.WidgetRenderer {
	return &view{
		self: o, objects: []fyne.CanvasObject{o.line},
		layout: func(s fyne.Size) { place(o.line, 0, 0, s.Width, s.Height) },
		min:    func() fyne.Size { return o.row.MinSize() },
	}
}
