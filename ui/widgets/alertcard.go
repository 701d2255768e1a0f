package widgets

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
)

// Alert is one card of the alert column: the ward's card, and what this nurse
// may do with it. The bar fills from the alert's receipt until NextAt.
type Alert struct {
	alert.Card
	// More is how many further open alerts of the patient, or of no known patient, stand
	// behind this one.
	More int
	// Also are those of them that the card says by their words: see [alert.Group].
	Also []alert.Alert
	// May is what this nurse may do with it now: a button for each, and no other.
	May alert.Rights
	// All is how many open alerts of the patient, with this one, can be accepted
	// together; below two the card does not offer it.
	All int
	// Mine: this nurse has it in hand. OnMyWay: this nurse said to be on the way.
	Mine, OnMyWay bool
	// Declined: this nurse has turned it down.
	Declined bool
	// Yours: it calls this nurse by name.
	Yours bool
}

// AlertCard shows one alert and lets it be accepted, rejected and opened. Each
// is asked for at most once until it is answered: a double tap is one accept.
type AlertCard struct {
	widget.BaseWidget
	steady

	OnAccept func(alertID string)
	OnReject func(alertID string)
	// OnForward, OnBack and OnEnd ask for a dialog; they may be pressed again.
	OnForward, OnBack, OnEnd, OnAll func(alertID string)
	// OnWay says that this nurse is on the way, OnStay that they are not coming after all.
	OnWay, OnStay func(alertID string)
	// OnStep takes the keyboard to the card below, or above for -1.
	OnStep func(alertID string, by int)
	// OnMayNot is told of a key for a step that this nurse may not take.
	OnMayNot func(alertID string, k alert.MoveKind)
	OnOpen   func(alertID, patientID string)
	// OnLeave takes the keyboard when the card has nothing more to press.
	OnLeave func()
	// In is the scroller that the card stands in; nil: none.
	In *VScroll

	alert Alert
	now   time.Time
	asked bool      // an answer (Accept, Reject, On my way, Not coming) was pressed and is not yet taken
	begun time.Time // when it was
	moves moving

	means   meaning
	changed time.Time // when that last became another

	panel               *Panel
	prio                *Tag
	route, age          *Label
	name, ids, what     *Label
	next, note, fold    *Label
	who, title, body    *fyne.Container // name, what, and all
	tight               bool
	bar                 *bar
	accept, reject, go1 *Button
	forward, back, end  *Button
	way, stay, all      *Button
	actions             *fyne.Container
}

// NewAlertCard makes a card that shows nothing yet: see [AlertCard.Set].
func NewAlertCard() *AlertCard {
	c := &AlertCard{}
	c.prio = NewPriority(alert.High)
	c.route = Runs(12.5).Wrapped()
	c.age = Text("", 12.5, theme.SemiBold, theme.Muted)
	c.name, c.ids = Runs(16).Wrapped(), Runs(13).Wrapped()
	c.what, c.next, c.note = Runs(15).Wrapped(), Runs(13).Wrapped(), Runs(13).Wrapped()
	c.fold = Runs(13).Wrapped()
	c.bar = newBar()
	c.accept = NewButton(Primary, tongue.T("Accept"), "A", c.doAccept).Narrow()
	c.reject = NewButton(Secondary, tongue.T("Reject"), "R", c.doReject).Narrow()
	c.go1 = NewButton(Secondary, tongue.T("Open"), "↵", c.doOpen).Narrow()
	c.forward = NewButton(Secondary, tongue.T("Forward"), "F", c.doForward).Narrow()
	c.back = NewButton(Secondary, tongue.T("Give back"), "B", c.doBack).Narrow()
	c.end = NewButton(Secondary, tongue.T("End"), "E", c.doEnd).Narrow()
	c.way = NewButton(Secondary, tongue.T("On my way"), "W", c.doWay).Narrow()
	c.stay = NewButton(Secondary, tongue.T("Not coming"), "N", c.doStay).Narrow()
	c.all = NewButton(Secondary, "", "G", func() { c.own(c.alert.All > 1, alert.Accepted, c.OnAll) }).Narrow()
	for _, b := range c.buttons() {
		b.Keys, b.carrier = c.key, c
	}
	c.actions = Flow(5, 6, objects(c.buttons())...)
	c.who, c.title = Pad(5, 0, 0, 0, c.name), Pad(3, 0, 1, 0, c.what)
	c.body = Col(0)
	c.order()
	c.panel = NewPanel(10, 11, 9, 17, c.body)
	c.panel.BandWidth = 6
	c.ExtendBaseWidget(c)
	return c
}

// Open reports whether nobody has the alert in hand, and it has not ended.
func (c *AlertCard) Open() bool { return c.alert.State == alert.Open }

// ID is the alert's ID.
func (c *AlertCard) ID() string { return c.alert.Alert.ID }

// Reading is the alert as the card shows it.
func (c *AlertCard) Reading() alert.Card { return c.alert.Card }

// Mark names the card and its buttons by their place in the column.
func (c *AlertCard) Mark(i int) {
	spots.Mark(fmt.Sprintf("alert.card.%d", i), c)
	spots.Mark(fmt.Sprintf("alert.accept.%d", i), c.accept)
	spots.Mark(fmt.Sprintf("alert.reject.%d", i), c.reject)
	spots.Mark(fmt.Sprintf("alert.open.%d", i), c.go1)
	spots.Mark(fmt.Sprintf("alert.forward.%d", i), c.forward)
	spots.Mark(fmt.Sprintf("alert.back.%d", i), c.back)
	spots.Mark(fmt.Sprintf("alert.end.%d", i), c.end)
	spots.Mark(fmt.Sprintf("alert.way.%d", i), c.way)
	spots.Mark(fmt.Sprintf("alert.stay.%d", i), c.stay)
	spots.Mark(fmt.Sprintf("alert.all.%d", i), c.all)
}

// SpotText is what the card says.
func (c *AlertCard) SpotText() string {
	return c.prio.SpotText() + " " + c.name.SpotText() + " " + c.what.SpotText() + " " + c.route.SpotText()
}

// Says is all that the card says of whose the alert is and what became of it, a line each.
func (c *AlertCard) Says() string {
	var all []string
	for _, l := range []*Label{c.name, c.ids, c.note, c.fold} {
		if !l.Hidden {
			all = append(all, l.SpotText())
		}
	}
	return strings.Join(all, "\n")
}

// Buttons are those that every alert has: to accept it, to turn it down and to open the chart.
func (c *AlertCard) Buttons() (accept, reject, open *Button) { return c.accept, c.reject, c.go1 }

// Holds reports whether f is one of the card's buttons.
func (c *AlertCard) Holds(f fyne.Focusable) bool {
	b, ok := f.(*Button)
	return ok && slices.Contains(c.buttons(), b)
}

// buttons are all of the card's, in the order of the focus.
func (c *AlertCard) buttons() []*Button {
	return []*Button{c.accept, c.way, c.stay, c.reject, c.end, c.back, c.forward, c.all, c.go1}
}

func objects(buttons []*Button) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(buttons))
	for n, b := range buttons {
		out[n] = b
	}
	return out
}

// First is the button that the keyboard comes to first: Open, which the card marks with
// Enter, or where there is no chart what this nurse can do; nil where the card offers nothing. A
// letter does the rest: Enter on a card that was only looked at accepts and ends nothing.
func (c *AlertCard) First() *Button {
	for _, b := range append([]*Button{c.go1}, c.buttons()...) {
		if b.Visible() && !b.Disabled() {
			return b
		}
	}
	return nil
}

// Offers are the steps for which the card has a button now.
func (c *AlertCard) Offers() alert.Rights {
	on := func(b *Button) bool { return !b.Hidden && !c.actions.Hidden }
	return alert.Rights{Accept: on(c.accept), Reject: on(c.reject), Forward: on(c.forward), End: on(c.end),
		GiveBack: on(c.back), OnMyWay: on(c.way), NotComing: on(c.stay)}
}

// Together is the button that accepts all alerts of the patient.
func (c *AlertCard) Together() *Button { return c.all }

// Way is the button that says that this nurse is on the way.
func (c *AlertCard) Way() *Button { return c.way }

// Own are the buttons for an alert that this nurse has in hand.
func (c *AlertCard) Own() (end, back, forward *Button) { return c.end, c.back, c.forward }

// Set shows an alert at a moment.
func (c *AlertCard) Set(a Alert, now time.Time) bool {
	same := reflect.DeepEqual(a, c.alert)
	if c.asked && (answered(c.alert, a) || now.Sub(c.begun) >= answerMost) {
		c.asked, same = false, false
	}
	fold := foldRuns(a, now)
	moves := moving{Age(a.Alert, now), nextText(a, now), textOf(fold), progress(a, now)}
	c.turns(a)
	c.alert, c.now = a, now
	if same && moves == c.moves {
		return false // a whole window is drawn again for every refresh
	}
	c.moves = moves
	c.prio.set(c.prioText())
	fill, _ := c.prioRoles()
	c.panel.Band = fill
	c.route.SetRuns(Run{Text: c.routeText(), Style: theme.SemiBold})
	c.age.Set(moves.age)
	technical := a.Alert.Patient == "" && !a.Unidentified && !a.Nameless()
	c.name.Hidden, c.ids.Hidden = technical, technical
	c.name.SetRuns(nameRuns(a)...)
	c.ids.SetRuns(Run{Text: identifiers(a), Role: theme.Muted})
	c.what.SetRuns(Run{Text: a.Alert.Words(), Style: theme.SemiBold})
	note := noteText(a)
	c.note.SetRuns(Run{Text: note, Role: theme.MedT})
	c.note.Hidden = note == ""
	c.fold.SetRuns(fold...)
	c.fold.Hidden = len(fold) == 0
	running := a.State == alert.Open && !a.NextAt.IsZero()
	c.bar.Hidden = !running
	c.bar.set(moves.progress, fill)
	c.next.SetRuns(Run{Text: moves.next, Role: theme.Muted})
	c.next.Hidden = moves.next == ""
	c.offer()
	c.Refresh()
	return true
}

func (c *AlertCard) offer() {
	may := c.alert.May
	c.accept.Hidden, c.reject.Hidden, c.forward.Hidden = !may.Accept, !may.Reject, !may.Forward
	c.end.Hidden, c.back.Hidden = !may.End, !may.GiveBack
	c.way.Hidden, c.stay.Hidden = !may.OnMyWay || c.alert.OnMyWay, !may.NotComing
	c.all.Hidden = c.alert.All < 2
	c.all.Set(tongue.Tf("Accept all %d", c.alert.All))
	c.back.Set(tongue.T("Give back"))
	if !c.alert.Mine {
		c.back.Set(tongue.T("Take back"))
	}
	c.go1.Hidden = c.alert.Alert.Patient == ""
	c.actions.Hidden = !slices.ContainsFunc(c.buttons(), func(b *Button) bool { return !b.Hidden })
	focused := Focused(c)
	for _, b := range []*Button{c.accept, c.reject, c.way, c.stay} {
		b.SetEnabled(!c.asked)
	}
	c.keepFocus(focused)
}

// HeightFor implements the height at a width.
func (c *AlertCard) HeightFor(w float32) float32 { return c.panel.HeightFor(w) }

// CreateRenderer implements fyne.Widget.
func (c *AlertCard) CreateRenderer() fyne.WidgetRenderer {
	return &view{
		self: c, objects: []fyne.CanvasObject{c.panel},
		layout: func(s fyne.Size) { place(c.panel, 0, 0, s.Width, s.Height) },
		min:    func() fyne.Size { return c.panel.MinSize() },
	}
}
