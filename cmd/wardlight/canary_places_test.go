//go:build linux

package main

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/wardlight/wardlight/app/desktop/sessionbus"
	"github.com/wardlight/wardlight/cmd/internal/sandbox"
)

// TestCanaries finds nothing; so what it looks with has to be seen to find. A
// canary of its own is put on purpose into each place that it looks at, in another
// form each, and each is found there and nowhere else; what may cross the bus does.
//
// Seen red with each of the places left out of scan.look, with the sieve not keeping
// what lies across two reads, and with letters of one size only.
func TestScanSeesEachPlace(t *testing.T) {
	t.Parallel()
	root, outside := t.TempDir(), t.TempDir()
	s := &scan{root: root, temps: []string{outside}, since: time.Now().Add(-time.Second),
		heard:  filepath.Join(t.TempDir(), "bus"),
		hidden: map[string]string{}, secrets: map[string]string{}}
	want := map[string]bool{}
	canary := func(kind string) string {
		w := word(11)
		s.hidden[w] = "canary of " + kind
		want[kind+": canary of "+kind] = true
		return w
	}
	write := func(path, text string) {
		t.Helper()
		must(t, os.MkdirAll(filepath.Dir(path), 0o700))
		must(t, os.WriteFile(path, []byte(text), 0o600))
	}
	w := canary(onDisk) // across the first cut of what is read at once
	write(filepath.Join(root, "home", ".cache", "x"),
		strings.Repeat("x", 1<<20-3)+strings.ToUpper(w)+strings.Repeat("x", 2<<20))
	w = canary(inTemp)
	write(filepath.Join(root, "tmp", "x"), base64.StdEncoding.EncodeToString([]byte("12345"+w+"6")))
	w = canary(inLog)
	write(filepath.Join(root, "log"), fmt.Sprintf(`msg="signed in" who=%X`, w))
	write(filepath.Join(root, "site", "x"), strings.Repeat("nothing is here ", 1000))
	// Not of that kind, but its place.
	s.hidden["qoutsideinutf"] = "canary outside"
	want[inTemp+": canary outside"] = true
	var wide []byte
	for _, u := range utf16.Encode([]rune("<qoutsideinutf>")) {
		wide = append(wide, byte(u>>8), byte(u)) // the other byte order
	}
	write(filepath.Join(outside, "below", "x"), string(wide))

	switch err := dumpCore(filepath.Join(root, "work"), canary(inCore)); {
	case errors.Is(err, errElsewhere):
		t.Logf("not looked at: %v", err)
		delete(want, inCore+": canary of "+inCore)
	case err != nil:
		t.Fatal(err)
	}

	// A process of the station, which holds a file that no folder shows.
	process := exec.Command("/bin/sh", "-c", `exec 3<>"$0"; rm "$0"; echo ready; read x`,
		filepath.Join(outside, "gone"), canary(inArgv))
	write(filepath.Join(outside, "gone"), fmt.Sprint([]byte(canary(unseen))))
	process.Env = append(os.Environ(), "X=y"+canary(inEnv))
	in, err := process.StdinPipe()
	must(t, err)
	says, err := process.StdoutPipe()
	must(t, err)
	must(t, process.Start())
	t.Cleanup(func() { _ = in.Close(); _ = process.Wait() })
	_, err = io.ReadFull(says, make([]byte, len("ready\n")))
	must(t, err)

	bus, err := sandbox.NewBus(t.Context())
	must(t, err)
	t.Cleanup(func() { _ = bus.Close() })
	listen(t, bus, s.heard)
	conn, err := sessionbus.ConnectTo(t.Context(), bus.Address)
	must(t, err)
	defer conn.Close() //nolint:errcheck // nothing follows
	may := word(11)
	s.secrets[may] = "what may cross the bus"
	for _, body := range []any{canary(onBus), []byte(may), "the end of it"} {
		must(t, conn.Emit("/x", "io.github.wardlight.Control.Mark", body))
	}
	for end := time.Now().Add(patience); !strings.Contains(read(t, s.heard),
		"the end of it"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the listener hears nothing")
		}
	}

	seen := map[string]sighting{}
	if sight(seen, "/bin/sh") > 0 {
		t.Fatal("a process of this test may not be looked at")
	}
	var sightings []sighting
	for _, one := range seen {
		if one.pid == process.Process.Pid {
			sightings = append(sightings, one)
		}
	}
	out, places, err := s.look(sightings)
	must(t, err)
	for _, f := range out {
		if key := f.kind + ": " + f.what; !want[key] {
			t.Errorf("not planted: %v", f)
		} else {
			want[key] = false
		}
	}
	for key, missed := range want {
		if missed {
			t.Errorf("not found: %s", key)
		}
	}
	if places[onDisk] != 2 {
		t.Errorf("%v: the clean file was not looked at", places)
	}
	if !strings.Contains(read(t, s.heard), may) {
		t.Error("the bus does not carry what may cross it")
	}

	// A file from before is not of this run.
	s.since, s.root = time.Now().Add(time.Hour), filepath.Join(root, "none")
	out, _, err = s.look(nil)
	if must(t, err); slices.ContainsFunc(out, func(f found) bool { return f.kind != onBus }) {
		t.Errorf("older files: %v", out)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	must(t, err)
	return string(text)
}

// listen writes every message of the bus to a file, as it was sent, until the test
// ends.
func listen(t *testing.T, bus *sandbox.Bus, file string) {
	t.Helper()
	out, err := os.Create(file)
	must(t, err)
	cmd := exec.Command("dbus-monitor", "--address", bus.Address, "--binary")
	cmd.Stdout, cmd.Stderr = out, out
	must(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait(); _ = out.Close() })
	for end := time.Now().Add(patience); !strings.Contains(read(t, file),
		"NameAcquired"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the listener on the bus never started")
		}
	}
}

var errElsewhere = errors.New("this computer brings core files elsewhere")

// dumpCore lets a program that has read text crash in dir, and looks for its core
// file there: where the station's would be.
func dumpCore(dir, text string) error {
	pattern, err := os.ReadFile("/proc/sys/kernel/core_pattern")
	if err != nil {
		return err
	}
	if name := strings.TrimSpace(string(pattern)); strings.ContainsAny(name, "|/") || !strings.HasPrefix(name, "core") {
		return fmt.Errorf("%w: core_pattern is %q", errElsewhere, name)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	cmd := exec.Command("/bin/sh", "-c", `ulimit -c unlimited && read -r x && kill -SEGV $$`)
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(text+"\n")
	said, err := cmd.CombinedOutput()
	if cores, _ := filepath.Glob(filepath.Join(dir, "core*")); len(cores) == 0 {
		return fmt.Errorf("%w: no core file (%v %s)", errElsewhere, err, said)
	}
	return nil
}
