package shell

import (
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/ui/press"
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
	// Whom is the patient it acts on; the zero value: it acts on none.
	Whom  Whom
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
	// field's placeholder. Unmatched says of a text that no choice has it, and what was looked at;
	// nil says nothing.
	Filter    string
	Unmatched func(typed string) string
	Confirm   string // names what is done and to whom
	Cancel    string // "" leaves only Confirm
	Danger    bool
	// OnConfirm is given the reason, or "".
	OnConfirm func(reason string)
	OnCancel  func()
	// Stays: it waits for an answer also when the station is locked or covered, or the screen
	// turns: it is asked again as soon as the same person can read it. One that tells by Stands
	// whom it asks stays by itself once something was typed into it: see keeps.
	Stays bool
	// Stands is asked before it is opened after a wait; nil: it does. One that does not is
	// cancelled, or, if it stays, goes on waiting. It says nothing: it may be asked often.
	Stands func() bool
	// Unasked is told of a dialog that is cancelled because it does not stand; may be nil.
	Unasked func()
	// Anew is asked for the words when it is opened after a wait, and given the time by then: what
	// was due in an hour is due, and the patient may lie elsewhere. Title, Whom, Text, Pairs and
	// Confirm are taken of what it gives; nil: the first words hold.
	Anew func(now time.Time) Dialog

	typed string // into Reason, while it waits
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
	aside   bool      // it came by itself
	rests   time.Time // until when what is typed is not for it: see young
}

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

func (g *dialog) build() {
	title := widgets.Text(g.spec.Title, 18, theme.Bold, theme.Ink).Wrapped()
	body := widgets.Col(dialogRoom)
	scroll := widgets.NewVScroll(body)
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
	buttons := g.buttons()
	parts := widgets.Col(dialogRoom, title)
	if g.spec.Whom.Is() {
		parts.Add(g.spec.Whom.head())
	}
	room := &room{window: func() float32 { return g.shell.canvas.Size().Height },
		around: append(slices.Clone(parts.Objects), buttons)}
	if len(body.Objects) > 0 {
		room.asked = body
		parts.Add(container.New(atMost{room.forAsked, body}, scroll))
	}
	if len(g.spec.Choices) > 0 {
		room.choices = g.choices(room.forChoices)
		parts.Add(room.choices)
	}
	parts.Add(buttons)
	card := widgets.NewPanel(dialogEdge+2, 22, dialogEdge, 22, parts)
	card.Radius = 12
	spots.Mark("dialog", card)
	veil := canvas.NewRectangle(theme.Of(theme.Shade))
	width := func() float32 { return min(theme.Sp(440), theme.Sp(200)+360) }
	g.overlay = container.NewStack(veil, container.New(middle{width}, card))
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
