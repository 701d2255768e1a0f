//go:build linux

package demo

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
)

// started runs a demonstration without a station until the returned function
// ends it.
func started(t *testing.T, data string) (*site.Site, func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ready, done := make(chan *site.Site, 1), make(chan error, 1)
	go func() {
		done <- Run(ctx, Options{Data: data, NoStation: true, Out: io.Discard, Err: io.Discard,
			ready: func(s *site.Site) { ready <- s }})
	}()
	select {
	case s := <-ready:
		return s, func() {
			cancel()
			if err := <-done; err != nil {
				t.Errorf("demo ended with %v", err)
			}
		}
	case err := <-done:
		cancel()
		t.Fatalf("demo did not start: %v", err)
	case <-time.After(60 * time.Second):
		t.Fatal("demo did not start")
	}
	return nil, nil
}

// tell is what anybody on the machine can say to the server: one command,
// without signing in.
func tell(t *testing.T, addr, command string) string {
	t.Helper()
	conn, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	fmt.Fprintf(conn, "%s\r\n", command)
	line, err := bufio.NewReader(conn).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// processes lists what runs in the demonstration's folder.
func processes(t *testing.T, dir string) (found []string) {
	t.Helper()
	all, _ := filepath.Glob("/proc/[0-9]*/cwd")
	for _, p := range all {
		if cwd, err := os.Readlink(p); err == nil && strings.HasPrefix(cwd, dir) {
			found = append(found, p)
		}
	}
	return found
}

// written waits until the server has handed the stream's end to its file. Redis 7.0
// answers before it does while an fsync is under way, and a SIGTERM in that moment
// loses it: in a demonstration the record tells the stream again.
func written(t *testing.T, data string, last redisx.Position) {
	t.Helper()
	again := time.NewTicker(10 * time.Millisecond)
	defer again.Stop()
	limit := time.After(time.Minute)
	for {
		files, _ := filepath.Glob(filepath.Join(data, "redis", "appendonlydir", "*.incr.aof"))
		for _, f := range files {
			if b, err := os.ReadFile(f); err == nil && strings.Contains(string(b), string(last)) {
				return
			}
		}
		select {
		case <-again.C:
		case <-limit:
			t.Fatalf("the stream's end %s is not in the server's file", last)
		}
	}
}

// The stream's end was seen lost ("now at 0") with the default user's few rights
// in the server's configuration, and NOPERM not said with all rights given to it.
func TestDemo(t *testing.T) {
	data := t.TempDir()
	s, end := started(t, data)
	addr := s.Config.Redis.Addrs[0]
	if err := s.Kick(t.Context()); err != nil {
		t.Errorf("the station's user: %v", err)
	}
	if len(processes(t, data)) == 0 {
		t.Error("no server runs in the folder: the check at the end could not fail")
	}
	if got := tell(t, addr, `PUBLISH wl:ch:{4B}:intake "{}"`); !strings.HasPrefix(got, ":") {
		t.Errorf("intake: %s", got)
	}
	for _, command := range []string{"PUBLISH wl:fe:{alerts:4B} x", "PUBLISH wl:ch:{relay}:kick x", "SET wl:x 1",
		"GET wl:x", "CONFIG GET dir", "KEYS *", "SUBSCRIBE wl:ch:{4B}:intake"} {
		if got := tell(t, addr, command); !strings.HasPrefix(got, "-NOPERM") {
			t.Errorf("%s: %s, want NOPERM", command, got)
		}
	}
	err := Run(t.Context(), Options{Data: data, NoStation: true, Out: io.Discard, Err: io.Discard})
	if err == nil || !strings.Contains(err.Error(), "already runs") {
		t.Errorf("a second demonstration in the folder: %v", err)
	}
	before, err := s.Record.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Record.SetMeta(t.Context(), "kept", "yes"); err != nil {
		t.Fatal(err)
	}
	if _, err := site.Events(s.Redis, "4B").Append(t.Context(), "e1", []byte("{}")); err != nil {
		t.Fatal(err)
	}
	last, err := site.Events(s.Redis, "4B").Last(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	written(t, data, last)
	end()
	if left := processes(t, data); len(left) > 0 {
		t.Errorf("left running: %v", left)
	}

	s, end = started(t, data)
	defer end()
	if s.Config.Redis.Addrs[0] != addr {
		t.Errorf("second start at %s, the first was at %s", s.Config.Redis.Addrs[0], addr)
	}
	if kept, err := s.Record.Meta(t.Context(), "kept"); kept != "yes" {
		t.Errorf("the record lost what was in it: %v", err)
	}
	// the simulator may have gone on
	if again, err := site.Events(s.Redis, "4B").Last(t.Context()); err != nil || again < last {
		t.Errorf("the stream ended at %s, now at %s: %v", last, again, err)
	}
	if after, _ := s.Record.Count(t.Context()); after.Patients != before.Patients {
		t.Errorf("%d patients, were %d", after.Patients, before.Patients)
	}
}
