package shell

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// choices is a list that scrolls where it is longer than the height that it may take with its filter.
func (g *dialog) choices(most func(width float32) float32) fyne.CanvasObject {
	list := widgets.Col(choiceGap)
	scroll := widgets.NewVScroll(list)
	var all []*widgets.Button
	step := func(i int) func(*fyne.KeyEvent) bool {
		return func(ev *fyne.KeyEvent) bool {
			to := map[fyne.KeyName]int{fyne.KeyUp: i - 1, fyne.KeyDown: i + 1, fyne.KeyHome: 0,
				fyne.KeyEnd: len(all) - 1}
			j, is := to[ev.Name]
			by := 1
			if ev.Name == fyne.KeyUp || ev.Name == fyne.KeyEnd {
				by = -1
			}
			for is && j >= 0 && j < len(all) && !all[j].Visible() {
				j += by
			}
			if is && j >= 0 && j < len(all) {
				g.shell.canvas.Focus(all[j])
			}
			return is
		}
	}
	for i, c := range g.spec.Choices {
		b := widgets.NewButton(widgets.Secondary, c.Text, "", func() {
			if g.close() {
				run(c.Do)
				g.shell.AskNext()
			}
		}).Since(g.since).Came(g.came).Named(fmt.Sprintf("dialog.choice.%d", i))
		b.Keys = step(i)
		all = append(all, b)
		if c.Head == "" {
			list.Add(b)
			continue
		}
		b.About(c.Head)
		list.Add(widgets.Col(4, widgets.Text(c.Head, 13.5, theme.Regular, theme.Ink).Wrapped(), b))
	}
	g.confirm = all[0]
	if g.spec.Filter != "" {
		g.filter = widgets.NewField(g.spec.Filter, false).Named("dialog.filter")
		none := widgets.Text("", 14, theme.SemiBold, theme.Ink).Wrapped()
		none.Hide()
		spots.Mark("dialog.none", none)
		list.Add(none) // in place of the choices: nothing moves
		first := func() *widgets.Button {
			for _, b := range all {
				if b.Visible() {
					return b
				}
			}
			return nil
		}
		count := func() (n int) {
			for _, b := range all {
				if b.Visible() {
					n++
				}
			}
			return n
		}
		since := g.opened
		g.filter.Entry.OnChanged = func(string) {
			since = widgets.Hand().Time()
			text := patient.Letters(g.filter.Text())
			for i, b := range all {
				b.Hidden = !strings.Contains(patient.Letters(g.spec.Choices[i].Text), text)
			}
			if none.Hidden = count() > 0 || g.spec.Unmatched == nil; !none.Hidden {
				none.Set(g.spec.Unmatched(strings.TrimSpace(g.filter.Text())))
			}
			scroll.ToTop()
			scroll.Refresh()
			list.Refresh()
		}
		g.filter.Entry.OnSubmitted = func(string) {
			switch b := first(); {
			case b == nil: // that nobody is there is said already
			case count() == 1 && read(since):
				b.OnTap()
			default: // nobody chooses what they did not read
				g.shell.canvas.Focus(b)
			}
		}
		g.filter.Entry.OnKey = func(ev *fyne.KeyEvent) bool {
			if b := first(); ev.Name == fyne.KeyDown && b != nil {
				g.shell.canvas.Focus(b)
				return true
			}
			return false
		}
	}
	if g.filter == nil {
		return container.New(atMost{wholeOf(list, most), list}, scroll)
	}
	left := func(w float32) float32 { return most(w) - widgets.HeightFor(g.filter, w) - choiceGap }
	return widgets.Col(choiceGap, g.filter, container.New(atMost{wholeOf(list, left), list}, scroll))
}

// choiceGap is between one choice and the next.
const choiceGap = 8

// wholeOf is a height at most as high as most in which the last choice of the list that is seen is whole.
func wholeOf(list *fyne.Container, most func(float32) float32) func(float32) float32 {
	return func(w float32) float32 {
		limit, h := most(w), float32(0)
		for _, o := range list.Objects {
			if !o.Visible() {
				continue
			}
			next := h + widgets.HeightFor(o, w)
			if next > limit && h > 0 {
				return h - choiceGap
			}
			h = next + choiceGap
		}
		return limit
	}
}

// atMost is as high as its list, up to a limit for the width, and scrolls where
// that is less. The scroller's own room lies outside, so that a list stands in line
// with what is above and below it.
type atMost struct {
	most func(width float32) float32
	list fyne.CanvasObject
}

func (a atMost) Layout(o []fyne.CanvasObject, s fyne.Size) {
	left, right := widgets.ScrollRoom()
	o[0].Move(fyne.NewPos(-left, -left))
	o[0].Resize(fyne.NewSize(s.Width+left+right, s.Height+2*left+clipped))
}

// clipped is what a scroller may lose at its lower edge, which is cut at a whole pixel, and what the ring around the
// last button is wide. With the scroller's own room it is less than the gap between two choices.
const clipped = 3

func (a atMost) HeightFor(_ []fyne.CanvasObject, w float32) float32 {
	return max(min(widgets.HeightFor(a.list, w), a.most(w)), 40)
}

func (a atMost) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
