package redisx_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

const nearProbe = 40 * time.Millisecond

// nearHolds is how long a silent link is believed at this probe.
const nearHolds = 250 * time.Millisecond

func nearFresh(o *redisx.CacheOptions[chart]) { o.NearFresh, o.Probe = true, nearProbe }

// warm reads until the answer comes from this process.
func warm(tb testing.TB, cache *redisx.Cache[chart], ids ...string) {
	tb.Helper()
	within(tb, 5*time.Second, "near copies", func() bool {
		got, err := cache.GetMany(tb.Context(), ids)
		if err != nil {
			tb.Fatal(err)
		}
		for _, e := range got {
			if e.Source != redisx.Near || e.Stale {
				return false
			}
		}
		return len(got) == len(ids)
	})
}

func TestNearHitAsksNobody(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	cache := newRecord(2).cache(c, func(o *redisx.CacheOptions[chart]) { o.NearFresh = true })
	warm(t, cache, "p0", "p1", "nobody")
	raw := admin(t, s.Addr())
	before := calls(t, raw, "mget")
	began := time.Now()
	e, err := cache.Get(t.Context(), "p0")
	if err != nil || e.Source != redisx.Near || !e.Found || e.Value.ID != "p0" || e.Stale ||
		began.Sub(e.Confirmed) > 3*time.Second || e.Confirmed.Before(e.Loaded.Add(-time.Second)) {
		t.Errorf("%+v %v", e, err)
	}
	if e, _ := cache.Get(t.Context(), "nobody"); e.Found || e.Source != redisx.Near {
		t.Errorf("%+v", e)
	}
	if n := calls(t, raw, "mget") - before; n != 0 {
		t.Errorf("%d MGET", n)
	}
}

// Not parallel: allocations of other tests would count.
func TestNearHitDoesNotAllocate(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector allocates")
	}
	_, c := fixture(t)
	cache := newRecord(1).cache(c, func(o *redisx.CacheOptions[chart]) { o.NearFresh = true })
	warm(t, cache, "p0")
	if n := testing.AllocsPerRun(1000, func() { _, _ = cache.Get(t.Context(), "p0") }); n != 0 {
		t.Errorf("%v allocations a hit", n)
	}
}

// A change made elsewhere is in the next answer, once its news is here; and who
// was told by Watch does not get the old value. Red with change not marking the
// copy: the old one stays.
func TestNearCopyEndsWithAChange(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	r := newRecord(2)
	fresh := func(o *redisx.CacheOptions[chart]) { o.NearFresh = true }
	cache, writer := r.cache(c, fresh), r.cache(open(t, s.Addr()), nil)
	news, ready := make(chan string, 100), make(chan struct{}, 10)
	background(t, func(ctx context.Context) {
		_ = cache.Watch(ctx, func(id string) { news <- id }, func() { ready <- struct{}{} })
	})
	receive(t, ready, 5*time.Second, "watch")
	for rev := int64(2); rev < 30; rev++ {
		warm(t, cache, "p0", "p1")
		value := chart{ID: "p0", Rev: rev}
		r.set(value)
		if rev%2 == 0 {
			if err := writer.Put(t.Context(), value); err != nil {
				t.Fatal(err)
			}
		} else if err := writer.Invalidate(t.Context(), "p0"); err != nil {
			t.Fatal(err)
		}
		receive(t, news, 5*time.Second, "news")
		if e, err := cache.Get(t.Context(), "p0"); err != nil || e.Value.Rev != rev {
			t.Fatalf("told of %d, got %+v %v", rev, e, err)
		}
		if e, _ := cache.Get(t.Context(), "p1"); e.Source != redisx.Near {
			t.Errorf("another's change ended the copy: %+v", e)
		}
	}
}

// Own writes are read back at once. Red with Put not ending the copy after the
// script: "wrote 307, read {… Rev:306 … Source:near …}".
func TestOwnWritesAreReadBack(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	r := newRecord(1)
	cache := r.cache(c, nearFresh)
	warm(t, cache, "p0")
	for range 2 {
		background(t, func(ctx context.Context) {
			for ctx.Err() == nil {
				_, _ = cache.Get(ctx, "p0") // keeps the copy young
			}
		})
	}
	for rev := int64(2); rev < 1500; rev++ {
		value := chart{ID: "p0", Rev: rev}
		r.set(value)
		if err := cache.Put(t.Context(), value); err != nil {
			t.Fatal(err)
		}
		if e, err := cache.Get(t.Context(), "p0"); err != nil || e.Value.Rev != rev {
			t.Fatalf("wrote %d, read %+v %v", rev, e, err)
		}
	}
}

// history is what a writer told Redis, to hold what readers get against.
type history struct {
	mu   sync.Mutex
	told []time.Time // by revision: when Put had returned
}

func (h *history) add(rev int64, at time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for int64(len(h.told)) <= rev {
		h.told = append(h.told, time.Time{})
	}
	h.told[rev] = at
}

// before is the newest revision told before that moment.
func (h *history) before(at time.Time) int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	for rev := len(h.told) - 1; rev > 0; rev-- {
		if told := h.told[rev]; !told.IsZero() && told.Before(at) {
			return int64(rev)
		}
	}
	return 0
}

// No answer that is not marked Stale is older than it says: it holds every
// change told before Confirmed, and Confirmed is never further back than a link
// is believed. A writer changes one value without end; a reader behind the proxy
// reads without end, while its way to Redis is cut, silenced both ways and one
// way, deafened, slowed, its subscription is killed, and the server restarts
// empty.
//
// Red with a read not compared with the changes heard since it began (place):
// "near: rev 3194, but 3195 was told before 964us ago"; and, once in a million
// answers, with the proof read after the copy. With either the age of
// the proof or the loss of the link ignored it stays green, as each covers the
// other here; TestNearProofRunsOut tells them apart.
func TestNothingOldIsServedAsFreshUnderFaults(t *testing.T) {
	t.Parallel()
	staleUnderFaults(t, 1)
}

func staleUnderFaults(t *testing.T, turns int) {
	s := redistest.Start(t, redistest.Options{})
	p := redistest.NewProxy(t, s.Addr())
	w := newWatchedCache(t, redisx.Config{Addrs: []string{s.Addr()}},
		redisx.Config{Addrs: []string{p.Addr()}, Timeout: 200 * time.Millisecond})
	raw := admin(t, s.Addr())
	faults := []func(){
		p.Cut,
		func() { p.Blackhole(true) }, func() { p.Blackhole(false) },
		func() { p.HalfOpen(true) }, func() { p.HalfOpen(false) },
		p.Deafen, p.Cut,
		func() { p.Delay(30 * time.Millisecond) }, func() { p.Delay(0) },
		func() { p.Throttle(3000) }, func() { p.Throttle(0) },
		func() { raw.ClientKillByFilter(t.Context(), "TYPE", "pubsub") },
		func() { p.LoseReplies(3) },
		func() { s.Restart(true) },
		func() { s.Freeze() }, func() { s.Thaw() },
		func() { p.CutAfter(500) }, func() { p.CutAfter(-1) },
	}
	for range turns {
		for _, fault := range faults {
			fault()
			time.Sleep(2 * nearHolds) // how long it lasts
		}
	}
	w.finish(t)
}

// The same through the failovers of Sentinel, from a primary that hangs and from
// one that died. What the new primary never got is told again. Red with the proof
// never running out: "confirmed 250.141674ms ago".
func TestNothingOldIsServedAsFreshThroughAFailover(t *testing.T) {
	t.Parallel()
	set := redistest.StartSentinels(t, 2)
	cfg := redisx.Config{Addrs: set.Addrs(), MasterName: set.MasterName, Timeout: 500 * time.Millisecond}
	w := newWatchedCache(t, cfg, cfg)
	for round, fail := range []func(*redistest.TestServer){
		(*redistest.TestServer).Freeze, (*redistest.TestServer).Kill,
	} {
		written := w.written()
		fail(set.Primary(t))
		within(t, time.Minute, "writes to a new primary", func() bool { return w.written() > written+100 })
		w.comesBack(t)
		t.Logf("round %d: %d written", round, w.written())
	}
	w.finish(t)
}

// watchedCache is a value that one process changes without end and another reads
// without end, each answer held against what had been told.
type watchedCache struct {
	told                    history
	reads, near, old, wrong atomic.Int64
	stop                    []func()
}

func newWatchedCache(t *testing.T, writing, reading redisx.Config) *watchedCache {
	t.Helper()
	w, r := &watchedCache{}, newRecord(1)
	connect := func(cfg redisx.Config) *redisx.Client {
		cfg.Prefix = "t"
		c, err := redisx.Open(cfg)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	writer := r.cache(connect(writing), func(o *redisx.CacheOptions[chart]) { o.Near = -1 })
	reader := r.cache(connect(reading), nearFresh)
	warm(t, reader, "p0")
	stopReader := background(t, func(ctx context.Context) { w.read(ctx, t, reader) })
	stopWriter := background(t, func(ctx context.Context) {
		for rev := int64(2); ctx.Err() == nil; rev++ {
			value := chart{ID: "p0", Rev: rev}
			r.set(value)
			if writer.Put(ctx, value) == nil {
				w.told.add(rev, time.Now())
			}
			time.Sleep(200 * time.Microsecond) // a pace, not a synchronisation
		}
	})
	w.stop = []func(){stopReader, stopWriter}
	return w
}

func (w *watchedCache) read(ctx context.Context, t *testing.T, reader *redisx.Cache[chart]) {
	for n := 0; ctx.Err() == nil; n++ {
		asked := time.Now() // how long the answer took is the machine's affair
		e, err := reader.Get(ctx, "p0")
		switch {
		case err != nil:
			continue
		case e.Stale:
			w.old.Add(1)
			continue
		case e.Source == redisx.Near:
			w.near.Add(1)
		}
		w.reads.Add(1)
		if age := asked.Sub(e.Confirmed); age > nearHolds && e.Source == redisx.Near {
			w.wrong.Add(1)
			t.Errorf("confirmed %v ago", age)
		}
		if n%8 != 0 && e.Source == redisx.Near {
			continue // looking it up costs more than reading it
		}
		if must := w.told.before(e.Confirmed); e.Value.Rev < must && w.wrong.Add(1) < 10 {
			t.Errorf("%s: rev %d, but %d was told before %v ago", e.Source, e.Value.Rev, must, asked.Sub(e.Confirmed))
		}
	}
}

// written is the newest revision that was told.
func (w *watchedCache) written() int64 { return w.told.before(time.Now()) }

func (w *watchedCache) comesBack(t *testing.T) {
	t.Helper()
	within(t, 10*time.Second, "near copies again", func() bool {
		before := w.near.Load()
		time.Sleep(nearProbe)
		return w.near.Load() > before
	})
}

func (w *watchedCache) finish(t *testing.T) {
	t.Helper()
	w.comesBack(t)
	for _, stop := range w.stop {
		stop()
	}
	t.Logf("%d answers, %d of them near, %d marked stale, %d wrong", w.reads.Load(), w.near.Load(), w.old.Load(),
		w.wrong.Load())
	if w.reads.Load() < 10_000 || w.near.Load() == 0 {
		t.Errorf("only %d answers, %d near: this has shown nothing", w.reads.Load(), w.near.Load())
	}
}

// In a Cluster the news of a change crosses between nodes. A primary that does
// not answer for its part of the news ends freshness, though the subscription's
// own node is well. Red with the probe of one node taken as proof: the copies
// stay fresh.
func TestNearInACluster(t *testing.T) {
	t.Parallel()
	set := redistest.StartCluster(t, 3)
	connect := func() *redisx.Client {
		c, err := redisx.Open(redisx.Config{Addrs: set.Addrs(), Cluster: true, Prefix: "t"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	r := newRecord(9)
	cache, writer := r.cache(connect(), nearFresh), r.cache(connect(), nil)
	var ids []string
	for id := range r.rows {
		ids = append(ids, id)
	}
	warm(t, cache, ids...)
	for i, id := range ids {
		value := chart{ID: id, Rev: int64(i + 2)}
		r.set(value)
		if err := writer.Put(t.Context(), value); err != nil {
			t.Fatal(err)
		}
		within(t, 2*time.Second, "the news of "+id, func() bool {
			e, err := cache.Get(t.Context(), id)
			return err == nil && e.Value.Rev == value.Rev
		})
	}
	for _, silent := range set.Servers { // one of them holds the subscription, the others do not
		warm(t, cache, ids...)
		silent.Freeze()
		// Sooner than the other nodes notice (2 s), which then refuse every call.
		within(t, 1500*time.Millisecond, "no more fresh copies", func() bool {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			defer cancel()
			near := 0
			for _, id := range ids {
				if e, _ := cache.Get(ctx, id); e.Source == redisx.Near && !e.Stale {
					near++
				}
			}
			return near == 0
		})
		silent.Thaw()
	}
}

// A change that Redis could not be told of: this process does not believe Redis
// about it, and tells it as soon as it can. Red with owe doing nothing: both
// read the old value.
func TestUntoldChangeIsToldLater(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{})
	p := redistest.NewProxy(t, s.Addr())
	c, err := redisx.Open(redisx.Config{Addrs: []string{p.Addr()}, Prefix: "t", Timeout: 300 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	r := newRecord(3)
	cut, other := r.cache(c, nil), r.cache(open(t, s.Addr()), nil)
	if _, err := other.GetMany(t.Context(), []string{"p0", "p1"}); err != nil {
		t.Fatal(err)
	}
	p.Blackhole(true)
	for i, id := range []string{"p0", "p1"} {
		value := chart{ID: id, Rev: 2}
		r.set(value)
		tell := func() error { return cut.Put(t.Context(), value) }
		if i == 1 {
			tell = func() error { return cut.Invalidate(t.Context(), id) }
		}
		if err := tell(); !errors.Is(err, redisx.ErrDown) {
			t.Fatalf("%v", err)
		}
	}
	// What was held back of the tries is thrown away: only a new one can tell.
	p.Cut()
	p.Blackhole(false)
	for _, id := range []string{"p0", "p1"} {
		if e, err := cut.Get(t.Context(), id); err != nil || e.Value.Rev != 2 {
			t.Errorf("the process that knows: %+v %v", e, err)
		}
	}
	within(t, 5*time.Second, "the others", func() bool {
		got, err := other.GetMany(t.Context(), []string{"p0", "p1"})
		return err == nil && got["p0"].Value.Rev == 2 && got["p1"].Value.Rev == 2
	})
}

// A server that comes back with an older value, as after a failover, is not
// believed by who has seen a newer one; and whoever told it of the newer one
// tells it again. Red with the revision not compared (first part) and with
// retell doing nothing (second part).
func TestServerThatForgotIsNotBelieved(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	r := newRecord(1)
	writer, other := r.cache(c, nearFresh), r.cache(open(t, s.Addr()), nil)
	warm(t, writer, "p0")
	raw := admin(t, s.Addr())
	const key = "t:c:chart:{p0}"
	old := raw.Get(t.Context(), key).Val()
	value := chart{ID: "p0", Rev: 2}
	r.set(value)
	if err := writer.Put(t.Context(), value); err != nil {
		t.Fatal(err)
	}
	forget := func() { raw.Set(t.Context(), key, old, time.Minute) }
	forget()
	if e, err := writer.Get(t.Context(), "p0"); err != nil || e.Value.Rev != 2 {
		t.Errorf("%+v %v", e, err)
	}
	forget()
	raw.ClientKillByFilter(t.Context(), "TYPE", "pubsub") // as a failover does
	within(t, 5*time.Second, "the value told again", func() bool {
		e, err := other.Get(t.Context(), "p0")
		return err == nil && e.Value.Rev == 2
	})
}

func BenchmarkCacheGetNear(b *testing.B) {
	_, c := fixture(b)
	cache := newRecord(40).cache(c, func(o *redisx.CacheOptions[chart]) { o.NearFresh = true })
	warm(b, cache, "p0")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cache.Get(b.Context(), "p0"); err != nil {
			b.Fatal(err)
		}
	}
}
