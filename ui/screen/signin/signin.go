// Package signin is where a nurse signs in, and where a locked station waits for
// its nurse. Everything here belongs to the UI goroutine.
package signin

import (
	"reflect"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/assets/icons"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// Actions are what the screen asks for. A password is handed on once and
// forgotten here.
type Actions struct {
	SignIn func(staffID, password string)
	Resume func(password string)
	// Switch gives up the locked session so that another person can sign in.
	Switch func()
}

// State is what the screen shows; it is immutable.
type State struct {
	Site, Ward string // "St Brigid's Hospital", "4B Medicine"
	Station    string // "WS-4B-1 · Wardlight 0.3.0"
	// Locked names whose session waits behind this screen ("Chen, Amy"); "" for a
	// plain sign-in.
	Locked string
	Busy   bool
	// Message is what went wrong; its zero value says nothing.
	Message words.Message
	// Refused marks the password field: it is emptied and takes the focus.
	Refused bool
	// Alerts are the ward's open alerts, naming nobody.
	Alerts alert.Wall
	// Mute says that nobody can hear this station's tones, MuteNext what to do; "" if somebody
	// can.
	Mute, MuteNext string
	// Unwatched says that another ward, which was on the screen, is not watched here any more; "" if none was.
	Unwatched string
	// Deaf says that this station cannot hear alerts, DeafNext what to do; "" if it can.
	Deaf, DeafNext string
	// Note says what the keyring is doing ("The keyring is locked: …").
	Note  string
	Links []widgets.Link
}

// Screen is the sign-in screen.
type Screen struct {
	actions Actions
	state   State
	drawn   bool // state is on the screen

	site, ward, locked *widgets.Label
	id, password       *widgets.Field
	idBox, siteBox     *fyne.Container
	submit, other      *widgets.Button
	message            *widgets.Strip
	deaf, mute         *widgets.Strip
	unwatched          *widgets.Strip
	wall               *widgets.Wall
	note               *widgets.Label
	links              *fyne.Container
	station            *widgets.Label
	beside             *fyne.Container
	content            *fyne.Container
}

// New makes the screen.
func New(a Actions) *Screen {
	s := &Screen{actions: a}
	s.site = widgets.Text("", 13.5, theme.Regular, theme.Muted).Wrapped().Centred()
	s.siteBox = widgets.Col(0, s.site)
	s.ward = widgets.Text("", 16, theme.SemiBold, theme.Ink).Wrapped().Centred()
	s.locked = widgets.Text("", 15, theme.SemiBold, theme.Ink).Wrapped()
	s.id = widgets.NewField(tongue.T("Your staff ID"), false).Named("signin.id")
	s.password = widgets.NewField("", false).Secret().Named("signin.password")
	s.id.Entry.Label, s.password.Entry.Label = tongue.T("Staff ID"), tongue.T("Password")
	s.id.Entry.OnSubmitted = func(string) { widgets.Focus(s.password.Entry) }
	s.password.Entry.OnSubmitted = func(string) { s.enter() }
	s.submit = widgets.NewButton(widgets.Primary, tongue.T("Sign in"), "↵", s.enter).Named("signin.submit")
	s.other = widgets.NewButton(widgets.Secondary, tongue.T("Someone else…"), "", func() {
		if a.Switch != nil && !s.state.Busy {
			a.Switch()
		}
	}).Named("signin.switch")
	s.message = widgets.NewStrip("signin.message")
	s.deaf, s.mute = widgets.NewStrip("signin.deaf").Across(), widgets.NewStrip("signin.mute").Across()
	s.unwatched = widgets.NewStrip("signin.unwatched").Across()
	s.wall = widgets.NewWall("signin.waiting")
	s.note = widgets.Text("", 13, theme.Regular, theme.MedT).Wrapped()
	spots.Mark("signin.locked", s.locked)
	spots.Mark("signin.note", s.note)
	s.links = widgets.Flow(22, 4)
	s.station = widgets.Text("", 12, theme.Regular, theme.Muted)
	s.build()
	s.Show(State{})
	return s
}

func (s *Screen) build() {
	mark := canvas.NewImageFromResource(fyne.NewStaticResource("wardlight.png", icons.Window))
	mark.FillMode = canvas.ImageFillContain
	mark.SetMinSize(fyne.NewSize(64, 64))
	label := func(t string) fyne.CanvasObject { return widgets.Text(t, 13.5, theme.SemiBold, theme.Ink) }
	s.idBox = widgets.Col(5, label(tongue.T("Staff ID")), s.id)
	card := widgets.NewPanel(26, 30, 26, 30, widgets.Col(14,
		s.locked, s.idBox, widgets.Col(5, label(tongue.T("Password")), s.password),
		s.message, widgets.Row(8, widgets.Grow(s.submit), s.other), s.note))
	card.Radius = 12
	badge := container.NewCenter(mark)
	name := widgets.Pad(6, 0, 0, 0, widgets.Text("Wardlight", 26, theme.Bold, theme.Ink).Centred())
	head := widgets.Col(4, badge, name, s.ward, s.siteBox)
	width := func() float32 { return min(theme.Sp(400), theme.Sp(200)+340) }
	middle := widgets.Col(18, head, card)
	foot := widgets.NewPanel(7, 16, 7, 16, widgets.Row(22,
		widgets.Text(widgets.Disclaimer(), 12, theme.Bold, theme.Ink), widgets.Grow(s.links), s.station))
	foot.Radius, foot.Stroke = 0, theme.None
	scroll := widgets.NewVScroll(container.New(centred{width}, middle))
	scroll.Fill = true
	column := widgets.NewPanel(0, 0, 0, 0, s.wall)
	column.Fill, column.Stroke, column.Radius = theme.Sunk, theme.None, 0
	s.beside = container.New(beside{s.wall, width, middle, []fyne.CanvasObject{badge, name, s.siteBox}}, scroll, column)
	s.content = widgets.Col(0, s.deaf, s.mute, s.unwatched, widgets.Grow(s.beside), widgets.NewRule(), foot)
}

// Content is what to place in the window.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Show draws a state. What was typed stays, except a refused password.
func (s *Screen) Show(st State) {
	was := s.state
	if s.drawn && reflect.DeepEqual(st, was) {
		return // nothing is drawn where nothing changed: this screen stands all night
	}
	s.state, s.drawn = st, true
	s.ward.Set(st.Ward)
	s.site.Set(st.Site)
	s.site.Hidden = st.Site == ""
	locked := st.Locked != ""
	s.locked.Set(tongue.Tf("Locked: %s. Enter password to continue.", st.Locked))
	s.locked.Hidden, s.idBox.Hidden, s.other.Hidden = !locked, locked, !locked
	text := tongue.T("Sign in")
	switch {
	case st.Busy:
		text = tongue.T("Checking…")
	case locked:
		text = tongue.T("Continue")
	}
	s.submit.Set(text)
	s.submit.SetEnabled(!st.Busy)
	s.other.SetEnabled(!st.Busy)
	s.id.SetReadOnly(st.Busy)
	s.password.SetReadOnly(st.Busy)
	s.message.Set(widgets.Warn, st.Message.What, st.Message.Next)
	s.wall.Set(st.Alerts, st.Mute != "")
	s.deaf.Set(widgets.Alarm, st.Deaf, st.DeafNext)
	s.mute.Set(widgets.Warn, st.Mute, st.MuteNext)
	s.unwatched.Set(widgets.Warn, st.Unwatched, "")
	s.note.Set(st.Note)
	s.note.Hidden = st.Note == ""
	s.showLinks(st.Links)
	s.station.Set(st.Station)
	if st.Refused && !was.Refused || st.Locked != was.Locked {
		s.password.SetText("")
		widgets.Focus(s.password.Entry)
	}
	s.content.Refresh()
}

// Clear forgets what was typed.
func (s *Screen) Clear() {
	s.id.SetText("")
	s.password.SetText("")
}

// Focus puts the keyboard where typing begins.
func (s *Screen) Focus() {
	if s.state.Locked != "" || s.id.Text() != "" {
		widgets.Focus(s.password.Entry)
		return
	}
	widgets.Focus(s.id.Entry)
}

func (s *Screen) showLinks(links []widgets.Link) {
	for len(s.links.Objects) < len(links) {
		s.links.Add(widgets.Runs(12))
	}
	for i, o := range s.links.Objects {
		l := o.(*widgets.Label)
		l.Hidden = i >= len(links)
		if i < len(links) {
			l.SetRuns(links[i].Run()...)
			spots.Mark("signin.link."+links[i].Name, l)
		}
	}
}

// enter hands the password on and forgets it at once. With a field still empty
// it goes there instead.
func (s *Screen) enter() {
	if s.state.Busy {
		return
	}
	id, password := s.id.Text(), s.password.Text()
	switch {
	case s.state.Locked == "" && id == "":
		widgets.Focus(s.id.Entry)
	case password == "":
		widgets.Focus(s.password.Entry)
	case s.state.Locked != "":
		s.password.SetText("")
		if s.actions.Resume != nil {
			s.actions.Resume(password)
		}
	default:
		s.password.SetText("")
		if s.actions.SignIn != nil {
			s.actions.SignIn(id, password)
		}
	}
}

// Flash draws the light beside the alerts as it is at a time since it began: see [widgets.Lit].
func (s *Screen) Flash(t time.Duration) {
	if len(s.state.Alerts.Spots) > 0 {
		s.wall.Flash(widgets.Lit(s.state.Alerts.Spots[0].Priority, t))
	}
}

// beside sets the ward's alerts beside the form, or above it in a window too narrow for both. Without alerts the form
// has it all.
type beside struct {
	wall *widgets.Wall
	form func() float32
	all  fyne.CanvasObject // of the form
	// mild gives way, in this order, where there is no room for it beside the fields and their button.
	mild []fyne.CanvasObject
}

// formEdge is what the form keeps free above and below.
const formEdge = 24

// spare hides what must be hidden for the form to stand whole in a room.
func (b beside) spare(width, height float32) {
	for _, o := range b.mild {
		o.Show()
	}
	for _, o := range b.mild {
		if b.need(width) <= height {
			return
		}
		o.Hide()
	}
}

// need is the height of the form as it is.
func (b beside) need(width float32) float32 {
	return widgets.HeightFor(b.all, min(b.form(), width)) + formEdge
}

func (b beside) Layout(o []fyne.CanvasObject, s fyne.Size) {
	form, wall := o[0], o[1]
	wall.Hide()
	if b.wall.Hidden {
		b.spare(s.Width, s.Height)
		form.Move(fyne.NewPos(0, 0))
		form.Resize(s)
		return
	}
	wall.Show()
	if w := min(max(s.Width*0.4, widgets.WallWidth()), s.Width-b.form()-40); w >= widgets.WallWidth() {
		b.spare(s.Width-w, s.Height)
		form.Move(fyne.NewPos(0, 0))
		form.Resize(fyne.NewSize(s.Width-w, s.Height))
		wall.Move(fyne.NewPos(s.Width-w, 0))
		wall.Resize(fyne.NewSize(w, s.Height))
		return
	}
	h := min(b.wall.HeightFor(s.Width), s.Height*0.38)
	b.spare(s.Width, s.Height-h)
	// The wall counts what it has no room for; a button below the window signs nobody in.
	h = min(h, max(s.Height-b.need(s.Width), theme.Sp(70)))
	wall.Move(fyne.NewPos(0, 0))
	wall.Resize(fyne.NewSize(s.Width, h))
	form.Move(fyne.NewPos(0, h))
	form.Resize(fyne.NewSize(s.Width, s.Height-h))
}

func (b beside) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

// centred sets one column in the middle, a little above the centre.
type centred struct{ width func() float32 }

func (c centred) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := min(c.width(), s.Width)
	h := widgets.HeightFor(o[0], w)
	o[0].Move(fyne.NewPos((s.Width-w)/2, max((s.Height-h)*0.42, 12)))
	o[0].Resize(fyne.NewSize(w, h))
}

func (c centred) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(c.width(), c.HeightFor(o, c.width()))
}

// HeightFor is the column's height and some air.
func (c centred) HeightFor(o []fyne.CanvasObject, width float32) float32 {
	return widgets.HeightFor(o[0], min(c.width(), width)) + formEdge
}
