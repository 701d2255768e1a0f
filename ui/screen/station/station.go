// Package station is the screen of the station itself: how it stands with all
// that it needs, in words that can be read out on the telephone. It draws what it
// is given and calls back; nothing of a patient is on it. Everything here belongs
// to the UI goroutine.
package station

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Actions are what the screen asks for; what is nil is not offered.
type Actions struct {
	Examine func() // look everything over
	Sound   func() // play the tones and ask whether they were heard
	Notify  func() // pop a notification
	Back    func()
}

// Check is one finding: its ID stays the same from release to release.
type Check struct {
	ID    string
	State widgets.LinkState // up, slow (for office hours) or down (for now)
	Text  string
	Next  string // what to do
}

// View is what is shown at one moment.
type View struct {
	Name string         // "WS-4B-1"
	Now  []widgets.Pair // what is known at any moment: links, heartbeat, version
	// Checks are of Examined; a zero Examined means that nothing was looked at.
	Checks    []Check
	Examined  time.Time
	Examining bool
}

// Screen is the screen.
type Screen struct {
	back                   *widgets.Button
	title, when            *widgets.Label
	now                    *fyne.Container
	checks                 *fyne.Container
	examine, sound, notify *widgets.Button
	content                *fyne.Container
	view                   View
}

// New makes an empty screen.
func New(a Actions) *Screen {
	s := &Screen{title: widgets.Text(tongue.T("This station"), 20, theme.Bold, theme.Ink),
		when: widgets.Text("", 13, theme.Regular, theme.Muted).Wrapped(),
		now:  widgets.Col(0), checks: widgets.Col(10)}
	press := func(f func()) func() {
		return func() {
			if f != nil {
				f()
			}
		}
	}
	s.back = widgets.NewButton(widgets.Secondary, tongue.T("Back"), "Esc", press(a.Back)).Named("station.back")
	s.examine = widgets.NewButton(widgets.Primary, tongue.T("Look everything over"), "",
		press(a.Examine)).Named("station.examine")
	s.sound = widgets.NewButton(widgets.Secondary, tongue.T("Check the sound"), "",
		press(a.Sound)).Named("station.sound")
	s.notify = widgets.NewButton(widgets.Secondary, tongue.T("Show a notification"), "",
		press(a.Notify)).Named("station.notify")
	s.examine.Hidden, s.sound.Hidden, s.notify.Hidden = a.Examine == nil, a.Sound == nil, a.Notify == nil
	spots.Mark("station.when", s.when)
	now := widgets.NewPanel(14, 16, 14, 16,
		widgets.Col(10, widgets.Text(tongue.T("Now"), 14.5, theme.Bold, theme.Ink), s.now))
	checks := widgets.NewPanel(14, 16, 14, 16,
		widgets.Col(10, widgets.Text(tongue.T("Looked over"), 14.5, theme.Bold, theme.Ink), s.when, s.checks))
	s.content = container.NewStack(widgets.Pad(16, 12, 8, 16, widgets.Col(10,
		widgets.Row(14, s.back, widgets.Grow(s.title)),
		widgets.Flow(10, 8, s.examine, s.sound, s.notify),
		widgets.Grow(widgets.NewVScroll(widgets.Col(12, now, checks))))))
	s.Show(View{})
	return s
}

// Content is what to place in the window.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Back is where the keyboard begins.
func (s *Screen) Back() *widgets.Button { return s.back }

// Show draws.
func (s *Screen) Show(v View) {
	s.view = v
	s.title.Set(tongue.T("This station"))
	if v.Name != "" {
		s.title.Set(tongue.Tf("This station, %s", v.Name))
	}
	s.now.Objects = []fyne.CanvasObject{widgets.NewPairs(v.Now)}
	s.examine.SetEnabled(!v.Examining)
	switch {
	case v.Examining:
		s.when.Set(tongue.T("Looking, for 40 seconds at most …"))
	case v.Examined.IsZero():
		s.when.Set(tongue.T("Not yet. It takes some seconds and changes nothing."))
	default:
		s.when.Set(summary(v))
	}
	s.checks.Objects = nil
	// what is wrong comes first
	for _, state := range []widgets.LinkState{widgets.LinkDown, widgets.LinkSlow, widgets.LinkUp} {
		for _, c := range v.Checks {
			if c.State == state {
				s.checks.Objects = append(s.checks.Objects, line(c))
			}
		}
	}
	s.content.Refresh()
}

func summary(v View) string {
	n := map[widgets.LinkState]int{}
	for _, c := range v.Checks {
		n[c.State]++
	}
	at := tongue.Tf("At %s", tongue.Here(v.Examined).Format("15:04:05")) + ": "
	switch {
	case n[widgets.LinkDown] > 0:
		return tongue.Tf("%s%d of %d need IT now, %d more in office hours.", at, n[widgets.LinkDown], len(v.Checks),
			n[widgets.LinkSlow])
	case n[widgets.LinkSlow] > 0:
		return tongue.Tf("%s%d of %d need IT in office hours.", at, n[widgets.LinkSlow], len(v.Checks))
	}
	return tongue.Tf("%sall %d are as they should be.", at, len(v.Checks))
}

// line is a check: its mark and name, what was found, what to do.
func line(c Check) fyne.CanvasObject {
	mark := widgets.Runs(13.5, widgets.Link{Name: c.ID, State: c.State}.Run()...)
	said := widgets.Col(2, widgets.Text(c.Text, 13.5, theme.Regular, theme.Ink).Wrapped())
	if c.Next != "" && c.State != widgets.LinkUp {
		said.Add(widgets.Text("→ "+c.Next, 13.5, theme.SemiBold, theme.Ink).Wrapped())
	}
	return widgets.RowAt(widgets.AlignTop, 12, widgets.Wide(func() float32 { return theme.Sp(170) }, mark),
		widgets.Grow(said))
}
