package redisx

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
)

// Health is what one server says of itself.
type Health struct {
	Addr    string // as far as it is known: empty for a server behind Sentinels
	Version string // such as "7.0.15"
	RunID   string // another one after a restart
	Primary bool
	// State is nil, [ErrLoading], [ErrReadOnly] (a replica) or [ErrOutOfMemory]
	// (at its limit, and evicting nothing).
	State      error
	Uptime     time.Duration
	Replicas   int   // replicas connected
	Clients    int   // clients connected
	UsedMemory int64 // bytes
	MaxMemory  int64 // bytes; 0: no limit
	Policy     string
	AppendOnly bool // it keeps an append-only file: a restart forgets nothing
	// WriteFailed says that it could not write its data to disk.
	WriteFailed bool
	RoundTrip   time.Duration // of the question
	// Skew is the server's clock less this computer's, to within half a RoundTrip.
	Skew     time.Duration
	Warnings []string // what an administrator should change, in words
}

// Health asks the server, in a Cluster every primary, how it is. The ACL user
// needs INFO and TIME. A server that is loading answers, with State set.
func (c *Client) Health(ctx context.Context) ([]Health, error) {
	ctx, cancel := c.call(ctx)
	defer cancel()
	cluster, ok := c.coord.(*redis.ClusterClient)
	if !ok {
		addr := ""
		if c.cfg.MasterName == "" {
			addr = "127.0.0.1:6379"
			if len(c.cfg.Addrs) > 0 {
				addr = c.cfg.Addrs[0]
			}
		}
		h, err := health(ctx, addr, c.coord)
		if err != nil {
			return nil, err
		}
		return []Health{h}, nil
	}
	var mu sync.Mutex
	var all []Health
	err := cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
		h, err := health(ctx, node.Options().Addr, node)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		all = append(all, h)
		return nil
	})
	return all, wrap("health", err)
}

func health(ctx context.Context, addr string, node redis.Cmdable) (Health, error) {
	began := time.Now()
	info, err := node.Info(ctx).Result()
	if err != nil {
		return Health{}, wrap("health", err)
	}
	took := time.Since(began)
	h := readInfo(info)
	h.Addr, h.RoundTrip = addr, took
	asked := time.Now()
	at, err := node.Time(ctx).Result()
	switch {
	case err == nil:
		h.Skew = at.Sub(asked.Add(time.Since(asked) / 2))
	case h.State == nil || !errors.Is(wrap("health", err), h.State): // a loading server tells no time
		return Health{}, wrap("health", err)
	}
	if h.Skew.Abs() > 2*time.Second {
		h.Warnings = append(h.Warnings,
			fmt.Sprintf("the clocks of Redis and of this computer differ by %v", h.Skew.Round(time.Second)))
	}
	return h, nil
}

// readInfo takes the reply of INFO apart.
func readInfo(info string) Health {
	field := make(map[string]string)
	for line := range strings.Lines(info) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ":"); ok && !strings.HasPrefix(name, "#") {
			field[name] = value
		}
	}
	count := func(name string) int64 {
		n, _ := strconv.ParseInt(field[name], 10, 64) // absent: 0
		return n
	}
	h := Health{
		Version: field["redis_version"], RunID: field["run_id"], Primary: field["role"] == "master",
		Uptime:   time.Duration(count("uptime_in_seconds")) * time.Second,
		Replicas: int(count("connected_slaves")), Clients: int(count("connected_clients")),
		UsedMemory: count("used_memory"), MaxMemory: count("maxmemory"), Policy: field["maxmemory_policy"],
	}
	switch {
	case count("loading") != 0 || count("async_loading") != 0:
		h.State = ErrLoading
	case field["role"] == "slave":
		h.State = ErrReadOnly
	case h.MaxMemory > 0 && h.UsedMemory >= h.MaxMemory && h.Policy == "noeviction":
		h.State = ErrOutOfMemory
	}
	h.AppendOnly = count("aof_enabled") != 0
	h.WriteFailed = field["rdb_last_bgsave_status"] == "err" || field["aof_last_write_status"] == "err"
	h.Warnings = versionWarnings(h.Version)
	if h.MaxMemory > 0 && h.Policy != "noeviction" && h.Policy != "" {
		// Locks and sessions have a time to live, too.
		h.Warnings = append(h.Warnings,
			"maxmemory-policy "+h.Policy+" may drop locks, sessions and events: use noeviction")
	}
	if h.WriteFailed {
		h.Warnings = append(h.Warnings, "Redis could not write its data to disk")
	}
	if field["role"] == "slave" && field["master_link_status"] == "down" {
		h.Warnings = append(h.Warnings, "the replica has lost its primary")
	}
	return h
}
