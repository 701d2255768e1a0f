package redisx_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// least is a user with every right of this package and no other.
func least(name, password string) string {
	c, err := redisx.Open(redisx.Config{Prefix: "t"})
	if err != nil {
		panic(err)
	}
	defer c.Close()
	return name + " on >" + password + " resetchannels -@all " + redisx.Rules(everyRight(c.Keys()))
}

func everyRight(k redisx.Keys) []redisx.Right {
	rights := []redisx.Right{k.ConnectRight(), k.HealthRight(), k.ListenRight()}
	return slices.Concat(rights, k.CacheRights(), k.LockRights(), k.SessionRights(), k.ThrottleRights(), k.FeedRights(),
		k.DeadlineRights(), k.LiveRights())
}

// secured opens a client as that user.
func secured(t *testing.T, cfg redisx.Config, ca *redistest.Authority) *redisx.Client {
	t.Helper()
	cfg.Prefix, cfg.Username, cfg.Password = "t", "ws", func() string { return "word" }
	if ca != nil {
		cfg.TLS = ca.Client("ws")
	}
	c, err := redisx.Open(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	return c
}

// everything uses every part of the package once.
func everything(t *testing.T, c, other *redisx.Client, ward string) {
	t.Helper()
	ctx, must := t.Context(), func(what string, err error) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	_, err := c.Health(ctx)
	must("health", err)
	_, err = c.ServerTime(ctx)
	must("time", err)

	heard := make(chan string, 16)
	up := make(chan bool, 16)
	listen, stop := context.WithCancel(ctx)
	defer stop()
	go other.Listen(listen, redisx.ListenOptions{Channels: []string{c.Keys().Channel(ward, "intake")}},
		func(_ string, p []byte) { heard <- string(p) }, func(is bool) { up <- is })
	arrives(t, "listener up", up)
	must("publish", c.Publish(ctx, c.Keys().Channel(ward, "intake"), []byte("hello")))
	arrives(t, "published", heard)

	r := newRecord(3)
	must("old entries", r.cache(c, nil).Invalidate(ctx, "p0", "p1", "p2", "nobody"))
	for i, cache := range []*redisx.Cache[chart]{r.cache(c, nil), r.cache(other, nil)} {
		got, err := cache.GetMany(ctx, []string{"p0", "p1", "p2", "nobody"})
		must("get", err)
		if len(got) != 4 {
			t.Errorf("%d entries", len(got))
		}
		if n := r.loads.Load(); n != 1 {
			t.Errorf("client %d: %d loads: the entries were not stored", i, n)
		}
	}
	must("invalidate", r.cache(c, nil).Invalidate(ctx, "p0"))

	one, two := redisx.NewLocks(c, redisx.LockOptions{Topic: ward}),
		redisx.NewLocks(other, redisx.LockOptions{Topic: ward})
	lease, err := one.Acquire(ctx, "p1", "notes", who(1))
	must("acquire", err)
	waited := make(chan error, 1)
	go func() {
		next, err := two.Await(ctx, "p1", "notes", who(2))
		if err == nil {
			err = next.Release(ctx)
		}
		waited <- err
	}()
	within(t, 5*time.Second, "a waiter in line", func() bool {
		line, err := one.Line(ctx, "p1", "notes")
		must("line", err)
		return len(line) == 1
	})
	must("release", lease.Release(ctx))
	select {
	case err := <-waited:
		must("await", err)
	case <-time.After(3 * time.Second):
		t.Error("the waiter was not woken")
	}
	_, err = one.Holders(ctx, []redisx.Ref{{Group: "p1", Name: "notes"}})
	must("holders", err)

	values, lit, linked := redisx.NewLive(c, ward, redisx.LiveOptions{}), make(chan string, 16), make(chan bool, 16)
	go redisx.NewLive(other, ward, redisx.LiveOptions{}).Watch(listen, redisx.LiveWatch{Gap: time.Millisecond,
		Changed: func(all map[string]redisx.LiveValue, _ bool) {
			if v, is := all["p1 hr"]; is {
				lit <- string(v.Payload)
			}
		}, Link: func(up bool) { linked <- up }})
	arrives(t, "live link", linked)
	for _, hr := range []string{"72", "73"} { // all of them, then one by name
		_, err = values.Put(ctx, redisx.LiveValue{ID: "p1 hr", Payload: []byte(hr)})
		must("live value", err)
		within(t, 5*time.Second, "live value", func() bool {
			select {
			case got := <-lit:
				return got == hr
			default:
				return false
			}
		})
	}

	sessions := redisx.NewSessions[badge](c, redisx.SessionOptions{})
	token, _, err := sessions.Create(ctx, "N1", badge{})
	must("session", err)
	_, err = sessions.Check(ctx, token)
	must("check", err)
	_, err = sessions.List(ctx, "N1")
	must("list", err)
	must("revoke", sessions.Revoke(ctx, token))
	must("revoke all", sessions.RevokeAll(ctx, "N1"))

	th := redisx.NewThrottle(c, "signin", redisx.ThrottleOptions{})
	_, err = th.Try(ctx, "x")
	must("try", err)
	_, err = th.Fail(ctx, "x")
	must("fail", err)
	_, err = th.Wait(ctx, "x")
	must("wait", err)
	must("clear", th.Clear(ctx, "x"))

	f := redisx.NewFeed(c, ward, quick)
	l := follow(t, redisx.NewFeed(other, ward, quick), redisx.FromStart)
	within(t, 5*time.Second, "link", l.isUp)
	want := appendAll(t, f, 0, 10)
	within(t, 5*time.Second, "events", func() bool { return slices.Equal(l.ids(), want) })
	_, err = f.AppendDurable(ctx, "durable", []byte("x"), 0, time.Millisecond)
	must("append durable", err)

	due := redisx.NewDeadlines(c, ward, redisx.DeadlineOptions{})
	claimed := make(chan string, 1)
	working, rest := context.WithCancel(ctx)
	finished := make(chan error, 1)
	go func() {
		finished <- due.Run(working, func(_ context.Context, d redisx.Claim) error { claimed <- d.ID; return nil })
	}()
	must("deadline", due.Set(ctx, "a1", time.Millisecond, []byte("x")))
	arrives(t, "deadline", claimed)
	_, err = due.Add(ctx, "a2", time.Hour, nil)
	must("add a deadline", err)
	rest()
	<-finished
}

func arrives[T any](t *testing.T, what string, from <-chan T) {
	t.Helper()
	select {
	case <-from:
	case <-time.After(5 * time.Second):
		t.Errorf("%s: not in 5 s", what)
	}
}

// nothingRefused reads the servers' own list of what they refused.
func nothingRefused(t *testing.T, servers []*redistest.TestServer, ca *redistest.Authority) {
	t.Helper()
	for _, s := range servers {
		if s.PID() == 0 {
			continue
		}
		raw := redis.NewClient(&redis.Options{Addr: s.Addr(), TLSConfig: ca.Client("it"), Username: "it",
			Password: "word",
			Protocol: 2, DisableIdentity: true, MaxRetries: -1})
		defer raw.Close()
		refused, err := raw.ACLLog(t.Context(), 10).Result()
		if err != nil {
			t.Error(err)
		}
		for _, r := range refused {
			t.Errorf("%s refused %s: %s %s", s.Addr(), r.Username, r.Reason, r.Object)
		}
	}
}

// Everything works as a user with the listed rights and no others, over TLS with
// client certificates, on one server, behind Sentinels (through a failover) and
// in a Cluster. Red without hvals (no line), without the locks' inbox channel (the
// waiter is not woken), with zscore and no use of it, and with unsubscribe, which
// nobody needs.
func TestLeastRightsDoEverything(t *testing.T) {
	t.Parallel()
	for _, topology := range []string{"standalone", "sentinels", "cluster"} {
		t.Run(topology, func(t *testing.T) {
			t.Parallel()
			ca := redistest.NewAuthority(t)
			const it = "it on >word allkeys allchannels allcommands"
			o := redistest.Options{TLS: ca, Users: []string{least("ws", "word"), it}}
			var cfg redisx.Config
			var primary *redistest.TestServer
			var servers []*redistest.TestServer
			switch topology {
			case "standalone":
				servers = []*redistest.TestServer{redistest.Start(t, o)}
				cfg.Addrs = []string{servers[0].Addr()}
			case "cluster":
				set := redistest.StartCluster(t, 3, o)
				servers, cfg.Addrs, cfg.Cluster = set.Servers, set.Addrs()[:1], true
			case "sentinels":
				o.SentinelUsers = []string{"ws on >word resetchannels -@all " + redisx.Rules(redisx.SentinelRights()),
					it}
				set := redistest.StartSentinels(t, 1, o)
				cfg.Addrs, cfg.MasterName = set.Addrs(), set.MasterName
				cfg.SentinelUsername, cfg.SentinelPassword = "ws", func() string { return "word" }
				primary, servers = set.Servers[0], append(set.Servers, set.Watchers...)
			}
			c, other := secured(t, cfg, ca), secured(t, cfg, ca)
			everything(t, c, other, "icu")
			if primary != nil {
				primary.Kill()
				within(t, 15*time.Second, "the next primary", func() bool {
					return c.Publish(t.Context(), c.Keys().Channel("icu", "x"), nil) == nil
				})
				// One Sentinel knows of the failover later than another: a new client may
				// still be sent to the old primary.
				fresh, other := secured(t, cfg, ca), secured(t, cfg, ca)
				for _, c := range []*redisx.Client{fresh, other} {
					within(t, 15*time.Second, "the next primary for a new client", func() bool {
						return c.Publish(t.Context(), c.Keys().Channel("er", "x"), nil) == nil
					})
				}
				everything(t, fresh, other, "er")
			}
			nothingRefused(t, servers, ca)
			if topology == "standalone" {
				refusesTheRest(t, cfg.Addrs[0], ca)
				allUsed(t, cfg.Addrs[0], ca, c.Keys())
			}
		})
	}
}

// refusesTheRest sends every command that the rights do not name, and the named
// ones with other keys and channels, for real.
func refusesTheRest(t *testing.T, addr string, ca *redistest.Authority) {
	t.Helper()
	raw := redis.NewClient(&redis.Options{Addr: addr, TLSConfig: ca.Client("ws"), Username: "ws", Password: "word",
		Protocol: 2, DisableIdentity: true, MaxRetries: -1})
	defer raw.Close()
	for _, command := range [][]any{{"keys", "*"}, {"scan", "0"}, {"randomkey"}, {"dbsize"}, {"flushall"},
		{"eval", "return 1", "0"},
		{"config", "get", "*"}, {"monitor"}, {"shutdown"}, {"acl", "list"}, {"client", "list"}, {"slowlog", "get"},
		{"get", "other:x"}, {"get", "t"}, {"publish", "other", "x"}, {"subscribe", "other"}, {"psubscribe", "t:*"},
		{"xadd", "t:c:x", "*", "a", "b"}, {"zadd", "t:l:x", "1", "a"}, {"hget", "t:s:{x}:y", "a"},
		{"publish", "t:l:x", "x"}} {
		if err := raw.Do(t.Context(), command...).Err(); err == nil || !redis.HasErrorPrefix(err, "NOPERM") {
			t.Errorf("%v: %v, want NOPERM", command, err)
		}
	}
	// A script of one's own can be loaded, but not run.
	sha, err := raw.ScriptLoad(t.Context(), "return 1").Result()
	if err != nil {
		t.Error(err)
	}
	if err := raw.EvalSha(t.Context(), sha, nil).Err(); !redis.HasErrorPrefix(err, "NOPERM") {
		t.Errorf("own script: %v", err)
	}
}

// allUsed compares what may be sent with what the server says was: a right that
// nothing uses is one too many.
func allUsed(t *testing.T, addr string, ca *redistest.Authority, k redisx.Keys) {
	t.Helper()
	raw := redis.NewClient(&redis.Options{Addr: addr, TLSConfig: ca.Client("it"), Username: "it", Password: "word",
		Protocol: 2, DisableIdentity: true, MaxRetries: -1})
	defer raw.Close()
	stats, err := raw.Info(t.Context(), "commandstats").Result()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range everyRight(k) {
		for _, c := range r.Commands {
			name, _, isScript := strings.Cut(c, "|")
			if c == "cluster|slots" || c == "command" { // for a Cluster
				continue
			}
			if !isScript || name != "evalsha" {
				name = c
			}
			if !strings.Contains(stats, "cmdstat_"+name+":") {
				t.Errorf("%s: nobody needs %s", r.Use, c)
			}
		}
	}
}
