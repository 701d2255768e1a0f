package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/tongue"
	screenstation "github.com/wardlight/wardlight/ui/screen/station"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// stationScreen makes the screen of the station with what this one can do.
func (w *Window) stationScreen() *screenstation.Screen {
	a := screenstation.Actions{Back: func() { w.shell.Go(shell.Board) }}
	if w.opt.Examine != nil {
		a.Examine = w.examine
	}
	if w.opt.Sound != nil {
		a.Sound = w.checkSound
	}
	if w.opt.Notify != nil {
		a.Notify = w.testNote
	}
	return screenstation.New(a)
}

// showStation turns to the station's own screen. UI goroutine only.
func (w *Window) showStation() {
	if _, ok := w.begins("", ""); !ok {
		return
	}
	w.turns("")
	p := w.picture()
	w.shell.Go(shell.Station)
	w.drawStation(p)
}

// drawStation shows how the station stands, if its screen is open. UI goroutine
// only.
func (w *Window) drawStation(p live.Picture) {
	if w.shell.Place() == shell.Station {
		w.self.Now, w.self.Name = w.standing(p), w.opt.Station.Name
		w.station.Show(w.self)
	}
}

// standing is what is known of the station without asking anybody.
func (w *Window) standing(p live.Picture) []widgets.Pair {
	out := []widgets.Pair{{Left: tongue.T("Version"), Right: "Wardlight " + w.opt.Version},
		{Left: tongue.T("Ward"), Right: p.Board.WardName}}
	for _, l := range w.links(p) {
		text := l.Text
		switch {
		case text == "" && l.State == widgets.LinkUp:
			text = tongue.T("work")
		case l.State == widgets.LinkUp:
			text = tongue.Tf("answers in %s", text)
		}
		out = append(out, widgets.Pair{Left: l.Name, Right: text})
	}
	ago := func(at time.Time) string {
		if at.IsZero() {
			return tongue.T("not yet")
		}
		return tongue.Tf("%s ago", board.Span(time.Since(at)))
	}
	if !p.Links.NoRedis {
		heard := tongue.Tf("heard, last proof %s", ago(p.Links.Heard))
		if !p.Links.Hearing {
			heard = tongue.T("not heard; alerts come by way of the record")
		}
		out = append(out, widgets.Pair{Left: tongue.T("Alerts"), Right: heard},
			widgets.Pair{Left: tongue.T("Heartbeat"), Right: tongue.Tf("of the whole path, %s", ago(p.Links.Beat))})
	}
	sound := w.soundView(time.Now()).Text
	if sound == "" {
		sound = tongue.T("not checked since sign-in")
	}
	out = append(out, widgets.Pair{Left: tongue.T("Sound"), Right: sound})
	keyring := tongue.T("works")
	if w.door.keyring != "" {
		keyring = w.door.keyring
	}
	if w.opt.Keyring != nil {
		out = append(out, widgets.Pair{Left: tongue.T("Keyring"), Right: keyring})
	}
	for _, n := range p.Stations {
		if n.Ill() {
			out = append(out, widgets.Pair{Left: tongue.T("Neighbour"), Right: stationCard(n).Alert.Text})
		}
	}
	return out
}

// examineLimit is more than an examination takes.
const examineLimit = time.Minute

// examine looks everything over, beside the window.
func (w *Window) examine() {
	if w.self.Examining {
		return
	}
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	w.acted()
	w.self.Examining = true
	w.station.Show(w.self)
	w.background(func() {
		ctx, cancel := context.WithTimeout(w.ctx, examineLimit)
		defer cancel()
		checks := w.opt.Examine(ctx)
		w.gate.Do(func() {
			w.self.Examining, w.self.Checks, w.self.Examined = false, checks, time.Now()
			if is, locked := a.mine(); is && !locked && w.shell.Place() == shell.Station {
				w.station.Show(w.self)
			}
		})
	})
}
