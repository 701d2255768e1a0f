package station_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// scene is three stations of a ward, each over its own way to one Redis and one
// record, and a fault that is about to happen to them.
type scene struct {
	*hospital
	t         *testing.T
	sentinels *redistest.Sentinels // nil: one server
	proxies   []*redistest.Proxy
	records   []*faulty
	desks     []*desk
	dice      *rand.Rand
	opened    int
}

func stage(t *testing.T, sentinels bool) *scene {
	s := &scene{hospital: build(t), t: t, dice: rand.New(rand.NewPCG(uint64(len(t.Name())), 7))}
	if sentinels {
		s.sentinels = redistest.StartSentinels(t, 2)
	}
	enrol(t, s.store(), 3)
	for range 3 {
		if !sentinels {
			s.proxies = append(s.proxies, redistest.NewProxy(t, s.redis.Addr()))
		}
		s.records = append(s.records, &faulty{Store: s.store()})
		s.desks = append(s.desks, nil)
		s.open(len(s.desks) - 1)
	}
	return s
}

// open starts a station, or starts it anew.
func (s *scene) open(n int) {
	s.opened++
	cfg := redisx.Config{Name: fmt.Sprint("WS-", n)}
	if s.sentinels != nil {
		cfg.Addrs, cfg.MasterName = s.sentinels.Addrs(), s.sentinels.MasterName
	} else {
		cfg.Addrs = []string{s.proxies[n].Addr()}
	}
	d := s.connect(cfg.Name, cfg, s.records[n], shows,
		func(w *live.Ward) { w.Who = func() string { return fmt.Sprint("n", n) } })
	d.Line.Guard = anyone{}
	s.desks[n] = d
}

// admin is a connection past the proxies.
func (s *scene) admin(f func(ctx context.Context, c *redis.Client)) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second) // a test's own root
	defer cancel()
	c := redis.NewClient(&redis.Options{Addr: s.redis.Addr(), MaxRetries: -1})
	defer c.Close()
	f(ctx, c)
}

// primary is the server that the Sentinels name.
func (s *scene) primary() *redistest.TestServer {
	c := redis.NewSentinelClient(&redis.Options{Addr: s.sentinels.Watchers[0].Addr()})
	defer c.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second) // a test's own root
	defer cancel()
	at, _ := c.GetMasterAddrByName(ctx, s.sentinels.MasterName).Result()
	for _, server := range s.sentinels.Servers {
		if strings.HasSuffix(server.Addr(), ":"+at[len(at)-1]) {
			return server
		}
	}
	s.t.Fatalf("no primary at %v", at)
	return nil
}
