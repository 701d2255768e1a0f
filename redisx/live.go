package redisx

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// LiveOptions tune Live. All users of one name must use the same.
type LiveOptions struct {
	// Most is how many IDs are kept (default 4,096); new ones beyond it are not
	// taken. Keep is after how long without any value all is forgotten (default
	// 1 h).
	Most int
	Keep time.Duration
	// Probe is how often the link of a watcher proves itself; default 500 ms.
	Probe time.Duration
}

// Live keeps the newest value of each of many IDs: a heart rate, a position. What
// was before is gone. A reader is told which IDs changed and fetches their newest
// values, so that one which is slow skips values and is never behind. Values are
// no record: a failover may lose the last of them. Safe for concurrent use.
type Live struct {
	c    *Client
	name string
	o    LiveOptions
}

// LiveValue is the newest value of an ID.
type LiveValue struct {
	ID      string
	Payload []byte
	// At is the source's own time, at most that of the server; the zero time puts
	// it as of now. Received is when the server took it.
	At, Received time.Time
}

var livePutScript = script("live_put")

// NewLive is the live values of that name, which is the Cluster hash tag.
func NewLive(c *Client, name string, o LiveOptions) *Live {
	if o.Most <= 0 {
		o.Most = 4096
	}
	if o.Keep <= 0 {
		o.Keep = time.Hour
	}
	if o.Probe <= 0 {
		o.Probe = defaultProbe
	}
	return &Live{c: c, name: name, o: o}
}

// ErrLiveFull means that new IDs were not taken: there are Most already. Those
// that were there have their new values.
var ErrLiveFull = errors.New("redisx: live: too many IDs")

// Put gives IDs new values, in one round trip, and returns how many were taken:
// what is older at its source than the value there is not. It may be repeated.
func (l *Live) Put(ctx context.Context, values ...LiveValue) (int, error) {
	if len(values) == 0 {
		return 0, nil
	}
	args := make([]any, 0, 4+3*len(values))
	args = append(args, l.c.keys.live(l.name), l.c.keys.liveChanged(l.name), l.o.Most, l.o.Keep.Milliseconds())
	for _, v := range values {
		if v.ID == "" || strings.Contains(v.ID, "\n") {
			return 0, fmt.Errorf("redisx: live: %q is no ID", v.ID)
		}
		at := int64(0)
		if !v.At.IsZero() {
			at = max(v.At.UnixMicro(), 1)
		}
		args = append(args, v.ID, at, v.Payload)
	}
	reply, err := l.c.eval(ctx, livePutScript, 1, args...).Int64Slice()
	switch {
	case err != nil:
		return 0, wrap("live put", err)
	case len(reply) != 3:
		return 0, fmt.Errorf("redisx: live put: unexpected reply of %d", len(reply))
	case reply[2] > 0:
		return int(reply[0]), fmt.Errorf("%w: %d not taken", ErrLiveFull, reply[2])
	}
	return int(reply[0]), nil
}

// All returns the newest value of every ID.
func (l *Live) All(ctx context.Context) (map[string]LiveValue, error) {
	reply, err := l.c.coord.HGetAll(l.c.bound(ctx), l.c.keys.live(l.name)).Result()
	if err != nil {
		return nil, wrap("live all", err)
	}
	out := make(map[string]LiveValue, len(reply))
	for id, entry := range reply {
		if v, ok := liveValue(id, entry); ok {
			out[id] = v
		}
	}
	return out, nil
}

// some returns the newest values of some IDs; those that are gone are missing.
func (l *Live) some(ctx context.Context, ids []string) (map[string]LiveValue, error) {
	reply, err := l.c.coord.HMGet(l.c.bound(ctx), l.c.keys.live(l.name), ids...).Result()
	if err != nil {
		return nil, wrap("live get", err)
	}
	out := make(map[string]LiveValue, len(ids))
	for n, entry := range reply {
		if s, is := entry.(string); is && n < len(ids) {
			if v, ok := liveValue(ids[n], s); ok {
				out[v.ID] = v
			}
		}
	}
	return out, nil
}

// liveValue reads what the script wrote; what somebody else wrote is not ok.
func liveValue(id, entry string) (LiveValue, bool) {
	at, rest, ok := strings.Cut(entry, " ")
	received, payload, is := strings.Cut(rest, " ")
	v := LiveValue{ID: id, Payload: []byte(payload), At: micros(at), Received: micros(received)}
	return v, ok && is && !v.At.IsZero() && !v.Received.IsZero()
}
