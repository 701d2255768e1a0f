package shell

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Choice is one of several answers.
type Choice struct {
	// Head stands over the button, and is wrapped where a button would be cut: whom the
	// choice is about. "" is none.
	Head string
	Text string
	Do   func()
}

// DialogField is one line of a dialog to be filled in.
type DialogField struct {
	Name, Label, Text string // Text stands there at first
}

// Dialog is one question. While it is open nothing else hears the mouse or the
// keyboard: Tab stays within, Esc is Cancel, Enter presses the button that has
// the focus.
type Dialog struct {
	Title string
	Text  string
	Pairs []widgets.Pair // a two-column list under the text
	// Reason asks for a reason in words before Confirm can be pressed.
	Reason string
	// Fields are asked for in lines of their own. OnFields is given what stands in
	// them, by name, and says what is wrong with it; "" closes the dialog.
	Fields   []DialogField
	OnFields func(map[string]string) (wrong string)
	// Choices are offered as a list of buttons, in place of Confirm.
	Choices []Choice
	// Filter offers a field that keeps the choices with a text in them; it is the
	// field's placeholder.
	Filter  string
	Confirm string // names what is done and to whom
	Cancel  string // "" leaves only Confirm
	Danger  bool
	// OnConfirm is given the reason, or "".
	OnConfirm func(reason string)
	OnCancel  func()
}

type dialog struct {
	shell   *Shell
	spec    Dialog
	overlay *fyne.Container
	confirm *widgets.Button
	cancel  *widgets.Button
	reason  *widgets.Field
	filter  *widgets.Field
	fields  []*widgets.Field
	wrong   *widgets.Label
	opened  time.Time
}

func (g *dialog) since() time.Time { return g.opened }

// Ask opens a dialog. One at a time: a newer one that the nurse asks for replaces, and
// cancels, the older. One that comes by itself waits until she has answered.
func (s *Shell) Ask(d Dialog) {
	if s.dialog != nil && widgets.Hand().IsAside() {
		s.waiting = append(s.waiting, d)
		return
	}
	if old := s.dialog; old != nil && old.close() {
		run(old.spec.OnCancel)
	}
	g := &dialog{shell: s, spec: d, opened: widgets.Hand().Time()}
	s.dialog = g
	g.build()
	s.canvas.Overlays().Add(g.overlay)
	g.overlay.Resize(s.canvas.Size())
	g.focus()
}

// Modal reports whether a dialog is open.
func (s *Shell) Modal() bool { return s.dialog != nil }

// CloseDialog closes a dialog as if it had been cancelled, and those that wait.
func (s *Shell) CloseDialog() {
	waiting := s.waiting
	s.waiting = nil
	if s.dialog != nil {
		s.dialog.dismiss()
	}
	for _, d := range waiting {
		run(d.OnCancel)
	}
}

// askNext opens the dialog that has waited longest, once no other is open.
func (s *Shell) askNext() {
	if s.dialog == nil && len(s.waiting) > 0 {
		d := s.waiting[0]
		s.waiting = s.waiting[1:]
		s.Ask(d)
	}
}

// dialogRoom is between the parts of a dialog; dialogEdge above and below them.
const (
	dialogRoom = 12
	dialogEdge = 18
)

func (g *dialog) build() {
	title := widgets.Text(g.spec.Title, 18, theme.Bold, theme.Ink).Wrapped()
	body := widgets.Col(dialogRoom)
	scroll := widgets.NewVScroll(body)
	reveal := func(o fyne.CanvasObject) func(bool) {
		return func(on bool) {
			if on {
				scroll.Reveal(o)
			}
		}
	}
	if g.spec.Text != "" {
		body.Add(widgets.Text(g.spec.Text, 14.5, theme.Regular, theme.Ink).Wrapped())
	}
	if len(g.spec.Pairs) > 0 {
		body.Add(widgets.NewPairs(g.spec.Pairs))
	}
	if g.spec.Reason != "" {
		g.reason = widgets.NewField(g.spec.Reason, false).Named("dialog.reason")
		g.reason.Entry.OnChanged = func(string) { g.confirm.SetEnabled(g.reason.Text() != "") }
		g.reason.Entry.OnSubmitted = func(string) { g.answer() }
		g.reason.Entry.OnFocus = reveal(g.reason)
		body.Add(g.reason)
	}
	for _, f := range g.spec.Fields {
		field := widgets.NewField("", false).Named("dialog." + f.Name)
		field.Entry.Label = f.Label
		field.SetText(f.Text)
		field.Entry.OnSubmitted = func(string) { g.answer() }
		field.Entry.OnFocus = reveal(field)
		g.fields = append(g.fields, field)
		body.Add(widgets.Col(4, widgets.Text(f.Label, 13.5, theme.SemiBold, theme.Ink).Wrapped(), field))
	}
	if len(g.fields) > 0 {
		g.wrong = widgets.Text("", 13, theme.SemiBold, theme.Alarm).Wrapped()
		g.wrong.Hidden = true
		body.Add(g.wrong)
	}
	if len(g.spec.Choices) > 0 {
		body.Add(g.choices())
	}
	buttons := g.buttons()
	parts := widgets.Col(dialogRoom, title)
	if len(body.Objects) > 0 {
		// Where large text or a low window leaves no room, what stands between title
		// and buttons scrolls: the way out is never below the window.
		most := func(w float32) float32 {
			around := widgets.HeightFor(title, w) + widgets.HeightFor(buttons, w) + 2*dialogRoom + 2*dialogEdge + 2
			return g.shell.canvas.Size().Height - middleEdge - around
		}
		parts.Add(container.New(atMost{most, body}, scroll))
	}
	parts.Add(buttons)
	card := widgets.NewPanel(dialogEdge+2, 22, dialogEdge, 22, parts)
	card.Radius = 12
	spots.Mark("dialog", card)
	veil := canvas.NewRectangle(theme.Of(theme.Shade))
	width := func() float32 { return min(theme.Sp(440), theme.Sp(200)+360) }
	g.overlay = container.NewStack(veil, container.New(middle{width}, card))
}

// choices is a list that scrolls where it is longer than the window allows.
func (g *dialog) choices() fyne.CanvasObject {
	list := widgets.Col(8)
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
				g.shell.askNext()
			}
		}).Since(g.since).Named(fmt.Sprintf("dialog.choice.%d", i))
		b.Keys = step(i)
		b.OnFocus = func(on bool) {
			if on {
				scroll.Reveal(b)
			}
		}
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
		first := func() *widgets.Button {
			for _, b := range all {
				if b.Visible() {
					return b
				}
			}
			return nil
		}
		g.filter.Entry.OnChanged = func(string) {
			text := patient.Letters(g.filter.Text())
			for i, b := range all {
				b.Hidden = !strings.Contains(patient.Letters(g.spec.Choices[i].Text), text)
			}
			scroll.ToTop()
			scroll.Refresh()
			list.Refresh()
		}
		g.filter.Entry.OnSubmitted = func(string) {
			if b := first(); b != nil {
				b.OnTap()
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
	most := func(float32) float32 { return g.shell.canvas.Size().Height * 0.55 }
	if g.filter != nil {
		return widgets.Col(8, g.filter, container.New(atMost{most, list}, scroll))
	}
	return container.New(atMost{most, list}, scroll)
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
	o[0].Resize(fyne.NewSize(s.Width+left+right, s.Height+2*left))
}

func (a atMost) HeightFor(_ []fyne.CanvasObject, w float32) float32 {
	return max(min(widgets.HeightFor(a.list, w), a.most(w)), 40)
}

func (a atMost) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (g *dialog) buttons() fyne.CanvasObject {
	row := container.New(dialogButtons{})
	if g.spec.Cancel != "" {
		g.cancel = widgets.NewButton(widgets.Secondary, g.spec.Cancel, "Esc", g.dismiss).Since(g.since).Named("dialog.cancel")
		row.Add(g.cancel)
	}
	if len(g.spec.Choices) == 0 {
		kind := widgets.Primary
		if g.spec.Danger {
			kind = widgets.Danger
		}
		text := g.spec.Confirm
		if text == "" {
			text = tongue.T("Close")
		}
		g.confirm = widgets.NewButton(kind, text, "", g.answer).Since(g.since).Named("dialog.confirm")
		g.confirm.SetEnabled(g.spec.Reason == "")
		row.Add(g.confirm)
	}
	return widgets.Pad(4, 0, 0, 0, row)
}

// dialogButtons stand side by side at the right, or below each other where one names somebody with a long name:
// what is confirmed, and for whom, is said whole.
type dialogButtons struct{}

const buttonGap = 8

func (dialogButtons) stacks(o []fyne.CanvasObject, w float32) bool {
	need := -float32(buttonGap)
	for _, c := range o {
		need += c.MinSize().Width + buttonGap
	}
	return need > w
}

func (d dialogButtons) run(o []fyne.CanvasObject, width float32, put bool) (h float32) {
	stacks := d.stacks(o, width)
	x := width
	for _, c := range slices.Backward(o) {
		m := c.MinSize()
		at, w, y := x-m.Width, m.Width, float32(0)
		if stacks {
			m.Height = widgets.HeightFor(c, width)
			at, w, y = 0, width, h
			h += m.Height + buttonGap
		} else {
			h = max(h, m.Height+buttonGap)
		}
		if put {
			c.Move(fyne.NewPos(at, y))
			c.Resize(fyne.NewSize(w, m.Height))
		}
		x = at - buttonGap
	}
	return max(h-buttonGap, 0)
}

func (d dialogButtons) Layout(o []fyne.CanvasObject, s fyne.Size) { d.run(o, s.Width, true) }

// HeightFor makes the buttons answer like the widgets' own layouts.
func (d dialogButtons) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	return d.run(o, width, false)
}

func (d dialogButtons) MinSize(o []fyne.CanvasObject) (m fyne.Size) {
	for _, c := range o {
		m = m.Max(c.MinSize())
	}
	return m
}

// focus starts at the reason, at Cancel for what is dangerous, else at the
// answer.
func (g *dialog) focus() {
	switch {
	case g.filter != nil:
		g.shell.canvas.Focus(g.filter.Entry)
	case len(g.fields) > 0:
		g.shell.canvas.Focus(g.fields[0].Entry)
	case g.reason != nil:
		g.shell.canvas.Focus(g.reason.Entry)
	case g.spec.Danger && g.cancel != nil:
		g.shell.canvas.Focus(g.cancel)
	case g.confirm != nil:
		g.shell.canvas.Focus(g.confirm)
	}
}

// key is what a plain key does that no button or field of the dialog uses, or nil.
func (g *dialog) key(ev *fyne.KeyEvent) func() {
	switch ev.Name {
	case fyne.KeyEscape:
		return g.dismiss
	case fyne.KeyReturn, fyne.KeyEnter:
		// Only where nothing has the focus; a focused button presses itself.
		if g.spec.Cancel == "" && len(g.spec.Choices) == 0 {
			return g.answer
		}
	}
	return nil
}

func (g *dialog) answer() {
	reason := ""
	if g.reason != nil {
		if reason = g.reason.Text(); reason == "" {
			return
		}
	}
	if g.spec.OnFields != nil {
		in := map[string]string{}
		for i, f := range g.fields {
			in[g.spec.Fields[i].Name] = strings.TrimSpace(f.Text())
		}
		if wrong := g.spec.OnFields(in); wrong != "" {
			g.wrong.Set(wrong)
			g.wrong.Hidden = false
			g.overlay.Refresh()
			return
		}
	}
	if !g.close() {
		return
	}
	if g.spec.OnConfirm != nil {
		g.spec.OnConfirm(reason)
	}
	g.shell.askNext()
}

func (g *dialog) dismiss() {
	if g.close() {
		run(g.spec.OnCancel)
		g.shell.askNext()
	}
}

// close takes the dialog away; false if it already was: a dialog answers once.
func (g *dialog) close() bool {
	if g.shell.dialog != g {
		return false
	}
	g.shell.dialog = nil
	g.shell.canvas.Overlays().Remove(g.overlay)
	return true
}

type middle struct{ width func() float32 }

// middleEdge is what a dialog leaves of the window's height.
const middleEdge = 16

func (m middle) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := min(m.width(), s.Width-32)
	h := min(widgets.HeightFor(o[0], w), s.Height-middleEdge)
	o[0].Move(fyne.NewPos((s.Width-w)/2, (s.Height-h)*0.4))
	o[0].Resize(fyne.NewSize(w, h))
}

func (m middle) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 200) }
