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
	// TLS, when set, makes the server speak TLS only, with a certificate of this
	// authority, and demand one of it from every client.
	TLS *Authority
	// Users are ACL users as redis.conf has them, without the word "user", such
	// as "ws on >secret ~wl:* +@read". With any, the default user is turned off.
	Users []string

	// The rest is for [StartSentinels].

	// SentinelUsers are the ACL users of the Sentinels themselves, as Users.
	SentinelUsers []string
	// Replica and Sentinel are the Users as whom replicas and Sentinels sign in
	// to the servers. Without, they sign in as one that may do everything.
	Replica, Sentinel Credentials
}

// Credentials are a user and its password.
type Credentials struct{ User, Password string }

// TestServer is a [Server] whose failures end the test.
type TestServer struct {
	*Server
	tb  TB
	ask asker
}

// Do sends one command as an administrator, whatever users the server knows.
func (s *TestServer) Do(args ...string) (any, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second) // a test's own root
	defer cancel()
	c := s.ask.client(s.Addr())
	defer c.Close()
	command := make([]any, len(args))
	for i, a := range args {
		command[i] = a
	}
	return c.Do(ctx, command...).Result()
}

// Start runs a server for one test and ends it with the test. Without a
// redis-server the test is skipped.
func Start(tb TB, o Options) *TestServer {
	tb.Helper()
	o, ask := secured([]Options{o})
	cfg := ServerConfig{Dir: tb.TempDir(), AppendOnly: o.AppendOnly, Config: append(userLines(o.Users), o.Config...)}
	o.encrypt(&cfg)
	return ask.begin(tb, cfg)
}

// userLines turns the default user off and adds others, if there are any.
func userLines(users []string) []string {
	if len(users) == 0 {
		return nil
	}
	lines := []string{"user default off"}
	for _, u := range users {
		lines = append(lines, "user "+u)
	}
	return lines
}

// encrypt makes a server speak TLS only, if o asks for it.
func (o Options) encrypt(cfg *ServerConfig) {
	if o.TLS == nil {
		return
	}
	cfg.TLS = o.TLS.Client("redistest")
	cert, key, ca := o.TLS.serverFiles(cfg.Dir)
	cfg.Config = append([]string{"tls-cert-file " + cert, "tls-key-file " + key, "tls-ca-cert-file " + ca,
		"tls-auth-clients yes", "tls-replication yes", "tls-cluster yes"}, cfg.Config...)
}

func (a asker) begin(tb TB, cfg ServerConfig) *TestServer {
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
	return &TestServer{Server: s, tb: tb, ask: a}
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
