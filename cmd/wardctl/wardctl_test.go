package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/outbox"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx/redistest"
)

func ctl(t *testing.T, data string, args ...string) string {
	t.Helper()
	out, err := try(t, data, args...)
	if err != nil {
		t.Fatalf("wardctl %v: %v", args, err)
	}
	return out
}

func try(t *testing.T, data string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	root := newRoot()
	root.SetArgs(append([]string{"--data", data}, args...))
	root.SetOut(&out)
	root.SetErr(io.Discard)
	root.SetIn(strings.NewReader("a long password\n"))
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

// A ward's own times are kept, and one that observes less than the national
// minimum is refused.
func TestObserve(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	if _, err := try(t, data, "import", "hl7", "../../app/hl7/testdata/ward.hl7"); exitStatus(err) != 3 {
		t.Fatal(err) // one of its messages is refused
	}
	wards := strings.Split(ctl(t, data, "wards"), "\t")
	show := func(args ...string) string {
		return ctl(t, data, append([]string{"observe", "--ward", wards[0]}, args...)...)
	}
	if got := show(); !strings.Contains(got, "12h0m0s,4h0m0s,1h0m0s,1h0m0s,30m0s\tNEWS2 Chart 4") {
		t.Errorf("at first: %q", got)
	}
	if got := show("8h,4h,1h,30m,15m"); !strings.Contains(got, "8h0m0s,4h0m0s,1h0m0s,30m0s,15m0s\tits own") {
		t.Errorf("set: %q", got)
	}
	for _, bad := range []string{"24h,4h,1h,1h,30m", "often"} {
		if _, err := try(t, data, "observe", "--ward", wards[0], bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
	if got := show("chart4"); !strings.Contains(got, "Chart 4") {
		t.Errorf("back: %q", got)
	}
}

// What is raised again with its own ID is the same alert, and never the less
// urgent.
func TestRaiseAgain(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ctl(t, data, "seed", "demo")
	raise := func(more ...string) string {
		return strings.TrimSpace(ctl(t, data,
			append([]string{"raise", "--ward", "4B", "--bed", "07", "--id", "x"}, more...)...))
	}
	for _, more := range [][]string{{"--priority", "low", "HR 120"}, {"--priority", "high", "HR 150"},
		{"--priority", "low", "HR 130"}} {
		if id := raise(more...); id != "intake:4B:x" {
			t.Errorf("%v: %s", more, id)
		}
	}
	ctl(t, data, "resolve", "intake:4B:x")
	// It is raised after the end of the one before: it has happened again.
	if id := raise("--priority", "low", "HR 130"); id != "again:2:intake:4B:x" {
		t.Errorf("the same, ended: %s", id)
	}
	if id := raise("--priority", "high", "HR 160"); id != "again:2:intake:4B:x" {
		t.Errorf("said anew: %s", id)
	}
}

func TestShow(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ctl(t, data, "seed", "demo")
	ctl(t, data, "raise", "--ward", "4B", "--bed", "07", "Fall from bed")
	var rows []map[string]any
	if err := json.Unmarshal([]byte(ctl(t, data, "show", "--ward", "4B", "--json")), &rows); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 24 {
		t.Fatalf("%d rows, want one a bed", len(rows))
	}
	for _, r := range rows {
		switch r["bed"] {
		case "07":
			if r["alert"] != "high" || r["surname"] == "" || r["mrn"] == "" || r["confirmed"] == nil {
				t.Errorf("bed 07: %v", r)
			}
		case "13":
			if r["empty"] != "Being cleaned" || r["news2"] != nil {
				t.Errorf("bed 13: %v", r)
			}
		}
	}
	if table := ctl(t, data, "show", "--ward", "4B"); !strings.Contains(table, "(Being cleaned)") {
		t.Error(table)
	}
	for want, args := range map[string][]string{
		"wardctl wards": {"show", "--ward", "9Z"},
		"nobody lies":   {"raise", "--ward", "4B", "--bed", "13", "x"},
		"no bed 99":     {"raise", "--ward", "4B", "--bed", "99", "x"},
		"nobody has":    {"raise", "--ward", "4B", "--mrn", "0", "x"},
		"no alert":      {"resolve", "nothing"},
	} {
		if _, err := try(t, data, args...); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %q", args, err, want)
		}
	}
}

// watcher runs `wardctl watch` and hands over its lines.
func watcher(t *testing.T, data string, args ...string) <-chan alert.Move {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	read, write := io.Pipe()
	root := newRoot()
	root.SetArgs(append([]string{"--data", data, "watch", "--json", "--ward", "4B"}, args...))
	root.SetOut(write)
	done := make(chan error, 1)
	go func() {
		err := root.ExecuteContext(ctx)
		_ = write.Close()
		done <- err
	}()
	moves := make(chan alert.Move, 64)
	go func() {
		for dec := json.NewDecoder(read); ; {
			var m alert.Move
			if dec.Decode(&m) != nil {
				return
			}
			moves <- m
		}
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("watch ended with %v", err)
		}
	})
	return moves
}

func next(t *testing.T, moves <-chan alert.Move, within time.Duration) alert.Move {
	t.Helper()
	select {
	case m := <-moves:
		return m
	case <-time.After(within):
		t.Fatalf("no move within %s", within)
		return alert.Move{}
	}
}

// Seen red with the follower's polls at 10 s: no move within 1 s.
func TestRaiseIsWatched(t *testing.T) {
	for _, with := range []string{"record alone", "redis"} {
		t.Run(with, func(t *testing.T) {
			data := t.TempDir()
			ctl(t, data, "seed", "demo")
			if with == "redis" {
				server := redistest.Start(t, redistest.Options{})
				if err := site.WriteConfig(data,
					site.Config{Redis: site.Redis{Addrs: []string{server.Addr()}}}); err != nil {
					t.Fatal(err)
				}
			}
			first := strings.TrimSpace(ctl(t, data, "raise", "--ward", "4B", "--bed", "07", "before"))
			live := watcher(t, data, "--from", first)
			if m := next(t, live, 10*time.Second); m.Alert.ID != first || m.Kind != alert.Raised {
				t.Fatalf("replayed %+v", m)
			}
			id := strings.TrimSpace(ctl(t, data, "raise", "--ward", "4B", "--bed", "07", "now"))
			if m := next(t, live, time.Second); m.Alert.ID != id || m.Alert.Text != "now" || m.Seq == 0 {
				t.Errorf("%+v, want alert %s", m, id)
			}
			ctl(t, data, "resolve", id)
			if m := next(t, live, time.Second); m.Alert.ID != id || m.Kind != alert.Resolved {
				t.Errorf("%+v, want %s resolved", m, id)
			}
			again := watcher(t, data, "--from", "0")
			for i, want := range []string{first, id, id} {
				if m := next(t, again, 10*time.Second); m.Alert.ID != want {
					t.Errorf("replay %d: %+v", i, m)
				}
			}
		})
	}
}

// The stream carries what the record has not taken yet, and what both carry is
// printed once.
func TestWatchHearsTheStream(t *testing.T) {
	data := t.TempDir()
	ctl(t, data, "seed", "demo")
	server := redistest.Start(t, redistest.Options{})
	if err := site.WriteConfig(data, site.Config{Redis: site.Redis{Addrs: []string{server.Addr()}}}); err != nil {
		t.Fatal(err)
	}
	s, err := site.Open(t.Context(), site.Options{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	live := watcher(t, data)
	payload, _ := json.Marshal(alert.Move{ID: "m1", Kind: alert.Raised,
		Alert: alert.Alert{ID: "a1", Ward: "4B", Text: "stream"}})
	change, _ := json.Marshal(outbox.Change{Kind: outbox.Alert, Ward: "4B", Payload: payload})
	// Until the follower listens nothing is heard: append under new event IDs.
	for deadline := time.Now().Add(10 * time.Second); ; {
		if _, err := site.Events(s.Redis, "4B").Append(t.Context(), uuid.NewString(), change); err != nil {
			t.Fatal(err)
		}
		select {
		case m := <-live:
			if m.Alert.Text != "stream" {
				t.Errorf("%+v", m)
			}
			return
		case <-time.After(100 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			t.Fatal("the stream was not heard")
		}
	}
}

func TestNEWS2(t *testing.T) {
	t.Parallel()
	in := "rr,spo2,o2,sbp,hr,acvpu,temp,scale\n16,97,0,120,70,A,36.8,1\n26,90,1,88,132,V,39.2,\n25,,,,,,,\n"
	var out bytes.Buffer
	if err := scoreCSV(strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	want := "rr,spo2,o2,sbp,hr,acvpu,temp,scale,total,risk,complete\n16,97,0,120,70,A,36.8,1,0,low,true\n" +
		"26,90,1,88,132,V,39.2,,19,high,true\n25,,,,,,,,3,low-medium,false\n"
	if out.String() != want {
		t.Errorf("got\n%swant\n%s", &out, want)
	}
	if err := scoreCSV(strings.NewReader("rr,spo2,o2,sbp,hr,acvpu,temp,scale\nx,,,,,,,\n"), io.Discard); err == nil ||
		!strings.Contains(err.Error(), "line 2") {
		t.Errorf("bad number: %v", err)
	}
}

func TestStaffAndConfig(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	ctl(t, data, "seed", "demo")
	ctl(t, data, "staff", "add", "nnew", "--surname", "New", "--ward", "4B")
	if list := ctl(t, data, "staff", "list"); !strings.Contains(list, "nnew\tNew") {
		t.Error(list)
	}
	if out := ctl(t, data, "channels", "--ward", "4B"); out != "intake\twl:ch:{4B}:intake\n" {
		t.Error(out)
	}
	write(t, filepath.Join(data, site.ConfigName), "ward = \"4B\"\nredsi = 1\n")
	if _, err := try(t, data, "wards"); err == nil ||
		!strings.Contains(err.Error(), site.ConfigName+":2: unknown key \"redsi\"") {
		t.Errorf("misspelt key: %v", err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestConfigCommands(t *testing.T) {
	machine, data := t.TempDir(), t.TempDir()
	t.Setenv(site.EnvMachine, machine)
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	write(t, filepath.Join(machine, site.FileName), "\nward = \"5A\"\n")
	if out := ctl(t, data, "config", "show"); !strings.Contains(out, `"5A"`) ||
		!strings.Contains(out, "# machine: "+filepath.Join(machine, site.FileName)+":2") ||
		!strings.Contains(out, "default: the computer's name") {
		t.Error(out)
	}
	last := filepath.Join(data, site.ConfigName) + "\n" + filepath.Join(machine, site.PolicyName) // the strongest
	if runtime.GOOS == "windows" {
		last = site.PolicyKey
	}
	if out := ctl(t, data, "config", "files"); !strings.HasPrefix(out, machine) ||
		!strings.HasSuffix(strings.TrimSpace(out), last) {
		t.Error(out)
	}
	folder := t.TempDir()
	ctl(t, data, "config", "admx", folder)
	for _, file := range []string{"Wardlight.admx", filepath.Join("en-US", "Wardlight.adml")} {
		if text, err := os.ReadFile(filepath.Join(folder, file)); err != nil ||
			!strings.Contains(string(text), "redis_addrs") {
			t.Errorf("%s: %v", file, err)
		}
	}
	all := ctl(t, data, "config", "explain")
	for _, k := range site.Keys {
		if !strings.Contains(all, k.Name+"\n") {
			t.Errorf("%s is not explained", k.Name)
		}
	}
	if one := ctl(t, data, "config", "explain", "redis.tls"); strings.Count(one, "Example:") != 3 {
		t.Error(one)
	}
	if _, err := try(t, data, "config", "explain", "rediss"); err == nil {
		t.Error("an unknown setting was explained")
	}
}

func TestDoctorForMonitoring(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none")) // no keyring: it fails
	data := t.TempDir()
	out, err := try(t, data, "doctor", "--json")
	var end sick
	if !errors.As(err, &end) || end.code != 2 {
		t.Errorf("ends with %v", err)
	}
	var got struct {
		State  string
		Checks []struct{ ID, State, Text, Next string }
	}
	if err := json.Unmarshal([]byte(out), &got); err != nil || got.State != "failing" || len(got.Checks) < 6 {
		t.Errorf("%v %s", err, out)
	}
	for _, c := range got.Checks {
		if c.ID == "" || c.Text == "" || (c.State != "ok") != (c.Next != "") {
			t.Errorf("%+v", c)
		}
	}
}
