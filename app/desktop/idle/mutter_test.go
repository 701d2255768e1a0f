//go:build linux

package idle

import (
	"bufio"
	"context"
	"errors"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/wardlight/wardlight/app/desktop/sessionbus"
)

// privateBus starts a session bus of the test's own.
func privateBus(t *testing.T) string {
	t.Helper()
	program, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip("no dbus-daemon here")
	}
	cmd := exec.Command(program, "--session", "--nofork", "--print-address", "--address=unix:dir="+t.TempDir())
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// window is a window manager that says what it is told.
type window struct{ idle atomic.Uint64 }

// GetIdletime is the call that the probe makes.
func (w *window) GetIdletime() (uint64, *dbus.Error) { return w.idle.Load(), nil }

// The probe reads the window manager's milliseconds, knows when nobody answers, and
// finds a window manager that comes later.
func TestMutter(t *testing.T) {
	address := privateBus(t)
	probe := On(address)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	if _, err := probe(ctx); !errors.Is(err, ErrUnknown) {
		t.Fatalf("without a window manager: %v", err)
	}
	conn, err := sessionbus.ConnectTo(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	w := &window{}
	if err := conn.Export(w, mutterPath, mutter); err != nil {
		t.Fatal(err)
	}
	if reply, err := conn.RequestName(mutter, dbus.NameFlagDoNotQueue); err != nil ||
		reply != dbus.RequestNameReplyPrimaryOwner {
		t.Fatal(reply, err)
	}
	w.idle.Store(61_500)
	if d, err := probe(ctx); err != nil || d != 61500*time.Millisecond {
		t.Errorf("%v %v", d, err)
	}
	w.idle.Store(1<<64 - 1)
	if d, err := probe(ctx); err != nil || d < 0 {
		t.Errorf("a time beyond all bounds: %v %v", d, err)
	}
}
