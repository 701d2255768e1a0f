//go:build linux

package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/desktop/notify/notifytest"
	"github.com/wardlight/wardlight/app/desktop/sessionbus"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/cmd/internal/enroll"
	"github.com/wardlight/wardlight/cmd/internal/sandbox"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
	"github.com/wardlight/wardlight/ui/spots"
)

// More than 200 things that nobody may find: names, numbers, reasons, allergies
// and notes of patients, texts of alerts, what a nurse types, her password, and the
// station's own secrets. A real station on a display, a bus and a keyring of its
// own shows them; then it is signed out, ended, aborted, crashed and killed, and its
// secrets are taken out of the keyring, as before a computer is given away. None is
// found, in any form of shapes, in the command lines and environments of its
// processes, in its home, temporary, runtime and working folder, in its site's folder
// with the record, in its keyring's file, in what is new in the machine's temporary
// folders, in files that only a process still holds, in its log, on the session bus,
// and there is no core file.
//
// Not looked at: what its Redis holds in its memory (summaries, drafts; it writes
// no file here), the memory of the display, of the keyring and of the station itself,
// files that are gone before a scan comes, processes that live for less than a
// tenth of a second, and on the bus the secrets on their way to the keyring, which
// cross the user's own bus in the clear (see app/desktop/keyring). The list of places
// on the screen that this build writes for the test is not the program's.
//
// A control that is planted in each kind of place must be found each time, or the
// scan itself has failed; TestScanSeesEachPlace tells more of that. It takes minutes
// and its own display: `make canary` runs it.
//
// Seen red, each named with its place: with Window.readPage logging the surname; with
// it writing the reason, in base64, to a file in the home; with Site.secret writing
// the password of Redis, in hex, to a temporary file; with Service.remember giving the
// session's token to a shell as its argument and in its environment; with
// notifications that name the patient; without nocore.Set (a core file after abort
// and crash, with every patient, the nurse's password and the token in it: 300 finds);
// and with enroll.Remove leaving the token in the keyring.
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
	}{{"after its end", syscall.SIGINT}, {"after an abort", syscall.SIGABRT}, {"after a crash", syscall.SIGSEGV},
		{"after kill -9", syscall.SIGKILL}} {
		c.signIn(s)
		c.look(s)
		_ = s.stop(how.signal)
		c.scan(how.name)
		if how.signal != syscall.SIGKILL {
			c.start(s)
		}
	}
	c.remove(s)
	c.scan("after its secrets were removed")
	if n := len(c.hidden) + len(c.secrets); n < 200 {
		t.Errorf("%d canaries, at least 200", n)
	}
	t.Logf("%d canaries, %d found in %d scans of %d places; %v", len(c.hidden)+len(c.secrets), c.found, c.scans,
		c.places, time.Since(began).Round(time.Second))
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
	since           time.Time
	scans, places   int
	display         *sandbox.XServer
	bus             *sandbox.Bus
	found           int
	recordKey       string
	wardctl, spots  string
	seen            struct {
		sync.Mutex
		by      map[string]sighting
		refused int
	}
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
	for _, need := range []string{"Xvfb", "xdotool", "redis-server", "gnome-keyring-daemon", "dbus-daemon",
		"dbus-monitor", "secret-tool"} {
		if _, err := exec.LookPath(need); err != nil {
			t.Fatalf("%v: assets/setup/debian.sh test installs it", err)
		}
	}
	ctx := t.Context()
	c := &canaries{t: t, hidden: map[string]string{}, secrets: map[string]string{}, root: t.TempDir(),
		control: word(20), since: time.Now()}
	w := &wardOfTwo{t: t, dir: filepath.Join(c.root, "site")}
	c.ward = w
	must(t, os.Mkdir(w.dir, 0o700))
	// As it is shipped, but for the spots: the race detector turns core files off.
	built := t.TempDir()
	w.program, c.wardctl = filepath.Join(built, "wardlight"), filepath.Join(built, "wardctl")
	build := exec.Command("go", "build", "-tags", "gles,migrated_fynedo,no_animations,e2e", "-o", built,
		".", "../wardctl")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	redisPassword := word(24)
	w.server = redistest.Start(t, redistest.Options{Users: []string{"station on >" + redisPassword + " ~* &* +@all"}})
	slow := site.Duration(15 * time.Minute) // a scan beside much else in the machine's temporary folders takes minutes
	must(t, site.WriteConfig(w.dir,
		site.Config{Ward: "4B", Station: "WS-" + c.control, Alone: true, Session: site.Session{Cover: slow, Lock: slow},
			Redis: site.Redis{Addrs: []string{w.server.Addr()}, Username: "station"}}))
	key := make([]byte, records.KeySize)
	rand.Read(key) //nolint:errcheck // it never fails
	c.recordKey = base64.StdEncoding.EncodeToString(key)
	c.password = word(16)
	c.hidden[c.password] = "the nurse's password"
	for _, name := range enroll.Names { // those of links that this site does not have, too
		c.secrets[word(24)] = name
	}
	delete(c.secrets, c.secretOf(site.RedisPassword))
	c.secrets[redisPassword] = site.RedisPassword
	c.secrets[c.recordKey], c.secrets[string(key)] = site.RecordKey, "the record's key as it is used"

	var err error
	w.record, err = records.Open(ctx, records.Options{Path: filepath.Join(w.dir, site.RecordName), Logger: nil,
		Key: func(context.Context) ([]byte, error) { return key, nil }})
	must(t, err)
	t.Cleanup(func() { _ = w.record.Close() })
	w.redis, err = redisx.Open(redisx.Config{Addrs: []string{w.server.Addr()}, Username: "station",
		Password: func() string { return redisPassword }})
	must(t, err)
	t.Cleanup(func() { _ = w.redis.Close() })
	hash, err := cheapHash(c.password)
	must(t, err)
	must(t, w.record.PutWard(ctx, ward.Ward{ID: "4B", Name: "4B Medicine"}))
	must(t, w.record.PutStaff(ctx, staff.Staff{ID: "nurse", Surname: "Chen", Given: "Amy", Role: staff.ChargeNurse,
		Wards: []string{"4B"}, Active: true}, hash))
	for n := range beds {
		bed := fmt.Sprintf("%02d", n+1)
		must(t, w.record.PutBed(ctx, ward.Bed{Ward: "4B", Name: bed, State: ward.BedFree}))
		mrn := "97" + strconv.Itoa(int(time.Now().UnixNano()%1e6)+1e6) + bed
		c.hidden[mrn] = "an MRN"
		p := patient.Patient{ID: fmt.Sprint("p", n), Surname: c.hide("a surname"), Given: c.hide("a given name"),
			MRN:         mrn,
			Born:        time.Date(1950, 1, n+1, 0, 0, 0, 0, time.UTC),
			Identifiers: []patient.Identifier{{Authority: "HOSP", Type: "MRN", Value: mrn}}}
		c.patients = append(c.patients, p)
		must(t, w.record.PutPatient(ctx,
			patient.Summary{Patient: p, Ward: "4B", Bed: bed, Admitted: time.Now().Add(-time.Hour),
				Reason:  c.hide("a reason"),
				Allergy: patient.AllergiesRecorded,
				Allergic: []patient.Allergy{{Substance: c.hide("an allergy"), Reaction: c.hide("a reaction"),
					Severity: "MO"}},
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
	c.spots = filepath.Join(t.TempDir(), "spots.json")
	// What is looked for is not speed.
	s := &screenStation{t: t, ward: c.ward, patience: 2 * time.Minute, name: "WS-" + c.control,
		home:  filepath.Join(c.root, "home"),
		spots: c.spots, log: filepath.Join(c.root, "log")}
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
	for _, name := range append(slices.Clone(enroll.Names), site.RecordKey) {
		cmd := exec.Command("secret-tool", "store", "--label="+name, "service", site.KeyringService(c.ward.dir),
			"username", name)
		cmd.Env, cmd.Stdin = s.environ(), strings.NewReader(c.secretOf(name))
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("secret-tool: %v %s", err, out)
		}
	}
	s.notes = notifytest.Serve(t, c.bus.Address)
	c.heard = filepath.Join(t.TempDir(), "bus")
	listen(t, c.bus, c.heard)
	for _, dir := range []string{"tmp", "home"} {
		must(t, os.WriteFile(filepath.Join(c.root, dir, "control"), []byte(c.control), 0o600))
	}
	if err := dumpCore(filepath.Join(c.root, "control"), c.control); err != nil {
		t.Fatalf("%v: this computer's core files cannot be looked for; kernel.core_pattern=core lets them be", err)
	}
	c.watch()
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
	s.process = exec.Command("sh", "-c", `ulimit -c unlimited; exec "$0" "$@"`, c.ward.program, "--data", c.ward.dir,
		"--station", s.name)
	s.process.Dir = in("work")
	s.process.Env = append(s.environ(), sandbox.Locale()...)
	s.process.Env = append(s.process.Env, "HOME="+in("home"), "TMPDIR="+in("tmp"), "XDG_RUNTIME_DIR="+in("run"),
		"XDG_CONFIG_HOME="+in("home/.config"),
		"XDG_CACHE_HOME="+in("home/.cache"), "XDG_DATA_HOME="+in("home/.local"), "XDG_STATE_HOME="+in("home/.state"),
		"GOTRACEBACK=crash", "FYNE_SCALE=1", spots.Env+"="+s.spots, "CONTROL="+c.control)
	s.process.Stdout, s.process.Stderr = out, out
	must(c.t, s.process.Start())
}

// signIn signs the nurse in, or unlocks the session that a crash left: the station
// locks the door a moment after it has drawn it, and takes what was typed away.
func (c *canaries) signIn(s *screenStation) {
	s.t.Helper()
	const id = "nurse"
	in := func(m map[string]spots.Spot) bool { return m["top.user"].Visible }
	locked := func(m map[string]spots.Spot) bool { return m["signin.locked"].Visible }
	for tries := 0; ; tries++ { // a busy machine's record may be late, too
		if tries == 8 {
			s.t.Fatal("the nurse cannot sign in")
		}
		m := s.until("the door", func(m map[string]spots.Spot) bool { return m["signin.password"].Visible || in(m) })
		if in(m) {
			break
		}
		was := locked(m)
		enter := func(name, text string) {
			s.press(m[name])
			s.does("key", "ctrl+a")
			s.types(text)
		}
		if !was && m["signin.id"].Text != id {
			enter("signin.id", id)
			s.until("the ID typed",
				func(m map[string]spots.Spot) bool { return locked(m) || m["signin.id"].Text == id })
			continue
		}
		enter("signin.password", c.password)
		s.does("key", "Return")
		s.until("an answer",
			func(m map[string]spots.Spot) bool { return in(m) || m["signin.message"].Visible || locked(m) != was })
	}
	c.learn(s)
}

// learn adds what the station has put into the keyring to what is looked for.
func (c *canaries) learn(s *screenStation) {
	c.t.Helper()
	token := staff.TokenName(s.name)
	c.until("the session's token in the keyring", func() bool { return c.keyring()[token] != "" })
	kept := c.keyring()
	_, secret, _ := strings.Cut(kept[token], ".")
	if len(secret) < 40 {
		c.t.Fatal("the session's token is none")
	}
	c.secrets[secret] = token
	for name, text := range kept {
		if strings.HasPrefix(name, site.AuditKey) {
			seed, err := base64.StdEncoding.DecodeString(text)
			must(c.t, err)
			c.secrets[text], c.secrets[string(seed)] = name, name+" as it is used"
		}
	}
}

// work signs in, opens charts, writes, and answers alerts.
func (c *canaries) work(s *screenStation) {
	t, ctx := c.t, c.t.Context()
	c.signIn(s)
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
		d, ok, err := recordtest.Draft(ctx, c.ward.record, "nurse", c.patients[0].ID, "notes")
		return err == nil && ok && slices.Contains(slices.Collect(maps.Values(d.Fields)), typed)
	})
	s.does("key", "ctrl+Return")
	s.sees("patient.edit.notes")
}

// remove takes the killed station's secrets out of the keyring, as IT does before a
// computer is given away. What is left then is the encrypted record.
func (c *canaries) remove(s *screenStation) {
	t := c.t
	t.Helper()
	before := c.keyring()
	for _, name := range append(slices.Clone(enroll.Names), site.RecordKey, site.AuditEntries(s.name)[0]) {
		if before[name] == "" || before[name] != c.secretOf(name) {
			t.Errorf("%s was never in the keyring: that it is gone would say nothing", name)
		}
	}
	if before[staff.TokenName(s.name)] == "" {
		t.Error("the killed station left no session")
	}
	out, err := os.OpenFile(s.log, os.O_APPEND|os.O_WRONLY, 0o600)
	must(t, err)
	defer out.Close() //nolint:errcheck // the program has its own
	cmd := exec.Command(c.wardctl, "--data", c.ward.dir, "enroll", "--remove", "--record-key")
	cmd.Env, cmd.Stdin, cmd.Stdout, cmd.Stderr = s.process.Env, strings.NewReader(c.recordKey+"\n"), out, out
	if err := cmd.Run(); err != nil {
		text, _ := os.ReadFile(s.log)
		t.Fatalf("wardctl enroll --remove: %v\n%s", err, text[max(0, len(text)-2000):])
	}
	for name := range c.keyring() {
		t.Errorf("the keyring still has %s", name)
	}
	if info, err := os.Stat(filepath.Join(c.ward.dir, site.RecordName)); err != nil || info.Size() == 0 {
		t.Errorf("the record is to stay: %v", err)
	}
}

// keyring is all that the keyring keeps, of whomever, by name.
func (c *canaries) keyring() map[string]string {
	c.t.Helper()
	const service = "org.freedesktop.secrets"
	conn, err := sessionbus.ConnectTo(c.t.Context(), c.bus.Address)
	must(c.t, err)
	defer conn.Close() //nolint:errcheck // nothing follows
	root := conn.Object(service, "/org/freedesktop/secrets")
	var nothing dbus.Variant
	var session dbus.ObjectPath
	must(c.t, root.Call("org.freedesktop.Secret.Service.OpenSession", 0, "plain", dbus.MakeVariant("")).Store(&nothing,
		&session))
	collections, err := root.GetProperty("org.freedesktop.Secret.Service.Collections")
	must(c.t, err)
	out := map[string]string{}
	for _, path := range collections.Value().([]dbus.ObjectPath) {
		items, err := conn.Object(service, path).GetProperty("org.freedesktop.Secret.Collection.Items")
		must(c.t, err)
		for _, path := range items.Value().([]dbus.ObjectPath) {
			item := conn.Object(service, path)
			attributes, err := item.GetProperty("org.freedesktop.Secret.Item.Attributes")
			must(c.t, err)
			var secret struct {
				Session    dbus.ObjectPath
				Parameters []byte
				Value      []byte
				Type       string
			}
			must(c.t, item.Call("org.freedesktop.Secret.Item.GetSecret", 0, session).Store(&secret))
			out[attributes.Value().(map[string]string)["username"]] = string(secret.Value)
		}
	}
	return out
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
	c.scans++
	c.mark()
	c.seen.Lock()
	defer c.seen.Unlock()
	sight(c.seen.by, c.programs()...)
	s := &scan{root: c.root, temps: []string{os.TempDir(), "/tmp", "/var/tmp", "/dev/shm"}, since: c.since,
		not:   []string{c.heard, c.spots},
		heard: c.heard, hidden: c.hidden, secrets: c.secrets}
	s.temps = slices.Compact(s.temps)
	out, places, err := s.look(slices.Collect(maps.Values(c.seen.by)))
	must(t, err)
	for _, f := range out {
		c.found++
		t.Errorf("%s: %v", when, f)
	}
	cores, _ := filepath.Glob(filepath.Join(c.root, "work", "core*"))
	for _, core := range cores {
		t.Errorf("%s: a core file: %s", when, core)
	}
	s.hidden, s.secrets = map[string]string{c.control: "the control"}, nil
	controls, _, err := s.look(slices.Collect(maps.Values(c.seen.by)))
	must(t, err)
	met := map[string]bool{}
	for _, f := range controls {
		met[f.kind] = true
	}
	for _, kind := range []string{onDisk, inTemp, inLog, inCore, inArgv, inEnv, onBus} {
		if !met[kind] && (c.seen.refused == 0 || kind != inEnv) {
			t.Errorf("%s: the control in %s was not found: nothing else would be", when, kind)
		}
		c.places += places[kind]
	}
	t.Logf("%s: %d canaries looked for in %v, %d found", when, len(c.hidden)+len(c.secrets), places, len(out))
}

// mark sends the control over the bus and waits until the listener has it, and so
// all that was sent before.
func (c *canaries) mark() {
	c.t.Helper()
	name := fmt.Sprintf("%s%d", c.control, c.scans)
	conn, err := sessionbus.ConnectTo(c.t.Context(), c.bus.Address)
	must(c.t, err)
	defer conn.Close() //nolint:errcheck // nothing follows
	must(c.t, conn.Emit("/io/github/wardlight/Control", "io.github.wardlight.Control.Mark", name))
	c.until("the mark on the bus", func() bool { return c.has(c.heard, name) })
}

// watch looks at the processes ten times a second until the test ends: what the
// station starts may be gone when a scan comes.
func (c *canaries) watch() {
	c.seen.by = map[string]sighting{}
	done := make(chan struct{})
	var work sync.WaitGroup
	work.Go(func() {
		for again := time.NewTicker(100 * time.Millisecond); ; {
			select {
			case <-again.C:
				c.seen.Lock()
				c.seen.refused += sight(c.seen.by, c.programs()...)
				c.seen.Unlock()
			case <-done:
				again.Stop()
				return
			}
		}
	})
	c.t.Cleanup(func() { close(done); work.Wait() })
}

func (c *canaries) programs() []string { return []string{c.ward.program, c.wardctl} }

// noteOf is a note that was saved by the record itself.
func noteOf(patientID, text string, version int64) chart.Save {
	return chart.Save{Patient: patientID, Section: chart.Notes, Version: version, Fence: 1, Key: word(8), Ward: "4B",
		Staff: "nurse", Station: "WS", Session: "s",
		At: time.Now(), Entry: chart.Entry{Note: &chart.Note{ID: word(8), Text: text, By: "nurse", ByName: "Chen, A"}}}
}
