package redisx_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// What is older at its source never takes the place of what is newer; a source
// whose clock runs ahead does not keep later values out; and there is room for so
// many IDs.
func TestLiveKeepsTheNewest(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	ctx := t.Context()
	l := redisx.NewLive(c, "4B", redisx.LiveOptions{Most: 3})
	now, err := c.ServerTime(ctx)
	if err != nil {
		t.Fatal(err)
	}
	put := func(id, payload string, at time.Time, want int) {
		t.Helper()
		if n, err := l.Put(ctx, redisx.LiveValue{ID: id, Payload: []byte(payload), At: at}); n != want || err != nil {
			t.Errorf("%s %s: %d, %v", id, payload, n, err)
		}
	}
	is := func(id, payload string) {
		t.Helper()
		all, err := l.All(ctx)
		if err != nil || string(all[id].Payload) != payload {
			t.Errorf("%s is %q, want %q: %v", id, all[id].Payload, payload, err)
		}
	}
	put("hr", "70", now.Add(-10*time.Second), 1)
	put("hr", "72", now.Add(-5*time.Second), 1)
	put("hr", "71", now.Add(-8*time.Second), 0)
	is("hr", "72")
	put("hr", "73", now.Add(-5*time.Second), 1) // said again, otherwise: the later word
	is("hr", "73")
	put("spo2", "9 \x00\n8", now.Add(24*time.Hour), 1) // a clock that runs ahead
	is("spo2", "9 \x00\n8")
	put("spo2", "97", time.Time{}, 1)
	is("spo2", "97")
	put("rr", "18", time.Unix(0, 0), 1)
	if n, err := l.Put(ctx, redisx.LiveValue{ID: "temp", Payload: []byte("37")},
		redisx.LiveValue{ID: "hr", Payload: []byte("80")}); n != 1 || !errors.Is(err, redisx.ErrLiveFull) {
		t.Errorf("beyond the bound: %d, %v", n, err)
	}
	is("hr", "80")
	is("temp", "")
	if _, err := l.Put(ctx, redisx.LiveValue{ID: "a\nb"}); err == nil {
		t.Error("an ID with a line break was taken")
	}
	all, err := l.All(ctx)
	if v := all["rr"]; err != nil || v.At.Unix() != 0 || time.Since(v.Received).Abs() > time.Minute {
		t.Errorf("%+v, %v", v, err)
	}
}

// watching is what a watcher was told.
type watching struct {
	mu    sync.Mutex
	last  map[string]string
	calls atomic.Int64
}

func (w *watching) changed(values map[string]redisx.LiveValue, all bool) {
	w.calls.Add(1)
	w.mu.Lock()
	defer w.mu.Unlock()
	if all {
		w.last = map[string]string{}
	}
	for id, v := range values {
		w.last[id] = string(v.Payload)
	}
}

func (w *watching) of(id string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.last[id]
}

// A reader that is slow skips values and is not behind: whenever it looks it gets
// the newest, as often as it asked to and no more, whatever comes.
func TestLiveIsNeverBehind(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	l := redisx.NewLive(c, "4B", redisx.LiveOptions{})
	const gap, slow, ids, batches = 100 * time.Millisecond, 150 * time.Millisecond, 40, 100
	var fast, late watching
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	group.Go(func() { _ = l.Watch(ctx, redisx.LiveWatch{Gap: gap, Changed: fast.changed}) })
	group.Go(func() {
		_ = l.Watch(ctx, redisx.LiveWatch{Gap: gap, Changed: func(v map[string]redisx.LiveValue, all bool) {
			time.Sleep(slow) // draws
			late.changed(v, all)
		}})
	})
	within(t, 5*time.Second, "both watch", func() bool { return fast.calls.Load() > 0 && late.calls.Load() > 0 })
	before, began, sent := fast.calls.Load(), time.Now(), 0
	for n := range batches {
		var values []redisx.LiveValue
		for id := range ids {
			values = append(values, redisx.LiveValue{ID: fmt.Sprint("p", id), Payload: []byte(strconv.Itoa(n))})
		}
		if _, err := l.Put(ctx, values...); err != nil {
			t.Fatal(err)
		}
		sent += ids
		time.Sleep(20 * time.Millisecond) // the source's own pace
	}
	took := time.Since(began)
	for name, w := range map[string]*watching{"fast": &fast, "slow": &late} {
		end := time.Now()
		within(t, 5*time.Second, name+" has the newest",
			func() bool { return w.of("p0") == strconv.Itoa(batches-1) && w.of("p39") == w.of("p0") })
		if behind := time.Since(end); behind > 2*(gap+slow)+time.Second {
			t.Errorf("%s is %v behind", name, behind)
		}
	}
	calls := fast.calls.Load() - before
	if most := int64(time.Since(began)/gap) + 2; calls > most {
		t.Errorf("%d calls in %v", calls, time.Since(began))
	}
	t.Logf("%d values in %v: %.0f a second; the fast reader was told %d times, the slow one %d times", sent,
		took.Round(time.Millisecond),
		float64(sent)/took.Seconds(), calls, late.calls.Load())
}

// A watcher whose link is cut, silent, or whose server died has the newest values
// once it is healed, and none that are gone.
func TestLiveAfterFaults(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	proxy := redistest.NewProxy(t, s.Addr())
	source, sees := redisx.NewLive(c, "4B", redisx.LiveOptions{}),
		redisx.NewLive(open(t, proxy.Addr()), "4B", redisx.LiveOptions{})
	var w watching
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	var up atomic.Bool
	group.Go(func() {
		_ = sees.Watch(ctx, redisx.LiveWatch{Gap: 10 * time.Millisecond, Changed: w.changed, Link: up.Store})
	})
	put := func(payload string) {
		t.Helper()
		within(t, 10*time.Second, "the source can write", func() bool {
			_, err := source.Put(ctx, redisx.LiveValue{ID: "hr", Payload: []byte(payload)})
			return err == nil
		})
	}
	n := 0
	for _, fault := range []struct {
		name       string
		hurt, heal func()
	}{
		{"cut", func() { proxy.Refuse(true); proxy.Cut() }, func() { proxy.Refuse(false) }},
		{"silent", func() { proxy.Blackhole(true) }, func() { proxy.Blackhole(false) }},
		{"killed and empty", func() { s.Kill(); s.Restart(true) }, func() {}},
	} {
		n++
		put(fmt.Sprint("before ", n))
		within(t, 10*time.Second, fault.name+": before", func() bool { return w.of("hr") == fmt.Sprint("before ", n) })
		fault.hurt()
		if fault.name != "killed and empty" {
			within(t, 10*time.Second, fault.name+" is noticed", func() bool { return !up.Load() })
		}
		for i := range 50 {
			put(fmt.Sprint("meanwhile ", i))
		}
		put(fmt.Sprint("newest ", n))
		fault.heal()
		within(t, 15*time.Second, fault.name+": the newest",
			func() bool { return w.of("hr") == fmt.Sprint("newest ", n) })
	}
}
