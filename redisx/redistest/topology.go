package redistest

import (
	"context"
	"crypto/rand"
	"crypto/tls"
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
	ask        asker
}

// Addrs are the Sentinels' addresses.
func (s *Sentinels) Addrs() []string { return addrs(s.Watchers) }

// StartSentinels runs one primary, the given number of replicas in step with
// it, and three Sentinels that declare a primary dead after 2 s, as the installation
// guide has it, and agree by two. All end with the test. With Options, of which TLS and the users count, all
// of them speak TLS, also among each other, and know these users only.
func StartSentinels(tb TB, replicas int, with ...Options) *Sentinels {
	tb.Helper()
	o, ask := secured(with)
	node := func(lines ...string) *TestServer {
		cfg := ServerConfig{Dir: tb.TempDir(), Config: append(userLines(o.Users), lines...)}
		if o.Replica.User != "" {
			cfg.Config = append(cfg.Config, "masteruser "+o.Replica.User, "masterauth "+o.Replica.Password)
		}
		o.encrypt(&cfg)
		return ask.begin(tb, cfg)
	}
	primary := node()
	set := &Sentinels{MasterName: "ward", Servers: []*TestServer{primary}, ask: ask}
	for range replicas {
		set.Servers = append(set.Servers, node(fmt.Sprintf("replicaof 127.0.0.1 %d", primary.Port())))
	}
	for _, r := range set.Servers[1:] {
		ask.await(tb, r.Addr(), "replica in step", func(ctx context.Context, c *redis.Client) bool {
			v, err := c.InfoMap(ctx, "replication").Result()
			return err == nil && v["Replication"]["master_link_status"] == "up"
		})
	}
	for range 3 {
		cfg := ServerConfig{Dir: tb.TempDir(), Sentinel: true, Config: append(userLines(o.SentinelUsers),
			fmt.Sprintf("sentinel monitor %s 127.0.0.1 %d 2", set.MasterName, primary.Port()),
			"sentinel down-after-milliseconds "+set.MasterName+" 2000",
			"sentinel failover-timeout "+set.MasterName+" 3000",
			"sentinel parallel-syncs "+set.MasterName+" 1",
		)}
		if o.Sentinel.User != "" {
			cfg.Config = append(cfg.Config, "sentinel auth-user "+set.MasterName+" "+o.Sentinel.User,
				"sentinel auth-pass "+set.MasterName+" "+o.Sentinel.Password)
		}
		if len(o.SentinelUsers) > 0 { // how they greet each other
			cfg.Config = append(cfg.Config, "sentinel sentinel-user "+admin, "sentinel sentinel-pass "+ask.admin)
		}
		o.encrypt(&cfg)
		set.Watchers = append(set.Watchers, ask.begin(tb, cfg))
	}
	for _, w := range set.Watchers {
		ask.await(tb, w.Addr(), "Sentinels that know each other and the replicas",
			func(ctx context.Context, c *redis.Client) bool {
				s := redis.NewSentinelClient(c.Options())
				defer s.Close()
				m, err := s.Master(ctx, set.MasterName).Result()
				return err == nil && m["num-other-sentinels"] == "2" && m["num-slaves"] == fmt.Sprint(replicas) &&
					m["flags"] == "master"
			})
	}
	return set
}

// Primary is the server that the Sentinels name now, be it alive or not.
func (s *Sentinels) Primary(tb TB) *TestServer {
	tb.Helper()
	var primary *TestServer
	s.ask.await(tb, s.Watchers[0].Addr(), "a primary", func(ctx context.Context, c *redis.Client) bool {
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

// Settle waits until the Sentinels agree on a primary that lives and on as many
// replicas in step with it as there were: a failover has ended, and its victim is
// back.
func (s *Sentinels) Settle(tb TB) {
	tb.Helper()
	for _, w := range s.Watchers {
		s.ask.await(tb, w.Addr(), "Sentinels at rest", func(ctx context.Context, c *redis.Client) bool {
			watcher := redis.NewSentinelClient(c.Options())
			defer watcher.Close()
			m, err := watcher.Master(ctx, s.MasterName).Result()
			replicas, err2 := watcher.Replicas(ctx, s.MasterName).Result()
			if errors.Join(err, err2) != nil || m["flags"] != "master" || len(replicas) != len(s.Servers)-1 {
				return false
			}
			for _, r := range replicas {
				if r["flags"] != "slave" || r["master-link-status"] != "ok" || r["master-port"] != m["port"] {
					return false
				}
			}
			return true
		})
	}
}

// Cluster is a Redis Cluster of primaries without replicas.
type Cluster struct{ Servers []*TestServer }

// Addrs are the nodes' addresses.
func (c *Cluster) Addrs() []string { return addrs(c.Servers) }

// StartCluster runs a cluster of that many primaries, which share all slots and
// end with the test. With Options, of which TLS and Users count, they speak TLS,
// also among each other, and know these users only.
func StartCluster(tb TB, primaries int, with ...Options) *Cluster {
	tb.Helper()
	o, ask := secured(with)
	set := &Cluster{}
	buses := make([]int, primaries)
	for i := range primaries {
		var node *TestServer
		node, buses[i] = startClusterNode(tb, o, ask)
		set.Servers = append(set.Servers, node)
	}
	const slots = 16384
	for i, s := range set.Servers {
		first, last := i*slots/primaries, (i+1)*slots/primaries-1
		ask.await(tb, s.Addr(), "slots", func(ctx context.Context, c *redis.Client) bool {
			return c.ClusterAddSlotsRange(ctx, first, last).Err() == nil
		})
		ask.await(tb, s.Addr(), "epoch", func(ctx context.Context, c *redis.Client) bool {
			return c.Do(ctx, "CLUSTER", "SET-CONFIG-EPOCH", i+1).Err() == nil
		})
	}
	for i, s := range set.Servers[1:] {
		ask.await(tb, set.Servers[0].Addr(), "acquaintance", func(ctx context.Context, c *redis.Client) bool {
			return c.Do(ctx, "CLUSTER", "MEET", "127.0.0.1", s.Port(), buses[i+1]).Err() == nil
		})
	}
	for _, s := range set.Servers {
		ask.await(tb, s.Addr(), "a cluster in order", func(ctx context.Context, c *redis.Client) bool {
			shards, err := c.ClusterShards(ctx).Result()
			state, err2 := c.ClusterInfo(ctx).Result()
			return errors.Join(err, err2) == nil && len(shards) == primaries &&
				strings.HasPrefix(state, "cluster_state:ok")
		})
	}
	return set
}

func startClusterNode(tb TB, o Options, ask asker) (node *TestServer, bus int) {
	tb.Helper()
	port, err := freePort()
	if err != nil {
		tb.Fatalf("redistest: %v", err)
	}
	bus, err = freePort()
	if err != nil {
		tb.Fatalf("redistest: %v", err)
	}
	cfg := ServerConfig{Dir: tb.TempDir(), Port: port, Config: append(userLines(o.Users),
		"cluster-enabled yes", "cluster-node-timeout 2000", fmt.Sprintf("cluster-port %d", bus))}
	o.encrypt(&cfg)
	return ask.begin(tb, cfg), bus
}

// asker is how a topology is asked whether it stands.
type asker struct {
	tls   *tls.Config
	admin string // password, "" where the default user may
}

// admin may do everything on servers that know users, for this package itself.
const admin = "redistest"

// secured completes the options of a topology: how it is asked, and how its
// parts sign in to each other.
func secured(with []Options) (Options, asker) {
	var o Options
	var ask asker
	if len(with) > 0 {
		o = with[0]
	}
	if o.TLS != nil {
		ask.tls = o.TLS.Client("redistest")
	}
	if len(o.Users) > 0 || len(o.SentinelUsers) > 0 {
		ask.admin = rand.Text()
		all := admin + " on >" + ask.admin + " allkeys allchannels allcommands"
		o.Users = append([]string{all}, o.Users...)
		o.SentinelUsers = append([]string{all}, o.SentinelUsers...)
		if o.Replica.User == "" {
			o.Replica = Credentials{admin, ask.admin}
		}
		if o.Sentinel.User == "" {
			o.Sentinel = Credentials{admin, ask.admin}
		}
	}
	return o, ask
}

func addrs(servers []*TestServer) []string {
	list := make([]string, len(servers))
	for i, s := range servers {
		list[i] = s.Addr()
	}
	return list
}

// await asks a server until it says yes, for a minute.
func (a asker) await(tb TB, addr, what string, ok func(ctx context.Context, c *redis.Client) bool) {
	tb.Helper()
	// a test's own root; Sentinels take their time to rest
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c := a.client(addr)
	defer c.Close()
	for !ok(ctx, c) {
		if ctx.Err() != nil {
			tb.Fatalf("redistest: %s: not in time: %s", addr, what)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func (a asker) client(addr string) *redis.Client {
	o := &redis.Options{Addr: addr, MaxRetries: -1, DialerRetries: 1, DisableIdentity: true, TLSConfig: a.tls}
	if a.admin != "" {
		o.Username, o.Password = admin, a.admin
	}
	return redis.NewClient(o)
}
