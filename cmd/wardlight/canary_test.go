//go:build linux

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/desktop/notify/notifytest"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/cmd/internal/sandbox"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
	"github.com/wardlight/wardlight/ui/spots"
)

// More than 200 things that nobody may find: names, numbers, reasons, allergies
// and notes of patients, texts of alerts, what a nurse types, her password, and the
// station's own secrets. A real station on a display, a bus and a keyring of its
// own shows them; then it is signed out, ended, aborted, crashed and killed. None
// is found, as it is or in base64, hex or UTF-16, in the command lines and
// environments of its processes, in its home, its temporary folder, its working
// folder (where a core file would be) and its site's folder with the record, in
// its log, and on the session bus.
//
// Not looked at: what its Redis holds in its memory (summaries, drafts; it writes
// no file here), the display's memory, and on the bus the secrets on their way to
// the keyring, which cross the user's own bus in the clear (see app/desktop/keyring).
// The list of places on the screen that this build writes for the test is not the
// program's.
//
// A control that is planted in each of these places must be found each time, or
// the scan itself has failed. It takes minutes and its own display: `make canary`
// runs it.
func TestCanaries(t *testing.T) {
	if os.Getenv("WARDLIGHT_LONG") == "" {
		t.Skip("takes minutes: make canary, or WARDLIGHT_LONG=1")
	}
	c := plant(t)
	s := c.open()

	began := time.Now()
	c.work(s)
	c.scan("while signed in")
	s.click("top.user")
	c.choose(s, "Sign out")
	s.sees("signin.id")
	c.scan("after sign-out")
	for _, how := range []struct {
		name   string
		signal syscall.Signal
	}{{"after its end", syscall.SIGINT}, {"after an abort", syscall.SIGABRT}, {"after a crash", syscall.SIGSEGV}, {"after kill -9", syscall.SIGKILL}} {
		c.signIn(s)
		c.look(s)
		_ = s.stop(how.signal)
		c.scan(how.name)
		c.start(s)
	}
	t.Logf("%d canaries, 0 found in %d scans of %d places; %v", len(c.hidden)+len(c.secrets), c.scans, c.places, time.Since(began).Round(time.Second))
}

// canaries are what is hidden, and where it must not be.
type canaries struct {
	t               *testing.T
	ward            *wardOfTwo
	password        string
	hidden, secrets map[string]string // needle → what it is; secrets may cross the bus
	patients        []patient.Patient
	root, heard     string // the station's own folders; what was on the bus
	control         string
	scans, places   int
	display         *sandbox.XServer
	bus             *sandbox.Bus
	found           int
	recordKey       string
}

// word is one of a kind, and looks like nothing else.
func word(n int) string {
	raw := make([]byte, n)
	rand.Read(raw) //nolint:errcheck // it never fails
	for i, b := range raw {
		raw[i] = 'a' + b%26
	}
	return "q" + string(raw) // small letters: a loaded display loses the shift of a large one
}

func (c *canaries) hide(what string) string {
	w := word(11)
	c.hidden[w] = what
	return w
}

const beds = 20

func plant(t *testing.T) *canaries {
	for _, need := range []string{"Xvfb", "xdotool", "redis-server", "gnome-keyring-daemon", "dbus-daemon", "dbus-monitor", "secret-tool"} {
		if _, err := exec.LookPath(need); err != nil {
			t.Fatalf("%v: assets/setup/debian.sh test installs it", err)
		}
	}
	ctx := t.Context()
	c := &canaries{t: t, hidden: map[string]string{}, secrets: map[string]string{}, root: t.TempDir(), control: word(20)}
	w := &wardOfTwo{t: t, dir: filepath.Join(c.root, "site")}
	c.ward = w
	must(t, os.Mkdir(w.dir, 0o700))
	var err error
	w.program, err = program()
	must(t, err)
	redisPassword := word(24)
	w.server = redistest.Start(t, redistest.Options{Users: []string{"station on >" + redisPassword + " ~* &* +@all"}})
	must(t, site.WriteConfig(w.dir, site.Config{Ward: "4B", Alone: true, Redis: site.Redis{Addrs: []string{w.server.Addr()}, Username: "station"}}))
	key := make([]byte, records.KeySize)
	rand.Read(key) //nolint:errcheck // it never fails
	c.recordKey = base64.StdEncoding.EncodeToString(key)
	c.password = word(16)
	c.hidden[c.password] = "the nurse's password"
	c.secrets[redisPassword], c.secrets[c.recordKey] = "Redis' password", "the record's key"

	w.record, err = records.Open(ctx, records.Options{Path: filepath.Join(w.dir, site.RecordName), Logger: nil,
		Key: func(context.Context) ([]byte, error) { return key, nil }})
	must(t, err)
	t.Cleanup(func() { _ = w.record.Close() })
	w.redis, err = redisx.Open(redisx.Config{Addrs: []string{w.server.Addr()}, Username: "station", Password: func() string { return redisPassword }})
	must(t, err)
	t.Cleanup(func() { _ = w.redis.Close() })
	hash, err := cheapHash(c.password)
	must(t, err)
	must(t, w.record.PutWard(ctx, ward.Ward{ID: "4B", Name: "4B Medicine"}))
	must(t, w.record.PutStaff(ctx, staff.Staff{ID: "nurse", Surname: "Chen", Given: "Amy", Role: staff.ChargeNurse, Wards: []string{"4B"}, Active: true}, hash))
	for n := range beds {
		bed := fmt.Sprintf("%02d", n+1)
		must(t, w.record.PutBed(ctx, ward.Bed{Ward: "4B", Name: bed, State: ward.BedFree}))
		mrn := "97" + strconv.Itoa(int(time.Now().UnixNano()%1e6)+1e6) + bed
		c.hidden[mrn] = "an MRN"
		p := patient.Patient{ID: fmt.Sprint("p", n), Surname: c.hide("a surname"), Given: c.hide("a given name"), MRN: mrn,
			Born: time.Date(1950, 1, n+1, 0, 0, 0, 0, time.UTC), Identifiers: []patient.Identifier{{Authority: "HOSP", Type: "MRN", Value: mrn}}}
		c.patients = append(c.patients, p)
		must(t, w.record.PutPatient(ctx, patient.Summary{Patient: p, Ward: "4B", Bed: bed, Admitted: time.Now().Add(-time.Hour), Reason: c.hide("a reason"),
			Allergy: patient.AllergiesRecorded, Allergic: []patient.Allergy{{Substance: c.hide("an allergy"), Reaction: c.hide("a reaction"), Severity: "MO"}},
			Flags: []patient.Flag{{Kind: patient.FlagFalls, Text: c.hide("a flag")}}}))
		for k := range 4 {
			save := noteOf(p.ID, c.hide("a note"), int64(k))
			_, err := w.record.Save(ctx, save)
			must(t, err)
		}
	}
	return c
}

// open gives the station a display, a bus and a keyring that holds its secrets,
// and listens to the bus.
func (c *canaries) open() *screenStation {
	t, ctx := c.t, c.t.Context()
	// What is looked for is not speed.
	s := &screenStation{t: t, ward: c.ward, patience: 2 * time.Minute, name: "WS-" + c.control, home: filepath.Join(c.root, "home"),
		spots: filepath.Join(t.TempDir(), "spots.json"), log: filepath.Join(c.root, "log")}
	for _, dir := range []string{"home/.cache", "tmp", "run", "work"} {
		must(t, os.MkdirAll(filepath.Join(c.root, dir), 0o700))
	}
	var err error
	c.display, err = sandbox.Display(ctx, "1600x1000x24")
	must(t, err)
	t.Cleanup(func() { _ = c.display.Close() })
	c.bus, err = sandbox.NewBus(ctx)
	must(t, err)
	t.Cleanup(func() { _ = c.bus.Close() })
	s.display, s.bus = c.display, c.bus
	must(t, sandbox.Keyring(ctx, c.bus, filepath.Join(c.root, "keyrings"), word(12)))
	for needle, name := range map[string]string{c.recordKey: site.RecordKey, c.secretOf("Redis' password"): site.RedisPassword} {
		cmd := exec.Command("secret-tool", "store", "--label="+name, "service", site.KeyringService(c.ward.dir), "username", name)
		cmd.Env, cmd.Stdin = s.environ(), strings.NewReader(needle)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("secret-tool: %v %s", err, out)
		}
	}
	s.notes = notifytest.Serve(t, c.bus.Address)
	c.heard = filepath.Join(t.TempDir(), "bus")
	out, err := os.Create(c.heard)
	must(t, err)
	listen := exec.Command("dbus-monitor", "--address", c.bus.Address)
	listen.Stdout, listen.Stderr = out, out
	must(t, listen.Start())
	t.Cleanup(func() { _ = listen.Process.Kill(); _ = listen.Wait(); _ = out.Close() })
	c.until("the listener on the bus", func() bool { return c.has(c.heard, "NameAcquired") })
	must(t, os.WriteFile(filepath.Join(c.root, "tmp", "control"), []byte(c.control), 0o600))
	c.start(s)
	t.Cleanup(func() { _ = s.stop(os.Interrupt) })
	return s
}

func (c *canaries) secretOf(what string) string {
	for needle, is := range c.secrets {
		if is == what {
			return needle
		}
	}
	return ""
}

// start starts the program where a core file would be seen.
func (c *canaries) start(s *screenStation) {
	out, err := os.OpenFile(s.log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	must(c.t, err)
	defer out.Close() //nolint:errcheck // the program has its own
	_, _ = out.WriteString(c.control + "\n")
	_ = os.Remove(s.spots)
	s.window = ""
	in := func(dir string) string { return filepath.Join(c.root, dir) }
	s.process = exec.Command("sh", "-c", `ulimit -c unlimited; exec "$0" "$@"`, c.ward.program, "--data", c.ward.dir, "--station", s.name)
	s.process.Dir = in("work")
	s.process.Env = append(s.environ(), sandbox.Locale()...)
	s.process.Env = append(s.process.Env, "HOME="+in("home"), "TMPDIR="+in("tmp"), "XDG_RUNTIME_DIR="+in("run"), "XDG_CONFIG_HOME="+in("home/.config"),
		"XDG_CACHE_HOME="+in("home/.cache"), "XDG_DATA_HOME="+in("home/.local"), "XDG_STATE_HOME="+in("home/.state"),
		"GOTRACEBACK=crash", "FYNE_SCALE=1", spots.Env+"="+s.spots, "CONTROL="+c.control)
	s.process.Stdout, s.process.Stderr = out, out
	must(c.t, s.process.Start())
}

// signIn signs the nurse in. A session that a crash left locks the door a moment
// after it is drawn, and then has to be left first.
func (c *canaries) signIn(s *screenStation) {
	s.t.Helper()
	const id = "nurse"
	for typed := false; !typed; {
		m := s.until("the door", func(m map[string]spots.Spot) bool { return m["signin.password"].Visible })
		if m["signin.switch"].Visible {
			s.click("signin.switch")
		}
		s.click("signin.id")
		s.types(id)
		s.until("the ID typed", func(m map[string]spots.Spot) bool {
			typed = m["signin.id"].Visible && m["signin.id"].Text == id
			return typed || m["signin.switch"].Visible
		})
	}
	for in, tries := false, 0; !in; tries++ { // a busy machine's record may be late; the message says so
		if tries == 3 {
			s.t.Fatal("the nurse cannot sign in")
		}
		s.click("signin.password")
		s.types(c.password)
		s.does("key", "Return")
		s.until("an answer", func(m map[string]spots.Spot) bool {
			in = m["top.user"].Visible
			return in || m["signin.message"].Visible
		})
	}
}

// work signs in, opens charts, writes, and answers alerts.
func (c *canaries) work(s *screenStation) {
	t, ctx := c.t, c.t.Context()
	c.signIn(s)
	if token := s.secret("session-token:" + s.name); token != "" {
		_, secret, _ := strings.Cut(token, ".")
		c.secrets[secret] = "the session's token"
	}
	for n, p := range c.patients[:8] {
		text := c.hide("an alert's text")
		must(t, c.ward.redis.Publish(ctx, site.IntakeChannel(c.ward.redis.Keys(), "4B"),
			fmt.Appendf(nil, `{"mrn":%q,"priority":%q,"text":%q}`, p.MRN, []string{"high", "medium"}[n%2], text)))
	}
	c.until("notifications", func() bool { return c.has(c.heard, "Notify") })
	c.look(s)
	typed := c.hide("what a nurse typed")
	s.click("patient.edit.notes")
	s.sees("note.save")
	s.types(typed)
	c.until("the draft in the record", func() bool {
		d, ok, err := c.ward.record.Draft(ctx, "nurse", c.patients[0].ID, "notes")
		return err == nil && ok && slices.Contains(slices.Collect(maps.Values(d.Fields)), typed)
	})
	s.does("key", "ctrl+Return")
	s.sees("patient.edit.notes")
}

// look opens a chart.
func (c *canaries) look(s *screenStation) {
	s.click("board.tile." + c.patients[0].MRN)
	s.does("key", "Return")
	s.sees("banner")
}

// choose presses the choice of the open dialog that has a text.
func (c *canaries) choose(s *screenStation, text string) {
	var name string
	s.until(text, func(m map[string]spots.Spot) bool {
		for at, spot := range m {
			if strings.HasPrefix(at, "dialog.choice") && spot.Visible && spot.Text == text {
				name = at
			}
		}
		return name != ""
	})
	s.click(name)
}

func (c *canaries) until(what string, ok func() bool) {
	c.t.Helper()
	for end := time.Now().Add(2 * time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if ok() {
			return
		}
	}
	c.t.Fatalf("never: %s", what)
}

func (c *canaries) has(file, text string) bool {
	all, err := os.ReadFile(file)
	return err == nil && bytes.Contains(all, []byte(text))
}

// scan looks for every needle everywhere, and for the control.
func (c *canaries) scan(when string) {
	t := c.t
	t.Helper()
	if n := len(c.hidden) + len(c.secrets); n < 200 {
		t.Fatalf("%d canaries, at least 200", n)
	}
	c.scans++
	look := func(place string, text []byte, needles ...map[string]string) {
		c.places++
		for _, set := range needles {
			for needle, what := range set {
				for form, shape := range shapes(needle) {
					if bytes.Contains(text, shape) {
						c.found++
						t.Errorf("%s: %s (%s) is in %s", when, what, form, place)
					}
				}
			}
		}
	}
	controls := map[string]bool{}
	must(t, filepath.WalkDir(c.root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil // it went meanwhile, or holds no text
		}
		if name := d.Name(); strings.HasPrefix(name, "core") && filepath.Dir(path) == filepath.Join(c.root, "work") {
			t.Errorf("%s: a core file: %s", when, name)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		rel, _ := filepath.Rel(c.root, path)
		look(rel, text, c.hidden, c.secrets)
		if bytes.Contains(text, []byte(c.control)) {
			controls[strings.Split(rel, string(filepath.Separator))[0]] = true
		}
		return nil
	}))
	want := []string{"tmp", "log"}
	if when == "while signed in" {
		want = append(want, "argv", "environment")
		for _, pid := range tree(os.Getpid(), c.ward.program) {
			for _, part := range []string{"cmdline", "environ"} {
				text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), part))
				refused := errors.Is(err, fs.ErrPermission) // nobody of this user may look, see nocore
				if err != nil && !refused {
					t.Error(err)
				}
				look(fmt.Sprintf("%s of %d", part, pid), text, c.hidden, c.secrets)
				if refused || bytes.Contains(text, []byte(c.control)) {
					controls[map[string]string{"cmdline": "argv", "environ": "environment"}[part]] = true
				}
			}
		}
	}
	bus, err := os.ReadFile(c.heard)
	must(t, err)
	look("the bus", bus, c.hidden)
	if bytes.Contains(bus, []byte(c.control)) { // the station's name, in the name of its secret
		controls["bus"] = true
	}
	for _, place := range append(want, "bus") {
		if !controls[place] {
			t.Errorf("%s: the control in %s was not found: nothing else would be", when, place)
		}
	}
}

// shapes are the ways in which a text may lie somewhere.
func shapes(s string) map[string][]byte {
	var wide []byte
	for _, u := range utf16.Encode([]rune(s)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	out := map[string][]byte{"as it is": []byte(s), "large letters": []byte(strings.ToUpper(s)), "hex": []byte(hex.EncodeToString([]byte(s))), "UTF-16": wide}
	for shift := range 3 { // base64 of a text in which it stands anywhere
		enc := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + s))
		out[fmt.Sprint("base64, ", shift)] = []byte(enc[shift+2 : len(enc)-2])
	}
	return out
}

// tree are the station's processes: those below this one that are its program, and
// all that are below them.
func tree(root int, program string) []int {
	below := map[int][]int{}
	all, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range all {
		text, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		rest := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
		pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		parent, _ := strconv.Atoi(rest[1])
		below[parent] = append(below[parent], pid)
	}
	var out []int
	var walk func(pid int, in bool)
	walk = func(pid int, in bool) {
		line, _ := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
		if in = in || bytes.HasPrefix(line, []byte(program+"\x00")); in {
			out = append(out, pid)
		}
		for _, p := range below[pid] {
			walk(p, in)
		}
	}
	walk(root, false)
	return out
}

// noteOf is a note that was saved by the record itself.
func noteOf(patientID, text string, version int64) chart.Save {
	return chart.Save{Patient: patientID, Section: chart.Notes, Version: version, Fence: 1, Key: word(8), Staff: "nurse", Station: "WS", Session: "s",
		At: time.Now(), Entry: chart.Entry{Note: &chart.Note{ID: word(8), Text: text, By: "nurse", ByName: "Chen, A"}}}
}
