package shell

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/ui/widgets"
)

// Covering is what a cover says, to anybody who passes by: it names nobody.
type Covering struct {
	Text   string     // how to lift it
	Alerts alert.Wall // the ward's open alerts
	// Mute says that nobody can hear this station's tones, MuteNext what to do; "" if somebody can.
	Mute, MuteNext string
	// Deaf says that this station cannot hear alerts, DeafNext what to do; "" if it can.
	Deaf, DeafNext string
	// Unwatched says that another ward, which was on the screen, is not watched here any more; "" if none was.
	Unwatched string
}

// Cover hides the screens, with what may be said to anybody who passes by. What
// is being typed stays where it is. At sign-in there is nothing to cover.
func (s *Shell) Cover(v Covering) {
	if s.place == SignIn {
		return
	}
	s.cover.set(v)
	if s.cover.Visible() {
		return
	}
	s.leave() // it may name a patient
	widgets.Hand().Forget()
	s.typing = nil
	if at := s.canvas.Focused(); s.place == Patient && !s.screens.Alerts.HasFocus() {
		s.typing = at
	}
	s.work.Hide()
	s.cover.Show()
	s.root.Refresh()
	s.canvas.Focus(s.cover)
}

// FlashCover draws the light beside the cover's alerts as it is at a time since it began: see [widgets.Lit].
func (s *Shell) FlashCover(t time.Duration) {
	if len(s.cover.shown.Alerts.Spots) > 0 {
		s.cover.wall.Flash(widgets.Lit(s.cover.shown.Alerts.Spots[0].Priority, t))
	}
}

// Covered reports whether the screens are covered.
func (s *Shell) Covered() bool { return s.cover.Visible() }

// refocus brings the keyboard back to where it was in the chart, if that is there still: a
// value that is typed on goes where the one before went.
func (s *Shell) refocus() {
	typing := s.typing
	s.typing = nil
	if o, is := typing.(fyne.CanvasObject); is && s.place == Patient && widgets.Shows(s.canvas.Content(), o) {
		s.canvas.Focus(typing)
		if s.canvas.Focused() == typing { // not where it is disabled by now
			return
		}
	}
	s.focusPlace()
}

// Uncover shows the screens again, as they were.
func (s *Shell) Uncover() {
	if !s.cover.Visible() {
		return
	}
	s.cover.Hide()
	if s.place != SignIn {
		s.work.Show()
	}
	s.root.Refresh()
	s.refocus()
	run(s.actions.Uncovered)
	s.AskNext()
}
