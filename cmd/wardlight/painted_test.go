//go:build linux

package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/ui/spots"
)

// storm is a rate of alerts, and how long each of them took until it was painted:
// on a card of its own, or counted on its patient's.
type storm struct {
	rate, seconds int
	took          []time.Duration // sorted
}

// paint raises alerts by the ward's own way from the source and reads from the
// station when the frame that first showed each was handed to the window system.
// A station of its own measures each rate: an open storm would weigh on the next.
func (st *storm) paint(t *testing.T, dir string) {
	path := filepath.Join(t.TempDir(), "painted")
	t.Setenv(spots.PaintedEnv, path)
	w := newWardOf(t, filepath.Join(dir, "painted"))
	s := w.open("WS-4B-1")
	w.signInByKeys(s)
	who, err := w.record.WardPatients(t.Context(), "4B")
	must(t, err)
	source := station.New(station.Options{Name: "source", Record: w.record, Client: w.redis,
		NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) }})
	total := st.rate * st.seconds
	raised := make(map[string]time.Time, total)
	var mu sync.Mutex
	var group sync.WaitGroup
	began := time.Now()
	for n := range total {
		// Alerts come when they come, not when others have been taken.
		time.Sleep(time.Until(began.Add(time.Duration(n) * time.Second / time.Duration(st.rate))))
		a := alert.Alert{ID: uuid.NewString(), Ward: "4B", Patient: who[n%len(who)], Bed: "01",
			Priority: []alert.Priority{alert.High, alert.Medium, alert.Low}[n%3], Text: "Heart rate 128, limit 120",
			Source: "figures"}
		at := time.Now()
		group.Go(func() {
			if _, err := source.Line.Raise(t.Context(), a); err != nil {
				t.Errorf("raise: %v", err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			raised[a.ID] = at
		})
	}
	group.Wait()
	for end := time.Now().Add(patience); len(st.took) < total &&
		time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		st.took = st.took[:0]
		f, err := os.Open(path)
		if err != nil {
			continue // nothing is painted yet
		}
		for lines := bufio.NewScanner(f); lines.Scan(); {
			var id string
			var at int64
			if _, err := fmt.Sscan(lines.Text(), &id, &at); err == nil && !raised[id].IsZero() {
				st.took = append(st.took, time.Unix(0, at).Sub(raised[id]))
			}
		}
		f.Close()
	}
	if len(st.took) != total {
		t.Errorf("%d of %d alerts were painted", len(st.took), total)
	}
	slices.Sort(st.took)
	must(t, s.display.SaveScreenshot(filepath.Join(t.ArtifactDir(), fmt.Sprintf("painted-%d.png", st.rate))))
}

// line is the storm's row of the table.
func (st storm) line() string {
	n := len(st.took)
	if n == 0 {
		return fmt.Sprintf("| %d a second for %d s | – | – | – | 0 of %d |", st.rate, st.seconds, st.rate*st.seconds)
	}
	ms := func(d time.Duration) string { return fmt.Sprint(d.Milliseconds()) }
	return fmt.Sprintf("| %d a second for %d s | %s | %s | %s | %d of %d |", st.rate, st.seconds,
		ms(st.took[n/2]), ms(st.took[n*99/100]), ms(st.took[n-1]), n, st.rate*st.seconds)
}

// buildPainted builds a station that says what it painted.
func buildPainted(t *testing.T, dir string) {
	build := exec.Command("go", "build", "-tags", "gles,migrated_fynedo,no_animations,e2e", "-o",
		filepath.Join(dir, "painted"), ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
}
