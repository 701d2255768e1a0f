// Package shell is the one window: head, screen, alert column and foot, the
// router between screens, the keys, and dialogs that the keyboard cannot look
// behind. Everything here belongs to the UI goroutine.
package shell

import (
	"fmt"

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

// Place is a screen of the router.
type Place int

// The places.
const (
	SignIn Place = iota
	Board
	Patient
	Load
	Station
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
	// Unaccepted says why a key that accepts alerts did nothing where no card has the keyboard, and why one that takes
	// or gives away a patient did nothing for a role that may not.
	Unaccepted func(words.Message)
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
	said   *widgets.Strip // below the screens: what comes and goes moves nothing on them
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
	s.work = widgets.Col(0, s.top.Panel, widgets.NewRule(), s.strip, widgets.Grow(main), s.said, widgets.NewRule(),
		s.status.Panel)
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

func run(f func()) {
	if f != nil {
		f()
	}
}

// scene is the screen, and the patient whose chart it is: a press that began before
// another one was opened is not for that one.
func (s *Shell) scene() string { return fmt.Sprint(int(s.place), " ", s.screens.Patient.Opened()) }

// Place is where the router stands.
func (s *Shell) Place() Place { return s.place }

// Go turns to a place. Any dialog is closed: it belongs to where it was opened; but for one
// that stays.
// Leaving the chart empties it; at sign-in nothing of a patient is behind.
func (s *Shell) Go(p Place) {
	s.leave()
	s.place = p
	s.cover.Hide()
	if p != Patient {
		s.screens.Patient.Close()
	}
	if p != Load {
		s.screens.Load.Clear()
	}
	if p == SignIn {
		s.dropWaiting()
		s.screens.Board.Clear()
		s.screens.Alerts.Clear()
		s.work.Hide()
		s.screens.SignIn.Content().Show()
	} else {
		s.screens.SignIn.Content().Hide()
		s.work.Show()
	}
	show(s.screens.Board.Content(), p == Board)
	show(s.screens.Patient.Content(), p == Patient)
	show(s.screens.Load.Content(), p == Load)
	show(s.screens.Station.Content(), p == Station)
	s.canvas.Unfocus()
	s.root.Refresh()
	s.focusPlace()
	s.AskNext()
}

// focusPlace puts the keyboard where work goes on.
func (s *Shell) focusPlace() {
	switch s.place {
	case SignIn:
		s.screens.SignIn.Focus()
	case Board:
		s.screens.Board.FocusBeds()
	case Patient:
		s.screens.Patient.Focus()
	case Load:
		s.canvas.Focus(s.screens.Load.Back())
	case Station:
		s.canvas.Focus(s.screens.Station.Back())
	}
}

func show(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
		return
	}
	o.Hide()
}

// SetTop shows the state of the station in the head.
func (s *Shell) SetTop(t widgets.Top) { s.top.Set(t) }

// SetSound shows in the head how it stands with the tones.
func (s *Shell) SetSound(v widgets.Sound) { s.top.SetSound(v) }

// SetStatus shows links, what the values are as of, and the station in the foot.
func (s *Shell) SetStatus(links []widgets.Link, asOf, station string) {
	s.status.Set(links, asOf, station)
}

// SetStrip says across the window what is wrong, for as long as it is; an empty head says
// nothing.
func (s *Shell) SetStrip(t widgets.Tone, head, rest string) { s.tell(s.strip, t, head, rest) }

// Say says below the screens what has just happened; an empty head takes it away. What
// stands above keeps its place: a message that answers a press must not move the button.
func (s *Shell) Say(head, rest string) { s.tell(s.said, widgets.Warn, head, rest) }

func (s *Shell) tell(strip *widgets.Strip, t widgets.Tone, head, rest string) {
	was := strip.Hidden
	strip.Set(t, head, rest)
	if was != strip.Hidden {
		s.root.Refresh()
	}
}

// SetAlways says something over every screen, sign-in and the cover included.
func (s *Shell) SetAlways(head, rest string) {
	s.always.Set(widgets.Warn, head, rest)
	s.root.Refresh()
}

// Restyle draws everything again, after the theme or the text scale changed.
func (s *Shell) Restyle() { s.root.Refresh() }

// split sets the screen and the alert column side by side; the column is 392
// wide and grows a little with the text.
type split struct{}

// ColumnWidth is the width of the alert column in a window.
func ColumnWidth(window float32) float32 {
	w := 392 + (theme.Sp(1)-1)*96
	return min(w, window*0.45)
}

func (*split) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := ColumnWidth(s.Width)
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(s.Width-w, s.Height))
	o[1].Move(fyne.NewPos(s.Width-w, 0))
	o[1].Resize(fyne.NewSize(1, s.Height))
	o[2].Move(fyne.NewPos(s.Width-w+1, 0))
	o[2].Resize(fyne.NewSize(w-1, s.Height))
}

func (*split) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(900, 400) }
