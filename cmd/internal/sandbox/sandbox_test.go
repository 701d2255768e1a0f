//go:build linux

package sandbox

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/desktop/sessionbus"
)

// parentVar makes this test binary the parent of a sandbox that the test kills.
const parentVar = "SANDBOX_TEST_PARENT"

func TestMain(m *testing.M) {
	if dir := os.Getenv(parentVar); dir != "" {
		parent(dir)
		return
	}
	os.Exit(m.Run())
}

// parent starts everything, prints the process numbers and waits to be killed.
func parent(dir string) {
	// The process is the test's own and is killed by it.
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	x, b, err := everything(ctx, dir)
	if err != nil {
		fmt.Println("error", err)
		return
	}
	for _, p := range append([]*part{x.x, x.manager, b.daemon}, b.services...) {
		if p != nil {
			fmt.Println(p.cmd.Process.Pid)
		}
	}
	fmt.Println("ready")
	<-ctx.Done()
}

func everything(ctx context.Context, dir string) (*XServer, *Bus, error) {
	x, err := Display(ctx, "800x600x24")
	if err != nil {
		return nil, nil, err
	}
	b, err := NewBus(ctx)
	if err != nil {
		return x, nil, err
	}
	return x, b, errors.Join(Keyring(ctx, b, dir, "test-pass"), NotificationDaemon(ctx, b, x))
}

func needs(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			t.Skip(p + " is not installed")
		}
	}
}

func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func gone(pid int) bool { return errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) || zombie(pid) }

// zombie: in a container without an init, an orphan that ended stays listed.
func zombie(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return true
	}
	after := string(stat[strings.LastIndexByte(string(stat), ')')+1:])
	return strings.HasPrefix(after, " Z")
}

// A killed parent leaves nothing running. Red once: without Pdeathsig all five
// were still there after the deadline.
func TestEverythingEndsWithItsParent(t *testing.T) {
	needs(t, "Xvfb", "dbus-daemon", "gnome-keyring-daemon", "dunst")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), parentVar+"="+t.TempDir(), "TMPDIR="+t.TempDir())
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var pids []int
	for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "ready"; {
		var pid int
		if _, err := fmt.Sscan(lines.Text(), &pid); err != nil {
			t.Fatal(lines.Text())
		}
		pids = append(pids, pid)
	}
	if len(pids) < 4 {
		t.Fatalf("%d programs started", len(pids))
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	deadline := time.Now().Add(10 * time.Second)
	for _, pid := range pids {
		for !gone(pid) {
			if time.Now().After(deadline) {
				t.Errorf("process %d is still running", pid)
				_ = syscall.Kill(pid, syscall.SIGKILL)
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
}

func TestCloseEndsEverything(t *testing.T) {
	needs(t, "Xvfb", "dbus-daemon", "gnome-keyring-daemon", "dunst")
	x, b, err := everything(within(t), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	parts := append([]*part{x.x, b.daemon}, b.services...)
	if err := errors.Join(b.Close(), x.Close()); err != nil {
		t.Error(err)
	}
	for _, p := range parts {
		if !gone(p.cmd.Process.Pid) {
			t.Errorf("%s is still running", p.name)
		}
	}
	for _, dir := range []string{x.dir, b.Dir} {
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%s is left", dir)
		}
	}
}

func TestDisplayAndScreenshot(t *testing.T) {
	needs(t, "Xvfb")
	x, err := Display(within(t), "640x480x24")
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	t.Setenv("DISPLAY", x.Name)
	t.Setenv("WAYLAND_DISPLAY", "")
	if !HasDisplay(t.Context()) {
		t.Error("a display that is there was not seen")
	}
	if _, err := exec.LookPath("xsetroot"); err == nil {
		cmd := exec.Command("xsetroot", "-solid", "#123456")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v %s", err, out)
		}
		img, err := x.Screenshot()
		if err != nil {
			t.Fatal(err)
		}
		if r, g, b, _ := img.At(5, 5).RGBA(); r>>8 != 0x12 || g>>8 != 0x34 || b>>8 != 0x56 {
			t.Errorf("colour %02x%02x%02x", r>>8, g>>8, b>>8)
		}
	}
	path := filepath.Join(t.TempDir(), "shot.png")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- Screenshots(ctx, x, path, 10*time.Millisecond) }()
	for seen := 0; seen < 5; {
		f, err := os.Open(path)
		if err != nil {
			time.Sleep(time.Millisecond)
			continue
		}
		img, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatalf("a picture that is not whole: %v", err)
		}
		if s := img.Bounds().Size(); s.X != 640 || s.Y != 480 {
			t.Fatalf("size %v", s)
		}
		seen++
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	x.Close()
	if HasDisplay(t.Context()) {
		t.Error("a display that is gone was seen")
	}
}

func TestKeyringIsFoundAgain(t *testing.T) {
	needs(t, "dbus-daemon", "gnome-keyring-daemon", "secret-tool")
	dir := t.TempDir()
	var passwords []string
	for run := range 2 {
		password, err := DemoPassword(dir)
		if err != nil {
			t.Fatal(err)
		}
		passwords = append(passwords, password)
		b, err := NewBus(within(t))
		if err != nil {
			t.Fatal(err)
		}
		defer b.Close()
		t.Setenv(sessionbus.EnvAddress, b.Address)
		if HasSecretService(t.Context()) {
			t.Error("a keyring before it was started")
		}
		if err := Keyring(within(t), b, dir, password); err != nil {
			t.Fatal(err)
		}
		if !HasSecretService(t.Context()) {
			t.Error("no keyring after it was started")
		}
		args := []string{"lookup", "k", "v"}
		if run == 0 {
			args = []string{"store", "--label=x", "k", "v"}
		}
		cmd := exec.CommandContext(within(t), "secret-tool", args...)
		cmd.Stdin = strings.NewReader("kept")
		out, err := cmd.Output()
		if err != nil || run == 1 && string(out) != "kept" {
			t.Fatalf("run %d: %q %v", run, out, err)
		}
		b.Close()
	}
	if passwords[0] != passwords[1] {
		t.Error("another password at the second run")
	}
	info, err := os.Stat(filepath.Join(dir, "demo-keyring-password"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

func TestDemoPasswordOfRunsAtOnce(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	got := make([]string, 20)
	for i := range got {
		wg.Go(func() {
			var err error
			if got[i], err = DemoPassword(dir); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, p := range got {
		if p != got[0] || len(p) < 20 {
			t.Fatalf("%q and %q", p, got[0])
		}
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestMissingProgramIsNamed(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Display(t.Context(), "")
	if !errors.Is(err, ErrMissing) || !strings.Contains(err.Error(), "Xvfb") {
		t.Errorf("%v", err)
	}
	if _, err := NewBus(t.Context()); !errors.Is(err, ErrMissing) {
		t.Errorf("%v", err)
	}
}

func TestNoDesktop(t *testing.T) {
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	t.Setenv(sessionbus.EnvAddress, "unix:path="+filepath.Join(t.TempDir(), "none"))
	if HasDisplay(t.Context()) || HasSecretService(t.Context()) || HasNotifications(t.Context()) {
		t.Error("a desktop where there is none")
	}
}

func FuzzDecodeXWD(f *testing.F) {
	f.Add(make([]byte, 100))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if img, err := decodeXWD(raw); err == nil && img.Bounds().Empty() {
			t.Error("an empty picture")
		}
	})
}
