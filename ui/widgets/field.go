package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
)

// Field is a text input in the station's frame.
type Field struct {
	widget.BaseWidget

	Entry *Entry
	frame frame
	error bool
}

// NewField makes an input; multi takes several lines.
func NewField(placeholder string, multi bool) *Field {
	f := &Field{Entry: newEntry(multi)}
	f.Entry.PlaceHolder = placeholder
	f.Entry.changed = f.Refresh
	f.ExtendBaseWidget(f)
	return f
}

// Secret hides what is typed and returns the field.
func (f *Field) Secret() *Field {
	f.Entry.Password = true
	return f
}

// Named gives the field the stable name by which a test finds it.
func (f *Field) Named(name string) *Field { spots.Mark(name, f); return f }

// SpotText is what was typed; of a secret only that something was.
func (f *Field) SpotText() string {
	if f.Entry.Password {
		return ""
	}
	return f.Entry.Text
}

// Disabled reports whether the field takes no typing.
func (f *Field) Disabled() bool { return f.Entry.readOnly }

// Input is what takes the focus.
func (f *Field) Input() fyne.Focusable { return f.Entry }

// Text is what was typed.
func (f *Field) Text() string { return f.Entry.Text }

// Hint changes what the empty field says.
func (f *Field) Hint(text string) {
	if f.Entry.PlaceHolder != text {
		f.Entry.SetPlaceHolder(text)
	}
}

// SetText replaces the text; unlike typing it does not call OnChanged. What is typed next stands after it.
func (f *Field) SetText(s string) {
	if f.Entry.Text == s {
		return
	}
	call := f.Entry.OnChanged
	f.Entry.OnChanged = nil
	f.Entry.SetText(s)
	f.Entry.OnChanged = call
	f.Entry.filled = true
	f.Entry.toEnd()
}

// SetReadOnly stops or allows typing. The focus stays and text can be copied:
// the toolkit's disabled entry would swallow every shortcut, also the one that
// locks the station.
func (f *Field) SetReadOnly(on bool) {
	if f.Entry.readOnly != on {
		f.Entry.readOnly = on
		f.Refresh()
	}
}

// SetError draws the frame as refused, or not.
func (f *Field) SetError(on bool) {
	if f.error != on {
		f.error = on
		f.Refresh()
	}
}

func (f *Field) style() {
	fill, stroke, w := theme.Surface, theme.Stale, float32(1)
	if f.Entry.readOnly {
		fill, stroke = theme.Sunk, theme.Line
	}
	if f.error {
		stroke, w = theme.Hi, 2
	}
	if f.Entry.focused {
		stroke, w = theme.Act, 2
	}
	f.frame.style(fill, stroke, theme.None, w, 0, 8, false, false)
}

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	v := &view{self: f, restyle: f.style}
	body, ring := f.frame.objects()
	v.objects = append(body, ring, f.Entry)
	f.style()
	v.layout = func(s fyne.Size) {
		f.frame.layout(0, 0, s)
		if f.Entry.MultiLine {
			place(f.Entry, 0, 0, s.Width, s.Height)
			return
		}
		h := f.Entry.MinSize().Height
		place(f.Entry, 0, (s.Height-h)/2, s.Width, h)
	}
	v.min = func() fyne.Size {
		m := f.Entry.MinSize()
		if !f.Entry.MultiLine {
			m.Height = theme.Sp(18) + 15
		}
		return m
	}
	return v
}
