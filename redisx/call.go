package redisx

import (
	"context"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// bounded is a context with a deadline and no timer. On a socket go-redis obeys
// deadlines only, so a timer would be made and stopped for every call in vain.
type bounded struct {
	context.Context
	at time.Time
}

func (b bounded) Deadline() (time.Time, bool) { return b.at, true }

// bound gives a call the client's limit, or the caller's if that is nearer.
func (c *Client) bound(ctx context.Context) context.Context {
	at := time.Now().Add(c.cfg.Timeout)
	if nearer, ok := ctx.Deadline(); ok && nearer.Before(at) {
		return ctx
	}
	return bounded{ctx, at}
}

// eval runs a script as run does, for the calls whose speed is measured: its
// arguments are KEYS first, then ARGV, in one slice. A server that does not
// know the script yet is given its text; nothing was carried out then.
func (c *Client) eval(ctx context.Context, s *redis.Script, keys int, args ...any) *redis.Cmd {
	ctx = c.bound(ctx)
	all := make([]any, 3, 3+len(args))
	all[0], all[1], all[2] = "evalsha", s.Hash(), strconv.Itoa(keys)
	cmd := redis.NewCmd(ctx, append(all, args...)...)
	if err := c.coord.Process(ctx, cmd); err != nil && redis.HasErrorPrefix(err, "NOSCRIPT") {
		names := make([]string, keys)
		for i := range names {
			names[i], _ = args[i].(string)
		}
		return c.teachAndRun(ctx, s, names, args[keys:]...)
	}
	return cmd
}
