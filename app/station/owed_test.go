package station_test

import (
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/redisx"
)

// saying keeps what is logged.
type saying struct {
	mu   sync.Mutex
	said []byte
}

func (s *saying) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.said = append(s.said, b...)
	return len(b), nil
}

// A message came by the intake channel, and in that moment the record is away and
// Redis takes no write: its sender will not say it again. It rings once, with the
// age of the message, as soon as either is back.
//
// Seen red without Receiver.Run: neither alert was ever shown.
func TestIntakeIsOwed(t *testing.T) {
	t.Parallel()
	h := build(t)
	log := &saying{}
	h.logger = slog.New(slog.NewTextHandler(log, nil))
	record := &faulty{Store: h.store()}
	d := h.start("WS-1", h.redis.Addr(), record, shows, nil)
	client, err := redisx.Open(redisx.Config{Addrs: []string{h.redis.Addr()}})
	must(t, err)
	defer client.Close()
	owed := func(n int) bool { // the messages that were neither recorded nor streamed
		log.mu.Lock()
		defer log.mu.Unlock()
		return strings.Count(string(log.said), "again=true") >= n
	}
	for n, back := range []func(){
		func() { record.away.Store(false) },
		func() { redisTakes(t, h, true) },
	} {
		record.away.Store(true)
		redisTakes(t, h, false)
		text := fmt.Sprint("owed ", n)
		told := time.Now()
		must(t, client.Publish(t.Context(), live.Intake(client.Keys(), "4B"),
			fmt.Appendf(nil, `{"priority":"low","text":%q}`, text)))
		for end := time.Now().Add(time.Minute); !owed(n + 1); time.Sleep(20 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal("the message was taken, or never heard")
			}
		}
		back()
		var shown []alert.Card
		d.until(t, text, func(p live.Picture) bool {
			shown = nil
			for _, c := range p.Cards {
				if c.Alert.Text == text {
					shown = append(shown, c)
				}
			}
			return len(shown) > 0
		})
		if at := shown[0].Alert.Raised; len(shown) != 1 || at.Before(told.Add(-time.Second)) ||
			at.After(told.Add(time.Second)) {
			t.Errorf("told at %v, %d shown: raised %v", told.UTC(), len(shown), at)
		}
		record.away.Store(false)
		redisTakes(t, h, true)
	}
}

// redisTakes says whether Redis takes writes: what is published it carries all the same.
func redisTakes(t *testing.T, h *hospital, writes bool) {
	t.Helper()
	replicas := map[bool]string{true: "0", false: "1"}[writes]
	_, err := h.redis.Do("CONFIG", "SET", "min-replicas-to-write", replicas)
	must(t, err)
}

// A record that hangs lets each alert of the intake channel wait a moment, and not
// one for the other. Seen red with one message taken after the other: not all
// of 400 were shown within 15 s.
func TestIntakeDoesNotQueueUp(t *testing.T) {
	t.Parallel()
	h := build(t)
	record := &faulty{Store: h.store()}
	d := h.start("WS-1", h.redis.Addr(), record, shows, nil)
	client, err := redisx.Open(redisx.Config{Addrs: []string{h.redis.Addr()}})
	must(t, err)
	defer client.Close()
	tell := func(text string) {
		t.Helper()
		must(t, client.Publish(t.Context(), live.Intake(client.Keys(), "4B"),
			fmt.Appendf(nil, `{"priority":"low","text":%q}`, text)))
	}
	tell("before")
	d.until(t, "the intake is heard", func(p live.Picture) bool { return len(p.Cards) == 1 })
	record.hangs.Store(true)
	const many = 400
	for n := range many {
		tell(fmt.Sprint("alert ", n))
	}
	began := time.Now()
	d.until(t, "all of them", func(p live.Picture) bool { return p.Open == many+1 })
	t.Logf("%d alerts beside a record that hangs: shown within %v", many, time.Since(began).Round(time.Millisecond))
	record.hangs.Store(false)
	d.until(t, "all of them recorded", func(p live.Picture) bool {
		for _, c := range p.Cards {
			if c.Unrecorded {
				return false
			}
		}
		return !p.Links.RecordAway && p.Open == many+1
	})
}
