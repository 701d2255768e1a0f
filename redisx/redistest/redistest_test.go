package redistest_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
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
	s, err := redistest.Run(ctx, redistest.ServerConfig{Dir: dir, AppendOnly: true, Config: []string{"requirepass " + secret}})
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
