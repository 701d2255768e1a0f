package widgets

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
)

// Segmented is a row of choices of which one is on. Each choice is a button of
// its own: nothing is chosen by merely passing over it with the arrow keys.
type Segmented struct {
	widget.BaseWidget
	OnChoose func(int) // given -1 where a choice was taken away

	optional bool   // pressing what is chosen takes it away
	onward   func() // where Enter goes; nil: it chooses
	chosen   int
	buttons  []*Button
	frame    frame
}

// NewSegmented makes the choices; chosen may be -1 for none.
func NewSegmented(chosen int, choose func(int), texts ...string) *Segmented {
	s := &Segmented{OnChoose: choose, chosen: -1}
	for i, t := range texts {
		b := NewButton(Quiet, t, "", nil)
		b.group, b.first, b.last = true, i == 0, i == len(texts)-1
		b.OnTap = func() {
			if s.optional && s.chosen == i {
				s.tap(-1)
				return
			}
			s.tap(i)
		}
		b.Keys = func(ev *fyne.KeyEvent) bool { return s.move(i, ev) || s.goOn(b, ev) }
		s.buttons = append(s.buttons, b)
	}
	s.ExtendBaseWidget(s)
	s.Choose(chosen)
	return s
}

// Named gives each choice the name base.key, for tests from outside.
func (s *Segmented) Named(base string, keys ...string) *Segmented {
	for i, k := range keys {
		spots.Mark(base+"."+k, s.buttons[i])
	}
	return s
}

// Labelled says to a screen reader what is chosen.
func (s *Segmented) Labelled(what string) *Segmented {
	for _, b := range s.buttons {
		b.about = what
	}
	return s
}

// Optional lets a press of what is chosen take it away.
func (s *Segmented) Optional() *Segmented {
	s.optional = true
	return s
}

// Onward says where Enter goes from any of the choices, as it goes on from a field: it then chooses nothing, for a
// hand that hurries through a form has not looked at what comes next. A click, Space and letters choose.
func (s *Segmented) Onward(where func()) *Segmented {
	s.onward = where
	return s
}

// Compact makes the choices smaller.
func (s *Segmented) Compact() *Segmented {
	for _, b := range s.buttons {
		b.Small = true
	}
	return s
}

// Chosen is the index of the choice that is on, or -1.
func (s *Segmented) Chosen() int { return s.chosen }

// Button is the button of a choice.
func (s *Segmented) Button(i int) *Button { return s.buttons[i] }

// Choose turns a choice on without calling back.
func (s *Segmented) Choose(i int) {
	if i == s.chosen {
		return
	}
	s.chosen = i
	for j, b := range s.buttons {
		if b.on != (j == i) {
			b.on = j == i
			b.Refresh()
		}
	}
}

// SetText changes the text of a choice, such as its count.
func (s *Segmented) SetText(i int, text string) {
	if s.buttons[i].text != text {
		s.buttons[i].Set(text)
		s.Refresh()
	}
}

// SetEnabled enables or disables all choices.
func (s *Segmented) SetEnabled(on bool) {
	for _, b := range s.buttons {
		b.SetEnabled(on)
	}
}

func (s *Segmented) tap(i int) {
	s.Choose(i)
	if s.OnChoose != nil {
		s.OnChoose(i)
	}
}

func (s *Segmented) move(i int, ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyLeft:
		i = max(i-1, 0)
	case fyne.KeyRight:
		i = min(i+1, len(s.buttons)-1)
	default:
		return false
	}
	Focus(s.buttons[i])
	return true
}

// goOn goes where Enter goes from a choice, and reports whether that was the key.
func (s *Segmented) goOn(from *Button, ev *fyne.KeyEvent) bool {
	if s.onward == nil || ev.Name != fyne.KeyReturn && ev.Name != fyne.KeyEnter {
		return false
	}
	active()
	hand.Step(from, keyOf(ev), s.onward)
	return true
}

// TypeAhead chooses the one choice whose text begins with r.
func (s *Segmented) TypeAhead(r rune) bool {
	i := slices.IndexFunc(s.buttons, func(b *Button) bool {
		return strings.HasPrefix(strings.ToLower(b.text), strings.ToLower(string(r)))
	})
	if i < 0 || s.buttons[i].disabled {
		return false
	}
	s.tap(i)
	Focus(s.buttons[i])
	return true
}

// CreateRenderer implements fyne.Widget.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	body, ring := s.frame.objects()
	v := &view{self: s, objects: append(body, ring)}
	for _, b := range s.buttons {
		v.objects = append(v.objects, b)
	}
	v.restyle = func() { s.frame.style(theme.Surface, theme.Line, theme.None, 1, 0, 8, false, false) }
	v.restyle()
	v.min = func() fyne.Size {
		m := fyne.NewSize(2, 0)
		for _, b := range s.buttons {
			bm := b.MinSize()
			m.Width += bm.Width
			m.Height = max(m.Height, bm.Height)
		}
		return m
	}
	v.layout = func(size fyne.Size) {
		s.frame.layout(0, 0, size)
		// More room is shared out; with less, each gives up its part.
		need := v.min().Width
		spare := (size.Width - need) / float32(len(s.buttons))
		x := float32(1)
		for _, b := range s.buttons {
			w := b.MinSize().Width + spare
			if spare < 0 {
				w = b.MinSize().Width * (size.Width - 2) / (need - 2)
			}
			place(b, x, 1, w, size.Height-2)
			x += w
		}
	}
	return v
}
