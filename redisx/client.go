package redisx

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Config says where Redis is and who calls. The zero value means a standalone
// server on 127.0.0.1:6379.
type Config struct {
	// Addrs are host:port pairs: one server, the Sentinels (with MasterName),
	// or some nodes of a cluster (with Cluster).
	Addrs      []string
	MasterName string // the Sentinel name of the primary
	Cluster    bool   // Addrs are nodes of a Redis Cluster

	// Username is the ACL user. Password is asked for each new connection, so a
	// rotated password needs no restart. It is never logged.
	Username string
	Password func() string
	// SentinelUsername and SentinelPassword are for the Sentinels themselves.
	SentinelUsername string
	SentinelPassword func() string

	// TLS encrypts all connections when set. An empty ServerName is filled with
	// the host of the address.
	TLS *tls.Config

	Prefix  string        // first part of every key; default "wl"
	Name    string        // the caller's name, for logs only
	Timeout time.Duration // limit of one coordination call; default 1 s
	Logger  *slog.Logger  // default: discard. Gets IDs and states, never values.
}

// Client is a connection to Redis. It is safe for concurrent use. Make one a
// process and Close it at the end.
type Client struct {
	cfg   Config
	keys  Keys
	log   *slog.Logger
	coord redis.UniversalClient // never repeats a command
	reads redis.UniversalClient // cache reads, may repeat once

	// Background work (lock renewal, listeners, cache fills) lives in life and
	// is waited for by Close.
	life context.Context
	end  context.CancelFunc
	mu   sync.Mutex // guards closed against work.Add, and feeds
	shut bool
	work sync.WaitGroup
	// What was appended lately, by log.
	feeds map[string]*accepted

	breaker breaker
	retries retries
}

// Open makes a Client. It checks cfg and does not dial: a server that is away
// shows in the first call, as [ErrDown].
func Open(cfg Config) (*Client, error) {
	if cfg.MasterName != "" && cfg.Cluster {
		return nil, errors.New("redisx: MasterName and Cluster exclude each other")
	}
	if len(cfg.Addrs) > 1 && cfg.MasterName == "" && !cfg.Cluster {
		return nil, errors.New("redisx: several Addrs need MasterName or Cluster")
	}
	if len(cfg.Addrs) == 0 && (cfg.MasterName != "" || cfg.Cluster) {
		return nil, errors.New("redisx: no Addrs")
	}
	if cfg.Prefix == "" {
		cfg.Prefix = "wl"
	}
	if part(cfg.Prefix) != cfg.Prefix {
		return nil, errors.New("redisx: Prefix must not contain any of %{}:*?[]\\^ or spaces")
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = time.Second
	}
	log := cfg.Logger
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if cfg.Name != "" {
		log = log.With("station", cfg.Name)
	}
	// The client's own life: it outlasts every call's context and ends in Close.
	life, end := context.WithCancel(context.Background())
	return &Client{
		cfg:   cfg,
		keys:  Keys{prefix: cfg.Prefix},
		log:   log,
		coord: redis.NewUniversalClient(options(cfg, -1, 16<<10)),
		reads: redis.NewUniversalClient(options(cfg, 1, 128<<10)),
		life:  life,
		end:   end,
	}, nil
}

// Keys names channels for Publish and Listen under the client's prefix.
func (c *Client) Keys() Keys { return c.keys }

// Close ends all background work of this client, waits for it, and closes the
// connections. Leases end with it (their Done closes) but stay in Redis until
// their time runs out: release them first.
func (c *Client) Close() error {
	c.mu.Lock()
	shut := c.shut
	c.shut = true
	c.mu.Unlock()
	if shut {
		return nil
	}
	c.end()
	c.work.Wait()
	return errors.Join(c.coord.Close(), c.reads.Close())
}

// background runs f until it returns; f must end soon after ctx does. It
// reports false when the client is closed.
func (c *Client) background(f func(ctx context.Context)) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.shut {
		return false
	}
	c.work.Go(func() { f(c.life) })
	return true
}

// call bounds one coordination call. A cancelled context does not interrupt a
// socket in go-redis, only deadlines do, so every call has one.
func (c *Client) call(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, c.cfg.Timeout)
}

// Ping asks the server for a sign of life and returns the round-trip time.
func (c *Client) Ping(ctx context.Context) (time.Duration, error) {
	ctx, cancel := c.call(ctx)
	defer cancel()
	start := time.Now()
	if err := c.coord.Ping(ctx).Err(); err != nil {
		return 0, wrap("ping", err)
	}
	return time.Since(start), nil
}

// ServerTime is the server's clock, to microseconds, by which all deadlines in
// Redis run. In a cluster it is one node's clock.
func (c *Client) ServerTime(ctx context.Context) (time.Time, error) {
	ctx, cancel := c.call(ctx)
	defer cancel()
	t, err := c.coord.Time(ctx).Result()
	return t, wrap("time", err)
}

// Publish sends payload to a plain channel (see [Keys.Channel]). It is heard by
// whoever listens at that moment and kept nowhere: use a [Feed] for what must
// not get lost.
func (c *Client) Publish(ctx context.Context, channel string, payload []byte) error {
	ctx, cancel := c.call(ctx)
	defer cancel()
	var node redis.Cmdable = c.coord
	if cluster, ok := c.coord.(*redis.ClusterClient); ok {
		// By the channel's hash tag, as a subscription is: go-redis takes any node,
		// so that one that hangs would hold up the messages of all.
		master, err := cluster.MasterForKey(ctx, channel)
		if err != nil {
			return wrap("publish", err)
		}
		node = master
	}
	return wrap("publish", node.Publish(ctx, channel, payload).Err())
}
