package shell

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// dialog is a question on the screen.
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
	at      fyne.Focusable // what had the keyboard last, as far as it was seen
	opened  time.Time
	aside   bool      // it came by itself
	rests   time.Time // until when what is typed is not for it: see young
}

// since is when it came onto the screen.
func (g *dialog) since() time.Time { return g.opened }

// came is when it came by itself; zero for one that the hand asked for.
func (g *dialog) came() time.Time {
	if !g.aside {
		return time.Time{}
	}
	return g.opened
}

// dialogRoom is between the parts of a dialog; dialogEdge above and below them.
const (
	dialogRoom = 12
	dialogEdge = 18
)

// build makes what is drawn of it.
func (g *dialog) build() {
	title := widgets.Text(g.spec.Title, 18, theme.Bold, theme.Ink).Wrapped()
	parts := widgets.Col(dialogRoom, title)
	if g.spec.Whom.Is() {
		parts.Add(g.spec.Whom.head())
	}
	body := g.body()
	buttons := g.buttons()
	room := &room{window: func() float32 { return g.shell.canvas.Size().Height },
		around: append(slices.Clone(parts.Objects), buttons)}
	if len(body.Objects) > 0 {
		room.asked = body
		parts.Add(container.New(atMost{room.forAsked, body}, widgets.NewVScroll(body)))
	}
	if len(g.spec.Choices) > 0 {
		room.choices = g.choices(room.forChoices)
		parts.Add(room.choices)
	}
	parts.Add(buttons)
	card := widgets.NewPanel(dialogEdge+2, 22, dialogEdge, 22, parts)
	card.Radius = 12
	spots.Mark("dialog", card)
	width := func() float32 { return min(theme.Sp(440), theme.Sp(200)+360) }
	g.overlay = container.NewStack(newGround(g), container.New(middle{width}, card))
}

// body is what is asked, between the title and the answers.
func (g *dialog) body() *fyne.Container {
	body := widgets.Col(dialogRoom)
	if g.spec.Text != "" {
		body.Add(widgets.Text(g.spec.Text, 14.5, theme.Regular, theme.Ink).Wrapped())
	}
	if len(g.spec.Pairs) > 0 {
		body.Add(widgets.NewPairs(g.spec.Pairs))
	}
	if g.spec.Reason != "" {
		g.reason = widgets.NewField(g.spec.Reason, false).Named("dialog.reason")
		g.reason.SetText(g.spec.typed)
		g.reason.Entry.OnChanged = func(string) { g.confirm.SetEnabled(g.isReasoned()) }
		g.reason.Entry.OnSubmitted = func(string) { g.answer() }
		body.Add(g.reason)
	}
	for _, f := range g.spec.Fields {
		field := widgets.NewField("", false).Named("dialog." + f.Name)
		field.Entry.Label = f.Label
		field.SetText(f.Text)
		field.Entry.OnSubmitted = func(string) { g.answer() }
		g.fields = append(g.fields, field)
		body.Add(widgets.Col(4, widgets.Text(f.Label, 13.5, theme.SemiBold, theme.Ink).Wrapped(), field))
	}
	if len(g.fields) > 0 {
		g.wrong = widgets.Text("", 13, theme.SemiBold, theme.Alarm).Wrapped()
		g.wrong.Hidden = true
		body.Add(g.wrong)
	}
	return body
}

// isReasoned reports whether the reason stands there that is asked for, if any is.
func (g *dialog) isReasoned() bool {
	return g.reason == nil || strings.TrimSpace(g.reason.Text()) != ""
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
		if g.isUnread(ev) {
			return nil
		}
		return g.dismiss
	case fyne.KeyReturn, fyne.KeyEnter:
		// Only where nothing has the focus; a focused button presses itself.
		if g.spec.Cancel == "" && len(g.spec.Choices) == 0 && !g.isUnread(ev) {
			return g.answer
		}
	}
	return nil
}

// isUnread reports whether a key was on its way to something else when the dialog came by itself.
func (g *dialog) isUnread(ev *fyne.KeyEvent) bool {
	hand := widgets.Hand()
	return g.aside && hand.Newest() == press.Key(ev.Name) && hand.Time().Sub(g.opened) < press.Settle
}
