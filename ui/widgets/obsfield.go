package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/theme"
)

// ObsField is one line of the observation form: what is measured, the value as
// typed, the points it scores and why. It keeps raw text; the screen reads it.
type ObsField struct {
	widget.BaseWidget

	// OnChange is called after every change by hand.
	OnChange func()

	label  *Label
	field  *Field     // typed values
	choice *Segmented // chosen values
	values []string   // raw text of each choice
	points *Tag
	hint   *Label
	row    *fyne.Container
}

// ObsColumns are the widths of label and input before the text scale.
const (
	obsLabel = 128
	obsInput = 132
)

// NewObsField is a typed value: digits, a decimal comma or point, a slash.
func NewObsField(name, label, placeholder string) *ObsField {
	o := newObs(label)
	o.field = NewField(placeholder, false).Named(name)
	o.field.Entry.TextStyle = theme.SemiBold
	o.field.Entry.Accept = func(r rune) bool {
		return r >= '0' && r <= '9' || r == '.' || r == ',' || r == '/' || r == ' ' || r == ':'
	}
	o.field.Entry.OnChanged = func(string) { call(o.OnChange) }
	o.field.Entry.OnSubmitted = func(string) { next(o) }
	o.build(o.field)
	return o
}

// NewObsChoice is a chosen value: texts are shown, values are the raw text kept.
// A letter chooses by the first of its text.
func NewObsChoice(name, label string, texts, values []string) *ObsField {
	o := newObs(label)
	o.values = values
	o.choice = NewSegmented(-1, func(int) { call(o.OnChange) }, texts...).Compact().Named(name, values...)
	for i := range texts {
		b := o.choice.Button(i)
		move := b.Keys
		b.Keys = func(ev *fyne.KeyEvent) bool {
			if move(ev) {
				return true
			}
			return len(ev.Name) == 1 && o.choice.TypeAhead(rune(ev.Name[0]))
		}
	}
	o.build(o.choice)
	return o
}

func newObs(label string) *ObsField {
	o := &ObsField{label: Text(label, 14, theme.SemiBold, theme.Ink), points: NewPoints(), hint: Runs(12.5).Ellipsis()}
	o.ExtendBaseWidget(o)
	return o
}

func (o *ObsField) build(input fyne.CanvasObject) {
	o.row = Row(10,
		Wide(func() float32 { return theme.Sp(obsLabel) }, o.label),
		Wide(func() float32 { return theme.Sp(obsInput) }, input),
		o.points, Grow(o.hint))
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
func (o *ObsField) SetLabel(s string) { o.label.Set(s) }

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

// HidePoints is for values that NEWS2 does not score.
func (o *ObsField) HidePoints() *ObsField { o.points.Hidden = true; return o }

// HeightFor implements the height at a width.
func (o *ObsField) HeightFor(w float32) float32 { return HeightFor(o.row, w) }

// CreateRenderer implements fyne.Widget.
func (o *ObsField) CreateRenderer() fyne.WidgetRenderer {
	return &view{
		self: o, objects: []fyne.CanvasObject{o.row},
		layout: func(s fyne.Size) { place(o.row, 0, 0, s.Width, s.Height) },
		min:    func() fyne.Size { return o.row.MinSize() },
	}
}
