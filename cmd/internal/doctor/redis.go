package doctor

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/trust"
	"github.com/wardlight/wardlight/redisx"
)

// redis goes from the name to the rights and ends where it cannot go on.
func (v *visit) redis(ctx context.Context) {
	s := v.site
	if len(s.Config.Redis.Addrs) == 0 {
		v.ok("redis", "none configured: alerts come from the record alone")
		return
	}
	reachable := 0
	for _, addr := range s.Config.Redis.Addrs {
		if v.reaches(ctx, addr) {
			reachable++
		}
	}
	if reachable == 0 {
		return
	}
	if err := s.OpenRedis(); err != nil {
		v.fail("redis-tls", err.Error(), "put the right files where redis.tls says")
		return
	}
	if _, err := s.Redis.Ping(ctx); err != nil {
		v.notAnswering(err)
		return
	}
	v.server(ctx)
	v.rights(ctx)
	v.stranger(ctx)
	v.versions(ctx)
}

// reaches looks up a name and connects.
func (v *visit) reaches(ctx context.Context, addr string) bool {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	host, _, _ := net.SplitHostPort(addr)
	if _, err := net.DefaultResolver.LookupHost(ctx, host); err != nil {
		v.fail("redis-dns", host+" is a name that nobody knows", "correct redis.addrs, or this computer's DNS settings")
		return false
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", addr)
	if err != nil {
		v.fail("redis-tcp", addr+" takes no connection: "+err.Error(),
			"start Redis there, or let this station's network through the firewall")
		return false
	}
	_ = conn.Close()
	return true
}

// notAnswering says why a server that is there does not serve.
func (v *visit) notAnswering(err error) {
	switch sentence := trust.Explain(err); {
	case sentence != "":
		v.fail("redis-tls", sentence, "until then the station runs on the record alone")
	case errors.Is(err, redisx.ErrNoPermission):
		v.fail("redis-sign-in", "Redis refuses this station's user or password",
			"check redis.username; `wardctl enroll` takes a new password")
	case errors.Is(err, redisx.ErrLoading):
		v.fail("redis-loading", "Redis has started and still reads its data",
			"wait; if it does not end, look at its log")
	case strings.Contains(err.Error(), "No such master") || v.site.Config.Redis.Master != "":
		v.fail("redis-sentinel", "the Sentinels name no primary: "+err.Error(),
			"check redis.master and the Sentinels' own state (SENTINEL masters)")
	default:
		v.fail("redis-silent", "something takes the connection and does not answer: "+err.Error(),
			"look at the server's log; if it speaks TLS only, set redis.tls.ca")
	}
}

// server looks at what each server says of itself.
func (v *visit) server(ctx context.Context) {
	all, err := v.site.Redis.Health(ctx)
	if err != nil {
		v.warn("redis-health", "the server does not say how it is: "+err.Error(),
			"load the file of `wardctl acl write` on every server")
		return
	}
	for _, h := range all {
		v.health(h)
	}
}

func (v *visit) health(h redisx.Health) {
	good := len(v.found)
	switch {
	case errors.Is(h.State, redisx.ErrReadOnly):
		v.fail("redis-primary", "the server is a replica: nothing can be written",
			"name the primary in redis.addrs, or the Sentinels with redis.master")
	case errors.Is(h.State, redisx.ErrOutOfMemory):
		v.fail("redis-memory", "the server is at its memory limit and takes nothing more",
			"raise maxmemory, or find what fills it")
	case h.MaxMemory > 0 && h.UsedMemory > h.MaxMemory/10*9:
		v.warn("redis-memory", fmt.Sprintf("%d of %d MB are in use", h.UsedMemory>>20, h.MaxMemory>>20),
			"raise maxmemory")
	}
	if h.MaxMemory > 0 && h.Policy != "noeviction" {
		v.fail("redis-eviction", "maxmemory-policy is "+h.Policy+": it may drop locks, sessions and alerts",
			"set maxmemory-policy noeviction")
	}
	if !h.AppendOnly {
		v.warn("redis-persistence",
			"the server keeps no append-only file: a restart forgets locks, sessions and the alert stream",
			"set appendonly yes (and appendfsync everysec)")
	}
	if h.WriteFailed {
		v.fail("redis-disk", "the server could not write its data to disk", "look at its disk and its log")
	}
	if v.site.Config.Redis.Master != "" && h.Replicas == 0 {
		v.fail("redis-replicas", "the primary has no replica: if it dies, nothing takes over",
			"start the replicas, and look at their logs")
	}
	if skew := h.Skew.Abs(); skew > v.o.Skew {
		v.fail("clock", fmt.Sprintf("this computer's clock and the server's are %s apart",
			skew.Round(time.Millisecond)), "set up time synchronisation (NTP) on both")
	} else {
		v.ok("clock", fmt.Sprintf("%s apart", skew.Round(time.Millisecond)))
		good++
	}
	if h.RoundTrip > v.o.Slow {
		v.warn("redis-latency", fmt.Sprintf("a round trip takes %s", h.RoundTrip.Round(time.Millisecond)),
			"look at the network, and at the server's load")
	}
	for _, hole := range redisx.Holes(h.Version) {
		v.warn("redis-version", hole, "update Redis, or ask the distributor whether this is repaired in its package")
	}
	if len(v.found) == good {
		v.ok("redis", fmt.Sprintf("%s answers in %s", h.Version, h.RoundTrip.Round(10*time.Microsecond)))
	}
}

// rights does a little of everything a station does, to see what is refused.
func (v *visit) rights(ctx context.Context) {
	c := v.site.Redis
	locks := redisx.NewLocks(c, redisx.LockOptions{TTL: 3 * time.Second, Topic: "doctor"})
	sessions := redisx.NewSessions[int](c, redisx.SessionOptions{})
	cache := redisx.NewCache(c, redisx.CacheOptions[string]{Name: "doctor", ID: func(s string) string { return s },
		Load: func(context.Context, []string) (map[string]string, error) { return nil, nil }})
	refused := 0
	for _, part := range []struct {
		name string
		try  func() error
	}{
		{"locks", func() error {
			lease, err := locks.Acquire(ctx, "doctor", "try", redisx.Holder{Owner: "doctor", Session: rand.Text()})
			if errors.Is(err, redisx.ErrHeld) {
				return nil // by another doctor, just now
			} else if err != nil {
				return err
			}
			return lease.Release(ctx)
		}},
		{"sessions", func() error {
			if _, err := sessions.Peek(ctx, rand.Text()); !errors.Is(err, redisx.ErrNoSession) {
				return err
			}
			return nil
		}},
		{"throttles", func() error {
			_, err := redisx.NewThrottle(c, "doctor", redisx.ThrottleOptions{}).Wait(ctx, "doctor")
			return err
		}},
		{"feeds", func() error { _, err := redisx.NewFeed(c, "doctor", redisx.FeedOptions{}).Last(ctx); return err }},
		{"caches", func() error { return cache.Invalidate(ctx, "doctor") }},
		{"deadlines", func() error {
			_, err := redisx.NewDeadlines(c, "doctor", redisx.DeadlineOptions{}).Drop(ctx, "doctor")
			return err
		}},
		{"channels", func() error { return c.Publish(ctx, c.Keys().Channel("doctor", "hello"), nil) }},
	} {
		if err := part.try(); errors.Is(err, redisx.ErrNoPermission) {
			refused++
			v.fail("redis-rights", "Redis refuses this station "+part.name+": "+err.Error(),
				"load the file of `wardctl acl write` on every server, and run `wardctl acl check`")
		} else if err != nil && !errors.Is(err, redisx.ErrReadOnly) && !errors.Is(err, redisx.ErrOutOfMemory) {
			refused++
			v.fail("redis-works", part.name+": "+err.Error(), "look at the server's log")
		}
	}
	if refused == 0 {
		v.ok("redis-rights", "locks, sessions, throttles, feeds, caches, deadlines and channels work")
	}
}

// stranger tries whether the server lets anybody in.
func (v *visit) stranger(ctx context.Context) {
	if v.site.Config.Redis.Username == "" {
		v.warn("redis-users", "this station uses Redis without a user of its own, and so may everybody else",
			"load the file of `wardctl acl write`, set redis.username and run `wardctl enroll`")
		return
	}
	cfg, err := v.site.RedisConfig()
	if err != nil {
		return // said by redis-tls
	}
	cfg.Username, cfg.Password = "", nil
	c, err := redisx.Open(cfg)
	if err != nil {
		return
	}
	defer c.Close()
	if _, err := c.Ping(ctx); err == nil {
		v.fail("redis-users", "the server lets anybody in without a password",
			"turn the default user off: load the file of `wardctl acl write`")
		return
	}
	v.ok("redis-users", "nobody is let in without signing in")
}
