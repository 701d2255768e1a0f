package signin

import (
	"reflect"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/widgets"
)

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

// showLinks shows a state of each link in the foot.
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

// Flash draws the light beside the alerts as it is at a time since it began: see [widgets.Lit].
func (s *Screen) Flash(t time.Duration) {
	if len(s.state.Alerts.Spots) > 0 {
		s.wall.Flash(widgets.Lit(s.state.Alerts.Spots[0].Priority, t))
	}
}
