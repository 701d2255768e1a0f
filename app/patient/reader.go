package patient

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/wardlight/wardlight/redisx"
)

// Loader reads summaries from the record, many at a time. A patient who does
// not exist is missing from the map.
type Loader interface {
	Summaries(ctx context.Context, ids []string) (map[string]Summary, error)
}

// Confirmed is a summary with when it was last confirmed with its source.
type Confirmed struct {
	Summary Summary
	At      time.Time
	// Stale: neither Redis nor the record could confirm it now.
	Stale bool
}

// ErrNotFound means the record knows no such patient.
var ErrNotFound = errors.New("patient: not found")

// ErrShared means that a number names more than one patient.
var ErrShared = errors.New("patient: more than one patient has this number")

// Reader reads summaries through the cache: one round trip for a whole ward,
// one load for all it misses. Without Redis it reads the record; without both
// it returns what it last knew, marked. Safe for concurrent use.
type Reader struct {
	record Loader
	cache  *redisx.Cache[Summary] // nil: a station without Redis

	mu   sync.Mutex
	last map[string]Confirmed // only without a cache, which keeps its own
}

// NewReader reads record through client; client may be nil.
func NewReader(client *redisx.Client, record Loader) *Reader {
	r := &Reader{record: record, last: map[string]Confirmed{}}
	if client != nil {
		// Without NearFresh: a board is read when the ward's channel says that
		// somebody changed. That word and the one that ends a near copy's freshness
		// travel on two connections; if the first is the faster, the board would
		// show the old value until its next look, 5 s later. A round trip for the
		// whole board, twice a second at most, is the cheaper of the two.
		r.cache = redisx.NewCache(client, redisx.CacheOptions[Summary]{
			Name:     "summary",
			Schema:   1,
			TTL:      5 * time.Minute,
			FreshFor: time.Minute,
			Revision: func(s Summary) int64 { return s.Revision },
			ID:       func(s Summary) string { return s.Patient.ID },
			Load:     record.Summaries,
		})
	}
	return r
}

// Get reads one patient.
func (r *Reader) Get(ctx context.Context, id string) (Confirmed, error) {
	all, err := r.GetMany(ctx, []string{id})
	if got, ok := all[id]; ok {
		return got, nil
	}
	if err == nil {
		err = ErrNotFound
	}
	return Confirmed{}, err
}

// GetMany reads many patients. What could be read is returned even with an
// error; a patient the record does not know is missing.
func (r *Reader) GetMany(ctx context.Context, ids []string) (map[string]Confirmed, error) {
	if r.cache == nil {
		return r.direct(ctx, ids)
	}
	entries, err := r.cache.GetMany(ctx, ids)
	out := make(map[string]Confirmed, len(entries))
	for id, e := range entries {
		if e.Found {
			out[id] = Confirmed{Summary: e.Value, At: e.Loaded, Stale: e.Stale}
		}
	}
	return out, err
}

func (r *Reader) direct(ctx context.Context, ids []string) (map[string]Confirmed, error) {
	now := time.Now()
	sums, err := r.record.Summaries(ctx, ids)
	r.mu.Lock()
	defer r.mu.Unlock()
	out := make(map[string]Confirmed, len(ids))
	if err == nil {
		for id, s := range sums {
			out[id] = Confirmed{Summary: s, At: now}
			r.last[id] = out[id]
		}
		return out, nil
	}
	for _, id := range ids {
		if c, ok := r.last[id]; ok {
			c.Stale = true
			out[id] = c
		}
	}
	return out, err
}

// Refresh reads patients from the record and puts them into the cache; a newer
// one there stays.
func (r *Reader) Refresh(ctx context.Context, ids ...string) error {
	if r.cache == nil || len(ids) == 0 {
		return nil
	}
	sums, err := r.record.Summaries(ctx, ids)
	if err != nil {
		return errors.Join(err, r.cache.Invalidate(ctx, ids...))
	}
	for _, s := range sums {
		err = errors.Join(err, r.cache.Put(ctx, s))
	}
	return err
}

// Forget drops what this process last knew, as at sign-out.
func (r *Reader) Forget() {
	if r.cache != nil {
		r.cache.Forget()
	}
	r.mu.Lock()
	clear(r.last)
	r.mu.Unlock()
}
