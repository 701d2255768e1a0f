package widgets

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/patient"
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
	// May is what this nurse may do with it now: a button for each, and no other.
	May alert.Rights
	// All is how many open alerts of the patient, with this one, can be accepted
	// together; below two the card does not offer it.
	All int
	// Mine: this nurse has it in hand. OnMyWay: this nurse said to be on the way.
	Mine, OnMyWay bool
	// Yours: it calls this nurse by name.
	Yours bool
}

// AlertCard shows one alert and lets it be accepted, rejected and opened. Each
// is asked for at most once until the card changes: a double tap is one accept.
type AlertCard struct {
	widget.BaseWidget
	steady

	OnAccept func(alertID string)
	OnReject func(alertID string)
	// OnForward, OnBack and OnEnd ask for a dialog; they may be pressed again.
	OnForward, OnBack, OnEnd, OnAll func(alertID string)
	// OnWay says that this nurse is on the way.
	OnWay func(alertID string)
	// OnMayNot is told of a key for a step that this nurse may not take.
	OnMayNot func(alertID string, k alert.MoveKind)
	OnOpen   func(alertID, patientID string)
	// OnLeave takes the keyboard when the card has nothing more to press.
	OnLeave func()
	// In is the scroller that the card stands in; nil: none.
	In *VScroll

	alert Alert
	now   time.Time
	asked bool // Accept or Reject was pressed and not yet answered
	moves moving

	panel               *Panel
	prio                *Tag
	route, age          *Label
	name, ids, what     *Label
	next, note          *Label
	bar                 *bar
	accept, reject, go1 *Button
	forward, back, end  *Button
	way, all            *Button
	actions             *fyne.Container
}

// NewAlertCard makes a card; index names its buttons for tests from outside.
func NewAlertCard() *AlertCard {
	c := &AlertCard{}
	c.prio = NewPriority(alert.High)
	c.route = Runs(12.5).Wrapped()
	c.age = Text("", 12.5, theme.SemiBold, theme.Muted)
	c.name, c.ids = Runs(16).Wrapped(), Runs(13).Wrapped()
	c.what, c.next, c.note = Runs(15).Wrapped(), Runs(13).Wrapped(), Runs(13).Wrapped()
	c.bar = newBar()
	c.accept = NewButton(Primary, tongue.T("Accept"), "A", c.doAccept).Narrow()
	c.reject = NewButton(Secondary, tongue.T("Reject"), "R", c.doReject).Narrow()
	c.go1 = NewButton(Secondary, tongue.T("Open"), "↵", c.doOpen).Narrow()
	c.forward = NewButton(Secondary, tongue.T("Forward"), "F", c.doForward).Narrow()
	c.back = NewButton(Secondary, tongue.T("Give back"), "B", c.doBack).Narrow()
	c.end = NewButton(Secondary, tongue.T("End"), "E", c.doEnd).Narrow()
	c.way = NewButton(Secondary, tongue.T("On my way"), "W", c.doWay).Narrow()
	c.all = NewButton(Secondary, "", "G", func() { c.own(c.alert.All > 1, alert.Accepted, c.OnAll) }).Narrow()
	for _, b := range c.buttons() {
		b.Keys, b.carrier = c.key, c
	}
	c.actions = Flow(5, 6, objects(c.buttons())...)
	body := Col(0,
		Row(8, c.prio, Grow(c.route), c.age),
		Pad(5, 0, 0, 0, c.name), c.ids, Pad(3, 0, 1, 0, c.what), c.note,
		Pad(4, 0, 2, 0, c.bar), c.next, Pad(6, 0, 1, 0, c.actions))
	c.panel = NewPanel(10, 11, 9, 17, body)
	c.panel.BandWidth = 6
	c.ExtendBaseWidget(c)
	return c
}

// ID is the alert's ID.
func (c *AlertCard) ID() string { return c.alert.Alert.ID }

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
	spots.Mark(fmt.Sprintf("alert.all.%d", i), c.all)
}

// SpotText is what the card says.
func (c *AlertCard) SpotText() string {
	return c.prio.SpotText() + " " + c.name.SpotText() + " " + c.what.SpotText() + " " + c.route.SpotText()
}

// Says is all that the card says of whose the alert is and what became of it, a line each.
func (c *AlertCard) Says() string {
	var all []string
	for _, l := range []*Label{c.name, c.ids, c.note} {
		if !l.Hidden {
			all = append(all, l.SpotText())
		}
	}
	return strings.Join(all, "\n")
}

// Buttons are the card's buttons in focus order.
func (c *AlertCard) Buttons() (accept, reject, open *Button) { return c.accept, c.reject, c.go1 }

// Holds reports whether f is one of the card's buttons.
func (c *AlertCard) Holds(f fyne.Focusable) bool {
	b, ok := f.(*Button)
	return ok && slices.Contains(c.buttons(), b)
}

func (c *AlertCard) buttons() []*Button {
	return []*Button{c.accept, c.way, c.reject, c.end, c.back, c.forward, c.all, c.go1}
}

func objects(buttons []*Button) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(buttons))
	for n, b := range buttons {
		out[n] = b
	}
	return out
}

// First is the button that the keyboard comes to first: what this nurse can do, or
// else Open; nil where the card offers nothing.
func (c *AlertCard) First() *Button {
	for _, b := range c.buttons() {
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
		GiveBack: on(c.back), OnMyWay: on(c.way)}
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
	if !same {
		c.asked = false // whatever was asked for has been answered
	}
	moves := moving{board.Span(now.Sub(since(a))), nextText(a, now), progress(a, now)}
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
	c.way.Hidden = !may.OnMyWay || c.alert.OnMyWay
	c.all.Hidden = c.alert.All < 2
	c.all.Set(tongue.Tf("Accept all %d", c.alert.All))
	c.back.Set(tongue.T("Give back"))
	if !c.alert.Mine {
		c.back.Set(tongue.T("Take back"))
	}
	c.go1.Hidden = c.alert.Alert.Patient == ""
	c.actions.Hidden = !slices.ContainsFunc(c.buttons(), func(b *Button) bool { return !b.Hidden })
	focused := Focused(c)
	for _, b := range []*Button{c.accept, c.reject, c.way} {
		b.SetEnabled(!c.asked)
	}
	c.keepFocus(focused)
}

// keepFocus moves the keyboard from a button that is gone to one that does nothing to
// the alert.
func (c *AlertCard) keepFocus(focused fyne.Focusable) {
	b, is := focused.(*Button)
	if !is || !c.Holds(b) || b.Visible() && !b.Disabled() {
		return
	}
	switch {
	case c.go1.Visible():
		Focus(c.go1)
	case c.OnLeave != nil:
		c.OnLeave()
	}
}

// Pointed reports whether the pointer is on one of the card's buttons.
func (c *AlertCard) Pointed() bool {
	return slices.ContainsFunc(c.buttons(), func(b *Button) bool { return hand.On(b) })
}

// lateShown is the lateness below which an alert counts as on time.
const lateShown = 10 * time.Second

// noteText is what happened to the alert on its way, and what stands behind it.
func noteText(a Alert) string {
	var all []string
	if a.Late > lateShown {
		all = append(all, tongue.Tf("Shown here %s late: this station did not hear it at once.", board.Span(a.Late)))
	}
	if a.Unrecorded && a.State != alert.EndedByCause {
		all = append(all, tongue.T("Not in the record yet."))
	}
	if s := sentText(a); s != "" && !a.Nameless() {
		if a.Alert.Patient != "" && a.Alert.Holders != alert.One {
			s += " " + tongue.T("The patient was found by the bed.")
		}
		all = append(all, s)
	}
	if s := changedText(a); s != "" {
		all = append(all, s)
	}
	if a.State != alert.EndedByCause {
		for _, w := range a.OnWay {
			all = append(all, tongue.Tf("%s is on the way since %s.", w.By, tongue.Clock(w.Since)))
		}
	}
	if a.State == alert.Open {
		if why := a.Call.Why; why != "" {
			first, size := utf8.DecodeRuneInString(why)
			all = append(all, string(unicode.ToUpper(first))+why[size:]+".")
		}
		if a.BackBy != "" {
			all = append(all, tongue.Tf("Given back by %s.", a.BackBy))
		}
		if len(a.RejectedBy) > 0 {
			all = append(all, tongue.Tf("Turned down by %s.", strings.Join(a.RejectedBy, " "+tongue.T("and")+" ")))
		}
	}
	if a.ForwardedBy != "" && a.State != alert.EndedByCause {
		s := tongue.Tf("%s asks %s", a.ForwardedBy, a.ForwardedTo)
		if a.Comment != "" {
			s += ": " + a.Comment
		}
		all = append(all, strings.TrimSuffix(s, ".")+".")
	}
	switch {
	case a.More > 0 && a.Alert.Patient == "":
		all = append(all, tongue.Tf("And %d more that name no known patient.", a.More))
	case a.More > 0:
		all = append(all, tongue.Tf("And %d more of this patient.", a.More))
	}
	return strings.Join(all, " ")
}

func since(a Alert) time.Time {
	if !a.Alert.Raised.IsZero() {
		return a.Alert.Raised
	}
	return a.Alert.Received
}

func (c *AlertCard) prioRoles() (fill, ink theme.Role) {
	_, fill, ink = PriorityMark(c.alert.Alert.Priority)
	return fill, ink
}

func (c *AlertCard) prioText() (string, tagLook) {
	text, fill, ink := PriorityMark(c.alert.Alert.Priority)
	look := c.prio.tag.look
	look.fill, look.ink = fill, ink
	return text, look
}

func (c *AlertCard) routeText() string {
	switch a := c.alert; a.State {
	case alert.TakenInHand:
		return tongue.Tf("Accepted by %s", a.TakenBy)
	case alert.EndedByCause:
		if a.EndedBy != "" {
			return tongue.Tf("Ended by %s", a.EndedBy)
		}
		return tongue.T("Ended")
	case alert.TurnedDown:
		return tongue.T("Rejected by you")
	default:
		if a.Yours {
			return tongue.Tf("%s (yours)", a.Route)
		}
		return a.Route
	}
}

// nameRuns is the patient's name as the banner writes it. While the patient is
// being looked up the card says so; it never shows a bed in place of a name.
func nameRuns(a Alert) []Run {
	if a.Unread {
		return []Run{{Text: tongue.T("The patient cannot be read now"), Style: theme.Bold, Role: theme.Muted}}
	}
	if a.Unidentified {
		return []Run{{Text: tongue.T("Looking up the patient…"), Style: theme.Bold, Role: theme.Muted}}
	}
	if a.Nameless() {
		return []Run{{Text: tongue.T("Patient not known"), Style: theme.Bold}}
	}
	p := patient.Patient{Surname: a.Surname, Given: a.Given}
	return []Run{{Text: p.Name(), Style: theme.Bold}}
}

func identifiers(a Alert) string {
	if a.Unidentified {
		return strings.TrimSpace(tongue.T("Identify the patient before you act.") + " " + asSent(a))
	}
	if a.Nameless() {
		return asSent(a)
	}
	s := tongue.T("DOB not recorded")
	if born := patient.BornText(a.Born, a.BornIn); born != "" {
		s = together(tongue.Tf("DOB %s", born))
	}
	s += " · " + mrn(patient.GroupDigits(a.MRN))
	switch at := a.Place(); {
	case at == "":
	case a.Now.Moved: // too long to stay on one line
		s += " · " + at
	default:
		s += " · " + placeTogether(at)
	}
	return s
}

// asSent is what the alert itself says of its patient.
func asSent(a Alert) string {
	s := sentText(a)
	if bed := a.Alert.Bed; bed != "" {
		s += " " + tongue.Tf("Bed sent: %s.", bed)
	}
	return strings.TrimSpace(s)
}

// sentText is the number that the source sent, where that is not the patient's.
func sentText(a Alert) string {
	sent := a.Alert.Sent
	switch {
	case sent == "":
		return ""
	case a.Alert.Holders == alert.Nobody:
		return tongue.Tf("Number sent: %s. Nobody has it.", sent)
	case a.Alert.Holders == alert.Several:
		return tongue.Tf("Number sent: %s. Several patients have it.", sent)
	case a.Alert.Holders == alert.One && a.Alert.Patient == "", a.Alert.Holders == "":
		return tongue.Tf("Number sent: %s. It could not be looked up.", sent)
	case a.MRN == "" || strings.ReplaceAll(sent, " ", "") == strings.ReplaceAll(a.MRN, " ", ""):
		return ""
	}
	return tongue.Tf("Number sent: %s.", sent)
}

// changedText is what the source said of the alert later.
func changedText(a Alert) string {
	if a.Change == nil {
		return ""
	}
	var all []string
	if a.Change.Rises() {
		was, _, _ := PriorityMark(a.Change.Was.Priority)
		all = append(all, tongue.Tf("More urgent since %s; it was %s.", tongue.Clock(a.Changed), was))
	}
	if a.Change.Was.Text != a.Change.Is.Text {
		all = append(all, tongue.Tf("It said before: %s", strings.TrimSuffix(a.Change.Was.Text, ".")+"."))
	}
	return strings.Join(all, " ")
}

func progress(a Alert, now time.Time) float32 {
	start := a.Alert.Received
	if start.IsZero() {
		start = a.Alert.Raised
	}
	total := a.NextAt.Sub(start)
	if total <= 0 {
		return 1
	}
	// In steps that can be seen.
	return min(max(float32(100*now.Sub(start)/total)/100, 0), 1)
}

// moving is what a card shows that goes on with time.
type moving struct {
	age, next string
	progress  float32
}

func nextText(a Alert, now time.Time) string {
	todo := a.Todo()
	if a.State != alert.Open || a.NextAt.IsZero() {
		return todo
	}
	where := "→ " + tongue.Tf("%s now", a.NextTo)
	if left := a.NextAt.Sub(now); left > 0 {
		where = "→ " + tongue.Tf("%s in %s", a.NextTo, board.Span(left))
	}
	if todo != "" {
		where += " · " + todo
	}
	return where
}

// own asks for something that a dialog confirms.
func (c *AlertCard) own(may bool, k alert.MoveKind, f func(string)) {
	switch {
	case !may:
		c.mayNot(k)
	case f != nil:
		f(c.ID())
	}
}

// mayNot has somebody told why a key does nothing.
func (c *AlertCard) mayNot(k alert.MoveKind) {
	if c.OnMayNot != nil {
		c.OnMayNot(c.ID(), k)
	}
}

func (c *AlertCard) ask(k alert.MoveKind, f func(string)) {
	switch {
	case c.asked || f == nil:
		return
	case !c.alert.May.Allow(k):
		c.mayNot(k)
		return
	}
	c.asked = true
	id := c.ID()
	c.offer()
	f(id)
}

// Answered lets Accept, Reject and On my way be pressed again, after a failure.
func (c *AlertCard) Answered() {
	c.asked = false
	c.offer()
}

func (c *AlertCard) doAccept() { c.ask(alert.Accepted, c.OnAccept) }
func (c *AlertCard) doReject() { c.ask(alert.Rejected, c.OnReject) }

func (c *AlertCard) doWay() {
	if !c.alert.OnMyWay { // said already, and shown
		c.ask(alert.OnMyWay, c.OnWay)
	}
}

func (c *AlertCard) doForward() { c.own(c.alert.May.Forward, alert.Forwarded, c.OnForward) }
func (c *AlertCard) doBack()    { c.own(c.alert.May.GiveBack, alert.TakenBack, c.OnBack) }
func (c *AlertCard) doEnd()     { c.own(c.alert.May.End, alert.Resolved, c.OnEnd) }

func (c *AlertCard) doOpen() {
	if c.OnOpen != nil && c.alert.Alert.Patient != "" {
		c.OnOpen(c.ID(), c.alert.Alert.Patient)
	}
}

// key gives the focused card its letters. Enter and Space stay with the button
// that has the focus.
func (c *AlertCard) key(ev *fyne.KeyEvent) bool {
	do := map[fyne.KeyName]func(){fyne.KeyA: c.doAccept, fyne.KeyR: c.doReject, fyne.KeyF: c.doForward,
		fyne.KeyB: c.doBack, fyne.KeyE: c.doEnd, fyne.KeyW: c.doWay, fyne.KeyG: c.all.OnTap}[ev.Name]
	if do == nil {
		return false
	}
	hand.Press(c, keyOf(ev), do)
	return true
}

func (c *AlertCard) scroller() (*VScroll, fyne.CanvasObject) { return c.In, c }

// Aim implements press.Thing: a card is of one alert for good.
func (c *AlertCard) Aim() string { return "" }

// Moved is when the list or its scroller moved the card.
func (c *AlertCard) Moved() time.Time { return c.since(c.In) }

// Move notes that the list moves the card.
func (c *AlertCard) Move(p fyne.Position) {
	c.to(c.Position(), p)
	c.BaseWidget.Move(p)
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

// bar is the countdown.
type bar struct {
	widget.BaseWidget
	part       float32
	role       theme.Role
	back, fill *canvas.Rectangle
}

func newBar() *bar {
	b := &bar{back: &canvas.Rectangle{}, fill: &canvas.Rectangle{}, role: theme.Hi}
	b.ExtendBaseWidget(b)
	return b
}

func (b *bar) set(part float32, role theme.Role) {
	if b.part != part || b.role != role {
		b.part, b.role = part, role
		b.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	style := func() {
		b.back.FillColor, b.back.CornerRadius = theme.Of(theme.Sunk), 2.5
		b.fill.FillColor, b.fill.CornerRadius = theme.Of(b.role), 2.5
	}
	style()
	return &view{
		self: b, objects: []fyne.CanvasObject{b.back, b.fill}, restyle: style,
		layout: func(s fyne.Size) {
			place(b.back, 0, 0, s.Width, s.Height)
			place(b.fill, 0, 0, s.Width*b.part, s.Height)
		},
		min: func() fyne.Size { return fyne.NewSize(20, 5) },
	}
}
