package redisx_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

type chart struct {
	ID   string
	Rev  int64
	Text string
}

// record is the system of record behind a cache.
type record struct {
	mu    sync.Mutex
	rows  map[string]chart
	fail  error
	loads atomic.Int32
	asked [][]string
	gate  chan struct{} // when set, Load waits for it after reading
}

func newRecord(n int) *record {
	r := &record{rows: make(map[string]chart)}
	for i := range n {
		id := fmt.Sprintf("p%d", i)
		r.rows[id] = chart{ID: id, Rev: 1, Text: "text of " + id}
	}
	return r
}

func (r *record) set(c chart)        { r.mu.Lock(); r.rows[c.ID] = c; r.mu.Unlock() }
func (r *record) failWith(err error) { r.mu.Lock(); r.fail = err; r.mu.Unlock() }

func (r *record) load(ctx context.Context, ids []string) (map[string]chart, error) {
	r.loads.Add(1)
	r.mu.Lock()
	r.asked = append(r.asked, ids)
	fail, gate, out := r.fail, r.gate, map[string]chart{}
	for _, id := range ids {
		if c, ok := r.rows[id]; ok {
			out[id] = c
		}
	}
	r.mu.Unlock()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	return out, fail
}

func (r *record) cache(c *redisx.Client, change func(*redisx.CacheOptions[chart])) *redisx.Cache[chart] {
	o := redisx.CacheOptions[chart]{Name: "chart", Schema: 1, Load: r.load,
		ID: func(c chart) string { return c.ID }, Revision: func(c chart) int64 { return c.Rev }}
	if change != nil {
		change(&o)
	}
	return redisx.NewCache(c, o)
}

func calls(tb testing.TB, raw *redis.Client, command string) int {
	tb.Helper()
	info := raw.Info(tb.Context(), "commandstats").Val()
	_, after, found := strings.Cut(info, "cmdstat_"+command+":calls=")
	if !found {
		return 0
	}
	var n int
	_, _ = fmt.Sscanf(after, "%d", &n)
	return n
}

func TestGetManyIsOneRoundTripAndOneLoad(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	r := newRecord(40)
	cache := r.cache(c, nil)
	ids := []string{"nobody"}
	for id := range r.rows {
		ids = append(ids, id, id)
	}
	got, err := cache.GetMany(t.Context(), ids)
	if err != nil || len(got) != 41 || r.loads.Load() != 1 {
		t.Fatalf("%d entries, %d loads, %v", len(got), r.loads.Load(), err)
	}
	raw := admin(t, s.Addr())
	before, gets := calls(t, raw, "mget"), calls(t, raw, "get")
	began := time.Now()
	got, err = cache.GetMany(t.Context(), ids)
	if err != nil || len(got) != 41 || r.loads.Load() != 1 {
		t.Fatalf("%d entries, %d loads, %v", len(got), r.loads.Load(), err)
	}
	if n, g := calls(t, raw, "mget")-before, calls(t, raw, "get")-gets; n != 1 || g != 0 {
		t.Errorf("%d MGET and %d GET, want 1 and 0", n, g)
	}
	e := got["p7"]
	if !e.Found || e.Source != redisx.Cached || e.Stale || e.Value.Text != "text of p7" || e.Loaded.After(time.Now()) ||
		began.Sub(e.Loaded) > 5*time.Second {
		t.Errorf("entry %+v", e)
	}
	if e := got["nobody"]; e.Found || e.Source != redisx.Cached {
		t.Errorf("negative entry %+v", e)
	}
}

// Red with the fill lease ignored: 2 loads.
func TestFiftyMissesAreOneLoad(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	r := newRecord(3)
	r.gate = make(chan struct{})
	caches := []*redisx.Cache[chart]{r.cache(c, waitLong), r.cache(open(t, s.Addr()), waitLong)} // two processes
	var wg sync.WaitGroup
	var wrong atomic.Int32
	for i := range 50 {
		wg.Go(func() {
			e, err := caches[i%2].Get(t.Context(), "p1")
			if err != nil || e.Value.ID != "p1" {
				wrong.Add(1)
			}
		})
	}
	within(t, 5*time.Second, "a load", func() bool { return r.loads.Load() > 0 })
	time.Sleep(50 * time.Millisecond) // the others arrive; too short would only hide a fault, not make one
	close(r.gate)
	wg.Wait()
	if n := r.loads.Load(); n != 1 || wrong.Load() != 0 {
		t.Errorf("%d loads, %d wrong", n, wrong.Load())
	}
}

// Without Redis the process still loads once. Red with flights not shared.
func TestMissesWithoutRedisAreOneLoad(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	s.Kill()
	r := newRecord(2)
	r.gate = make(chan struct{})
	cache := r.cache(c, nil)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if e, err := cache.Get(t.Context(), "p1"); err != nil || e.Value.ID != "p1" {
				t.Errorf("%+v %v", e, err)
			}
		})
	}
	within(t, 5*time.Second, "a load", func() bool { return r.loads.Load() > 0 })
	time.Sleep(50 * time.Millisecond) // the others arrive; too short would only hide a fault, not make one
	n := r.loads.Load()
	close(r.gate)
	wg.Wait() // who comes after the load has ended loads again: nothing keeps it
	if n != 1 {
		t.Errorf("%d loads", n)
	}
}

func waitLong(o *redisx.CacheOptions[chart]) { o.FillWait = 3 * time.Second }

// Another process holds the fill lease and died: the wait is bounded.
func TestAbandonedFillIsNotWaitedForLong(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	r := newRecord(2)
	cache := r.cache(c, func(o *redisx.CacheOptions[chart]) { o.FillWait = 100 * time.Millisecond })
	admin(t, s.Addr()).Set(t.Context(), "t:cf:chart:{p1}", "somebody", 5*time.Second)
	began := time.Now()
	got, err := cache.GetMany(t.Context(), []string{"p0", "p1"})
	if err != nil || !got["p1"].Found || !got["p0"].Found {
		t.Fatalf("%v %v", got, err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("took %v", took)
	}
}

// Red with the revision comparison in cache_put.lua removed.
func TestOlderPutNeverReplacesNewer(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	r := newRecord(1)
	cache := r.cache(c, nil)
	for _, rev := range []int64{9, 10, 2, 9} {
		if err := cache.Put(t.Context(), chart{ID: "p0", Rev: rev, Text: fmt.Sprint(rev)}); err != nil {
			t.Fatal(err)
		}
	}
	e, err := cache.Get(t.Context(), "p0")
	if err != nil || e.Value.Rev != 10 {
		t.Errorf("%+v %v", e, err)
	}
}

// The classic race: a load reads, then the record changes and the entry is
// invalidated, then the load stores. Red with the fill lease not compared in
// cache_put.lua: the old value stays.
func TestValueReadBeforeAChangeIsNotStoredAfterIt(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	r := newRecord(1)
	r.gate = make(chan struct{})
	slow := r.cache(c, nil)
	writer := newRecord(0).cache(open(t, s.Addr()), nil) // another process
	got := make(chan redisx.Entry[chart], 1)
	background(t, func(ctx context.Context) {
		e, _ := slow.Get(ctx, "p0")
		got <- e
	})
	within(t, 5*time.Second, "the load", func() bool { return r.loads.Load() == 1 })
	r.set(chart{ID: "p0", Rev: 1, Text: "new"})
	if err := writer.Invalidate(t.Context(), "p0"); err != nil {
		t.Fatal(err)
	}
	close(r.gate)
	receive(t, got, 5*time.Second, "the slow load")
	e, err := slow.Get(t.Context(), "p0")
	if err != nil || e.Value.Text != "new" {
		t.Errorf("%+v %v: the old value was stored", e, err)
	}
}

// Entries under another's key, cut short, or of another kind are refused and
// loaded again, and the rest of the list is not disturbed. Red with the ID not
// compared in envelope open: a patient who exists is not found, another's text.
func TestPoisonedEntriesAreReplaced(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	r := newRecord(7)
	cache := r.cache(c, nil)
	ids := []string{"p0", "p1", "p2", "p3", "p4", "p5", "p6"}
	if _, err := cache.GetMany(t.Context(), append(ids, "nobody")); err != nil {
		t.Fatal(err)
	}
	raw := admin(t, s.Addr())
	key := func(id string) string { return "t:c:chart:{" + id + "}" }
	value := func(id string) string { return raw.Get(t.Context(), key(id)).Val() }
	raw.Set(t.Context(), key("p1"), value("p2"), 0)                                                 // swapped
	raw.Set(t.Context(), key("p2"), value("p2")[:30], 0)                                            // cut
	raw.Set(t.Context(), key("p3"), strings.Replace(value("p3"), `"s":1`, `"s":2`, 1), 0)           // other schema
	raw.Set(t.Context(), key("p4"), strings.Replace(value("p4"), `"ID":"p4"`, `"ID":"p0"`, 1), 0)   // inner ID
	raw.Set(t.Context(), key("p5"), `{"r":999999,"t":1,"s":1,"id":"p5","f":true,"v":{"ID":12}}`, 0) // wrong type
	// "there is none", under the key of one who is
	raw.Set(t.Context(), key("p6"), value("nobody"), 0)
	got, err := cache.GetMany(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range ids {
		e := got[id]
		want := redisx.Loaded
		if id == "p0" {
			want = redisx.Cached
		}
		if e.Value.Text != "text of "+id || e.Source != want {
			t.Errorf("%s: %+v, want %s", id, e, want)
		}
	}
	if r.loads.Load() != 2 {
		t.Errorf("%d loads", r.loads.Load())
	}
	got, _ = cache.GetMany(t.Context(), ids)
	for _, id := range ids {
		if got[id].Source != redisx.Cached {
			t.Errorf("%s was not stored again: %+v", id, got[id])
		}
	}
}

func TestKeyOfAnotherTypeDoesNotBreakTheList(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	cache := newRecord(2).cache(c, nil)
	admin(t, s.Addr()).HSet(t.Context(), "t:c:chart:{p1}", "a", "b")
	got, err := cache.GetMany(t.Context(), []string{"p0", "p1"})
	if err != nil || !got["p0"].Found || !got["p1"].Found {
		t.Errorf("%v %v", got, err)
	}
}

// Red with Stale not set in lastKnown.
func TestRedisAway(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	r := newRecord(2)
	cache := r.cache(c, nil)
	if _, err := cache.Get(t.Context(), "p0"); err != nil {
		t.Fatal(err)
	}
	s.Kill()
	e, err := cache.Get(t.Context(), "p0")
	if err != nil || e.Source != redisx.Loaded || e.Stale {
		t.Fatalf("record there: %+v %v", e, err)
	}
	r.failWith(errors.New("the record is away"))
	e, err = cache.Get(t.Context(), "p0")
	if err != nil || e.Source != redisx.Near || !e.Stale || e.Value.ID != "p0" ||
		time.Since(e.Loaded) > 10*time.Second {
		t.Errorf("both away: %+v %v", e, err)
	}
	got, err := cache.GetMany(t.Context(), []string{"p0", "p1"})
	if len(got) != 1 || !got["p0"].Stale || err == nil || !strings.Contains(err.Error(), "the record is away") {
		t.Errorf("one unknown: %v %v", got, err)
	}
	cache.Forget()
	if _, err := cache.Get(t.Context(), "p0"); !errors.Is(err, redisx.ErrDown) {
		t.Errorf("forgotten: %v", err)
	}
}

func TestSilentRedisCostsOneTimeoutNotOneEach(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	cache := newRecord(10).cache(c, nil)
	if _, err := cache.Get(t.Context(), "p0"); err != nil {
		t.Fatal(err)
	}
	s.Freeze()
	defer s.Thaw()
	began := time.Now()
	if _, err := cache.Get(t.Context(), "p1"); err != nil { // pays the timeouts
		t.Fatal(err)
	}
	first := time.Since(began)
	if _, err := cache.Get(t.Context(), "p2"); err != nil {
		t.Fatal(err)
	}
	if second := time.Since(began) - first; first > 2*time.Second || second > first/2 {
		t.Errorf("took %v and %v", first, second)
	}
}

// Past FreshFor an entry is loaded again; if that fails, it is shown as old.
func TestFreshFor(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	r := newRecord(1)
	cache := r.cache(c, func(o *redisx.CacheOptions[chart]) { o.FreshFor = 50 * time.Millisecond; o.Near = -1 })
	if _, err := cache.Get(t.Context(), "p0"); err != nil {
		t.Fatal(err)
	}
	r.failWith(errors.New("away"))
	var e redisx.Entry[chart]
	within(t, 2*time.Second, "a stale answer", func() bool {
		var err error
		if e, err = cache.Get(t.Context(), "p0"); err != nil {
			t.Fatal(err)
		}
		return e.Stale
	})
	if e.Source != redisx.Cached || time.Since(e.Loaded) < 50*time.Millisecond {
		t.Errorf("%+v", e)
	}
	r.failWith(nil)
	// A busy computer may have taken a young entry for an old one before.
	within(t, 2*time.Second, "a new load", func() bool {
		e, err := cache.Get(t.Context(), "p0")
		return err == nil && e.Source == redisx.Loaded && !e.Stale
	})
}

func TestChangesArePushed(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	r := newRecord(2)
	cache, elsewhere := r.cache(c, nil), r.cache(open(t, s.Addr()), nil)
	news, ready := make(chan string, 10), make(chan struct{}, 1)
	background(t, func(ctx context.Context) {
		_ = elsewhere.Watch(ctx, func(id string) { news <- id }, func() { ready <- struct{}{} })
	})
	receive(t, ready, 5*time.Second, "watch")
	_ = cache.Put(t.Context(), chart{ID: "p0", Rev: 5})
	_ = cache.Invalidate(t.Context(), "p1")
	if a, b := receive(t, news, time.Second, "put"), receive(t, news, time.Second, "invalidate"); a != "p0" ||
		b != "p1" {
		t.Errorf("%s %s", a, b)
	}
	_ = cache.Put(t.Context(), chart{ID: "p0", Rev: 4}) // refused: no news
	_ = cache.Invalidate(t.Context(), "end")
	if id := receive(t, news, time.Second, "end"); id != "end" {
		t.Errorf("a refused put was announced: %s", id)
	}
}

func TestLoadThatAnswersForAnotherIsRefused(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	cache := redisx.NewCache(c, redisx.CacheOptions[chart]{Name: "x", ID: func(c chart) string { return c.ID },
		Load: func(_ context.Context, ids []string) (map[string]chart, error) {
			out := map[string]chart{}
			for _, id := range ids {
				out[id] = chart{ID: "p0"}
			}
			return out, nil
		}})
	got, err := cache.GetMany(t.Context(), []string{"p0", "p1"})
	if !got["p0"].Found || len(got) != 1 || !errors.Is(err, redisx.ErrWrongID) {
		t.Errorf("%v %v", got, err)
	}
}

func TestLoadThatPanicsIsAnError(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{})
	cache := redisx.NewCache(open(t, s.Addr()), redisx.CacheOptions[chart]{Name: "x",
		ID:   func(c chart) string { return c.ID },
		Load: func(context.Context, []string) (map[string]chart, error) { panic("boom") }})
	if _, err := cache.Get(t.Context(), "p0"); err == nil || !strings.Contains(err.Error(), "boom") {
		t.Errorf("got %v", err)
	}
}

// A load that fails gives its turn back. Red with giveBack left out: 3 s.
func TestFailedLoadHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	broken := newRecord(0)
	broken.failWith(errors.New("away"))
	if _, err := broken.cache(c, waitLong).Get(t.Context(), "p0"); err == nil {
		t.Fatal("no error")
	}
	began := time.Now()
	e, err := newRecord(1).cache(open(t, s.Addr()), waitLong).Get(t.Context(), "p0")
	if took := time.Since(began); err != nil || !e.Found || took > 2*time.Second {
		t.Errorf("%+v %v after %v", e, err, took)
	}
}
