package window

import (
	"sync"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/live"
)

// ringer makes sound of what a ward's alerts do. A move rings or ends a tone at
// once; each picture, which holds the whole truth, puts right what moves that
// crossed each other on their way left wrong.
type ringer struct {
	player  *sound.Player // nil: a station without sound
	station string
	called  func(alert.Call) bool           // who is here is called
	call    func(alertID string) alert.Call // whom an alert calls now

	mu       sync.Mutex
	rejected map[string]bool // turned down at this station: silent here until they escalate
	// again are those in somebody's hands that became more urgent, and until when
	// they ring for that.
	again map[string]time.Time
}

// newRinger is that of the ward that a window follows.
func (w *Window) newRinger() *ringer {
	return &ringer{player: w.opt.Sound, station: w.opt.Station.Name, rejected: map[string]bool{}, called: w.called,
		call: w.call}
}

// deafTone is the name under which the station's own trouble rings.
const deafTone = "station cannot hear"

// signalOf is how an alert sounds.
func signalOf(p alert.Priority) sound.Signal {
	switch p {
	case alert.Medium:
		return sound.Medium
	case alert.Low:
		return sound.Low
	case alert.Technical:
		return sound.Technical
	}
	return sound.High
}

// move rings for what is new and ends the tone of what somebody acted on. Alerts
// that were open before the station began ring with its first picture: one that
// was accepted long ago must not sound for the moment until that is read.
func (r *ringer) move(m alert.Move, backlog bool) {
	if r.player == nil || backlog {
		return
	}
	switch m.Kind {
	case alert.Updated:
		if !m.Change.Rises() {
			return // shown, and silent
		}
		r.mark(m.Alert.ID, false)
		if r.called(r.call(m.Alert.ID)) {
			r.repeat(m.Alert.ID)
			_ = r.player.Ring(m.Alert.ID, signalOf(m.Alert.Priority))
		}
	case alert.Raised, alert.Escalated, alert.TakenBack, alert.Forwarded:
		r.mark(m.Alert.ID, false)
		if !r.called(r.call(m.Alert.ID)) {
			return // the next picture rings if that changes
		}
		_ = r.player.Ring(m.Alert.ID, signalOf(m.Alert.Priority)) // full: so many ring that one more is not told apart
	case alert.Accepted, alert.Resolved:
		r.mark(m.Alert.ID, false)
		r.player.Silence(m.Alert.ID)
	case alert.Rejected:
		// Turned down here; others may still be wanted to hear it.
		if m.Station == r.station {
			r.mark(m.Alert.ID, true)
			r.player.Silence(m.Alert.ID)
		}
	}
}

// ringsAgain is how long an alert rings that somebody has in hand when it became
// more urgent: they must hear it, and nothing that they do ends it.
const ringsAgain = 10 * time.Second

// repeat lets an alert in somebody's hands ring for a while.
func (r *ringer) repeat(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.again == nil {
		r.again = map[string]time.Time{}
	}
	r.again[id] = time.Now().Add(ringsAgain)
}

// repeats reports whether an alert in somebody's hands rings for having become
// more urgent.
func (r *ringer) repeats(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	until, is := r.again[id]
	if is && time.Now().After(until) {
		delete(r.again, id)
		return false
	}
	return is
}

// mark notes whether an alert was turned down here, and ends what repeat began.
func (r *ringer) mark(id string, rejected bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.again, id)
	if rejected {
		r.rejected[id] = true
		return
	}
	delete(r.rejected, id)
}

// isRejected reports whether an alert was turned down here.
func (r *ringer) isRejected(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rejected[id]
}

// picture rings what is open and silences what is not.
func (r *ringer) picture(p live.Picture) {
	if r.player == nil {
		return
	}
	for _, c := range p.Cards {
		wanted := c.State == alert.Open || c.State == alert.TakenInHand && r.repeats(c.Alert.ID)
		if wanted && r.called(c.Call) && !r.isRejected(c.Alert.ID) {
			_ = r.player.Ring(c.Alert.ID, signalOf(c.Alert.Priority))
		} else {
			r.player.Silence(c.Alert.ID)
		}
	}
	for _, c := range p.History {
		r.player.Silence(c.Alert.ID)
	}
	if p.Links.Deaf() || p.Links.RecordAway && p.Links.NoRedis {
		_ = r.player.Ring(deafTone, sound.CannotHear)
	} else {
		r.player.Silence(deafTone)
	}
}

// turn forgets the ward before.
func (r *ringer) turn() {
	r.mu.Lock()
	r.rejected, r.again = map[string]bool{}, nil
	r.mu.Unlock()
	if r.player != nil {
		r.player.Clear()
	}
}
