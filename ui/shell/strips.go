package shell

import "github.com/wardlight/wardlight/ui/widgets"

// SetTop shows the state of the station in the head.
func (s *Shell) SetTop(t widgets.Top) { s.top.Set(t); s.fitHead() }

// SetSound shows in the head how it stands with the tones.
func (s *Shell) SetSound(v widgets.Sound) { s.top.SetSound(v); s.fitHead() }

// fitHead gives the head the lines that it needs by now, when what it shows has changed.
func (s *Shell) fitHead() {
	if s.top.Unfit() {
		s.work.Refresh()
	}
}

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

// tell sets a strip, and lays the window out again where one comes, goes or needs other lines.
func (s *Shell) tell(strip *widgets.Strip, t widgets.Tone, head, rest string) {
	hidden, said := strip.Hidden, strip.SpotText()
	strip.Set(t, head, rest)
	if hidden != strip.Hidden || said != strip.SpotText() && strip.HeightFor(strip.Size().Width) != strip.Size().Height {
		s.root.Refresh()
	}
}

// SetAlways says something over every screen, sign-in and the cover included.
func (s *Shell) SetAlways(head, rest string) {
	s.always.Set(widgets.Warn, head, rest)
	s.root.Refresh()
}
