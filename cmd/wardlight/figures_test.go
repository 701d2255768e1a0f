//go:build linux

package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"image"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/assets/demo"
	"github.com/wardlight/wardlight/cmd/internal/sandbox"
)

var figuresPath = flag.String("ui-figures", "", "measure the window and write the figures to this `file`")

const (
	idleFor   = time.Minute
	keyRounds = 60
	// alertRounds are fewer than make a storm, in which the count is of patients.
	alertRounds = 10
)

// How fast the window is and what it costs, in a real window, beside a bare one
// of the toolkit that shows an empty list. It writes figures and judges none:
// they hang on the machine. `make bench-ui` runs it.
func TestFiguresOfTheWindow(t *testing.T) {
	if *figuresPath == "" {
		t.Skip("`make bench-ui` asks for it")
	}
	path := *figuresPath
	dir := t.TempDir()
	build := exec.Command("go", "build", "-tags", "gles,migrated_fynedo,no_animations", "-o", dir, ".",
		"../internal/uibench")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	r := report{load: loadNow(), storms: []storm{{rate: 50, seconds: 20}, {rate: 1000, seconds: 20}}}
	w := newWardOf(t, filepath.Join(dir, "wardlight"))
	s := w.open("WS-4B-1")
	bare := s.bare(filepath.Join(dir, "uibench"))
	area := image.Rect(0, 100, 1200, 900) // the screen, without head, foot and alerts
	look, err := s.display.Part(area)
	must(t, err)
	defer look.Close()
	keys := s.keyboard()

	w.signInByKeys(s)
	// Nothing sounds here, which the station says, and counts the seconds for a minute.
	time.Sleep(time.Minute + 10*time.Second)
	settled(t, look)
	r.idle("on the board", s.process.Process.Pid, bare)

	key := func(name string, wait bool, press func(i int)) {
		for i := range keyRounds {
			before := settled(t, look)
			began := time.Now()
			press(i)
			first, last, ok := changes(t, look, before, began, wait)
			if !ok {
				t.Logf("%s: key %d changed nothing on the screen", name, i) // its figure is missing from the count
				continue
			}
			if wait {
				first = last
			}
			r.add(name, first)
		}
	}
	key("arrow key to the mark on the next bed", false, func(i int) { keys.press([]string{"Right", "Left"}[i%2]) })
	turn := []string{"Return", "Escape"}
	key("Enter or Esc to the chart or board whole on the screen", true, func(i int) { keys.press(turn[i%2]) })
	keys.press("Return")
	key("1 to 5 to the first change of the chart's tab", false, func(i int) { keys.press(fmt.Sprint(1 + (i+1)%5)) })

	keys.press("ctrl+l")
	settled(t, look)
	r.idle("locked", s.process.Process.Pid, bare)
	must(t, s.display.SaveScreenshot(filepath.Join(t.ArtifactDir(), "locked.png")))
	bareEnd(bare)

	keys.types(demo.Password)
	keys.press("Return")
	settled(t, look)
	r.alerts(w, s)

	screens := exec.Command(filepath.Join(dir, "uibench"), "screens")
	screens.Env = append(append(s.environ(), sandbox.Locale()...), "HOME="+s.home, "FYNE_SCALE=1")
	must(t, s.stop(os.Interrupt)) // its window would lie over the other's
	out, err := screens.Output()
	must(t, err)
	must(t, json.Unmarshal(out, &r.screens))
	buildPainted(t, dir)
	for i := range r.storms {
		t.Run(fmt.Sprint(r.storms[i].rate, " alerts a second"), func(t *testing.T) { r.storms[i].paint(t, dir) })
	}
	s.start() // the station's own end is looked at, too
	s.does("search", "--sync", "--onlyvisible", "--name", "^Wardlight$")
	must(t, os.WriteFile(path, []byte(r.text()), 0o644))
	t.Log("\n" + r.text())
}

// signInByKeys signs the charge nurse in at the only station, without spots.
func (w *wardOfTwo) signInByKeys(s *screenStation) {
	s.does("search", "--sync", "--onlyvisible", "--name", "^Wardlight$")
	look, err := s.display.Part(image.Rect(0, 100, 1200, 900))
	must(w.t, err)
	defer look.Close()
	settled(w.t, look)
	keys := s.keyboard()
	keys.types("achen")
	keys.press("Return")
	keys.types(demo.Password)
	keys.press("Return")
	for end := time.Now().Add(time.Minute); w.cli("--scan", "--pattern",
		"wl:s:*") == ""; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			w.t.Fatal("nobody is signed in")
		}
	}
}

// alerts measures the way of an alert to the points on the screen: the count in the
// head of the column, which nothing else changes.
func (r *report) alerts(w *wardOfTwo, s *screenStation) {
	t := w.t
	count, err := s.display.Part(image.Rect(1385, 115, 1460, 155))
	must(t, err)
	defer count.Close()
	for n := range alertRounds {
		before := settled(t, count)
		began := time.Now()
		must(t, w.redis.Publish(t.Context(), live.Intake(w.redis.Keys(), "4B"),
			fmt.Appendf(nil, `{"priority":"low","text":"figure %d"}`, n)))
		if first, _, ok := changes(t, count, before, began, false); ok {
			r.add("PUBLISH of an alert to the count of open alerts", first)
		} else {
			t.Errorf("alert %d is not on the screen", n)
		}
	}
}

// bare opens an empty window of the toolkit on a display of its own.
func (s *screenStation) bare(program string) *exec.Cmd {
	t := s.t
	d, err := sandbox.Display(t.Context(), "1600x1000x24")
	must(t, err)
	t.Cleanup(func() { d.Close() })
	cmd := exec.Command(program, "bare")
	cmd.Env = append(append(os.Environ(), d.Env()...), "HOME="+s.home, "FYNE_SCALE=1")
	must(t, cmd.Start())
	t.Cleanup(func() { bareEnd(cmd) })
	return cmd
}

func bareEnd(cmd *exec.Cmd) {
	if cmd.ProcessState == nil {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
}

// keyboard is an xdotool that takes one command after the other: starting one for
// each key would be measured, too.
type keyboard struct {
	t    *testing.T
	into io.Writer
}

func (s *screenStation) keyboard() keyboard {
	cmd := exec.Command("xdotool", "-")
	cmd.Env = s.environ()
	into, err := cmd.StdinPipe()
	must(s.t, err)
	must(s.t, cmd.Start())
	s.t.Cleanup(func() { _ = into.Close(); _ = cmd.Wait() })
	return keyboard{s.t, into}
}

func (k keyboard) press(key string) {
	_, err := fmt.Fprintf(k.into, "key --delay 0 %s\n", key)
	must(k.t, err)
}

func (k keyboard) types(text string) {
	_, err := fmt.Fprintf(k.into, "type --delay 20 %s\n", text)
	must(k.t, err)
}

// still is how long nothing changes on a screen that is whole.
const still = 400 * time.Millisecond

// settled waits until nothing changes any more and returns what is shown.
func settled(t *testing.T, look *sandbox.Part) uint64 {
	t.Helper()
	was, err := look.Sum()
	must(t, err)
	since := time.Now()
	for end := time.Now().Add(time.Minute); time.Since(since) < still; time.Sleep(5 * time.Millisecond) {
		now, err := look.Sum()
		must(t, err)
		if now != was {
			was, since = now, time.Now()
		}
		if time.Now().After(end) {
			t.Fatal("the screen does not come to rest")
		}
	}
	return was
}

// changes is how long it took until the screen first showed something else, and
// with whole until it last changed.
func changes(t *testing.T, look *sandbox.Part, before uint64, began time.Time, whole bool) (first,
	last time.Duration, ok bool) {
	t.Helper()
	for was := before; ; time.Sleep(500 * time.Microsecond) {
		now, err := look.Sum()
		must(t, err)
		took := time.Since(began)
		if now != was {
			if first == 0 {
				first = took
			}
			was, last = now, took
		}
		switch {
		case first > 0 && (!whole || took-last > still):
			return first, last, true
		case first == 0 && took > 5*time.Second:
			return 0, 0, false
		}
	}
}

// report gathers figures and puts them into words.
type report struct {
	load    string
	keys    map[string][]float64
	quiets  []quiet
	storms  []storm
	screens struct {
		Times  map[string][]float64
		Memory map[string]float64
	}
}

func (r *report) add(name string, took time.Duration) {
	if r.keys == nil {
		r.keys = map[string][]float64{}
	}
	r.keys[name] = append(r.keys[name], float64(took.Microseconds())/1000)
}

// quiet is what two windows cost while nobody touches them, at the same time.
type quiet struct {
	name       string
	cpu, bare  float64 // of one core, in %
	mem, bareM float64 // resident, in MiB
}

// ticks is the kernel's unit of processor time as /proc tells it.
const ticks = 100

func spent(pid int) (cpu, resident float64) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, 0
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	f := strings.Fields(rest)
	var user, system, pages float64
	_, _ = fmt.Sscan(f[11]+" "+f[12]+" "+f[21], &user, &system, &pages)
	return (user + system) / ticks, pages * float64(os.Getpagesize()) / (1 << 20)
}

// idle measures both programs over the same minute: whatever else the machine
// does, it does to both.
func (r *report) idle(name string, pid int, bare *exec.Cmd) {
	began := time.Now()
	cpu, _ := spent(pid)
	bareCPU, _ := spent(bare.Process.Pid)
	time.Sleep(idleFor)
	took := time.Since(began).Seconds()
	i := quiet{name: name}
	end, mem := spent(pid)
	bareEnd, bareMem := spent(bare.Process.Pid)
	i.cpu, i.bare, i.mem, i.bareM = 100*(end-cpu)/took, 100*(bareEnd-bareCPU)/took, mem, bareMem
	r.quiets = append(r.quiets, i)
}

func loadNow() string {
	text, _ := os.ReadFile("/proc/loadavg")
	first, _, _ := strings.Cut(string(text), " ")
	return first
}

func kindOfMachine() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	model, n := "", 0
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			model = strings.TrimSpace(value)
			n++
		}
	}
	return fmt.Sprintf("%d × %s", n, model)
}

func (r report) text() string {
	var b strings.Builder
	line := func(f string, a ...any) { fmt.Fprintf(&b, f+"\n", a...) }
	line("# Figures of the window\n")
	line("`make bench-ui` measures these and writes this file. A real window, 1600 × 1000, on a display without")
	line("a screen (Xvfb). The pictures are computed by the processor (Mesa llvmpipe), as on a thin client:")
	line("there was no graphics card, which would take the greater part of every frame off it.\n")
	line("Machine: %s, no graphics card. Load when it began and ended: %s, %s.", kindOfMachine(), r.load, loadNow())
	line("With a load above the number of cores the times below are those of the queue: compare the processor time.\n")
	line("## While nobody touches it\n")
	line("One minute each, both programs in the same minute; %% of one core.\n")
	line("| station | processor | bare window | ratio | memory | bare window | ratio |")
	line("|---|---:|---:|---:|---:|---:|---:|")
	for _, i := range r.quiets {
		line("| %s | %.2f %% | %.2f %% | %.2f | %.0f MiB | %.0f MiB | %.2f |", i.name, i.cpu, i.bare, i.cpu/i.bare,
			i.mem, i.bareM, i.mem/i.bareM)
	}
	line("\nGoal: 1.2 in both.\n\n## A key, or an alert, to the points on the screen\n")
	line("From the key's way into the X server (XTEST) to the change in its frame buffer; the whole station with")
	line("Redis and record on the same machine. Goals: 50 ms p95 for a key; 100 ms for a chart whose summary is cached;")
	line("250 ms for an alert.\n")
	table(&b, r.keys)
	line("\nFrom the raising of an alert to the frame that first shows or counts it, handed to the window system; who raises")
	line("works on the same processor. Goals: 250 ms at 50 a second, 3 s at 1,000, 99 of 100 alerts.\n")
	line("| alerts | median, ms | p99 | most | painted |\n|---|---:|---:|---:|---:|")
	for _, st := range r.storms {
		line("%s", st.line())
	}
	line("\n## A frame\n")
	line("The screens alone, fed with a ward of 40. Goal: 20 ms from the start of the change to the frame handed to the")
	line("window system. The toolkit paints on its next tick, up to 16.7 ms later; *processor* is the whole program's,")
	line("for one frame, all cores together.\n")
	table(&b, r.screens.Times)
	line("\n## Memory over 1,000 charts\n")
	for _, name := range slices.Sorted(maps.Keys(r.screens.Memory)) {
		line("- %s: %.0f MiB", name, r.screens.Memory[name])
	}
	return b.String()
}

func table(b *strings.Builder, times map[string][]float64) {
	fmt.Fprintln(b, "| ms | median | p95 | n |\n|---|---:|---:|---:|")
	for _, name := range slices.Sorted(maps.Keys(times)) {
		v := slices.Sorted(slices.Values(times[name]))
		fmt.Fprintf(b, "| %s | %.1f | %.1f | %d |\n", name, v[len(v)/2], v[len(v)*95/100], len(v))
	}
}
