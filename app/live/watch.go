package live

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/alert"
)

// watchEvery is how often a station that cannot hear looks what is due; that it
// cannot, it sees at once.
const watchEvery = 250 * time.Millisecond

// watch tells when this station cannot hear alerts in any way, and escalates by
// its own clock what it knows of while that lasts: nobody else can tell it who
// accepted, and silence must not look like an answer.
func (w *Ward) watch(ctx context.Context) {
	was := false
	for ctx.Err() == nil {
		w.mu.Lock()
		deaf := w.links.Deaf()
		w.mu.Unlock()
		w.meet(time.Now())
		if deaf != was {
			was = deaf
			if w.OnDeaf != nil {
				w.OnDeaf(deaf)
			}
			nudge(w.turned)
		}
		if deaf {
			w.escalateAlone(time.Now().UTC())
		}
		timer := time.NewTimer(watchEvery)
		select {
		case <-ctx.Done():
		case <-w.look:
		case <-timer.C:
		}
		timer.Stop()
	}
}

func (w *Ward) escalateAlone(now time.Time) {
	policy := w.inbox.Policy()
	for _, s := range w.inbox.Overdue(now) {
		m := alert.Escalation(s.Alert, policy, s.Turn, s.Level, s.Reason, now)
		m.Station = w.Station
		w.apply(m, false, false)
	}
}
