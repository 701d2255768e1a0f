package redistest

import (
	"context"
	"errors"
	"time"
)

// TB is the part of testing.TB that this package uses; it is an interface so
// that programs calling [Run] do not carry the testing package.
type TB interface {
	Helper()
	Cleanup(func())
	TempDir() string
	Logf(format string, args ...any)
	Fatalf(format string, args ...any)
	Skipf(format string, args ...any)
	Failed() bool
}

// Options say how [Start] starts a server.
type Options struct {
	AppendOnly bool     // keep data over a Restart
	Config     []string // further lines of redis.conf
}

// TestServer is a [Server] whose failures end the test.
type TestServer struct {
	*Server
	tb TB
}

// Start runs a server for one test and ends it with the test. Without a
// redis-server the test is skipped.
func Start(tb TB, o Options) *TestServer {
	tb.Helper()
	return begin(tb, ServerConfig{Dir: tb.TempDir(), AppendOnly: o.AppendOnly, Config: o.Config})
}

func begin(tb TB, cfg ServerConfig) *TestServer {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second) // a test's own root
	defer cancel()
	s, err := Run(ctx, cfg)
	if errors.Is(err, ErrNoServer) {
		tb.Skipf("%v", err)
	}
	if err != nil {
		tb.Fatalf("%v", err)
	}
	tb.Cleanup(func() {
		s.Kill()
		if tb.Failed() {
			tb.Logf("redis-server %s:\n%s", s.Addr(), s.Output())
		}
	})
	return &TestServer{Server: s, tb: tb}
}

// Restart is [Server.Restart]; a failure ends the test.
func (s *TestServer) Restart(empty bool) {
	s.tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second) // a test's own root
	defer cancel()
	if err := s.Server.Restart(ctx, empty); err != nil {
		s.tb.Fatalf("%v", err)
	}
}
