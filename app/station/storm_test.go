package station_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/redisx"
)

// resident is the process's memory, in bytes; 0 where it cannot be read.
func resident() int64 {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, _ := strconv.ParseInt(strings.Fields(string(b))[1], 10, 64)
	return pages * int64(os.Getpagesize())
}

// first notes when each alert of a storm stood first in a station's picture, as a
// card or counted in its patient's group.
type first struct {
	mu    sync.Mutex
	at    []int64 // Unix ns, by the alert's number
	shown int
}

func (f *first) picture(w *live.Ward, p live.Picture) {
	now := time.Now()
	f.mu.Lock()
	var fresh []string
	note := func(id string) {
		n, err := strconv.Atoi(strings.TrimPrefix(id, "s"))
		if err == nil && n < len(f.at) && f.at[n] == 0 {
			f.at[n] = now.UnixNano()
			f.shown++
			fresh = append(fresh, id)
		}
	}
	for _, c := range p.Cards {
		note(c.Alert.ID)
	}
	for _, g := range p.Groups {
		for _, id := range g.Unseen {
			note(id)
		}
	}
	f.mu.Unlock()
	for _, id := range fresh {
		w.Proof().Shown(id, now)
	}
}

func (f *first) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.shown
}

// storm is what the source of a storm needs to know: it is a program of its own,
// as devices and gateways are, so that what is measured is the station.
type storm struct {
	Path, Redis  string
	Rate, Alerts int
}

const stormOf = "WARDLIGHT_TEST_STORM"

// stormAlert is one of a storm's.
func stormAlert(n int) alert.Alert {
	return alert.Alert{ID: fmt.Sprint("s", n), Ward: "4B", Patient: fmt.Sprint("p", n%30), Bed: "01",
		Priority: []alert.Priority{alert.High, alert.Medium, alert.Low}[n%3], Text: "Heart rate 128, limit 120",
		Source: "storm"}
}

// raise raises a storm at its rate, and says when each alert was raised, and
// which were not taken (0).
func (s storm) raise(ctx context.Context) ([]int64, error) {
	store, err := records.Open(ctx, records.Options{Path: s.Path, Logger: recordtest.Quiet})
	if err != nil {
		return nil, err
	}
	defer store.Close()
	client, err := redisx.Open(redisx.Config{Addrs: []string{s.Redis}, Name: "source"})
	if err != nil {
		return nil, err
	}
	defer client.Close()
	source := station.New(station.Options{Name: "source", Record: store, Client: client,
		NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) }})
	raised := make([]int64, s.Alerts)
	began := time.Now()
	var group sync.WaitGroup
	for n := range s.Alerts {
		// Alerts come when they come, not when others have been taken.
		time.Sleep(time.Until(began.Add(time.Duration(n) * time.Second / time.Duration(s.Rate))))
		group.Go(func() {
			at := time.Now()
			if _, err := source.Line.Raise(ctx, stormAlert(n)); err == nil {
				raised[n] = at.UnixNano()
			}
		})
	}
	group.Wait()
	return raised, nil
}

// source is the program that raises.
func source(order string) {
	var s storm
	err := json.Unmarshal([]byte(order), &s)
	var raised []int64
	if err == nil {
		raised, err = s.raise(context.Background()) // it ends with its work, or is killed
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = json.NewEncoder(os.Stdout).Encode(raised)
}

// run starts the source and waits for it.
func (s storm) run(t *testing.T) []int64 {
	order, err := json.Marshal(s)
	must(t, err)
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), stormOf+"="+string(order))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	must(t, err)
	var raised []int64
	must(t, json.Unmarshal(out, &raised))
	return raised
}

// A storm: every alert that was taken is in the picture of every station, soon
// enough, and the memory comes back when the alerts have ended.
//
// Seen red with an inbox that takes no more than 100 alerts (49 of 150 lost).
func TestStorm(t *testing.T) {
	type load struct {
		rate, seconds int
		p99           time.Duration
		stations      int
	}
	loads := []load{{50, 3, 250 * time.Millisecond, 2}, {1000, 5, 3 * time.Second, 2}, {1000, 5, 3 * time.Second, 1}}
	if full {
		loads = []load{{50, 20, 250 * time.Millisecond, 2}, {1000, 60, 3 * time.Second, 2},
			{1000, 60, 3 * time.Second, 1}}
	}
	if raceOn { // a twentieth of the speed: what is looked for is races and losses
		loads = []load{{50, 3, 250 * time.Millisecond, 2}, {150, 5, 3 * time.Second, 2}, {150, 5, 3 * time.Second, 1}}
	}
	for _, l := range loads {
		t.Run(fmt.Sprint(l.rate, " a second, ", l.stations, " stations"), func(t *testing.T) {
			h := build(t)
			var shown []*first
			var desks []*desk
			for n := range l.stations {
				f := &first{at: make([]int64, l.rate*l.seconds)}
				d := h.openWith(fmt.Sprint("WS-", n+1), f.picture)
				d.setBlind()
				shown, desks = append(shown, f), append(desks, d)
			}
			// As the program sets it, see cmd/wardlight.
			defer debug.SetGCPercent(debug.SetGCPercent(station.GCPercent))
			runtime.GC()
			debug.FreeOSMemory()
			before := resident()
			var peak atomic.Int64
			stop := make(chan bool)
			var watch sync.WaitGroup
			watch.Go(func() {
				for {
					peak.Store(max(peak.Load(), resident()))
					select {
					case <-stop:
						return
					case <-time.After(100 * time.Millisecond):
					}
				}
			})
			total := l.rate * l.seconds
			raised := storm{Path: h.path, Redis: h.redis.Addr(), Rate: l.rate, Alerts: total}.run(t)
			failed := 0
			for _, at := range raised {
				if at == 0 {
					failed++
				}
			}
			took := time.Duration(slices.Max(raised) - slices.Min(raised))
			for end := time.Now().Add(30 * time.Second); slices.ContainsFunc(shown,
				func(f *first) bool { return f.count() < total }) && time.Now().Before(end); {
				time.Sleep(10 * time.Millisecond)
			}
			close(stop)
			watch.Wait()
			grown := peak.Load() - before
			for s, f := range shown {
				var late []time.Duration
				f.mu.Lock()
				for n, at := range f.at {
					if at > 0 && raised[n] > 0 {
						late = append(late, time.Duration(at-raised[n]))
					}
				}
				f.mu.Unlock()
				slices.Sort(late)
				if len(late) == 0 {
					t.Fatal("nothing was shown")
				}
				p99 := late[len(late)*99/100]
				t.Logf("station %d: %d of %d shown, raised in %v (%.0f/s): raise to picture median %v, p99 %v, longest %v", s+1, len(late), total,
					took.Round(time.Millisecond), float64(total)/took.Seconds(), late[len(late)/2], p99,
					late[len(late)-1])
				if len(late) != total || failed > 0 {
					t.Errorf("%d lost, %d not taken", total-failed-len(late), failed)
				}
				if p99 > l.p99 && !raceOn {
					t.Errorf("p99 %v, want %v", p99, l.p99)
				}
			}
			endAll(t, h.store(), total)
			for _, d := range desks {
				if !d.wait(time.Now().Add(time.Minute), func() bool { return d.picture.Load().Open == 0 }) {
					p := d.picture.Load()
					t.Fatalf("%s: %d of %d have not ended, links %+v", d.Name, p.Open, total, p.Links)
				}
			}
			var after int64
			for range 20 { // connections' and the database's buffers go one by one
				runtime.GC()
				debug.FreeOSMemory()
				if after = resident(); after-before < grown/2 {
					break
				}
				time.Sleep(100 * time.Millisecond)
			}
			t.Logf("%d stations in one process: memory +%d MB at most, +%d MB after", l.stations, grown>>20,
				(after-before)>>20)
			if grown > 100<<20 && l.stations == 1 && !raceOn {
				t.Errorf("memory grew by %d MB", grown>>20)
			}
		})
	}
}

// endAll ends all alerts of a storm. One that the stream brought, because the record
// was too slow for it, may not be recorded yet.
func endAll(t *testing.T, store *records.Store, total int) {
	t.Helper()
	var open []alert.Move
	for n := range total {
		x := stormAlert(n)
		open = append(open, alert.Move{ID: "end:" + x.ID, Kind: alert.Resolved, Alert: x})
	}
	for end := time.Now().Add(time.Minute); len(open) > 0; {
		some := open[:min(500, len(open))]
		open = open[len(some):]
		_, errs := store.AppendMoves(t.Context(), some)
		for n, err := range errs {
			if errors.Is(err, alert.ErrUnknown) && time.Now().Before(end) {
				open = append(open, some[n])
				continue
			}
			must(t, err)
		}
		if len(open) > 0 && len(open) < total {
			time.Sleep(10 * time.Millisecond) // the record is asked again, and has others to serve
		}
	}
}

func (d *desk) setBlind() {
	d.mu.Lock()
	d.blind = true
	d.mu.Unlock()
}
