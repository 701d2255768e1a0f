//go:build unix

// Package bustest gives tests a private D-Bus session bus: a real dbus-daemon
// that activates no service of the host and ends with the test.
package bustest

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// config is a session bus without service directories: a test must not start
// the developer's own keyring or notification daemon.
const config = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

// Bus is a running bus.
type Bus struct {
	// Address is for DBUS_SESSION_BUS_ADDRESS. It stays the same over restarts.
	Address string
	// Dir is private to the bus and fit to be XDG_RUNTIME_DIR.
	Dir string

	tb  testing.TB
	cmd *exec.Cmd
}

// Start starts a bus and ends it with the test. It skips the test where no
// dbus-daemon is installed.
func Start(tb testing.TB) *Bus {
	tb.Helper()
	if _, err := exec.LookPath("dbus-daemon"); err != nil {
		tb.Skip("dbus-daemon is not installed")
	}
	// Not tb.TempDir: a socket's path has room for 107 bytes.
	dir, err := os.MkdirTemp("", "bus")
	if err != nil {
		tb.Fatal(err)
	}
	socket := filepath.Join(dir, "bus")
	b := &Bus{Address: "unix:path=" + socket, Dir: dir, tb: tb}
	if err := os.WriteFile(filepath.Join(dir, "conf"), fmt.Appendf(nil, config, socket), 0o600); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		b.Stop()
		_ = os.RemoveAll(dir)
	})
	b.Restart()
	return b
}

// Restart starts the bus again at the same address.
func (b *Bus) Restart() {
	b.tb.Helper()
	b.Stop()
	b.cmd = exec.Command("dbus-daemon", "--config-file="+filepath.Join(b.Dir, "conf"), "--nofork", "--print-address")
	out, err := b.cmd.StdoutPipe()
	if err != nil {
		b.tb.Fatal(err)
	}
	if err := b.cmd.Start(); err != nil {
		b.tb.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		b.tb.Fatalf("dbus-daemon did not start: %v", err)
	}
}

// Stop ends the bus; every connection breaks.
func (b *Bus) Stop() {
	if b.cmd == nil {
		return
	}
	_ = b.cmd.Process.Kill()
	_ = b.cmd.Wait() // its exit status is the kill
	b.cmd = nil
	_ = os.Remove(filepath.Join(b.Dir, "bus"))
}

// Freeze stops the bus's process without ending it: connections are accepted and
// nothing is answered. Stop and Restart work on a frozen bus.
func (b *Bus) Freeze() {
	b.tb.Helper()
	if err := b.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		b.tb.Fatal(err)
	}
}
