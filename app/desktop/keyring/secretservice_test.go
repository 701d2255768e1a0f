//go:build linux

package keyring_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/desktop/sessionbus"
	"github.com/wardlight/wardlight/app/desktop/sessionbus/bustest"
)

// The library keeps one bus connection per process and reads its address from
// the environment: each case below runs in a process of its own, this test
// binary started again.
const scriptVar = "KEYRING_TEST_SCRIPT"

func TestMain(m *testing.M) {
	if script := os.Getenv(scriptVar); script != "" {
		play(script)
		return
	}
	os.Exit(m.Run())
}

// play runs "op name [secret]" lines and prints one answer per line.
func play(script string) {
	s := keyring.Open("wardlight-test")
	for line := range strings.Lines(script) {
		f := append(strings.Fields(line), "", "", "")
		// The process is the test's own and ends with it.
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		start := time.Now()
		var got string
		var err error
		switch f[0] {
		case "get":
			got, err = s.Get(ctx, f[1])
		case "set":
			err = s.Set(ctx, f[1], f[2])
		case "delete":
			err = s.Delete(ctx, f[1])
		case "probe":
			got = string(keyring.Probe(ctx, s))
		}
		cancel()
		if time.Since(start) > keyring.Limit+500*time.Millisecond {
			err = fmt.Errorf("took %v", time.Since(start))
		}
		fmt.Println(strings.TrimSpace(got + " " + name(err)))
	}
}

func name(err error) string {
	for text, is := range map[string]error{
		"not-found": keyring.ErrNotFound, "locked": keyring.ErrLocked, "absent": keyring.ErrAbsent,
		"timeout": keyring.ErrTimeout, "too-big": keyring.ErrTooBig,
	} {
		if errors.Is(err, is) {
			return text
		}
	}
	if err != nil {
		return "error: " + err.Error()
	}
	return ""
}

// run plays script in a process with env and returns its answers.
func run(t *testing.T, env []string, script string) []string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), scriptVar + "=" + script}, env...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, out, stderr.Bytes())
	}
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}

func want(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// daemon starts a gnome-keyring-daemon on the bus and ends it with the test. With
// a password it is unlocked, otherwise it stays locked.
func daemon(t *testing.T, bus *bustest.Bus, home, password string, env ...string) *exec.Cmd {
	t.Helper()
	path, err := exec.LookPath("gnome-keyring-daemon")
	if err != nil {
		t.Skip("gnome-keyring-daemon is not installed")
	}
	args := []string{"--foreground", "--components=secrets", "--control-directory=" + filepath.Join(bus.Dir, "control")}
	cmd := exec.Command(path, args...)
	if password != "" {
		cmd.Args = append(cmd.Args, "--unlock")
		cmd.Stdin = strings.NewReader(password)
	}
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_DATA_HOME=" + home, "XDG_RUNTIME_DIR=" + bus.Dir,
		sessionbus.EnvAddress + "=" + bus.Address,
	}, env...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	conn, err := sessionbus.ConnectTo(t.Context(), bus.Address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		if ok, err := sessionbus.Owned(t.Context(), conn, "org.freedesktop.secrets", false); err == nil && ok {
			return cmd
		}
		if time.Now().After(deadline) {
			t.Fatal("gnome-keyring-daemon did not appear on the bus")
		}
	}
}

func TestUnlockedKeyring(t *testing.T) {
	t.Parallel()
	bus := bustest.Start(t)
	daemon(t, bus, t.TempDir(), "test-pass")
	env := []string{sessionbus.EnvAddress + "=" + bus.Address}
	want(t, run(t, env, "probe\nset token abc-123\nget token\nset token def\nset big "+strings.Repeat("x",
		keyring.MaxSecret)),
		"ok", "", "abc-123", "", "")
	// Another process finds it, and nothing is left after its delete.
	want(t, run(t, env, "get token\ndelete token\nget token\ndelete token\nset big "+strings.Repeat("x",
		keyring.MaxSecret+1)),
		"def", "", "not-found", "not-found", "too-big")
}

func TestNoSessionBus(t *testing.T) {
	t.Parallel()
	// A dbus-launch that would be noticed: with a display set and no bus the
	// library starts one. Red once: with ready answering nil the marker appeared.
	bin, marker := t.TempDir(), filepath.Join(t.TempDir(), "launched")
	launch := "#!/bin/sh\necho launched >" + marker + "\necho DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent\n"
	if err := os.WriteFile(filepath.Join(bin, "dbus-launch"), []byte(launch), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(fmt.Sprintf("/run/user/%d/bus", os.Getuid())); err == nil {
		t.Skip("this login has a session bus")
	}
	env := []string{"DISPLAY=:0", "PATH=" + bin + ":" + os.Getenv("PATH"), "XDG_RUNTIME_DIR=" + t.TempDir()}
	want(t, run(t, env, "probe\nget token\nset token a\ndelete token"), "absent", "absent", "absent", "absent")
	if _, err := os.Stat(marker); err == nil {
		t.Error("a session bus was launched")
	}
}

func TestDeadBusAddress(t *testing.T) {
	t.Parallel()
	env := []string{sessionbus.EnvAddress + "=unix:path=" + filepath.Join(t.TempDir(), "none")}
	want(t, run(t, env, "probe\nset token a"), "absent", "absent")
}

func TestBusWithoutSecretService(t *testing.T) {
	t.Parallel()
	bus := bustest.Start(t)
	env := []string{sessionbus.EnvAddress + "=" + bus.Address}
	want(t, run(t, env, "probe\nget token\nset token a"), "absent", "absent", "absent")
}

// A bus found by its socket in XDG_RUNTIME_DIR alone, as after su or ssh.
func TestBusFoundByItsSocket(t *testing.T) {
	t.Parallel()
	bus := bustest.Start(t)
	daemon(t, bus, t.TempDir(), "test-pass")
	env := []string{"XDG_RUNTIME_DIR=" + bus.Dir}
	want(t, run(t, env, "set token a\nget token"), "", "a")
}

func TestLockedKeyring(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	bus := bustest.Start(t)
	first := daemon(t, bus, home, "test-pass")
	env := []string{sessionbus.EnvAddress + "=" + bus.Address}
	want(t, run(t, env, "set token a"), "")
	_ = first.Process.Kill()
	_ = first.Wait()
	daemon(t, bus, home, "") // the same keyring, its password not given
	want(t, run(t, env, "probe\nget token\nset token b"), "locked", "locked", "locked")
}

// A daemon that was never given a password has no keyring to unlock.
func TestNeverUnlockedKeyring(t *testing.T) {
	t.Parallel()
	bus := bustest.Start(t)
	daemon(t, bus, t.TempDir(), "")
	env := []string{sessionbus.EnvAddress + "=" + bus.Address}
	want(t, run(t, env, "probe\nset token b"), "locked", "locked")
}

// A bus that accepts and never answers.
func TestFrozenBus(t *testing.T) {
	t.Parallel()
	bus := bustest.Start(t)
	bus.Freeze()
	env := []string{sessionbus.EnvAddress + "=" + bus.Address}
	want(t, run(t, env, "probe\nget token"), "hanging", "timeout")
}
