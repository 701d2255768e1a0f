package redistest_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/wardlight/wardlight/redisx/redistest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// say sends one inline command and returns the first line of the answer.
func say(tb testing.TB, addr string, lines ...string) (string, error) {
	tb.Helper()
	conn, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return "", err
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(500 * time.Millisecond))
	in := bufio.NewReader(conn)
	var reply string
	for _, line := range lines {
		if _, err := fmt.Fprintf(conn, "%s\r\n", line); err != nil {
			return "", err
		}
		if reply, err = in.ReadString('\n'); err != nil {
			return "", err
		}
	}
	return strings.TrimSpace(reply), nil
}

// The password must be nowhere that another user of the computer can look.
func TestPasswordIsInNoFileAndNoArgument(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const secret = "canary-7f3a"
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	s, err := redistest.Run(ctx,
		redistest.ServerConfig{Dir: dir, AppendOnly: true, Config: []string{"requirepass " + secret}})
	if err != nil {
		t.Skipf("no server: %v", err)
	}
	defer s.Close()
	if got, err := say(t, s.Addr(), "PING"); err != nil || !strings.HasPrefix(got, "-NOAUTH") {
		t.Errorf("without password: %q %v", got, err)
	}
	if got, err := say(t, s.Addr(), "AUTH "+secret, "SET a b"); err != nil || got != "+OK" {
		t.Errorf("with password: %q %v", got, err)
	}
	for _, file := range []string{"cmdline", "environ"} {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", s.PID(), file))
		if err == nil && strings.Contains(string(text), secret) {
			t.Errorf("%s shows the password", file)
		}
	}
	_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if text, err := os.ReadFile(path); err == nil && strings.Contains(string(text), secret) {
			t.Errorf("%s holds the password", path)
		}
		return nil
	})
	if strings.Contains(s.Output(), secret) {
		t.Error("the output shows the password")
	}
}

func TestServerDiesFreezesAndComesBack(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{AppendOnly: true, Config: []string{"appendfsync always"}})
	if got, err := say(t, s.Addr(), "SET a 1"); err != nil || got != "+OK" {
		t.Fatalf("%q %v", got, err)
	}
	s.Freeze()
	if got, err := say(t, s.Addr(), "PING"); err == nil {
		t.Errorf("a frozen server said %q", got)
	}
	s.Thaw()
	if got, err := say(t, s.Addr(), "PING"); err != nil || got != "+PONG" {
		t.Errorf("thawed: %q %v", got, err)
	}
	s.Restart(false)
	if got, err := say(t, s.Addr(), "EXISTS a"); err != nil || got != ":1" {
		t.Errorf("after a restart with data: %q %v", got, err)
	}
	s.Restart(true)
	if got, err := say(t, s.Addr(), "EXISTS a"); err != nil || got != ":0" {
		t.Errorf("after an empty restart: %q %v", got, err)
	}
	s.Kill()
	if _, err := say(t, s.Addr(), "PING"); err == nil {
		t.Error("a killed server answers")
	}
}

func TestProxyFaults(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{})
	p := redistest.NewProxy(t, s.Addr())
	up := func(want bool, what string) {
		t.Helper()
		if got, err := say(t, p.Addr(), "PING"); (err == nil) != want {
			t.Errorf("%s: %q %v", what, got, err)
		}
	}
	up(true, "plain")
	p.Blackhole(true)
	up(false, "blackhole")
	p.Blackhole(false)
	up(true, "blackhole off")
	p.HalfOpen(true)
	if _, err := say(t, p.Addr(), "SET a 1"); err == nil {
		t.Error("half open: a reply came")
	}
	p.HalfOpen(false)
	if got, err := say(t, p.Addr(), "EXISTS a"); err != nil || got != ":1" {
		t.Errorf("half open: the request did not arrive: %q %v", got, err)
	}
	p.Refuse(true)
	up(false, "refuse")
	p.Refuse(false)
	p.LoseReplies(1)
	up(false, "lost reply")
	up(true, "after it")
	p.Delay(100 * time.Millisecond)
	began := time.Now()
	up(true, "delay")
	if took := time.Since(began); took < 200*time.Millisecond {
		t.Errorf("delayed by %v only", took)
	}
}

func TestProxyThrottlesAndCutsInsideAReply(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{})
	p := redistest.NewProxy(t, s.Addr())
	p.CutAfter(3)
	conn, err := net.DialTimeout("tcp", p.Addr(), time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(2 * time.Second))
	_, _ = conn.Write([]byte("PING\r\n"))
	if got, err := io.ReadAll(conn); string(got) != "+PO" {
		t.Errorf("after the cut: %q %v", got, err)
	}
	p.CutAfter(-1)
	p.Throttle(100) // the 7 bytes of +PONG and the 6 of PING: 130 ms
	began := time.Now()
	if got, err := say(t, p.Addr(), "PING"); err != nil || got != "+PONG" {
		t.Errorf("throttled: %q %v", got, err)
	}
	if took := time.Since(began); took < 100*time.Millisecond {
		t.Errorf("throttled by %v only", took)
	}
	p.Throttle(0)
}

// A server that speaks TLS turns away clients without a certificate, plain ones,
// and clients of another authority; and outlives a restart.
func TestTLSAndUsers(t *testing.T) {
	t.Parallel()
	ca := redistest.NewAuthority(t)
	s := redistest.Start(t, redistest.Options{TLS: ca, Users: []string{"ws on >word ~a:* +get +ping"}})
	ask := func(cfg *tls.Config, lines ...string) (string, error) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		conn, err := (&tls.Dialer{Config: cfg}).DialContext(ctx, "tcp", s.Addr())
		if err != nil {
			return "", err
		}
		defer conn.Close()
		_ = conn.SetDeadline(time.Now().Add(time.Second))
		in, got := bufio.NewReader(conn), ""
		for _, line := range lines {
			if _, err := fmt.Fprintf(conn, "%s\r\n", line); err != nil {
				return "", err
			}
			if got, err = in.ReadString('\n'); err != nil {
				return "", err
			}
		}
		return strings.TrimSpace(got), nil
	}
	for range 2 {
		if got, err := ask(ca.Client("ws"), "AUTH ws word", "PING"); err != nil || got != "+PONG" {
			t.Errorf("with certificate and password: %q %v", got, err)
		}
		s.Restart(true)
	}
	if got, err := ask(ca.Client("ws"), "PING"); err != nil || !strings.HasPrefix(got, "-NOAUTH") {
		t.Errorf("without password: %q %v", got, err)
	}
	if got, err := ask(ca.Client("ws"), "AUTH ws word", "GET b"); err != nil || !strings.HasPrefix(got, "-NOPERM") {
		t.Errorf("beyond its rights: %q %v", got, err)
	}
	if _, err := ask(&tls.Config{RootCAs: ca.Pool}, "PING"); err == nil {
		t.Error("let in without a certificate")
	}
	other := redistest.NewAuthority(t)
	if _, err := ask(other.Client("ws"), "PING"); err == nil {
		t.Error("a client trusted another authority's server")
	}
	if got, err := say(t, s.Addr(), "PING"); err == nil {
		t.Errorf("plain text was answered: %q", got)
	}
}

// Refuse and Cut leave nothing open, connections that were being made included:
// one of those let a vanished client go on renewing its lock. Red with accept not
// looking again after its dial: "one still open in round 18".
func TestCutCatchesConnectionsBeingMade(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{})
	p := redistest.NewProxy(t, s.Addr())
	for round := range 300 {
		var dials sync.WaitGroup
		for range 3 {
			dials.Go(func() {
				c, err := net.DialTimeout("tcp", p.Addr(), time.Second)
				if err != nil {
					return
				}
				defer c.Close()
				_ = c.SetReadDeadline(time.Now().Add(5 * time.Second))
				if _, err := c.Read(make([]byte, 1)); errors.Is(err, os.ErrDeadlineExceeded) {
					t.Errorf("one still open in round %d", round)
				}
			})
		}
		for range round % 50 {
			runtime.Gosched()
		}
		p.Refuse(true)
		p.Cut()
		dials.Wait()
		p.Refuse(false)
		if t.Failed() {
			return
		}
	}
}
