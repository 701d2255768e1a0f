package redisx

import (
	"context"
	"errors"
	"time"
)

// ListenOptions say what [Client.Listen] hears.
type ListenOptions struct {
	Channels []string // exact names
	Patterns []string // glob patterns; an ACL compares them literally
	MaxBytes int      // larger messages are dropped; default 1 MiB
	// TooBig is told of dropped messages. It must return at once.
	TooBig func(channel string, size int)
	// Probe is how often the link proves itself (default 500 ms); a silent link is
	// left after 3.5 times that, on a slow wire after up to 5 times.
	Probe time.Duration
	// Tag is the hash tag of the node that must be alive, in a cluster; default
	// the first channel.
	Tag string
}

// Listen hears plain channels until ctx ends, reconnecting by itself, and then
// returns ctx's error. What is published while the link is down is not heard.
//
// onMessage gets each message with its channel; onLink says whether the link is
// proved, at every change. Both are called one at a time, in order, and should
// return soon: a receiver that leaves thousands of messages lying is cut off
// and connected anew. Either may be nil.
func (c *Client) Listen(ctx context.Context, o ListenOptions,
	onMessage func(channel string, payload []byte), onLink func(up bool)) error {
	if len(o.Channels)+len(o.Patterns) == 0 {
		return errors.New("redisx: listen: no channel and no pattern")
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 1 << 20
	}
	if o.Tag == "" && len(o.Channels) > 0 {
		o.Tag = o.Channels[0]
	}
	up, told := false, false
	l := &link{
		c: c, tag: o.Tag, channels: o.Channels, patterns: o.Patterns,
		probe: o.Probe, maxBytes: o.MaxBytes, tooBig: o.TooBig,
		message: func(channel, payload string) error {
			if onMessage != nil {
				onMessage(channel, []byte(payload))
			}
			return nil
		},
		state: func(now bool, _ time.Time) {
			if onLink != nil && (now != up || !told) {
				up, told = now, true
				onLink(now)
			}
		},
	}
	l.run(ctx)
	return ctx.Err()
}
