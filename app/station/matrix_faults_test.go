package station_test

import (
	"context"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wardlight/wardlight/redisx/redistest"
)

// fault is one thing that goes wrong for a while. It returns how to end it.
type fault struct {
	name string
	// do begins it; victim is a station, never the one that raises.
	do func(s *scene, victim int) (heal func())
	// lasts is how long; default 700 ms.
	lasts time.Duration
	// deafens: the victim's link is dead while it lasts, and it must notice.
	deafens   bool
	sentinels bool
}

func nothing() {}

func every(s *scene, f func(p *redistest.Proxy, on bool)) func() {
	for _, p := range s.proxies {
		f(p, true)
	}
	return func() {
		for _, p := range s.proxies {
			f(p, false)
		}
	}
}

const longLoss = 3500 * time.Millisecond

var faults = []fault{
	{name: "connections cut", do: func(s *scene, v int) func() { s.proxies[v].Cut(); return nothing }},
	{name: "connections cut again and again", do: func(s *scene, v int) func() {
		stop := make(chan bool)
		var group sync.WaitGroup
		group.Go(func() {
			for {
				s.proxies[v].Cut()
				select {
				case <-stop:
					return
				case <-time.After(100 * time.Millisecond):
				}
			}
		})
		return func() { close(stop); group.Wait() }
	}},
	{name: "connections refused", lasts: longLoss, deafens: true, do: func(s *scene, v int) func() {
		s.proxies[v].Refuse(true)
		s.proxies[v].Cut()
		return func() { s.proxies[v].Refuse(false) }
	}},
	{name: "packets dropped", lasts: longLoss, deafens: true, do: func(s *scene, v int) func() {
		s.proxies[v].Blackhole(true)
		return func() { s.proxies[v].Blackhole(false) }
	}},
	{name: "half-open", lasts: longLoss, deafens: true, do: func(s *scene, v int) func() {
		s.proxies[v].HalfOpen(true)
		return func() { s.proxies[v].HalfOpen(false) }
	}},
	{name: "300 ms delay", do: func(s *scene, v int) func() {
		s.proxies[v].Delay(300 * time.Millisecond)
		return func() { s.proxies[v].Delay(0) }
	}},
	{name: "64 kbit/s", do: func(s *scene, v int) func() {
		s.proxies[v].Throttle(8000)
		return func() { s.proxies[v].Throttle(0) }
	}},
	{name: "replies lost", do: func(s *scene, v int) func() { s.proxies[v].LoseReplies(5); return nothing }},
	{name: "cut after 37 bytes", do: func(s *scene, v int) func() {
		s.proxies[v].CutAfter(37)
		return func() { s.proxies[v].CutAfter(-1) }
	}},
	{name: "cut after 1,000 bytes", do: func(s *scene, v int) func() {
		s.proxies[v].CutAfter(1000)
		return func() { s.proxies[v].CutAfter(-1) }
	}},
	{name: "requests held back for good", do: func(s *scene, v int) func() { s.proxies[v].Deafen(); return nothing }},
	{name: "all stations cut",
		do: func(s *scene, _ int) func() { return every(s, func(p *redistest.Proxy, on bool) { p.Cut() }) }},
	{name: "all stations' packets dropped", lasts: longLoss, deafens: true, do: func(s *scene, _ int) func() {
		return every(s, func(p *redistest.Proxy, on bool) { p.Blackhole(on) })
	}},
	{name: "all stations refused", lasts: longLoss, deafens: true, do: func(s *scene, _ int) func() {
		return every(s, func(p *redistest.Proxy, on bool) { p.Refuse(on); p.Cut() })
	}},
	{name: "Redis killed and restarted", do: func(s *scene, _ int) func() {
		s.redis.Kill()
		return func() { s.redis.Restart(false) }
	}},
	{name: "Redis killed and restarted empty", do: func(s *scene, _ int) func() {
		s.redis.Kill()
		return func() { s.redis.Restart(true) }
	}},
	{name: "Redis frozen", lasts: longLoss, deafens: true, do: func(s *scene, _ int) func() {
		s.redis.Freeze()
		return s.redis.Thaw
	}},
	{name: "CLIENT KILL normal", do: func(s *scene, _ int) func() {
		s.admin(func(ctx context.Context, c *redis.Client) {
			c.ClientKillByFilter(ctx, "TYPE", "normal", "SKIPME", "yes")
		})
		return nothing
	}},
	{name: "CLIENT KILL pubsub", do: func(s *scene, _ int) func() {
		s.admin(func(ctx context.Context, c *redis.Client) { c.ClientKillByFilter(ctx, "TYPE", "pubsub") })
		return nothing
	}},
	{name: "CLIENT PAUSE", do: func(s *scene, _ int) func() {
		s.admin(func(ctx context.Context, c *redis.Client) { c.ClientPause(ctx, 700*time.Millisecond) })
		return nothing
	}},
	{name: "FLUSHALL", do: func(s *scene, _ int) func() {
		s.admin(func(ctx context.Context, c *redis.Client) { c.FlushAll(ctx) })
		return nothing
	}},
	{name: "stream trimmed away", do: func(s *scene, _ int) func() {
		s.admin(func(ctx context.Context, c *redis.Client) {
			c.XTrimMaxLen(ctx, "wl:f:{alerts%3A4B}", 0)
			c.XTrimMaxLen(ctx, "wl:f:{alerts:4B}", 0)
		})
		return nothing
	}},
	{name: "scripts forgotten", do: func(s *scene, _ int) func() {
		s.admin(func(ctx context.Context, c *redis.Client) { c.ScriptFlush(ctx) })
		return nothing
	}},
	{name: "Redis out of memory", do: func(s *scene, _ int) func() {
		s.admin(func(ctx context.Context, c *redis.Client) { c.ConfigSet(ctx, "maxmemory", "1mb") })
		return func() {
			s.admin(func(ctx context.Context, c *redis.Client) { c.ConfigSet(ctx, "maxmemory", "0") })
		}
	}},
	{name: "Redis refuses writes for want of replicas", do: func(s *scene, _ int) func() {
		s.admin(func(ctx context.Context, c *redis.Client) { c.ConfigSet(ctx, "min-replicas-to-write", "1") })
		return func() {
			s.admin(func(ctx context.Context, c *redis.Client) { c.ConfigSet(ctx, "min-replicas-to-write", "0") })
		}
	}},
	{name: "the record away for one station", do: func(s *scene, v int) func() {
		s.records[v].away.Store(true)
		return func() { s.records[v].away.Store(false) }
	}},
	{name: "the record hangs for one station", do: func(s *scene, v int) func() {
		s.records[v].hangs.Store(true)
		return func() { s.records[v].hangs.Store(false) }
	}},
	{name: "the record away for all", do: func(s *scene, _ int) func() {
		set := func(on bool) {
			for _, r := range s.records {
				r.away.Store(on)
			}
		}
		set(true)
		return func() { set(false) }
	}},
	// Who raises gets no answer from the only way that is left.
	{name: "the record away for all, and replies lost", do: func(s *scene, _ int) func() {
		for _, r := range s.records {
			r.away.Store(true)
		}
		s.proxies[0].LoseReplies(40)
		return func() {
			s.proxies[0].LoseReplies(0)
			for _, r := range s.records {
				r.away.Store(false)
			}
		}
	}},
	{name: "the record locked by another program", do: func(s *scene, _ int) func() {
		free := lockRecord(s.t, s.path)
		return free
	}},
	{name: "a station deaf on both ways", lasts: longLoss, deafens: true, do: func(s *scene, v int) func() {
		s.proxies[v].Blackhole(true)
		s.records[v].hangs.Store(true)
		return func() { s.proxies[v].Blackhole(false); s.records[v].hangs.Store(false) }
	}},
	{name: "a station ends and comes back", do: func(s *scene, v int) func() {
		s.desks[v].close()
		return func() { s.open(v) }
	}},
	{name: "the relaying station vanishes", lasts: 2 * time.Second, do: func(s *scene, v int) func() {
		// It may neither release its lease nor say goodbye: its packets are dropped
		// first. The lease runs out and another station relays.
		s.proxies[v].Blackhole(true)
		s.desks[v].close()
		return func() { s.proxies[v].Blackhole(false); s.open(v) }
	}},
	{name: "the primary killed under Sentinels", sentinels: true, lasts: 4500 * time.Millisecond,
		do: func(s *scene, _ int) func() {
			p := s.primary()
			p.Kill()
			return func() { p.Restart(false) }
		}},
	{name: "the primary frozen under Sentinels", sentinels: true, lasts: 4500 * time.Millisecond,
		do: func(s *scene, _ int) func() {
			p := s.primary()
			p.Freeze()
			return p.Thaw
		}},
}
