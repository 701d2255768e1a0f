package station_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/redisx"
)

// restBetween is twice the Sentinels' failover-timeout: for that long they do not
// fail over again, and a second failure would be measured by their rest.
const restBetween = 7 * time.Second

// The primary dies, and the primary hangs, under Sentinels that declare it dead
// after 2 s as the installation guide has it. Alerts are raised all the time, 20 a
// second, on one station. Measured is the longest time
//
//   - from the raising of an alert until it was in the picture of the last of the
//     ward's three stations, by whichever way it came: the record fills what the
//     stream does not bring;
//   - from the append of an event to a feed of its own, tried again until it was
//     accepted, to its hand-over to a follower: the way over Redis alone.
//
// The first stays within 3 s, the second within 5 s, or 6 s with a primary that
// hangs. Seen red with the follower's fill off: the first was 4.6 s, as long as the
// second.
func TestFailoverGap(t *testing.T) {
	times := 1
	if full {
		times = 10
	}
	for name, fail := range map[string]func(s *scene) (heal func()){
		"killed": func(s *scene) func() {
			p := s.sentinels.Primary(s.t)
			p.Kill()
			return func() { p.Restart(false) }
		},
		"frozen": func(s *scene) func() {
			p := s.sentinels.Primary(s.t)
			p.Freeze()
			return p.Thaw
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := stage(t, true)
			var both, redis time.Duration
			for n := range times {
				s.sentinels.Settle(t)
				shown, over := s.failover(n, fail)
				t.Logf("failover %d: shown everywhere within %v, over Redis alone within %v", n+1,
					shown.Round(time.Millisecond), over.Round(time.Millisecond))
				both, redis = max(both, shown), max(redis, over)
			}
			t.Logf("primary %s, %d failovers: an alert was shown on every station within %v; over Redis alone an event came within %v", name, times,
				both.Round(time.Millisecond), redis.Round(time.Millisecond))
			alone := 5 * time.Second
			if name == "frozen" {
				alone += time.Second // an append may have begun with the frozen one, and waits a second for it
			}
			if !raceOn && (both > 3*time.Second || redis > alone) {
				t.Errorf("the gap was %v, over Redis alone %v", both, redis)
			}
			if redis < time.Second {
				t.Error("there was no gap: the test proves nothing")
			}
		})
	}
}

// failover lets the primary fail once while alerts are raised.
func (s *scene) failover(n int, fail func(s *scene) (heal func())) (shown, over time.Duration) {
	s.t.Helper()
	for _, d := range s.desks {
		d.forget()
	}
	began := time.Now()
	r := &raiser{desk: s.desks[0], name: fmt.Sprint("over-", n), every: 50 * time.Millisecond}
	stop := make(chan struct{})
	gap := s.redisAlone(stop)
	r.pace(stop)
	s.watchAlerts(r, 1) // the ward is in order before
	heal := fail(s)
	was := time.Now()
	timer := time.NewTimer(restBetween)
	<-timer.C
	heal()
	s.watchAlerts(r, int(time.Since(was)/r.every))
	close(stop)
	over = gap()
	r.group.Wait()
	end := time.Now().Add(20 * time.Second)
	all := r.all()
	for _, d := range s.desks {
		d.wait(end, func() bool { return d.lacks(all) == 0 })
		d.mu.Lock()
		for _, a := range all {
			at, seen := d.seenAt[a.ID]
			if !seen {
				at = time.Now()
			}
			shown = max(shown, at.Sub(r.asked[a.ID]))
		}
		d.mu.Unlock()
	}
	got := tally{runs: 1, refused: int(r.refused.Load())}
	s.check(all, began, mode{}, &got)
	if got.lost+got.doubled+got.turned+got.refused > 0 || len(all) == 0 {
		s.t.Errorf("not safe: %+v of %d", got, len(all))
	}
	return shown, over
}

// watchAlerts waits until every station has that many alerts.
func (s *scene) watchAlerts(r *raiser, many int) {
	for _, d := range s.desks {
		d.wait(time.Now().Add(20*time.Second), func() bool {
			d.mu.Lock()
			defer d.mu.Unlock()
			return len(d.moves) >= many
		})
	}
}

// redisAlone appends to a feed and follows it, and says at the end how long an
// event took at most.
func (s *scene) redisAlone(stop <-chan struct{}) (longest func() time.Duration) {
	open := func() *redisx.Client {
		c, err := redisx.Open(redisx.Config{Addrs: s.sentinels.Addrs(), MasterName: s.sentinels.MasterName})
		must(s.t, err)
		return c
	}
	from, to := open(), open()
	ctx, cancel := context.WithCancel(context.Background()) // ends with longest
	var group sync.WaitGroup
	var mu sync.Mutex
	asked := map[string]time.Time{}
	var most time.Duration
	ready, came := make(chan struct{}), make(chan struct{}, 1)
	group.Go(func() {
		once := sync.OnceFunc(func() { close(ready) })
		_ = redisx.NewFeed(to, "gap", redisx.FeedOptions{}).Follow(ctx, redisx.FromNow, redisx.FeedHandler{
			Event: func(e redisx.Event) {
				mu.Lock()
				if at, is := asked[e.ID]; is {
					most = max(most, time.Since(at))
					delete(asked, e.ID)
				}
				mu.Unlock()
				select {
				case came <- struct{}{}:
				default:
				}
			},
			Link: func(up bool, _ time.Time) {
				if up {
					once()
				}
			},
		})
	})
	<-ready
	group.Go(func() {
		feed := redisx.NewFeed(from, "gap", redisx.FeedOptions{})
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for n := 0; ; n++ {
			id := fmt.Sprint("e", n, "-", time.Now().UnixNano())
			mu.Lock()
			asked[id] = time.Now()
			mu.Unlock()
			for ctx.Err() == nil {
				if _, err := feed.Append(ctx, id, nil); err == nil {
					break
				}
				<-tick.C
			}
			select {
			case <-stop:
				return
			case <-tick.C:
			}
		}
	})
	return func() time.Duration {
		left := func() (n int) {
			mu.Lock()
			defer mu.Unlock()
			return len(asked)
		}
		timer := time.NewTimer(20 * time.Second)
		defer timer.Stop()
		for wait := true; wait && left() > 0; {
			select {
			case <-came:
			case <-timer.C:
				wait = false
			}
		}
		if n := left(); n > 0 {
			s.t.Errorf("%d events never came over Redis", n)
		}
		cancel()
		group.Wait()
		_ = from.Close()
		_ = to.Close()
		return most
	}
}

// sees notes when each alert was in a station's picture first.
func (d *desk) sees(p live.Picture) {
	now := time.Now()
	note := func(id string) {
		if _, had := d.seenAt[id]; !had {
			d.seenAt[id] = now
		}
	}
	for _, c := range p.Cards {
		note(c.Alert.ID)
	}
	for _, g := range p.Groups {
		for _, id := range g.Unseen {
			note(id)
		}
	}
}
