package widgets

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/ui/theme"
)

// chips draws a row of chips in one line: what is late or being edited at the
// right, the rest at the left. What does not fit is counted, never cut: allergies
// are the last to go, and what asks one to check the patient keeps its room beside
// them, in few words where there is no more.
type chips struct {
	widget.BaseWidget
	all  []board.Chip
	tags []*tag
	view *view
}

func newChips() *chips {
	c := &chips{}
	c.ExtendBaseWidget(c)
	return c
}

func (c *chips) set(all []board.Chip) {
	if !slices.Equal(all, c.all) {
		c.all = all
		c.Refresh()
	}
}

// rank orders chips by who may be dropped last.
func rank(c board.Chip) int {
	if c.Allergies {
		return 0 // "+1" in place of "Allergies not recorded" reads as none
	}
	switch c.Kind {
	case board.ChipAllergy:
		return 0
	case board.ChipCheck:
		return 1
	case board.ChipMissing:
		return 2
	case board.ChipDue:
		return 3
	case board.ChipLookAlike:
		return 4
	case board.ChipEditing:
		return 5
	case board.ChipNext:
		return 7
	}
	return 6
}

func atRight(k board.ChipKind) bool {
	return k == board.ChipDue || k == board.ChipEditing || k == board.ChipNext
}

// CreateRenderer implements fyne.Widget.
func (c *chips) CreateRenderer() fyne.WidgetRenderer {
	c.view = &view{self: c, layout: c.layout, min: func() fyne.Size {
		t := newTag(chipLook(board.ChipNeutral, 12))
		t.style("Ag")
		return fyne.NewSize(theme.Sp(60), t.size().Height)
	}}
	return c.view
}

const chipGap = 5

func (c *chips) layout(s fyne.Size) {
	c.tags = c.tags[:0]
	c.view.objects = c.view.objects[:0]
	if s.Width <= 0 {
		return
	}
	make1 := func(ch board.Chip) *tag {
		t := newTag(chipLook(ch.Kind, 12))
		t.style(ch.Text)
		return &t
	}
	order := make([]int, len(c.all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return rank(c.all[a]) - rank(c.all[b]) })
	more := make1(board.Chip{Text: "+9"})
	kept, widths, shown := map[int]*tag{}, map[int]float32{}, slices.Clone(c.all)
	used, checks := float32(0), float32(0)
	for _, ch := range c.all {
		if ch.Kind == board.ChipCheck {
			checks += make1(brief(ch)).size().Width + chipGap
		}
	}
	for n, i := range order {
		t := make1(c.all[i])
		reserve := more.size().Width + chipGap
		if n == len(order)-1 && len(kept) == n {
			reserve = 0
		}
		if c.all[i].Kind == board.ChipCheck {
			checks -= make1(brief(c.all[i])).size().Width + chipGap
		}
		if !(c.all[i].Allergies && c.all[i].Kind != board.ChipAllergy) { // "No know…" is no answer
			reserve += checks
		}
		w := t.size().Width
		if used+w+reserve > s.Width && c.all[i].Short != "" {
			shown[i] = brief(c.all[i])
			t = make1(shown[i])
			w = t.size().Width
		}
		if used+w+reserve > s.Width {
			if len(kept) > 0 {
				continue
			}
			w = s.Width - reserve // the first stays, whatever its length
		}
		kept[i], widths[i] = t, w
		used += w + chipGap
	}
	x, right := float32(0), s.Width
	put := func(t *tag, x, w float32) {
		t.place(x, (s.Height-t.size().Height)/2, w, t.size().Height)
		c.view.objects = append(c.view.objects, t.box, t.text)
	}
	for i := len(c.all) - 1; i >= 0; i-- {
		if t := kept[i]; t != nil && atRight(c.all[i].Kind) {
			w := widths[i]
			if w < t.size().Width {
				t.style(fit(shown[i].Text, t.look, w))
			}
			put(t, right-w, w)
			right -= w + chipGap
		}
	}
	for i, ch := range c.all {
		if t := kept[i]; t != nil && !atRight(ch.Kind) {
			w := widths[i]
			if w < t.size().Width {
				t.style(fit(shown[i].Text, t.look, w))
			}
			put(t, x, w)
			x += w + chipGap
		}
	}
	n := len(c.all) - len(kept)
	for i, ch := range c.all {
		if ch.Kind == board.ChipNext && kept[i] == nil {
			n-- // when the next set is due is said below the beds, too
		}
	}
	if n > 0 {
		more.style(fmt.Sprintf("+%d", n))
		put(more, x, more.size().Width)
	}
}

// brief is a chip in few words, if it has them.
func brief(c board.Chip) board.Chip {
	if c.Short != "" {
		c.Text = c.Short
	}
	return c
}

// fitText shortens a text of a drawn size to a width.
func fitText(s string, size float32, style fyne.TextStyle, w float32) string {
	rs := []rune(s)
	for n := len(rs); n > 0; n-- {
		text := string(rs[:n]) + "…"
		if n == len(rs) {
			text = s
		}
		if m, _ := measure(text, size, style); m.Width <= w {
			return text
		}
	}
	return ""
}

// fit shortens the text of a tag to a width.
func fit(s string, look tagLook, w float32) string {
	ln := line{}
	l := Runs(look.size, Run{Text: s, Style: look.style})
	ln.add(l.fragment(l.runs[0], s))
	return cut(ln, w-2*look.padX).parts[0].run.Text
}
