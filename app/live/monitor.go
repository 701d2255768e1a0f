package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/redisx"
)

// Monitors are the bedside monitors of a ward as other programs know them: the
// newest value of each sign, and none before it. Safe for concurrent use.
type Monitors struct{ live *redisx.Live }

// NewMonitors are those of a ward. It does not dial.
func NewMonitors(c *redisx.Client, wardID string) *Monitors {
	return &Monitors{redisx.NewLive(c, wardID, redisx.LiveOptions{})}
}

// ErrNoReading means that a reading is none: see [vitals.Reading.Valid].
var ErrNoReading = errors.New("live: no reading of a monitor")

// Show tells the stations what monitors show now, in one round trip. What fails
// need not be told again: the next value is newer.
func (m *Monitors) Show(ctx context.Context, readings ...vitals.Reading) error {
	values := make([]redisx.LiveValue, 0, len(readings))
	for _, r := range readings {
		if !r.Valid() {
			return fmt.Errorf("%w: sign %q", ErrNoReading, r.Sign)
		}
		payload, err := json.Marshal(r)
		if err != nil {
			return fmt.Errorf("live: %w", err)
		}
		values = append(values, redisx.LiveValue{ID: r.Monitor + " " + string(r.Sign), Payload: payload, At: r.At})
	}
	_, err := m.live.Put(ctx, values...)
	return err
}

// monitored is what a ward's monitors showed last.
type monitored struct {
	mu       sync.Mutex
	readings map[string]reading // by the ID of the live value
	ahead    time.Duration      // of the server's clock before this station's
	compared time.Time          // when that was seen; zero: to be seen now
	known    bool               // it was seen once: before, nothing can be said of ages
}

type reading struct {
	vitals.Reading           // At is by the server's clock
	got            time.Time // when this station had it first
}

// compareEvery is how often this station's clock is held against the server's.
const compareEvery = 30 * time.Second

// hearMonitors keeps what the monitors show until ctx ends. It asks for no
// picture: the next one, a second later at most, has the values, and alerts share
// nothing with them but the lock below.
func (w *Ward) hearMonitors(ctx context.Context) {
	_ = NewMonitors(w.Client, w.ID).live.Watch(ctx, redisx.LiveWatch{
		Changed: func(values map[string]redisx.LiveValue, all bool) {
			w.monitors.compare(ctx, w.Client)
			w.monitors.take(values, all, time.Now())
		},
		Link: func(bool) { w.monitors.recompare() },
	})
}

// compare holds the clocks against each other, so that a station whose clock is
// late does not take an old value for a new one.
func (m *monitored) compare(ctx context.Context, c *redisx.Client) {
	m.mu.Lock()
	due := m.compared.IsZero() || time.Since(m.compared) >= compareEvery
	m.mu.Unlock()
	if !due {
		return
	}
	server, err := c.ServerTime(ctx)
	if err != nil {
		return // with the next values
	}
	now := time.Now()
	m.mu.Lock()
	m.ahead, m.compared, m.known = server.Sub(now.Round(0)), now, true
	m.mu.Unlock()
}

func (m *monitored) recompare() {
	m.mu.Lock()
	m.compared = time.Time{}
	m.mu.Unlock()
}

func (m *monitored) take(values map[string]redisx.LiveValue, all bool, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	had := m.readings
	if all || had == nil {
		m.readings = make(map[string]reading, len(values))
	} else {
		m.readings = maps.Clone(had)
	}
	for id, v := range values {
		r := reading{got: now}
		if json.Unmarshal(v.Payload, &r.Reading) != nil || !r.Valid() {
			delete(m.readings, id) // what stood there before is not what it shows now
			continue
		}
		r.At = v.At // the server's word: no later than when it came
		if before, is := had[id]; is && before.At.Equal(r.At) {
			r.got = before.got
		}
		m.readings[id] = r
	}
}

// shown is what the monitors show, by patient. An age is never less than what
// passed here since the value came, whatever becomes of this station's clock.
func (m *monitored) shown(now time.Time) map[string][]board.Reading {
	m.mu.Lock()
	readings, ahead, known := m.readings, m.ahead, m.known
	m.mu.Unlock()
	if !known {
		return nil
	}
	out := map[string][]board.Reading{}
	for _, r := range readings {
		age := max(now.Round(0).Add(ahead).Sub(r.At), now.Sub(r.got))
		if age <= board.MonitorGone {
			out[r.Patient] = append(out[r.Patient], board.Reading{Reading: r.Reading, Age: age})
		}
	}
	return out
}
