package redisx_test

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	"go.uber.org/goleak"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

func TestMain(m *testing.M) {
	redisx.LogTo(slog.New(slog.DiscardHandler))
	// A pool of go-redis whose dials fail keeps one goroutine that sleeps for a
	// second at a time and looks whether the pool was closed.
	goleak.VerifyTestMain(m, goleak.IgnoreAnyFunction("github.com/redis/go-redis/v9/internal/pool.(*ConnPool).tryDial"))
}

// open makes a client that is closed with the test, before its server ends.
func open(tb testing.TB, addr string) *redisx.Client {
	tb.Helper()
	c, err := redisx.Open(redisx.Config{Addrs: []string{addr}, Prefix: "t"})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := c.Close(); err != nil {
			tb.Errorf("close: %v", err)
		}
	})
	return c
}

// fixture is a server and a client of it.
func fixture(tb testing.TB) (*redistest.TestServer, *redisx.Client) {
	tb.Helper()
	s := redistest.Start(tb, redistest.Options{})
	return s, open(tb, s.Addr())
}

// admin is a plain connection for looking behind the scenes.
func admin(tb testing.TB, addr string) *redis.Client {
	tb.Helper()
	a := redis.NewClient(&redis.Options{Addr: addr, MaxRetries: -1, DialerRetries: 1})
	tb.Cleanup(func() { _ = a.Close() })
	return a
}

// within polls until ok, or fails the test at the deadline.
func within(tb testing.TB, limit time.Duration, what string, ok func() bool) {
	tb.Helper()
	deadline := time.Now().Add(limit)
	for !ok() {
		if time.Now().After(deadline) {
			tb.Fatalf("not within %v: %s", limit, what)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// receive waits for a value or fails the test.
func receive[T any](tb testing.TB, c <-chan T, limit time.Duration, what string) T {
	tb.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(limit):
		tb.Fatalf("not within %v: %s", limit, what)
		panic("unreachable")
	}
}

// background runs f with a context that ends with the test, and waits for it then.
func background(tb testing.TB, f func(ctx context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() { f(ctx) })
	stop = sync.OnceFunc(func() { cancel(); wg.Wait() })
	tb.Cleanup(stop)
	return stop
}

func who(n int) redisx.Holder {
	return redisx.Holder{Owner: fmt.Sprint("N", n), Name: "A. Nurse", Session: fmt.Sprint("s", n), Station: "icu-1"}
}
