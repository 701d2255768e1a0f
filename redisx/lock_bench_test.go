package redisx_test

import (
	"bufio"
	"fmt"
	"net"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wardlight/wardlight/redisx"
)

// rawConn speaks the protocol over a bare socket: the floor of every comparison.
type rawConn struct {
	net.Conn
	*bufio.Reader
	out []byte
}

func dialRaw(tb testing.TB, addr string) *rawConn {
	tb.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = c.Close() })
	return &rawConn{Conn: c, Reader: bufio.NewReader(c)}
}

func (r *rawConn) send(tb testing.TB, args ...string) {
	r.out = fmt.Appendf(r.out[:0], "*%d\r\n", len(args))
	for _, a := range args {
		r.out = append(r.out, '$')
		r.out = strconv.AppendInt(r.out, int64(len(a)), 10)
		r.out = append(append(append(r.out, '\r', '\n'), a...), '\r', '\n')
	}
	if _, err := r.Conn.Write(r.out); err != nil {
		tb.Fatal(err)
	}
}

func (r *rawConn) line(tb testing.TB) []byte {
	reply, err := r.ReadSlice('\n')
	if err != nil || reply[0] == '-' {
		tb.Fatalf("%s %v", reply, err)
	}
	return reply
}

const deleteOwn = `if redis.call("get",KEYS[1]) == ARGV[1] then return redis.call("del",KEYS[1]) else return 0 end`

// The floor of a lock: SET NX PX and a compare-and-delete, by socket, without
// owner, fence, queue or news.
func BenchmarkLockFloorSocket(b *testing.B) {
	s, _ := fixture(b)
	r := dialRaw(b, s.Addr())
	sha := redis.NewScript(deleteOwn).Hash()
	if err := redis.NewScript(deleteOwn).Load(b.Context(), admin(b, s.Addr())).Err(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r.send(b, "SET", "t:l:{p1}:notes", "0123456789abcdef0123", "NX", "PX", "30000")
		r.line(b)
		r.send(b, "EVALSHA", sha, "1", "t:l:{p1}:notes", "0123456789abcdef0123")
		r.line(b)
	}
}

// The same through go-redis.
func BenchmarkLockFloorDriver(b *testing.B) {
	s, _ := fixture(b)
	raw := admin(b, s.Addr())
	del := redis.NewScript(deleteOwn)
	for b.Loop() {
		if ok, err := raw.SetNX(b.Context(), "t:l:{p1}:notes", "0123456789abcdef0123",
			30*time.Second).Result(); err != nil || !ok {
			b.Fatal(ok, err)
		}
		if err := del.Run(b.Context(), raw, []string{"t:l:{p1}:notes"}, "0123456789abcdef0123").Err(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLockOurs(b *testing.B) {
	s, c := fixture(b)
	locks := redisx.NewLocks(c, redisx.LockOptions{Topic: "icu"})
	me := who(1)
	lease, err := locks.Acquire(b.Context(), "p1", "notes", me)
	if err != nil {
		b.Fatal(err)
	}
	inboxes(b, s, 1)
	_ = lease.Release(b.Context())
	b.ReportAllocs()
	for b.Loop() {
		lease, err := locks.Acquire(b.Context(), "p1", "notes", me)
		if err != nil {
			b.Fatal(err)
		}
		if err := lease.Release(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// From a release until the first in line, at another station, owns the lock.
func BenchmarkLockHandOver(b *testing.B) {
	s, c := fixture(b)
	locks := []*redisx.Locks{
		redisx.NewLocks(c, redisx.LockOptions{Topic: "icu"}),
		redisx.NewLocks(open(b, s.Addr()), redisx.LockOptions{Topic: "icu"}),
	}
	for i, l := range locks {
		if _, err := l.Acquire(b.Context(), fmt.Sprint("warm", i), "notes", who(i)); err != nil {
			b.Fatal(err)
		}
	}
	inboxes(b, s, 2)
	lease, err := locks[0].Acquire(b.Context(), "p1", "notes", who(0))
	if err != nil {
		b.Fatal(err)
	}
	type owned struct {
		lease *redisx.Lease
		at    time.Time
	}
	got := make(chan owned)
	var took []time.Duration
	for i := 1; b.Loop(); i++ {
		go func() {
			l, err := locks[i%2].Await(b.Context(), "p1", "notes", who(i))
			at := time.Now()
			if err != nil {
				b.Error(err)
			}
			got <- owned{l, at}
		}()
		inLine(b, locks[0], "p1", 1)
		began := time.Now()
		if err := lease.Release(b.Context()); err != nil {
			b.Fatal(err)
		}
		next := <-got
		lease = next.lease
		took = append(took, next.at.Sub(began))
	}
	percentiles(b, took)
}

// From the call that takes a lock over until the old holder's Done is closed.
func BenchmarkLockTakeOver(b *testing.B) {
	s, c := fixture(b)
	locks := []*redisx.Locks{
		redisx.NewLocks(c, redisx.LockOptions{Topic: "icu"}),
		redisx.NewLocks(open(b, s.Addr()), redisx.LockOptions{Topic: "icu"}),
	}
	var leases [2]*redisx.Lease
	for i, l := range locks {
		var err error
		if leases[i], err = l.TakeOver(b.Context(), "p1", "notes", who(i)); err != nil {
			b.Fatal(err)
		}
	}
	inboxes(b, s, 2)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		old := leases[(i+1)%2]
		known := make(chan time.Time, 1)
		go func() { <-old.Done(); known <- time.Now() }()
		began := time.Now()
		lease, err := locks[i%2].TakeOver(b.Context(), "p1", "notes", who(i%2))
		if err != nil {
			b.Fatal(err)
		}
		took = append(took, (<-known).Sub(began))
		leases[i%2] = lease
	}
	percentiles(b, took)
}

func percentiles(b *testing.B, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Nanoseconds())/1000, "p50-us")
	b.ReportMetric(float64(took[len(took)*99/100].Nanoseconds())/1000, "p99-us")
}

// One call of go-redis, to tell its part from ours.
func BenchmarkLockStepDriverPing(b *testing.B) {
	s, _ := fixture(b)
	raw := admin(b, s.Addr())
	for b.Loop() {
		if err := raw.Ping(b.Context()).Err(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLockStepSocketPing(b *testing.B) {
	s, _ := fixture(b)
	r := dialRaw(b, s.Addr())
	for b.Loop() {
		r.send(b, "PING")
		r.line(b)
	}
}
