package redisx_test

import (
	"slices"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/wardlight/wardlight/redisx"
)

// One lock and unlock of each kind by turns, so that a busy computer slows all
// of them alike: medians, and their ratio to the bare socket. Pin it to one CPU
// (taskset -c 0) to take the scheduler out.
func BenchmarkLockRatio(b *testing.B) {
	s, c := fixture(b)
	locks := redisx.NewLocks(c, redisx.LockOptions{Topic: "icu"})
	me := who(1)
	ours := func() {
		lease, err := locks.Acquire(b.Context(), "p1", "notes", me)
		if err != nil {
			b.Fatal(err)
		}
		if err := lease.Release(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	ours()
	inboxes(b, s, 1)
	raw, del := admin(b, s.Addr()), redis.NewScript(deleteOwn)
	driver := func() {
		if ok, err := raw.SetNX(b.Context(), "t:l:{p2}:notes", "0123456789abcdef0123",
			30*time.Second).Result(); err != nil || !ok {
			b.Fatal(ok, err)
		}
		if err := del.Run(b.Context(), raw, []string{"t:l:{p2}:notes"}, "0123456789abcdef0123").Err(); err != nil {
			b.Fatal(err)
		}
	}
	driver()
	r, sha := dialRaw(b, s.Addr()), del.Hash()
	floor := func() {
		r.send(b, "SET", "t:l:{p3}:notes", "0123456789abcdef0123", "NX", "PX", "30000")
		r.line(b)
		r.send(b, "EVALSHA", sha, "1", "t:l:{p3}:notes", "0123456789abcdef0123")
		r.line(b)
	}
	kinds := []func(){floor, driver, func() { lockByScripts(b, r) }, ours}
	took := make([][]time.Duration, len(kinds))
	for b.Loop() {
		for i, f := range kinds {
			f() // once to warm what the one before has chilled
			began := time.Now()
			f()
			took[i] = append(took[i], time.Since(began))
		}
	}
	var p50 []float64
	for _, t := range took {
		slices.Sort(t)
		p50 = append(p50, float64(t[len(t)/2].Nanoseconds())/1000)
	}
	b.ReportMetric(p50[0], "floor-us")
	b.ReportMetric(p50[1]/p50[0], "driver-x")
	b.ReportMetric(p50[2]/p50[0], "scripts-x")
	b.ReportMetric(p50[3]/p50[0], "ours-x")
	b.ReportMetric(0, "ns/op") // the sum of all kinds says nothing
}

var scriptHashes = redisx.ScriptHashes()

// lockByScripts is the server's part of ours: its scripts by bare socket.
func lockByScripts(b *testing.B, r *rawConn) {
	sha := scriptHashes
	r.send(b, "EVALSHA", sha["lock_acquire"], "3", "t:l:{p4}:notes", "t:lf:{p4}:notes", "t:lq:{p4}:notes",
		"token", "t:li:{ABCDEFGHIJKLMNOPQRSTUVWXYZ}\x1fs1\x1fN1\x1fA. Nurse\x1ficu-1\x1f", "s1", "30000", "t",
		"t:le:icu", "p1\x1fnotes", "3500")
	r.line(b)
	entry := string(r.line(b))
	r.send(b, "EVALSHA", sha["lock_release"], "3", "t:l:{p4}:notes", "t:lf:{p4}:notes", "t:lq:{p4}:notes",
		entry[:16]+"\x1ftoken\x1f", "t:le:icu", "p1\x1fnotes")
	r.line(b)
}
