//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/wardlight/wardlight/app/desktop/notify/notifytest"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/assets/demo"
	"github.com/wardlight/wardlight/cmd/internal/sandbox"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
	"github.com/wardlight/wardlight/ui/dispatch"
	"github.com/wardlight/wardlight/ui/press"
	"github.com/wardlight/wardlight/ui/spots"
	"github.com/wardlight/wardlight/ui/window"
)

// wardOfTwo is what the stations of the test share.
type wardOfTwo struct {
	t       *testing.T
	program string
	dir     string
	server  *redistest.TestServer
	record  *records.Store
	redis   *redisx.Client
}

var built string // the folder of the program under test

func TestMain(m *testing.M) {
	code := m.Run()
	_ = os.RemoveAll(built)
	os.Exit(code)
}

// program builds the station, race detector and spots on, once for all tests.
var program = sync.OnceValues(func() (string, error) {
	var err error
	if built, err = os.MkdirTemp("", "wardlight-e2e-"); err != nil {
		return "", err
	}
	path := filepath.Join(built, "wardlight")
	build := exec.Command("go", "build", "-race", "-tags", "gles,migrated_fynedo,no_animations,e2e", "-o", path, ".")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

func newWard(t *testing.T) *wardOfTwo {
	path, err := program()
	must(t, err)
	return newWardOf(t, path)
}

// newWardOf is a ward whose stations run a program built before.
func newWardOf(t *testing.T, program string) *wardOfTwo {
	for _, need := range []string{"Xvfb", "xdotool", "redis-server", "gnome-keyring-daemon", "dbus-daemon"} {
		if _, err := exec.LookPath(need); err != nil {
			t.Fatalf("%v: assets/setup/debian.sh test installs it", err)
		}
	}
	w := &wardOfTwo{t: t, dir: t.TempDir(), program: program}
	var err error
	w.server = redistest.Start(t, redistest.Options{AppendOnly: true})
	must(t, site.WriteConfig(w.dir, site.Config{Ward: "4B", Redis: site.Redis{Addrs: []string{w.server.Addr()}}}))
	w.record, err = records.Open(t.Context(), records.Options{Path: filepath.Join(w.dir, site.RecordName)})
	must(t, err)
	t.Cleanup(func() { w.record.Close() })
	must(t, demo.Seed(t.Context(), w.record, time.Now(), cheapHash))
	w.redis, err = redisx.Open(redisx.Config{Addrs: []string{w.server.Addr()}})
	must(t, err)
	t.Cleanup(func() { w.redis.Close() })
	return w
}

// cheapHash is an argon2id hash that the race detector does not need seconds for.
// A hash carries its parameters, so sign-in checks it in the same way.
func cheapHash(password string) (string, error) {
	return argon2id.CreateHash(password,
		&argon2id.Params{Memory: 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
}

// screenStation is a station with a display, a bus, a keyring and a
// notification service of its own, as on a machine of its own.
type screenStation struct {
	t       *testing.T
	ward    *wardOfTwo
	name    string
	look    look
	display *sandbox.XServer
	bus     *sandbox.Bus
	notes   *notifytest.Recorder
	home    string
	spots   string
	log     string
	window  string
	process *exec.Cmd
	// patience is how long the screen may take; 0 is 20 s.
	patience time.Duration
}

func (w *wardOfTwo) open(name string) *screenStation { return w.openAs(name, look{1600, 1000, 1}) }

// look is a screen's size, and how large its text is.
type look struct {
	width, height int
	text          float32
}

func (l look) String() string { return fmt.Sprintf("%dx%d at %.0f %%", l.width, l.height, 100*l.text) }

func (w *wardOfTwo) openAs(name string, l look) *screenStation {
	t := w.t
	ctx := t.Context()
	dir := t.TempDir()
	s := &screenStation{t: t, ward: w, name: name, look: l, home: filepath.Join(dir, "home"),
		spots: filepath.Join(dir, "spots.json"), log: filepath.Join(dir, "log")}
	must(t, os.MkdirAll(filepath.Join(s.home, ".cache"), 0o700))
	var err error
	s.display, err = sandbox.Display(ctx, fmt.Sprintf("%dx%dx24", l.width, l.height))
	must(t, err)
	t.Cleanup(func() { s.display.Close() })
	s.bus, err = sandbox.NewBus(ctx)
	must(t, err)
	t.Cleanup(func() { s.bus.Close() })
	must(t, sandbox.Keyring(ctx, s.bus, t.TempDir(), "test"))
	s.notes = notifytest.Serve(t, s.bus.Address)
	s.start()
	t.Cleanup(func() {
		if err := s.stop(os.Interrupt); err != nil {
			t.Errorf("%s ended with %v", name, err)
		}
		text, _ := os.ReadFile(s.log)
		if strings.Contains(string(text), "DATA RACE") || strings.Contains(string(text), "Error in Fyne call thread") ||
			t.Failed() {
			t.Errorf("%s said:\n%s", name, text)
		}
		s.held(string(text))
	})
	return s
}

// heldTook finds what the program says of itself when it held its window.
var heldTook = regexp.MustCompile(window.Held + `.*took=(\S+)`)

// held fails if a change of the screen held the real window for long: 250 ms, ten
// times that beside the race detector on a machine with other work. Seen red with
// a sleep of 3 s in showFrame.
func (s *screenStation) held(log string) {
	var most time.Duration
	found := heldTook.FindAllStringSubmatch(log, -1)
	for _, f := range found {
		d, err := time.ParseDuration(f[1])
		must(s.t, err)
		most = max(most, d)
	}
	if len(found) > 0 {
		s.t.Logf("%s: the window was held %d times, %v at most", s.name, len(found), most)
	}
	if most > 10*dispatch.HeldMost {
		s.t.Errorf("%s: the window was held for %v", s.name, most)
	}
}

// start starts the program, again after a crash.
func (s *screenStation) start() {
	s.t.Helper()
	out, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	must(s.t, err)
	defer out.Close()
	must(s.t, os.RemoveAll(s.spots))
	s.window = ""
	s.process = exec.Command(s.ward.program, "--data", s.ward.dir, "--station", s.name, "--text",
		fmt.Sprint(s.look.text))
	s.process.Env = append(s.environ(), sandbox.Locale()...)
	s.process.Env = append(s.process.Env, "HOME="+s.home, "FYNE_SCALE=1", spots.Env+"="+s.spots)
	s.process.Stdout, s.process.Stderr = out, out
	must(s.t, s.process.Start())
}

// environ is what a program on this station's desktop sees.
func (s *screenStation) environ() []string {
	return append(append(os.Environ(), s.display.Env()...), s.bus.Env()...)
}

// stop ends the program with a signal and waits for its end.
func (s *screenStation) stop(how os.Signal) error {
	_ = s.process.Process.Signal(how)
	done := make(chan error, 1)
	go func() { done <- s.process.Wait() }()
	select {
	case err := <-done:
		return err
	case <-time.After(patience):
		_ = s.process.Process.Signal(syscall.SIGQUIT) // it says where it stands
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			_ = s.process.Process.Kill()
		}
		return fmt.Errorf("no end within %v", patience)
	}
}

func (s *screenStation) read() map[string]spots.Spot {
	var m map[string]spots.Spot
	if text, err := os.ReadFile(s.spots); err == nil {
		_ = json.Unmarshal(text, &m)
	}
	return m
}

// patience is how long a screen may take: how fast it is, others measure, and a busy
// machine says nothing of it.
const patience = time.Minute

// until waits for the screen to show something.
func (s *screenStation) until(what string, ok func(map[string]spots.Spot) bool) map[string]spots.Spot {
	s.t.Helper()
	patience := max(s.patience, patience)
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if m := s.read(); m != nil && ok(m) {
			return m
		}
	}
	path := filepath.Join(os.TempDir(), "wardlight-e2e-"+s.name+".png")
	_ = s.display.SaveScreenshot(path)
	s.t.Fatalf("%s: not within %v: %s (see %s)", s.name, patience, what, path)
	return nil
}

func (s *screenStation) sees(name string) spots.Spot {
	s.t.Helper()
	return s.until(name, func(m map[string]spots.Spot) bool { return m[name].Visible && m[name].Enabled })[name]
}

func (s *screenStation) does(args ...string) string {
	s.t.Helper()
	cmd := exec.Command("xdotool", args...)
	cmd.Env = append(os.Environ(), s.display.Env()...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("xdotool %v: %v %s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (s *screenStation) click(name string) {
	s.t.Helper()
	s.press(s.sees(name))
}

// press clicks where something was seen.
func (s *screenStation) press(at spots.Spot) {
	s.t.Helper()
	if s.window == "" { // places are relative to the window, which has a frame
		s.window = strings.Fields(s.does("search", "--onlyvisible", "--name", "^Wardlight$"))[0]
	}
	s.does("mousemove", "--window", s.window, fmt.Sprint(int(at.X+at.W/2)), fmt.Sprint(int(at.Y+at.H/2)))
	s.reads()
	s.does("click", "1")
}

// reads takes the time that a person takes before they press: what comes sooner than
// anybody can read is no press of theirs, and does nothing.
func (s *screenStation) reads() { time.Sleep(press.Rest + 100*time.Millisecond) }

func (s *screenStation) types(text string) { s.does("type", "--delay", "10", text) }

func (s *screenStation) signIn(id string) {
	s.t.Helper()
	// The field has the keyboard; a click would miss it where the screen still takes its place.
	s.until("the sign-in", func(m map[string]spots.Spot) bool { return m["signin.id"].Focused })
	s.types(id)
	s.until("the ID typed", func(m map[string]spots.Spot) bool { return m["signin.id"].Text == id })
	s.password()
}

func (s *screenStation) password() {
	s.t.Helper()
	s.click("signin.password")
	s.types(demo.Password)
	s.does("key", "Return")
	s.sees("top.user")
}

// turnTo opens a chart from the board.
func (s *screenStation) turnTo(mrn string) {
	s.t.Helper()
	s.click("board.tile." + mrn)
	s.reads()
	s.does("key", "Return")
	s.sees("banner")
}

// secret is what the station's keyring holds under a name.
func (s *screenStation) secret(name string) string {
	s.t.Helper()
	cmd := exec.Command("secret-tool", "lookup", "service", site.KeyringService(s.ward.dir), "username", name)
	cmd.Env = s.environ()
	out, err := cmd.Output()
	if err != nil || len(out) == 0 {
		s.t.Fatalf("the keyring of %s has no %s: %v", s.name, name, err)
	}
	return string(out)
}

// cli asks the server as IT would.
func (w *wardOfTwo) cli(args ...string) string {
	w.t.Helper()
	out, err := exec.Command("redis-cli",
		append([]string{"-p", fmt.Sprint(w.server.Port())}, args...)...).CombinedOutput()
	must(w.t, err)
	return strings.TrimSpace(string(out))
}

// disk is every byte that the record and Redis wrote down.
func (w *wardOfTwo) disk() string {
	w.t.Helper()
	var all strings.Builder
	for _, dir := range []string{w.dir, w.server.Dir()} {
		must(w.t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return err
			}
			text, err := os.ReadFile(path)
			all.Write(text)
			return err
		}))
	}
	return all.String()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
