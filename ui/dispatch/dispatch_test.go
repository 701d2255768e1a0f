package dispatch_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/dispatch"
)

// Many goroutines, one refresh: and the last value is the one that is shown.
func TestLatestShowsTheNewestOnce(t *testing.T) {
	var q dispatch.Queue
	var shown []int
	show := dispatch.Latest(q.Do, func(v int) { shown = append(shown, v) })
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 100 {
				show(i*100 + j)
			}
		})
	}
	wg.Wait()
	show(4711)
	if ran := q.Drain(); ran != 1 {
		t.Errorf("%d refreshes for one burst", ran)
	}
	if len(shown) != 1 || shown[0] != 4711 {
		t.Errorf("shown: %v", shown)
	}
}

// What comes in after its newer one is not shown, whether that was drawn already or waits to be; the same
// age again is.
//
// Seen red with Latest in its place, and with the newest forgotten once it is drawn.
func TestNewestShowsNothingOlder(t *testing.T) {
	var q dispatch.Queue
	var shown []int
	older := func(v, than int) bool { return v/10 < than/10 }
	show := dispatch.Newest(q.Do, older, func(v int) { shown = append(shown, v) })
	for _, burst := range [][]int{{20, 10}, {11}, {21}, {30, 29}} {
		for _, v := range burst {
			show(v)
		}
		q.Drain()
	}
	if !slices.Equal(shown, []int{20, 21, 30}) {
		t.Errorf("shown: %v", shown)
	}
}

// Who holds the window is told of, and nobody else. Seen red with held taken before f.
func TestWatchedTellsWhoHoldsTheWindow(t *testing.T) {
	var q dispatch.Queue
	var slow []time.Duration
	do := dispatch.Watched(q.Do, func(held time.Duration) { slow = append(slow, held) })
	do(func() {})
	do(func() { time.Sleep(dispatch.HeldMost + time.Millisecond) })
	if q.Drain() != 2 || len(slow) != 1 || slow[0] <= dispatch.HeldMost {
		t.Errorf("told of %v", slow)
	}
}

// A change that comes while a refresh runs is not lost. Seen red with the flag
// cleared after f instead of before it: the second change was never shown.
func TestChangeDuringRefreshIsShown(t *testing.T) {
	var q dispatch.Queue
	runs := 0
	var again func()
	again = dispatch.Coalesce(q.Do, func() {
		runs++
		if runs == 1 {
			again()
		}
	})
	again()
	q.Drain()
	if runs != 2 {
		t.Errorf("%d runs, want 2", runs)
	}
}

// Nothing reaches the window once the gate is closed, not even what was queued.
func TestClosedGateDropsAll(t *testing.T) {
	var q dispatch.Queue
	g := dispatch.NewGate(q.Do)
	ran := 0
	g.Do(func() { ran++ })
	g.Close()
	g.Do(func() { ran++ })
	q.Drain()
	if ran != 0 {
		t.Errorf("%d functions ran after the gate was closed", ran)
	}
}

// Only this package hands work to the toolkit's goroutine, and nobody sends
// notifications through the toolkit: on some systems it pastes their text into
// a command.
func TestOneSeam(t *testing.T) {
	root := filepath.Join("..", "..")
	banned := []string{"fyne." + "Do(", "fyne." + "DoAndWait(", "Send" + "Notification("}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name == ".git" || name == "testdata" {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		here := strings.HasPrefix(path, filepath.Join(root, "ui", "dispatch"))
		for _, word := range banned {
			if strings.Contains(string(b), word) && !(here && word == banned[0]) {
				t.Errorf("%s uses %s", path, word)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
