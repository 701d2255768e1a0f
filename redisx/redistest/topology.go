package redistest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// Sentinels is a primary with replicas under three Sentinels.
type Sentinels struct {
	MasterName string
	Servers    []*TestServer // the first one was the primary at the start
	Watchers   []*TestServer // the Sentinels
}

// Addrs are the Sentinels' addresses.
func (s *Sentinels) Addrs() []string { return addrs(s.Watchers) }

// StartSentinels runs one primary, the given number of replicas in step with
// it, and three Sentinels that declare a primary dead after 700 ms and agree by
// two. All end with the test.
func StartSentinels(tb TB, replicas int) *Sentinels {
	tb.Helper()
	primary := Start(tb, Options{})
	set := &Sentinels{MasterName: "ward", Servers: []*TestServer{primary}}
	for range replicas {
		set.Servers = append(set.Servers, Start(tb, Options{
			Config: []string{fmt.Sprintf("replicaof 127.0.0.1 %d", primary.Port())},
		}))
	}
	for _, r := range set.Servers[1:] {
		await(tb, r.Addr(), "replica in step", func(ctx context.Context, c *redis.Client) bool {
			v, err := c.InfoMap(ctx, "replication").Result()
			return err == nil && v["Replication"]["master_link_status"] == "up"
		})
	}
	for range 3 {
		set.Watchers = append(set.Watchers, startSentinel(tb, []string{
			fmt.Sprintf("sentinel monitor %s 127.0.0.1 %d 2", set.MasterName, primary.Port()),
			"sentinel down-after-milliseconds " + set.MasterName + " 700",
			"sentinel failover-timeout " + set.MasterName + " 3000",
			"sentinel parallel-syncs " + set.MasterName + " 1",
		}))
	}
	for _, w := range set.Watchers {
		await(tb, w.Addr(), "Sentinels that know each other and the replicas", func(ctx context.Context, c *redis.Client) bool {
			s := redis.NewSentinelClient(c.Options())
			defer s.Close()
			m, err := s.Master(ctx, set.MasterName).Result()
			return err == nil && m["num-other-sentinels"] == "2" && m["num-slaves"] == fmt.Sprint(replicas) && m["flags"] == "master"
		})
	}
	return set
}

// Primary is the server that the Sentinels name now, be it alive or not.
func (s *Sentinels) Primary(tb TB) *TestServer {
	tb.Helper()
	var primary *TestServer
	await(tb, s.Watchers[0].Addr(), "a primary", func(ctx context.Context, c *redis.Client) bool {
		watcher := redis.NewSentinelClient(c.Options())
		defer watcher.Close()
		addr, err := watcher.GetMasterAddrByName(ctx, s.MasterName).Result()
		for _, server := range s.Servers {
			if err == nil && len(addr) == 2 && addr[1] == fmt.Sprint(server.Port()) {
				primary = server
			}
		}
		return primary != nil
	})
	return primary
}

// Cluster is a Redis Cluster of primaries without replicas.
type Cluster struct{ Servers []*TestServer }

// Addrs are the nodes' addresses.
func (c *Cluster) Addrs() []string { return addrs(c.Servers) }

// StartCluster runs a cluster of that many primaries, which share all slots and
// end with the test.
func StartCluster(tb TB, primaries int) *Cluster {
	tb.Helper()
	set := &Cluster{}
	buses := make([]int, primaries)
	for i := range primaries {
		var node *TestServer
		node, buses[i] = startClusterNode(tb)
		set.Servers = append(set.Servers, node)
	}
	const slots = 16384
	for i, s := range set.Servers {
		first, last := i*slots/primaries, (i+1)*slots/primaries-1
		await(tb, s.Addr(), "slots", func(ctx context.Context, c *redis.Client) bool {
			return c.ClusterAddSlotsRange(ctx, first, last).Err() == nil
		})
		await(tb, s.Addr(), "epoch", func(ctx context.Context, c *redis.Client) bool {
			return c.Do(ctx, "CLUSTER", "SET-CONFIG-EPOCH", i+1).Err() == nil
		})
	}
	for i, s := range set.Servers[1:] {
		await(tb, set.Servers[0].Addr(), "acquaintance", func(ctx context.Context, c *redis.Client) bool {
			return c.Do(ctx, "CLUSTER", "MEET", "127.0.0.1", s.Port(), buses[i+1]).Err() == nil
		})
	}
	for _, s := range set.Servers {
		await(tb, s.Addr(), "a cluster in order", func(ctx context.Context, c *redis.Client) bool {
			shards, err := c.ClusterShards(ctx).Result()
			state, err2 := c.ClusterInfo(ctx).Result()
			return errors.Join(err, err2) == nil && len(shards) == primaries &&
				strings.HasPrefix(state, "cluster_state:ok")
		})
	}
	return set
}

func startSentinel(tb TB, lines []string) *TestServer {
	tb.Helper()
	return begin(tb, ServerConfig{Dir: tb.TempDir(), Config: lines, Sentinel: true})
}

func startClusterNode(tb TB) (node *TestServer, bus int) {
	tb.Helper()
	port, err := freePort()
	if err != nil {
		tb.Fatalf("redistest: %v", err)
	}
	bus, err = freePort()
	if err != nil {
		tb.Fatalf("redistest: %v", err)
	}
	return begin(tb, ServerConfig{Dir: tb.TempDir(), Port: port, Config: []string{
		"cluster-enabled yes", "cluster-node-timeout 2000", fmt.Sprintf("cluster-port %d", bus),
	}}), bus
}

func addrs(servers []*TestServer) []string {
	list := make([]string, len(servers))
	for i, s := range servers {
		list[i] = s.Addr()
	}
	return list
}

// await asks a server until it says yes, for 20 s.
func await(tb TB, addr, what string, ok func(ctx context.Context, c *redis.Client) bool) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second) // a test's own root
	defer cancel()
	c := redis.NewClient(&redis.Options{Addr: addr, MaxRetries: -1, DialerRetries: 1, DisableIdentity: true})
	defer c.Close()
	for !ok(ctx, c) {
		if ctx.Err() != nil {
			tb.Fatalf("redistest: %s: not in time: %s", addr, what)
		}
		time.Sleep(10 * time.Millisecond)
	}
}
