package main

import (
	"context"
	"fmt"
	"time"

	"github.com/bsm/redislock"
	"github.com/go-redsync/redsync/v4"
	"github.com/go-redsync/redsync/v4/redis/goredis/v9"
	"github.com/redis/rueidis"
	"github.com/redis/rueidis/rueidislock"

	"github.com/wardlight/wardlight/redisx"
)

const lockTTL = 30 * time.Second

func locks() []section {
	return []section{{
		title: "Lock and unlock, nobody else wants it", unit: time.Microsecond,
		target: "Target: redisx at most 1.6 x the floor and faster than redsync and rueidislock.",
		rows: []row{
			{name: "raw SET NX PX + EVALSHA del", n: 1000, make: rawLock},
			{name: "**redisx Locks.Acquire + Release**", note: "fence, owner, renewal, wakes waiters, take-over",
				n: 1000, make: redisxLock},
			{name: "redislock", note: "", n: 1000, make: redislockLock},
			{name: "rueidislock", note: "renewal", n: 1000, make: rueidislockLock},
			{name: "redsync", note: "", n: 1000, make: redsyncLock},
		},
	}, {
		title: "Hand-off: release until the waiter elsewhere owns it", unit: time.Millisecond,
		target: "Target: redisx within 1 ms. Ratios are to redisx.",
		rows: []row{
			{name: "**redisx Locks.Await**", n: 25, make: handOff(newRedisxLocker)},
			{name: "rueidislock", n: 25, make: handOff(newRueidisLocker)},
			{name: "redislock, LinearBackoff 50 ms", n: 8, make: handOff(newRedislockLocker)},
			{name: "redsync, default 50-250 ms", n: 5, make: handOff(newRedsyncLocker)},
		},
	}, {
		title: "Take-over: the call until the old holder knows", unit: time.Microsecond,
		target: "redsync and redislock cannot take over. The first and third row begin with the call, the second with its return. Target: the old holder knows within 100 us of the grant.",
		rows: []row{
			{name: "**redisx TakeOver**, from the call", n: 100, make: takeOver(false)},
			{name: "**redisx TakeOver**, from the grant", n: 100, make: takeOver(true)},
			{name: "rueidislock ForceWithContext, from the call", n: 100, make: rueidisTakeOver},
		},
	}}
}

func holder(n int) redisx.Holder {
	return redisx.Holder{Owner: fmt.Sprint("N", n), Name: "A. Nurse", Session: fmt.Sprint("s", n), Station: "icu-1"}
}

func rawLock(_ context.Context, e *env) (func() (time.Duration, error), func(), error) {
	r, err := e.raw()
	if err != nil {
		return nil, nil, err
	}
	const script = `if redis.call("get",KEYS[1]) == ARGV[1] then return redis.call("del",KEYS[1]) else return 0 end`
	sha, err := r.text("SCRIPT", "LOAD", script)
	if err != nil {
		return nil, nil, err
	}
	return call(func() error {
		if err := r.do("SET", "raw:lock", "token", "NX", "PX", "30000"); err != nil {
			return err
		}
		return r.do("EVALSHA", sha, "1", "raw:lock", "token")
	}), r.close, nil
}

func redisxLock(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c, err := e.redisx()
	if err != nil {
		return nil, nil, err
	}
	l := redisx.NewLocks(c, redisx.LockOptions{TTL: lockTTL, Topic: "one"})
	return call(func() error {
		lease, err := l.Acquire(ctx, "p1", "notes", holder(1))
		if err != nil {
			return err
		}
		return lease.Release(ctx)
	}), func() { _ = c.Close() }, nil
}

func redislockLock(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c := e.goredis()
	l := redislock.New(c)
	return call(func() error {
		lock, err := l.Obtain(ctx, "rl:one", lockTTL, nil)
		if err != nil {
			return err
		}
		return lock.Release(ctx)
	}), func() { _ = c.Close() }, nil
}

func redsyncLock(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c := e.goredis()
	rs := redsync.New(goredis.NewPool(c))
	return call(func() error {
		m := rs.NewMutex("rs:one", redsync.WithExpiry(lockTTL))
		if err := m.LockContext(ctx); err != nil {
			return err
		}
		_, err := m.UnlockContext(ctx)
		return err
	}), func() { _ = c.Close() }, nil
}

func newRueidislock(e *env) (rueidislock.Locker, error) {
	return rueidislock.NewLocker(rueidislock.LockerOption{
		ClientOption: rueidis.ClientOption{InitAddress: []string{e.addr}, ForceSingleClient: true},
		KeyMajority:  1, NoLoopTracking: true, KeyValidity: lockTTL,
	})
}

func rueidislockLock(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	l, err := newRueidislock(e)
	if err != nil {
		return nil, nil, err
	}
	return call(func() error {
		_, release, err := l.TryWithContext(ctx, "ru:one")
		if err != nil {
			return err
		}
		release()
		return nil
	}), l.Close, nil
}

// locker is one process that wants a lock: wait returns when it owns it.
type locker struct {
	wait  func(ctx context.Context) (release func(context.Context) error, err error)
	close func()
}

// handOff passes a lock to and fro between two processes.
func handOff(open func(e *env, n int) (locker, error)) func(context.Context,
	*env) (func() (time.Duration, error), func(), error) {
	return func(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
		var two [2]locker
		for i := range two {
			var err error
			if two[i], err = open(e, i); err != nil {
				return nil, nil, err
			}
		}
		release, err := two[0].wait(ctx)
		if err != nil {
			return nil, nil, err
		}
		type grant struct {
			release func(context.Context) error
			err     error
			at      time.Time
		}
		turn := 0
		once := func() (time.Duration, error) {
			turn = 1 - turn
			got := make(chan grant, 1)
			go func() {
				r, err := two[turn].wait(ctx)
				got <- grant{r, err, time.Now()}
			}()
			time.Sleep(20 * time.Millisecond) // the waiter has tried and waits
			began := time.Now()
			if err := release(ctx); err != nil {
				return 0, err
			}
			g := <-got
			release = g.release
			return g.at.Sub(began), g.err
		}
		return once, func() {
			_ = release(ctx)
			two[0].close()
			two[1].close()
		}, nil
	}
}

func newRedisxLocker(e *env, n int) (locker, error) {
	c, err := e.redisx()
	if err != nil {
		return locker{}, err
	}
	l := redisx.NewLocks(c, redisx.LockOptions{TTL: lockTTL, Topic: "hand"})
	return locker{wait: func(ctx context.Context) (func(context.Context) error, error) {
		lease, err := l.Await(ctx, "p1", "hand", holder(n))
		if err != nil {
			return nil, err
		}
		return lease.Release, nil
	}, close: func() { _ = c.Close() }}, nil
}

func newRueidisLocker(e *env, _ int) (locker, error) {
	l, err := newRueidislock(e)
	if err != nil {
		return locker{}, err
	}
	return locker{wait: func(ctx context.Context) (func(context.Context) error, error) {
		_, release, err := l.WithContext(ctx, "ru:hand")
		return func(context.Context) error { release(); return nil }, err
	}, close: l.Close}, nil
}

func newRedislockLocker(e *env, _ int) (locker, error) {
	c := e.goredis()
	l := redislock.New(c)
	return locker{wait: func(ctx context.Context) (func(context.Context) error, error) {
		lock, err := l.Obtain(ctx, "rl:hand", lockTTL,
			&redislock.Options{RetryStrategy: redislock.LinearBackoff(50 * time.Millisecond)})
		if err != nil {
			return nil, err
		}
		return lock.Release, nil
	}, close: func() { _ = c.Close() }}, nil
}

func newRedsyncLocker(e *env, _ int) (locker, error) {
	c := e.goredis()
	rs := redsync.New(goredis.NewPool(c))
	return locker{wait: func(ctx context.Context) (func(context.Context) error, error) {
		m := rs.NewMutex("rs:hand", redsync.WithExpiry(lockTTL))
		if err := m.LockContext(ctx); err != nil {
			return nil, err
		}
		return func(ctx context.Context) error { _, err := m.UnlockContext(ctx); return err }, nil
	}, close: func() { _ = c.Close() }}, nil
}

// takeOver lets two processes take a lock from each other.
func takeOver(fromGrant bool) func(context.Context, *env) (func() (time.Duration, error), func(), error) {
	return func(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
		var two [2]*redisx.Locks
		var clients []*redisx.Client
		topic := fmt.Sprint("over", fromGrant)
		for i := range two {
			c, err := e.redisx()
			if err != nil {
				return nil, nil, err
			}
			clients = append(clients, c)
			two[i] = redisx.NewLocks(c, redisx.LockOptions{TTL: lockTTL, Topic: topic})
		}
		lease, err := two[0].Acquire(ctx, "p1", topic, holder(0))
		if err != nil {
			return nil, nil, err
		}
		// Wait until both hear: the first take-overs may be told by a renewal.
		turn := 0
		once := func() (time.Duration, error) {
			turn = 1 - turn
			knows := make(chan time.Time, 1)
			go func(done <-chan struct{}) { <-done; knows <- time.Now() }(lease.Done())
			time.Sleep(time.Millisecond)
			began := time.Now()
			next, err := two[turn].TakeOver(ctx, "p1", topic, holder(turn))
			if err != nil {
				return 0, err
			}
			if fromGrant {
				began = time.Now()
			}
			at := <-knows
			lease = next
			return max(at.Sub(began), time.Nanosecond), nil
		}
		for range 3 {
			if _, err := once(); err != nil {
				return nil, nil, err
			}
		}
		return once, func() {
			for _, c := range clients {
				_ = c.Close()
			}
		}, nil
	}
}

func rueidisTakeOver(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	var two [2]rueidislock.Locker
	for i := range two {
		var err error
		if two[i], err = newRueidislock(e); err != nil {
			return nil, nil, err
		}
	}
	held, release, err := two[0].WithContext(ctx, "ru:over")
	if err != nil {
		return nil, nil, err
	}
	turn := 0
	once := func() (time.Duration, error) {
		turn = 1 - turn
		knows := make(chan time.Time, 1)
		go func(done <-chan struct{}) { <-done; knows <- time.Now() }(held.Done())
		time.Sleep(time.Millisecond)
		began := time.Now()
		next, nextRelease, err := two[turn].ForceWithContext(ctx, "ru:over")
		if err != nil {
			return 0, err
		}
		at := <-knows
		release()
		held, release = next, nextRelease
		return at.Sub(began), nil
	}
	return once, func() { release(); two[0].Close(); two[1].Close() }, nil
}
