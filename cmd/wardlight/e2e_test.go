//go:build linux

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/desktop/notify/notifytest"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/assets/demo"
	"github.com/wardlight/wardlight/cmd/internal/sandbox"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
	"github.com/wardlight/wardlight/ui/spots"
)

// wardOfTwo is what the stations of the test share.
type wardOfTwo struct {
	t       *testing.T
	program string
	dir     string
	record  *records.Store
	redis   *redisx.Client
}

func newWard(t *testing.T) *wardOfTwo {
	for _, need := range []string{"Xvfb", "xdotool", "redis-server", "gnome-keyring-daemon", "dbus-daemon"} {
		if _, err := exec.LookPath(need); err != nil {
			t.Fatalf("%v: assets/setup/debian.sh test installs it", err)
		}
	}
	w := &wardOfTwo{t: t, dir: t.TempDir(), program: filepath.Join(t.TempDir(), "wardlight")}
	build := exec.Command("go", "build", "-race", "-tags", "gles,migrated_fynedo,e2e", "-o", w.program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	server := redistest.Start(t, redistest.Options{AppendOnly: true})
	must(t, site.WriteConfig(w.dir, site.Config{Ward: "4B", Redis: site.Redis{Addrs: []string{server.Addr()}}}))
	var err error
	w.record, err = records.Open(t.Context(), records.Options{Path: filepath.Join(w.dir, site.RecordName)})
	must(t, err)
	t.Cleanup(func() { w.record.Close() })
	must(t, demo.Seed(t.Context(), w.record, time.Now(), staff.Hash))
	w.redis, err = redisx.Open(redisx.Config{Addrs: []string{server.Addr()}})
	must(t, err)
	t.Cleanup(func() { w.redis.Close() })
	return w
}

// screenStation is a station with a display, a bus, a keyring and a
// notification service of its own, as on a machine of its own.
type screenStation struct {
	t       *testing.T
	name    string
	display *sandbox.XServer
	notes   *notifytest.Recorder
	spots   string
	window  string
}

func (w *wardOfTwo) open(name string) *screenStation {
	t := w.t
	ctx := t.Context()
	s := &screenStation{t: t, name: name, spots: filepath.Join(t.TempDir(), "spots.json")}
	var err error
	s.display, err = sandbox.Display(ctx, "1600x1000x24")
	must(t, err)
	t.Cleanup(func() { s.display.Close() })
	bus, err := sandbox.NewBus(ctx)
	must(t, err)
	t.Cleanup(func() { bus.Close() })
	must(t, sandbox.Keyring(ctx, bus, t.TempDir(), "test"))
	s.notes = notifytest.Serve(t, bus.Address)

	log := filepath.Join(t.TempDir(), "log")
	out, err := os.Create(log)
	must(t, err)
	cmd := exec.Command(w.program, "--data", w.dir, "--station", name)
	cmd.Env = append(append(append(os.Environ(), s.display.Env()...), bus.Env()...), sandbox.Locale()...)
	home := t.TempDir()
	must(t, os.Mkdir(filepath.Join(home, ".cache"), 0o700))
	cmd.Env = append(cmd.Env, "HOME="+home, "FYNE_SCALE=1", spots.Env+"="+s.spots)
	cmd.Stdout, cmd.Stderr = out, out
	must(t, cmd.Start())
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("%s ended with %v", name, err)
			}
		case <-time.After(15 * time.Second):
			_ = cmd.Process.Kill()
			t.Errorf("%s did not end", name)
		}
		text, _ := os.ReadFile(log)
		if strings.Contains(string(text), "DATA RACE") || strings.Contains(string(text), "Error in Fyne call thread") || t.Failed() {
			t.Errorf("%s said:\n%s", name, text)
		}
	})
	return s
}

func (s *screenStation) read() map[string]spots.Spot {
	var m map[string]spots.Spot
	if text, err := os.ReadFile(s.spots); err == nil {
		_ = json.Unmarshal(text, &m)
	}
	return m
}

// until waits for the screen to show something.
func (s *screenStation) until(what string, ok func(map[string]spots.Spot) bool) map[string]spots.Spot {
	s.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if m := s.read(); m != nil && ok(m) {
			return m
		}
	}
	path := filepath.Join(os.TempDir(), "wardlight-e2e-"+s.name+".png")
	_ = s.display.SaveScreenshot(path)
	s.t.Fatalf("%s: not within 20 s: %s (see %s)", s.name, what, path)
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
	at := s.sees(name)
	if s.window == "" { // places are relative to the window, which has a frame
		s.window = strings.Fields(s.does("search", "--onlyvisible", "--name", "^Wardlight$"))[0]
	}
	s.does("mousemove", "--window", s.window, fmt.Sprint(int(at.X+at.W/2)), fmt.Sprint(int(at.Y+at.H/2)), "click", "1")
}

func (s *screenStation) types(text string) { s.does("type", "--delay", "10", text) }

func (s *screenStation) signIn(id string) {
	s.t.Helper()
	s.click("signin.id")
	s.types(id)
	s.until("the ID typed", func(m map[string]spots.Spot) bool { return m["signin.id"].Text == id })
	s.click("signin.password")
	s.types(demo.Password)
	s.does("key", "Return")
	s.sees("top.user")
}

// Two nurses at two stations: one edits, the other is kept out and sees who; the
// save is in the record and on both screens; an alert reaches both and is
// accepted once.
func TestTwoStations(t *testing.T) {
	if testing.Short() {
		t.Skip("opens two windows")
	}
	w := newWard(t)
	a, b := w.open("WS-4B-1"), w.open("WS-4B-2")
	a.signIn("mdiaz")
	b.signIn("achen")

	beds, err := w.record.Beds(t.Context(), "4B")
	must(t, err)
	id := ""
	for _, bed := range beds {
		if bed.Name == "07" {
			id = bed.Patient
		}
	}
	sums, err := w.record.Summaries(t.Context(), []string{id})
	must(t, err)
	for _, s := range []*screenStation{a, b} {
		s.click("board.tile." + sums[id].Patient.MRN)
		s.does("key", "Return")
		s.sees("banner")
	}
	a.click("patient.edit.notes")
	a.click("note.text")
	began := time.Now()
	held := b.sees("lock.holder.notes")
	if took := time.Since(began); !strings.Contains(held.Text, "Diaz") || took > 5*time.Second {
		t.Errorf("holder %q after %v", held.Text, took)
	}
	a.types("Walked to the window.")
	a.does("key", "ctrl+Return")
	saved := func() (notes []chart.Note) {
		notes, _ = w.record.Notes(context.WithoutCancel(t.Context()), id, 5)
		return
	}
	a.until("the note in the record", func(map[string]spots.Spot) bool {
		return len(saved()) > 0 && saved()[0].Text == "Walked to the window."
	})
	b.sees("patient.edit.notes")

	heard, err := json.Marshal(map[string]string{"bed": "07", "priority": "high", "text": "Fall from bed"})
	must(t, err)
	must(t, w.redis.Publish(t.Context(), live.Intake(w.redis.Keys(), "4B"), heard))
	for _, s := range []*screenStation{a, b} {
		s.sees("alert.card.0")
		s.until("a desktop notification", func(map[string]spots.Spot) bool { return len(s.notes.Calls()) > 0 })
		if text := fmt.Sprintf("%+v", s.notes.Calls()); strings.Contains(text, "Adebayo") || strings.Contains(text, "ADEBAYO") {
			t.Errorf("a notification names the patient: %s", text)
		}
	}
	b.click("alert.accept.0")
	a.until("who accepted", func(m map[string]spots.Spot) bool { return strings.Contains(m["alert.card.0"].Text, "Chen") })
	moves, err := w.record.OpenMoves(t.Context(), "4B")
	must(t, err)
	accepted := 0
	for _, m := range moves {
		if m.Kind == "accepted" {
			accepted++
		}
	}
	if accepted != 1 {
		t.Errorf("%d accepts in the record", accepted)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
