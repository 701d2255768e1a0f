// Package signin is where a nurse signs in, and where a locked station waits for
// its nurse. Everything here belongs to the UI goroutine.
package signin

import (
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

// build lays out what New has made.
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
