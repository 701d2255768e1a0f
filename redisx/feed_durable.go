package redisx

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// Appended is what became of an event.
type Appended struct {
	Position Position
	First    bool // false: its ID was known, nothing was sent
	Replicas int  // how many replicas confirmed that they have it
}

// AppendDurable is [Feed.Append] that waits until a number of replicas confirmed
// the event, for at most a time (not more than half the Client's Timeout). Too
// few confirmations are an [ErrNotReplicated], and Appended says how many there
// were: the event is in the log and was sent, but a failover may still lose it.
// Appending the same id again waits again.
//
// A confirmation is a replica's memory, not its disk. What must survive
// everything belongs in the record; this narrows the window.
func (f *Feed) AppendDurable(ctx context.Context, id string, payload []byte, replicas int,
	within time.Duration) (Appended, error) {
	if err := f.check(id, payload); err != nil {
		return Appended{}, err
	}
	within = min(within, f.c.cfg.Timeout/2)
	ctx = f.c.bound(ctx)
	node, err := f.c.node(ctx, f.log)
	if err != nil {
		return Appended{}, wrap("feed append", err)
	}
	event := []Event{{ID: id, Payload: payload}}
	script := []any{"evalsha", appendScript.Hash(), "2"}
	for taught := false; ; {
		// One pipeline is one connection: WAIT counts what this connection wrote.
		pipe := node.Pipeline()
		after := f.accepted.last()
		args := f.appendArgs(event, after)
		reply := pipe.Do(ctx, append(append([]any{}, script...), args...)...)
		confirmed := pipe.Do(ctx, "wait", strconv.Itoa(replicas), strconv.FormatInt(max(1, within.Milliseconds()), 10))
		_, err := pipe.Exec(ctx)
		if redis.HasErrorPrefix(reply.Err(), "NOSCRIPT") && !taught {
			if err := appendScript.Load(ctx, node).Err(); err != nil {
				return Appended{}, wrap("feed append", err)
			}
			taught = true
			continue
		}
		if reply.Err() != nil {
			return Appended{}, wrap("feed append", reply.Err())
		}
		list, _ := reply.Slice()
		all, bad := appended(list, 1)
		if errors.Is(bad, errForgotten) {
			if err := f.retell(ctx, after); err != nil {
				return Appended{}, wrap("feed append", err)
			}
			continue
		}
		if bad != nil {
			return Appended{}, wrap("feed append", bad)
		}
		got := all[0]
		f.accepted.note(id, payload, got.Position)
		if err != nil { // appended; how far it got is unknown
			return got, wrap("feed append wait", err)
		}
		n, _ := confirmed.Int()
		if got.Replicas = n; n < replicas {
			return got, &Error{Op: "feed append", Kind: ErrNotReplicated,
				Raw: fmt.Errorf("%d of %d replicas confirmed", n, replicas)}
		}
		return got, nil
	}
}

// node is the server that has a key.
func (c *Client) node(ctx context.Context, key string) (redis.Cmdable, error) {
	if cluster, ok := c.coord.(*redis.ClusterClient); ok {
		return cluster.MasterForKey(ctx, key)
	}
	return c.coord, nil
}
