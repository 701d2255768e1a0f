package redisx

import (
	"context"
	"net"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// options are go-redis' settings for one connection set. Its defaults repeat
// commands up to three times, ignore deadlines, and open ten connections a CPU.
func options(cfg Config, retries, buffer int) *redis.UniversalOptions {
	o := &redis.UniversalOptions{
		Addrs:         cfg.Addrs,
		MasterName:    cfg.MasterName,
		IsClusterMode: cfg.Cluster,
		Username:      cfg.Username,
		// RESP2: nothing here needs RESP3, whose push messages cost a look into
		// the buffer before every reply.
		Protocol: 2,

		MaxRetries:            retries,
		DialTimeout:           cfg.Timeout,
		DialerRetries:         1,
		ReadTimeout:           cfg.Timeout,
		WriteTimeout:          cfg.Timeout,
		PoolTimeout:           cfg.Timeout,
		ContextTimeoutEnabled: true,

		PoolSize:         5,
		ReadBufferSize:   buffer,
		PipelinePoolSize: -1,
		ConnMaxIdleTime:  5 * time.Minute,
		DisableIdentity:  true,
		MaintNotificationsConfig: &maintnotifications.Config{
			Mode: maintnotifications.ModeDisabled,
		},
		Dialer:           dialer(cfg),
		TLSConfig:        cfg.TLS,
		SentinelUsername: cfg.SentinelUsername,
	}
	if cfg.Cluster {
		o.PoolSize = 3 // for each node
	}
	if cfg.Password != nil {
		o.CredentialsProviderContext = func(context.Context) (string, string, error) {
			return cfg.Username, cfg.Password(), nil
		}
	}
	if cfg.SentinelPassword != nil {
		o.SentinelPassword = cfg.SentinelPassword()
	}
	return o
}

// dialer connects within the context's deadline, TLS handshake included, which
// go-redis' own does not.
func dialer(cfg Config) func(ctx context.Context, network, addr string) (net.Conn, error) {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, cfg.Timeout)
		defer cancel()
		d := net.Dialer{KeepAliveConfig: net.KeepAliveConfig{
			Enable: true, Idle: 10 * time.Second, Interval: 3 * time.Second, Count: 3,
		}}
		conn, err := d.DialContext(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		if cfg.TLS == nil {
			return watched(conn, conn), nil
		}
		settings := cfg.TLS
		if settings.ServerName == "" && !settings.InsecureSkipVerify {
			host, _, err := net.SplitHostPort(addr)
			if err != nil {
				_ = conn.Close()
				return nil, err
			}
			settings = settings.Clone()
			settings.ServerName = host
		}
		secure, err := handshake(ctx, conn, settings)
		if err != nil {
			_ = conn.Close()
			return nil, err
		}
		return watched(secure, conn), nil
	}
}

// breaker remembers for a moment that the server did not answer, so that a
// list of reads does not wait a full timeout for each.
type breaker struct{ until atomic.Int64 } // monotonic nanoseconds since start

var start = time.Now()

const breakFor = time.Second

func (b *breaker) open() bool { return int64(time.Since(start)) < b.until.Load() }
func (b *breaker) trip()      { b.until.Store(int64(time.Since(start) + breakFor)) }
func (b *breaker) reset()     { b.until.Store(0) }
