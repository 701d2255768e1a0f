package window

import (
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/widgets"
)

// justHeard is how long a proof that alerts are heard needs no age to the second:
// the next comes within this time while all is well. A text that counts seconds
// has the whole window drawn again every second of the night.
const justHeard = 10 * time.Second

// liveLink says how alerts reach this station.
func liveLink(l live.Links) widgets.Link {
	switch {
	case l.Hearing && time.Since(l.Heard) < justHeard:
		return widgets.Link{Name: tongue.Tf("Live, heard %s", tongue.Clock(l.Heard)), State: widgets.LinkUp}
	case l.Hearing:
		return widgets.Link{Name: tongue.Tf("Live, heard %s ago", board.Span(time.Since(l.Heard))),
			State: widgets.LinkUp}
	case l.Deaf():
		return widgets.Link{Name: tongue.T("Cannot hear alerts"), State: widgets.LinkDown}
	}
	return widgets.Link{Name: tongue.T("Alerts by way of the record"), State: widgets.LinkSlow}
}

// link says how what has a name answers.
func link(name string, took time.Duration, down bool) widgets.Link {
	if down {
		return widgets.Link{Name: name, State: widgets.LinkDown, Text: tongue.T("away")}
	}
	return widgets.Link{Name: name, State: widgets.LinkUp, Text: pace(took)}
}

// pace says how fast a link answers, in steps that only change when a nurse could
// feel it.
func pace(took time.Duration) string {
	for _, ms := range []int{10, 50, 200} {
		if took < time.Duration(ms)*time.Millisecond {
			return tongue.Tf("under %d ms", ms)
		}
	}
	return fmt.Sprintf("%d ms", took.Round(100*time.Millisecond).Milliseconds())
}

// links are those of the foot and of the sign-in screen.
func (w *Window) links(p live.Picture) []widgets.Link {
	if p.Board.Built.IsZero() {
		return nil // nothing was asked yet
	}
	out := []widgets.Link{link(tongue.T("Record"), p.Links.Record, p.Links.NoRecord())}
	if !p.Links.NoRedis {
		out = append([]widgets.Link{link("Redis", p.Links.Redis, !p.Links.Hearing)}, out...)
	}
	return append(out, w.notifyLink()...)
}

// stationLine names the station and its version.
func (w *Window) stationLine() string { return w.opt.Station.Name + " · Wardlight " + w.opt.Version }

// showLinks shows the links in the foot, and across the window what is wrong with the station, the
// worst first. UI goroutine only.
func (w *Window) showLinks(p live.Picture) {
	asOf := ""
	if !p.Board.AsOf.IsZero() {
		asOf = tongue.Tf("Board as of %s", tongue.Clock(p.Board.AsOf))
	}
	w.shell.SetStatus(w.links(p), asOf, w.stationLine())
	if w.message.until.Before(time.Now()) {
		w.unsay()
	}
	since := tongue.Here(p.Links.Since).Format("15:04:05")
	switch {
	case p.Links.Deaf():
		head, rest := deafText(p.Links)
		w.shell.SetStrip(widgets.Alarm, head, rest)
	case !p.Links.NoRedis && !p.Links.Hearing && !p.Links.Since.IsZero():
		w.shell.SetStrip(widgets.Warn, tongue.Tf("Redis has been away since %s.", since), redisAway(p.Links))
	case p.Links.NoRecord():
		w.shell.SetStrip(widgets.Warn, tongue.T("The record cannot be reached."),
			tongue.T("Nothing can be saved now; what you type is kept. Tell IT."))
	default:
		head, rest := w.soundTrouble()
		if s, ok := w.signed(); ok {
			if banner, _ := w.emergency(s); banner != "" && head != "" { // both are said: neither may hide the other
				head, rest = banner, head+" "+rest
			} else if banner != "" {
				head, rest = banner, tongue.T("All you open and write is recorded and reviewed.")
			}
		}
		if head != "" {
			w.shell.SetStrip(widgets.Warn, head, rest)
			return
		}
		w.shell.SetStrip(widgets.Calm, "", "")
	}
}

// redisAway says what goes on while Redis is away.
func redisAway(l live.Links) string {
	if l.Alone {
		return tongue.T(
			"Alerts come by way of the record and escalate by this station's own look at it; sections are not locked. Tell IT.")
	}
	return tongue.T("Alerts come by way of the record; sections are not locked. Tell IT.")
}

// deafText says that alerts can reach this station in no way, and what to do; "" if they can.
func deafText(l live.Links) (head, rest string) {
	if !l.Deaf() {
		return "", ""
	}
	head = tongue.T("This station cannot hear alerts.")
	if !l.Since.IsZero() {
		head = tongue.Tf("This station cannot hear alerts since %s.", tongue.Here(l.Since).Format("15:04:05"))
	}
	return head, tongue.T("Use another station until this line goes away, and tell the charge nurse.")
}
