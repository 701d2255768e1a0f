// Package shell is the one window: head, screen, alert column and foot, the
// router between screens, the keys, and dialogs that the keyboard cannot look
// behind. Everything here belongs to the UI goroutine.
package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/ui/screen/alarmload"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/screen/patient"
	"github.com/wardlight/wardlight/ui/screen/signin"
	"github.com/wardlight/wardlight/ui/screen/station"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// Actions are what the window itself asks for.
type Actions struct {
	Lock func() // lock the station now
	Ward func() // the ward's name was pressed
	User func() // the user's name was pressed
	// Drafts lists what this person has typed and not saved; nil: not offered.
	Drafts func()
	// Sound: the button beside the state of the sound was pressed.
	Sound func()
	// Station turns to the station's own screen; nil: not offered.
	Station func()
	// Initials turns initials in place of names on or off.
	Initials func()
	// WhyNot says why a letter did nothing: one that accepts alerts where no card has the keyboard, or one that
	// takes or gives away a patient for a role that may not. Nil: nothing is said.
	WhyNot func(words.Message)
	// Uncovered: somebody lifted the cover.
	Uncovered func()
}

// Screens are what the window holds.
type Screens struct {
	SignIn  *signin.Screen
	Board   *board.Screen
	Patient *patient.Screen
	Alerts  *alerts.Screen
	Load    *alarmload.Screen
	Station *station.Screen // nil: one that offers nothing
}

// Shell is the content of the window.
type Shell struct {
	canvas  fyne.Canvas
	screens Screens
	actions Actions
	place   Place

	top    *widgets.TopBar
	status *widgets.StatusBar
	strip  *widgets.Strip
	said   *widgets.Strip // below the screens, or over the foot: what comes and goes moves nothing on them
	always *widgets.Strip // over every screen; empty but in a demonstration
	area   *fyne.Container
	work   *fyne.Container // everything behind sign-in
	root   *fyne.Container
	dialog *dialog
	// waiting are dialogs that came by themselves while another was open, and those that stay
	// and cannot be read now, such as behind the lock.
	waiting []Dialog
	typing  fyne.Focusable // what had the keyboard in the chart when the cover came
	cover   *cover
}

// New builds the window's content, sets it, and takes the window's keys. It
// starts at sign-in.
func New(win fyne.Window, screens Screens, actions Actions) *Shell {
	if screens.Station == nil {
		screens.Station = station.New(station.Actions{})
	}
	s := &Shell{canvas: win.Canvas(), screens: screens, actions: actions}
	s.top, s.status, s.strip = widgets.NewTopBar(), widgets.NewStatusBar(), widgets.NewStrip("strip").Across().Folding()
	s.said = widgets.NewStrip("strip.said").Across().Folding()
	s.top.OnLock = func() { run(actions.Lock) }
	s.top.OnWard = func() { run(actions.Ward) }
	s.top.OnUser = func() { run(actions.User) }
	s.top.OnDrafts = s.drafts
	s.top.OnSound = func() { run(actions.Sound) }
	s.area = container.NewStack(screens.Board.Content(), screens.Patient.Content(), screens.Load.Content(),
		screens.Station.Content())
	column := widgets.NewPanel(0, 0, 0, 0, screens.Alerts.Content())
	column.Fill, column.Stroke, column.Radius = theme.Sunk, theme.None, 0
	main := container.New(&split{}, s.area, widgets.NewRule(), column)
	s.work = widgets.Col(0, s.top.Panel, widgets.NewRule(), s.strip, widgets.Grow(main),
		container.New(foot{s.low}, s.said, widgets.NewRule(), s.status.Panel))
	s.cover = newCover(s.Uncover)
	s.cover.Hide()
	s.always = widgets.NewStrip("always").Across()
	// Nothing is drawn behind: the window clears itself to the theme's background.
	s.root = widgets.Col(0, s.always, widgets.Grow(container.NewStack(s.work, s.cover, screens.SignIn.Content())))
	win.SetPadded(false)
	win.SetContent(s.root)
	widgets.Hand().Scene = s.scene
	s.listen()
	s.Go(SignIn)
	return s
}

// run does what is asked for, where anything is.
func run(f func()) {
	if f != nil {
		f()
	}
}

// Restyle draws everything again, after the theme or the text scale changed.
func (s *Shell) Restyle() { s.root.Refresh() }
