package redisx_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

func TestHealth(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{Config: []string{"maxmemory 200mb", "maxmemory-policy allkeys-lru"}})
	c := open(t, s.Addr())
	all, err := c.Health(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("%v %v", all, err)
	}
	h := all[0]
	if !h.Primary || h.State != nil || h.Version == "" || h.RunID == "" || h.Addr != s.Addr() ||
		h.MaxMemory != 200<<20 || h.UsedMemory == 0 || h.Clients == 0 || h.RoundTrip <= 0 ||
		h.Skew.Abs() > time.Second {
		t.Errorf("%+v", h)
	}
	if !strings.Contains(strings.Join(h.Warnings, "\n"), "allkeys-lru") {
		t.Errorf("no warning of eviction in %q", h.Warnings)
	}
	s.Restart(false)
	again, err := c.Health(t.Context())
	if err != nil || again[0].RunID == h.RunID {
		t.Errorf("after the restart: %+v %v", again, err)
	}
	replica := redistest.Start(t, redistest.Options{Config: []string{"replicaof 127.0.0.1 1"}})
	if all, err := open(t, replica.Addr()).Health(t.Context()); err != nil || all[0].Primary ||
		!errors.Is(all[0].State, redisx.ErrReadOnly) {
		t.Errorf("replica: %+v %v", all, err)
	}
	s.Kill()
	if _, err := c.Health(t.Context()); !errors.Is(err, redisx.ErrDown) {
		t.Errorf("killed: %v", err)
	}
}

// A server that reads a large file after a start answers with LOADING.
func TestLoadingServer(t *testing.T) {
	t.Parallel()
	// 2 ms a key, and a look at the clients every KB.
	s := redistest.Start(t,
		redistest.Options{Config: []string{"key-load-delay 2000", "loading-process-events-interval-bytes 1024"}})
	c := open(t, s.Addr())
	raw := admin(t, s.Addr())
	pipe := raw.Pipeline()
	for i := range 700 {
		pipe.Set(t.Context(), "k"+strings.Repeat("x", 40)+string(rune('a'+i%26))+time.Duration(i).String(), "v", 0)
	}
	if _, err := pipe.Exec(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := raw.Save(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	locks := redisx.NewLocks(c, redisx.LockOptions{})
	ready := make(chan struct{})
	background(t, func(ctx context.Context) { defer close(ready); s.Restart(false) })
	within(t, 10*time.Second, "ErrLoading from a call", func() bool {
		_, err := locks.Acquire(t.Context(), "g", "n", who(1))
		return errors.Is(err, redisx.ErrLoading)
	})
	all, err := c.Health(t.Context())
	if err != nil || !errors.Is(all[0].State, redisx.ErrLoading) {
		t.Errorf("health: %+v %v", all, err)
	}
	receive(t, ready, 15*time.Second, "the server")
	if _, err := c.Ping(t.Context()); err != nil {
		t.Errorf("loaded: %v", err)
	}
}
