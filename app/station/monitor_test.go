package station_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/vitals"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

func monitors(t *testing.T, h *hospital) *live.Monitors {
	t.Helper()
	c, err := redisx.Open(redisx.Config{Addrs: []string{h.redis.Addr()}, Name: "monitors"})
	must(t, err)
	t.Cleanup(func() { c.Close() })
	return live.NewMonitors(c, "4B")
}

func beat(monitor, who string, v float64, at time.Time) vitals.Reading {
	return vitals.Reading{Monitor: monitor, Patient: who, Sign: vitals.HeartRate, Value: v, Unit: "/min", At: at}
}

func monitorOf(p live.Picture) string {
	for _, r := range p.Board.Rows {
		if r.Patient == "p1" {
			return fmt.Sprint(r.Monitor)
		}
	}
	return "no patient"
}

// What a monitor shows is in the picture, in no cell and no score; a new patient
// at the monitor takes it from the one before. Once the link is lost, the values
// get older before the nurse's eyes, are drawn as old, and go. Seen red with
// hearMonitors not run; with Old never said.
func TestMonitorValuesLiveAndGoOld(t *testing.T) {
	t.Parallel()
	h := build(t)
	m := monitors(t, h)
	proxy := redistest.NewProxy(t, h.redis.Addr())
	d := h.start("WS-1", proxy.Addr(), h.store(), shows, nil)
	sees := func(want string) {
		t.Helper()
		d.until(t, want, func(p live.Picture) bool { return monitorOf(p) == want })
	}
	must(t, m.Show(t.Context(), beat("01", "p1", 118, time.Now())))
	sees("[{HR 118 now false}]")
	p := d.until(t, "the board", func(live.Picture) bool { return true })
	i := slices.IndexFunc(p.Board.Rows, func(r board.Row) bool { return r.Patient == "p1" })
	if r := p.Board.Rows[i]; r.Cells[2].Text != "–" || r.Badge.Text != "–" || !r.Taken.IsZero() {
		t.Errorf("charted: %+v %+v %v", r.Cells, r.Badge, r.Taken)
	}
	must(t, m.Show(t.Context(), beat("01", "p2", 70, time.Now())))
	sees("[]")
	if err := m.Show(t.Context(), beat("01", "p1", -1, time.Now())); err == nil {
		t.Error("a heart rate below nought was taken")
	}

	now := time.Now()
	spo2 := vitals.Reading{Monitor: "02", Patient: "p1", Sign: vitals.Saturation, Value: 91, Unit: "%",
		At: now.Add(-5*time.Minute + 9*time.Second)}
	must(t, m.Show(t.Context(), beat("02", "p1", 121, now.Add(-20*time.Second)), spo2))
	sees("[{HR 121 25 s false} {SpO₂ 91 5 min true}]")
	proxy.Blackhole(true)
	sees("[{HR 121 30 s false} {SpO₂ 91 5 min true}]")
	sees("[{HR 121 35 s true}]")
	proxy.Blackhole(false)
	must(t, m.Show(t.Context(), beat("02", "p1", 99, time.Now())))
	d.until(t, "a new value",
		func(p live.Picture) bool { return len(monitorOf(p)) > 9 && monitorOf(p)[:9] == "[{HR 99 n" })
}

// A thousand values a second hold no alert back, and bring no more than two
// pictures a second. Alerts are raised beside the values and then without them; the
// second is what the machine itself costs. Seen red with Changed asking for a picture
// at a Gap of a millisecond: 22.5 pictures a second; and with 400 ms of work under the
// lock that a picture needs: the alerts waited for it.
func TestMonitorsHoldNoAlert(t *testing.T) {
	h := build(t)
	const alerts, rate, seconds, tries = 100, 1000, 5, 3
	seen := &first{at: make([]int64, 2*alerts*tries)}
	var pictures atomic.Int64
	h.openWith("WS-1", func(w *live.Ward, p live.Picture) { pictures.Add(1); seen.picture(w, p) })
	source := h.open("source")

	// values come as gateways send them: ten at once, whether or not those before
	// were taken in time.
	m := monitors(t, h)
	var sent atomic.Int64
	var began time.Time
	values := func(ctx context.Context) {
		for n := 0; ctx.Err() == nil; n++ {
			var r []vitals.Reading
			for i := range 10 {
				r = append(r, beat(fmt.Sprint("m", (10*n+i)%200), "p1", float64(60+n%100), time.Now()))
			}
			time.Sleep(time.Until(began.Add(time.Duration(n) * 10 * time.Second / rate)))
			if m.Show(ctx, r...) == nil {
				sent.Add(10)
			}
		}
	}
	raise := func(from int) []time.Duration {
		raised := make([]time.Time, alerts)
		began := time.Now()
		for n := range alerts {
			time.Sleep(time.Until(began.Add(time.Duration(n) * seconds * time.Second / alerts)))
			raised[n] = time.Now()
			_, err := source.Line.Raise(t.Context(), stormAlert(from+n))
			must(t, err)
		}
		for end := time.Now().Add(15 * time.Second); seen.count() < from+alerts && time.Now().Before(end); {
			time.Sleep(10 * time.Millisecond)
		}
		took := make([]time.Duration, alerts)
		for n := range took {
			if seen.at[from+n] == 0 {
				t.Fatalf("alert %d was never shown", from+n)
			}
			took[n] = time.Unix(0, seen.at[from+n]).Sub(raised[n])
		}
		slices.Sort(took)
		return took
	}
	idle := func() float64 {
		before, began := pictures.Load(), time.Now()
		time.Sleep(4 * time.Second)
		return float64(pictures.Load()-before) / time.Since(began).Seconds()
	}
	p99 := func(d []time.Duration) time.Duration { return d[len(d)*99/100-1].Round(time.Millisecond) }

	quiet := idle()
	for try := range tries {
		ctx, cancel := context.WithCancel(t.Context())
		var group sync.WaitGroup
		began = time.Now()
		sent.Store(0)
		group.Go(func() { values(ctx) })
		busy := idle()
		beside := raise(2 * try * alerts)
		rateOf := float64(sent.Load()) / time.Since(began).Seconds()
		cancel()
		group.Wait()
		alone := raise((2*try + 1) * alerts)
		t.Logf("pictures a second: %.1f without values, %.1f with; %.0f values a second; raise to picture beside them: half %v, p99 %v, most %v; alone: half %v, p99 %v, most %v",
			quiet, busy, rateOf, beside[alerts/2], p99(beside), beside[alerts-1], alone[alerts/2], p99(alone),
			alone[alerts-1])
		if busy > 2 {
			t.Errorf("%.1f pictures a second for the sake of values; without them %.1f", busy, quiet)
		}
		if rateOf < rate*2/3 && try < tries-1 {
			t.Log("a machine that cannot send the values shows nothing of what they cost: again")
			continue
		}
		// What a busy machine costs is in both.
		limit := p99(alone) + 250*time.Millisecond
		if raceOn {
			limit += 750 * time.Millisecond
		}
		if p99(beside) > limit {
			t.Errorf("p99 %v, more than %v", p99(beside), limit)
		}
		if rateOf < rate*2/3 {
			t.Errorf("only %.0f values a second were sent", rateOf)
		}
		return
	}
}
