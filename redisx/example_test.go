package redisx_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// example gives the examples a server of their own. A program has an address in
// its configuration instead, and makes one Client for its whole life.
func example(ctx context.Context) (*redisx.Client, func()) {
	dir, err := os.MkdirTemp("", "redisx-example-")
	if err != nil {
		panic(err)
	}
	server, err := redistest.Run(ctx, redistest.ServerConfig{Dir: dir})
	if err != nil {
		panic(err)
	}
	client, err := redisx.Open(redisx.Config{Addrs: []string{server.Addr()}, Name: "icu-2"})
	if err != nil {
		panic(err)
	}
	return client, func() {
		_ = client.Close()
		_ = server.Close()
		_ = os.RemoveAll(dir)
	}
}

// A server that is away is a state to show, not a reason to stop.
func ExampleOpen() {
	ctx := context.Background()
	client, err := redisx.Open(redisx.Config{Addrs: []string{"127.0.0.1:1"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer client.Close()
	switch _, err := client.Ping(ctx); {
	case err == nil:
		fmt.Println("connected")
	case errors.Is(err, redisx.ErrDown):
		fmt.Println("Redis is not answering: going on without it")
	case errors.Is(err, redisx.ErrNoPermission):
		fmt.Println("Redis refuses this station: call IT")
	}
	// Output: Redis is not answering: going on without it
}

// A cache reads through to the record, once for everybody who misses, and says
// how old and how sure each value is.
func ExampleCache() {
	ctx := context.Background()
	client, end := example(ctx)
	defer end()

	type summary struct {
		ID       string
		Revision int64
		Name     string
	}
	record := map[string]summary{"p1": {"p1", 1, "EXAMPLE, Ada"}}
	cache := redisx.NewCache(client, redisx.CacheOptions[summary]{
		Name: "summary", Schema: 1,
		ID:       func(s summary) string { return s.ID },
		Revision: func(s summary) int64 { return s.Revision },
		Load: func(_ context.Context, ids []string) (map[string]summary, error) {
			found := make(map[string]summary)
			for _, id := range ids {
				if s, ok := record[id]; ok {
					found[id] = s
				}
			}
			return found, nil
		},
	})
	show := func(id string) {
		e, err := cache.Get(ctx, id)
		fmt.Println(e.Value.Name, e.Found, e.Source, e.Stale, err)
	}
	show("p1")
	show("p1")
	show("nobody")

	// After a write to the record, every station has the new value.
	record["p1"] = summary{"p1", 2, "EXAMPLE, Ada Jane"}
	if err := cache.Put(ctx, record["p1"]); err != nil {
		fmt.Println(err)
	}
	show("p1")
	// Output:
	// EXAMPLE, Ada true loaded false <nil>
	// EXAMPLE, Ada true cached false <nil>
	//  false loaded false <nil>
	// EXAMPLE, Ada Jane true cached false <nil>
}

// Work under a lease ends when the lease does, and its fence goes to whatever
// stores the result.
func ExampleLocks_Acquire() {
	ctx := context.Background()
	client, end := example(ctx)
	defer end()
	locks := redisx.NewLocks(client, redisx.LockOptions{Topic: "icu"})

	lease, err := locks.Acquire(ctx, "patient-12", "notes", redisx.Holder{
		Owner: "N7", Name: "R. Meyer", Session: "3f9a1c", Station: "icu-2"})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer lease.Release(ctx)

	// Somebody else sees who is writing.
	_, err = locks.Acquire(ctx, "patient-12", "notes", redisx.Holder{
		Owner: "N9", Name: "L. Okafor", Session: "77b0e2", Station: "icu-3"})
	var held *redisx.HeldError
	if errors.As(err, &held) {
		fmt.Println(held.Holder.Name, "is writing at", held.Holder.Station)
	}

	save := func(fence uint64) error { return nil } // refuses a fence smaller than it has seen
	select {
	case <-lease.Done():
		fmt.Println("keep the draft:", lease.Err())
	default:
		fmt.Println("saved:", save(lease.Fence()))
	}
	// Output:
	// R. Meyer is writing at icu-2
	// saved: <nil>
}

// A session ends by itself, or at once and everywhere when it is revoked.
func ExampleSessions() {
	ctx := context.Background()
	client, end := example(ctx)
	defer end()
	type badge struct{ Role string }
	sessions := redisx.NewSessions[badge](client,
		redisx.SessionOptions{Idle: 15 * time.Minute, Absolute: 12 * time.Hour})

	token, _, err := sessions.Create(ctx, "N7", badge{"nurse"})
	if err != nil {
		fmt.Println(err)
		return
	}
	found, err := sessions.Check(ctx, token) // and moves the idle limit
	fmt.Println(found.Person, found.Value.Role, err)

	_ = sessions.RevokeAll(ctx, "N7")
	_, err = sessions.Check(ctx, token)
	fmt.Println(errors.Is(err, redisx.ErrNoSession))
	// Output:
	// N7 nurse <nil>
	// true
}

// Failed sign-ins are slowed by the person and by the station.
func ExampleAttempts() {
	ctx := context.Background()
	client, end := example(ctx)
	defer end()
	people := redisx.NewThrottle(client, "person", redisx.ThrottleOptions{Free: 1, First: time.Minute})
	stations := redisx.NewThrottle(client, "station", redisx.ThrottleOptions{Free: 20, First: time.Minute})
	for range 3 {
		wait, err := redisx.Attempts{{people, "N7"}, {stations, "icu-2"}}.Try(ctx)
		if err != nil || wait > 0 {
			fmt.Println("wait", wait.Round(time.Minute), err)
			continue
		}
		fmt.Println("check the password")
	}
	// Output:
	// check the password
	// check the password
	// wait 1m0s <nil>
}

// A follower keeps the position of the last event it has dealt with, and after
// a restart goes on from there.
func ExampleFeed_Follow() {
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	client, end := example(ctx)
	defer end()
	feed := redisx.NewFeed(client, "icu", redisx.FeedOptions{})
	for i := range 3 {
		if _, err := feed.Append(ctx, fmt.Sprint("alert-", i), []byte("SpO2 low")); err != nil {
			fmt.Println(err)
		}
	}
	last := redisx.FromStart
	_ = feed.Follow(ctx, last, redisx.FeedHandler{
		Event: func(e redisx.Event) {
			fmt.Println(e.ID, string(e.Payload))
			if last = e.Position; e.ID == "alert-2" {
				stop()
			}
		},
		Gap:  func(from, to redisx.Position) { fmt.Println("read the record") },
		Link: func(up bool, heard time.Time) { /* show it */ },
	})
	// Output:
	// alert-0 SpO2 low
	// alert-1 SpO2 low
	// alert-2 SpO2 low
}

// A board shows the newest heart rate, however many came since it looked.
func ExampleLive() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c, end := example(ctx)
	defer end()
	live := redisx.NewLive(c, "4B", redisx.LiveOptions{})

	at := time.Now().Add(-10 * time.Second)
	_, _ = live.Put(ctx, redisx.LiveValue{ID: "p7 HR", Payload: []byte("118"), At: at})
	taken, _ := live.Put(ctx, redisx.LiveValue{ID: "p7 HR", Payload: []byte("96"), At: at.Add(-time.Second)})
	fmt.Println("older values taken:", taken)

	_ = live.Watch(ctx, redisx.LiveWatch{Changed: func(values map[string]redisx.LiveValue, _ bool) {
		fmt.Printf("HR %s\n", values["p7 HR"].Payload)
		cancel()
	}})
	// Output:
	// older values taken: 0
	// HR 118
}
