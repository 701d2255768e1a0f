package redisx_test

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// Every call comes back by its deadline + 50 ms in every fault, with more calls
// at once than there are connections. Not parallel to other tests, and a call
// counts by the best of six tries: what is systematic fails six times, a busy
// computer does not.
//
// Red with ContextTimeoutEnabled off: "TLS false, frozen: get took 1.000280831s".
func TestEveryCallKeepsItsDeadlineInEveryFault(t *testing.T) {
	const limit, grace = 150 * time.Millisecond, 50 * time.Millisecond
	ca := redistest.NewAuthority(t)
	faults := map[string]func(s *redistest.TestServer, p *redistest.Proxy) (undo func()){
		"frozen": func(s *redistest.TestServer, _ *redistest.Proxy) func() { s.Freeze(); return s.Thaw },
		"blackhole": func(_ *redistest.TestServer, p *redistest.Proxy) func() {
			p.Blackhole(true)
			return func() { p.Blackhole(false) }
		},
		"half-open": func(_ *redistest.TestServer, p *redistest.Proxy) func() {
			p.HalfOpen(true)
			return func() { p.HalfOpen(false) }
		},
		"throttled": func(_ *redistest.TestServer, p *redistest.Proxy) func() {
			p.Throttle(20)
			return func() { p.Throttle(0) }
		},
		"delayed": func(_ *redistest.TestServer, p *redistest.Proxy) func() {
			p.Delay(2 * time.Second)
			return func() { p.Delay(0) }
		},
		"cut": func(_ *redistest.TestServer, p *redistest.Proxy) func() {
			p.CutAfter(2)
			return func() { p.CutAfter(-1) }
		},
		"refused": func(_ *redistest.TestServer, p *redistest.Proxy) func() {
			p.Refuse(true)
			p.Cut()
			return func() { p.Refuse(false) }
		},
	}
	for _, secure := range []bool{false, true} {
		o, cfg := redistest.Options{}, redisx.Config{Prefix: "t"}
		if secure {
			o.TLS, cfg.TLS = ca, ca.Client("ws")
		}
		s := redistest.Start(t, o)
		p := redistest.NewProxy(t, s.Addr())
		cfg.Addrs = []string{p.Addr()}
		for name, fault := range faults {
			best := make(map[string]time.Duration)
			for try := range 6 {
				for call, took := range callAll(t, cfg, limit, func() func() { return fault(s, p) }) {
					if have, ok := best[call]; !ok || took < have {
						best[call] = took
					}
				}
				p.Cut()
				if late(best, limit+grace) == "" {
					break
				}
				if try == 5 {
					t.Errorf("TLS %v, %s: %s", secure, name, late(best, limit+grace))
				}
			}
		}
	}
}

func late(took map[string]time.Duration, limit time.Duration) string {
	for call, d := range took {
		if d > limit {
			return fmt.Sprintf("%s took %v", call, d)
		}
	}
	return ""
}

// callAll makes every kind of call at once in a fault and says how long each
// took. All of them must fail as ErrDown, except those with a way around Redis.
func callAll(t *testing.T, cfg redisx.Config, limit time.Duration, fault func() func()) map[string]time.Duration {
	t.Helper()
	c, err := redisx.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	locks, sessions := redisx.NewLocks(c, redisx.LockOptions{}), redisx.NewSessions[int](c, redisx.SessionOptions{})
	feed, throttle := redisx.NewFeed(c, "f", redisx.FeedOptions{}), redisx.NewThrottle(c, "t", redisx.ThrottleOptions{})
	cache := newRecord(3).cache(c, nil)
	token, _, err := sessions.Create(t.Context(), "N1", 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cache.Get(t.Context(), "p0"); err != nil {
		t.Fatal(err)
	}
	defer fault()()
	calls := map[string]func(ctx context.Context) error{
		"ping":       func(ctx context.Context) error { _, err := c.Ping(ctx); return err },
		"time":       func(ctx context.Context) error { _, err := c.ServerTime(ctx); return err },
		"health":     func(ctx context.Context) error { _, err := c.Health(ctx); return err },
		"publish":    func(ctx context.Context) error { return c.Publish(ctx, "c", nil) },
		"acquire":    func(ctx context.Context) error { _, err := locks.Acquire(ctx, "g", "n", who(1)); return err },
		"holders":    func(ctx context.Context) error { _, err := locks.Holders(ctx, []redisx.Ref{{}}); return err },
		"create":     func(ctx context.Context) error { _, _, err := sessions.Create(ctx, "N1", 1); return err },
		"check":      func(ctx context.Context) error { _, err := sessions.Check(ctx, token); return err },
		"list":       func(ctx context.Context) error { _, err := sessions.List(ctx, "N1"); return err },
		"revoke":     func(ctx context.Context) error { return sessions.Revoke(ctx, token) },
		"revoke all": func(ctx context.Context) error { return sessions.RevokeAll(ctx, "N1") },
		"append":     func(ctx context.Context) error { _, err := feed.Append(ctx, "a", nil); return err },
		"throttle":   func(ctx context.Context) error { _, err := throttle.Fail(ctx, "a"); return err },
		"put":        func(ctx context.Context) error { return cache.Put(ctx, chart{ID: "p0", Rev: 2}) },
		"invalidate": func(ctx context.Context) error { return cache.Invalidate(ctx, "p2") },
	}
	var mu sync.Mutex
	took := make(map[string]time.Duration)
	var wg sync.WaitGroup
	for name, call := range calls {
		wg.Go(func() {
			ctx, cancel := context.WithTimeout(t.Context(), limit)
			defer cancel()
			began := time.Now()
			err := call(ctx)
			d := time.Since(began)
			if !errors.Is(err, redisx.ErrDown) {
				t.Errorf("%s: %v", name, err)
			}
			mu.Lock()
			defer mu.Unlock()
			took[name] = d
		})
	}
	wg.Go(func() {
		ctx, cancel := context.WithTimeout(t.Context(), limit)
		defer cancel()
		began := time.Now()
		// The record answers: past the deadline there may be no time left to ask it.
		if e, err := cache.Get(ctx, "p1"); err == nil && e.Value.ID != "p1" {
			t.Errorf("get: %+v", e)
		}
		mu.Lock()
		defer mu.Unlock()
		took["get"] = time.Since(began)
	})
	wg.Wait()
	return took
}

// A client without a certificate, of the wrong authority, or with the wrong
// password learns so; the right one works, in both connection sets.
func TestTLSAndACL(t *testing.T) {
	t.Parallel()
	ca, other := redistest.NewAuthority(t), redistest.NewAuthority(t)
	s := redistest.Start(t, redistest.Options{TLS: ca, Users: []string{"ws on >word ~t:* &t:* +@all"}})
	for name, is := range map[string]struct {
		tls  *tls.Config
		word string
		want error
	}{
		"right":           {ca.Client("ws"), "word", nil},
		"wrong password":  {ca.Client("ws"), "other", redisx.ErrNoPermission},
		"wrong authority": {other.Client("ws"), "word", redisx.ErrDown},
		"no certificate":  {&tls.Config{RootCAs: ca.Pool}, "word", redisx.ErrDown},
		"no TLS":          {nil, "word", redisx.ErrDown},
	} {
		c, err := redisx.Open(redisx.Config{Addrs: []string{s.Addr()}, Prefix: "t", TLS: is.tls, Username: "ws",
			Password: func() string { return is.word }})
		if err != nil {
			t.Fatal(err)
		}
		r := newRecord(1)
		cache := r.cache(c, nil)
		_, err = c.Ping(t.Context())
		if !errors.Is(err, is.want) || is.want == nil && err != nil {
			t.Errorf("%s: %v, want %v", name, err, is.want)
		}
		for range 2 {
			if e, err := cache.Get(t.Context(), "p0"); err != nil || !e.Found {
				t.Errorf("%s: get: %+v %v", name, e, err)
			}
		}
		if n := r.loads.Load(); is.want == nil && n != 1 {
			t.Errorf("%s: %d loads", name, n)
		}
		if is.want == nil {
			// A key outside the user's prefix is refused, and named so.
			if err := c.Publish(t.Context(), "elsewhere", nil); !errors.Is(err, redisx.ErrNoPermission) {
				t.Errorf("foreign channel: %v", err)
			}
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A script that runs on and on makes the server answer BUSY.
func TestBusyServer(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{Config: []string{"busy-reply-threshold 1"}})
	c := open(t, s.Addr())
	raw, killer := admin(t, s.Addr()), admin(t, s.Addr())
	killer.Ping(t.Context()) // its connection stands before the server is busy
	done := make(chan struct{})
	background(t, func(ctx context.Context) {
		defer close(done)
		_ = raw.Eval(ctx, "while true do end", nil).Err()
	})
	within(t, 5*time.Second, "ErrDown while busy", func() bool {
		_, err := c.Ping(t.Context())
		return errors.Is(err, redisx.ErrDown)
	})
	killer.ScriptKill(t.Context())
	receive(t, done, 5*time.Second, "end of the script")
	within(t, 5*time.Second, "an answer", func() bool { _, err := c.Ping(t.Context()); return err == nil })
}
