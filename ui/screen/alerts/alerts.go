// Package alerts is the alert column at the right of every screen. It draws the
// cards it is given and calls back. Everything here belongs to the UI goroutine.
package alerts

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Actions are what the column asks for.
type Actions struct {
	Accept, Reject, Forward, Back, End func(alertID string)
	// OnMyWay says that this nurse is going there, NotComing takes it back; All asks about all open alerts of
	// the patient.
	OnMyWay, NotComing, All func(alertID string)
	Open                    func(alertID, patientID string)
	// MayNot is told of a key for a step that this nurse may not take.
	MayNot func(alertID string, k alert.MoveKind)
}

// View is what the column shows at one moment; it is immutable. The lists are
// ordered by whoever built them: most urgent first.
type View struct {
	Open, Mine, History []widgets.Alert
	// Waiting is how many alerts wait for somebody; in a storm the list shows the
	// most urgent one of each patient. 0: as many as the list has.
	Waiting int
	Now     time.Time
	// DeafSince is since when this station cannot hear alerts; zero if it can.
	// DeafNext says what to do about it.
	DeafSince time.Time
	DeafNext  string
	Station   string
	// Silent: nobody can hear this station's tones. The column's edge then flashes
	// for the most urgent alert that waits.
	Silent bool
}

// Tab is one of the three lists.
type Tab int

// The tabs.
const (
	Open Tab = iota
	Mine
	History
)

// Screen is the column.
type Screen struct {
	actions Actions
	tab     Tab
	view    View
	order   []string // alert IDs as shown
	cards   map[string]*widgets.AlertCard

	edge    *widgets.Edge
	urgent  alert.Priority // what the edge tells
	tabs    *widgets.Segmented
	deaf    *widgets.AlertCard
	message *widgets.Label
	held    heldHead
	list    *fyne.Container
	scroll  *widgets.VScroll
	unseen  *unseen
	content *fyne.Container
	drawn   bool // what is shown is drawn
}

// New makes an empty column.
func New(a Actions) *Screen {
	s := &Screen{actions: a, cards: map[string]*widgets.AlertCard{}}
	s.tabs = widgets.NewSegmented(0, func(i int) { s.ShowTab(Tab(i)) }, tongue.T("Open 0"), tongue.T("Mine 0"),
		tongue.T("History")).Compact().Named("alert.tab", "open", "mine", "history")
	s.tabs.Keep(int(Open), tongue.Tf("Open %d", widgets.MostCount))
	s.tabs.Keep(int(Mine), tongue.Tf("Mine %d", 99))
	s.tabs.Keep(int(History), tongue.T("History"))
	s.deaf = widgets.NewAlertCard()
	s.deaf.Hide()
	spots.Mark("alert.deaf", s.deaf)
	s.message = widgets.Text("", 14, theme.Regular, theme.Muted).Wrapped().Centred()
	s.held = newHeldHead()
	s.list = widgets.Col(10)
	s.scroll = widgets.NewVScroll(widgets.Col(10, s.deaf, s.list))
	s.scroll.OnScroll(s.look)
	s.unseen = newUnseen(s.lead, func() float32 { return s.content.Size().Height })
	s.edge = widgets.NewEdge()
	s.content = container.NewStack(s.edge, widgets.Pad(12, 3, 0, 8,
		widgets.Col(6, widgets.Pad(0, 9, 0, 4,
			widgets.Ends(4, 4, widgets.Text(tongue.T("Alerts"), 15, theme.Bold, theme.Ink), s.tabs)),
			widgets.Pad(24, 12, 0, 12, s.message), widgets.Grow(s.scroll),
			widgets.Pad(0, 9, 8, 4, s.unseen.box))))
	return s
}

// Content is what to place in the window.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Show draws a view.
//
// The card that a pointer or the keyboard is on keeps its place on the screen, so that no
// button moves away from under a hand about to press it. A new alert that another list would hide turns the
// column to the open ones: whatever is open counts as shown ([Screen.hides]).
func (s *Screen) Show(v View) {
	hidden := s.hides(v)
	s.view = v
	if hidden {
		s.ShowTab(Open)
		s.letGo()
	}
	was := s.deaf.Hidden
	s.tabs.SetText(0, tongue.Tf("Open %d", max(v.Waiting, s.waiting())))
	s.tabs.SetText(1, tongue.Tf("Mine %d", len(v.Mine)))
	s.showDeaf()
	if was != s.deaf.Hidden {
		s.drawn = false
	}
	s.showEdge()
	s.arrange(true)
}

// hides reports whether an alert waits in a view that was not there before, and that the
// chosen list would not show.
func (s *Screen) hides(v View) bool {
	in := func(list []widgets.Alert, id string) bool {
		return slices.ContainsFunc(list, func(a widgets.Alert) bool { return a.Alert.ID == id })
	}
	return s.tab != Open && slices.ContainsFunc(v.Open, func(a widgets.Alert) bool {
		return a.State == alert.Open && !in(s.view.Open, a.Alert.ID) && !(s.tab == Mine && in(v.Mine, a.Alert.ID))
	})
}

// Clear forgets every alert.
func (s *Screen) Clear() { s.Show(View{}) }

// ShowTab switches to a tab.
func (s *Screen) ShowTab(t Tab) {
	s.tab = t
	s.tabs.Choose(int(t))
	s.order, s.drawn = nil, false // another list: nothing to keep in place
	s.arrange(false)
	s.scroll.ToTop()
}

// Tab is the list shown.
func (s *Screen) Tab() Tab { return s.tab }

// Answered lets an alert be asked about again, after Accept, Reject, On my way or
// Not coming failed.
func (s *Screen) Answered(alertID string) {
	if c := s.cards[alertID]; c != nil {
		c.Answered()
	}
}

// Order is the alert IDs from top to bottom.
func (s *Screen) Order() []string { return slices.Clone(s.order) }

// Card is the card of an alert, or nil.
func (s *Screen) Card(alertID string) *widgets.AlertCard { return s.cards[alertID] }

// Reading is an alert as its card stands here: what a person who presses it has before them. false
// where it has none.
func (s *Screen) Reading(alertID string) (alert.Card, bool) {
	c := s.cards[alertID]
	if c == nil {
		return alert.Card{}, false
	}
	return c.Reading(), true
}

func (s *Screen) alerts() []widgets.Alert {
	switch s.tab {
	case Mine:
		return s.view.Mine
	case History:
		return s.view.History
	}
	return s.view.Open
}

func (s *Screen) showDeaf() {
	s.deaf.Hidden = s.view.DeafSince.IsZero()
	if s.deaf.Hidden {
		return
	}
	s.deaf.Set(widgets.Alert{
		Card: alert.Card{State: alert.Open, Route: tongue.Tf("Station %s", s.view.Station), Alert: alert.Alert{
			ID: "deaf", Priority: alert.Technical, Raised: s.view.DeafSince,
			Text: tongue.Tf("This station cannot hear alerts since %s. %s",
				tongue.Here(s.view.DeafSince).Format("15:04:05"), s.view.DeafNext),
		}},
	}, s.view.Now)
}

// showEdge sets the light for the most urgent alert that waits for somebody.
func (s *Screen) showEdge() {
	on := false
	for _, a := range s.view.Open {
		if s.view.Silent && a.State == alert.Open && (!on || a.Alert.Priority.Rank() < s.urgent.Rank()) {
			s.urgent, on = a.Alert.Priority, true
		}
	}
	s.edge.Set(s.urgent, on)
}

// Flash draws the light as it is at a time since it began: see [widgets.Lit].
func (s *Screen) Flash(t time.Duration) { s.edge.Light(widgets.Lit(s.urgent, t)) }

// Edge is the light at the column's side.
func (s *Screen) Edge() *widgets.Edge { return s.edge }

func (s *Screen) arrange(keep bool) {
	all := s.alerts()
	byID := make(map[string]widgets.Alert, len(all))
	ids := make([]string, 0, len(all))
	for _, a := range all {
		if _, twice := byID[a.Alert.ID]; twice {
			continue
		}
		byID[a.Alert.ID] = a
		ids = append(ids, a.Alert.ID)
	}
	focused := s.focusedCard() // before the cards are others: another list may not have it
	pinned := ""
	if keep {
		pinned = s.pinned(focused)
		ids = alert.Arrange(s.order, ids, pinned)
	}
	changed := s.showHeld(ids, byID, pinned) || !s.drawn || !slices.Equal(ids, s.order)
	next := make(map[string]*widgets.AlertCard, len(ids))
	objects := make([]fyne.CanvasObject, 0, len(ids))
	for i, id := range ids {
		c := s.cards[id]
		if c == nil {
			c = widgets.NewAlertCard()
			c.OnAccept, c.OnReject, c.OnOpen = s.accept, s.reject, s.open
			c.OnLeave, c.OnStep, c.In = s.rest, s.step, s.scroll
			c.OnForward, c.OnBack, c.OnEnd = asks(s.actions.Forward), asks(s.actions.Back), asks(s.actions.End)
			c.OnWay, c.OnStay = asks(s.actions.OnMyWay), asks(s.actions.NotComing)
			c.OnAll, c.OnMayNot = asks(s.actions.All), s.actions.MayNot
		}
		a := byID[id]
		if s.tab == History {
			a.May, a.All = alert.Rights{}, 0
		}
		changed = c.Set(a, s.view.Now) || changed
		changed = c.Tight(s.low()) || changed
		c.Mark(i)
		next[id] = c
		if i == s.held.at {
			objects = append(objects, s.held.box)
		}
		objects = append(objects, c)
	}
	s.cards, s.order = next, ids
	s.list.Objects = objects
	s.message.Set(s.messageText(len(ids)))
	s.message.Hidden = len(ids) > 0 || !s.deaf.Hidden
	s.drawn = true
	if changed { // nothing is drawn where nothing changed
		s.content.Refresh()
	}
	s.look()
	if focused != "" && next[focused] == nil {
		s.rest()
	}
}

// tightBelow is the height of a column, before the text scale, that is too low for a whole card.
const tightBelow = 320

func (s *Screen) low() bool {
	h := s.content.Size().Height
	return h > 0 && h < theme.Sp(tightBelow)
}

// rest puts the keyboard where it harms nobody, after the card it was on has gone.
func (s *Screen) rest() { widgets.Focus(s.tabs.Button(int(s.tab))) }

// pinFor is how long a pointer that does not move keeps a card in its place: whoever left
// it there looks elsewhere, and what is new and urgent belongs on top.
const pinFor = 10 * time.Second

// pinned is the card that keeps its place: the one pointed at, else the one with the
// focus, where it is in view.
func (s *Screen) pinned(focused string) string {
	if widgets.Hand().Idle() < pinFor {
		for id, c := range s.cards {
			if c.Pointed() {
				return id
			}
		}
	}
	if c := s.cards[focused]; c == nil || !s.inView(c) {
		return "" // what nobody looks at has no place to keep: what is new would go below it
	}
	return focused
}

func (s *Screen) messageText(n int) string {
	switch {
	case n > 0:
		return ""
	case s.tab == Mine:
		return tongue.T("No open alert calls you, and you have none in hand.")
	case s.tab == History:
		return tongue.T("No alert has ended since this station started.")
	}
	return tongue.T("No open alerts.")
}

// HasFocus reports whether the keyboard is on a card.
func (s *Screen) HasFocus() bool { return s.focusedCard() != "" }

// focusedCard is the ID of the card whose button has the focus, or "".
func (s *Screen) focusedCard() string {
	f := widgets.Focused(s.content)
	if f == nil {
		return ""
	}
	for id, c := range s.cards {
		if c.Holds(f) {
			return id
		}
	}
	return ""
}

// asks is f, or nothing.
func asks(f func(string)) func(string) {
	return func(id string) {
		if f != nil {
			f(id)
		}
	}
}

func (s *Screen) accept(id string) {
	if s.actions.Accept != nil {
		s.actions.Accept(id)
	}
}

func (s *Screen) reject(id string) {
	if s.actions.Reject != nil {
		s.actions.Reject(id)
	}
}

func (s *Screen) open(id, patientID string) {
	if s.actions.Open != nil {
		s.actions.Open(id, patientID)
	}
}
