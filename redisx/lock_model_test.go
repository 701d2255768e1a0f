package redisx_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// lockCall is one call on a lock and lockReply what came of it.
type lockCall struct {
	lock, session string
	kind          string // acquire, over, release
	fence         uint64 // of a release
}

type lockReply struct {
	unknown bool // no reply: carried out or not
	granted bool // acquire, over: got it; release: it was the caller's
	fence   uint64
	holder  string // who held it instead
}

// lockState is what a lock is believed to be. The fence is 0 when the grant's
// reply was lost.
type lockState struct {
	holder      string
	fence, last uint64
}

// lockModel is what locks promise: one holder, its own lock again for the same
// session, fences that grow, a release that frees nothing but one's own. A call
// without a reply may have been carried out or not, at any later time.
var lockModel = (&porcupine.NondeterministicModel{
	Partition: func(history []porcupine.Operation) [][]porcupine.Operation {
		byLock := make(map[string][]porcupine.Operation)
		for _, op := range history {
			byLock[op.Input.(lockCall).lock] = append(byLock[op.Input.(lockCall).lock], op)
		}
		parts := make([][]porcupine.Operation, 0, len(byLock))
		for _, p := range byLock {
			parts = append(parts, p)
		}
		return parts
	},
	Init: func() []any { return []any{lockState{}} },
	Step: func(state, input, output any) []any {
		s, in, out := state.(lockState), input.(lockCall), output.(lockReply)
		switch {
		case in.kind == "release" && out.unknown:
			if s.holder == in.session && (s.fence == 0 || s.fence == in.fence) {
				return []any{s, lockState{last: max(s.last, in.fence)}}
			}
			return []any{s}
		case in.kind == "release":
			mine := s.holder == in.session && (s.fence == 0 || s.fence == in.fence)
			if out.granted && mine {
				return []any{lockState{last: max(s.last, in.fence)}}
			}
			if !out.granted && !(s.holder == in.session && s.fence == in.fence) {
				return []any{s}
			}
			return nil
		case out.unknown:
			if s.holder == "" || in.kind == "over" && s.holder != in.session {
				return []any{s, lockState{holder: in.session, last: s.last}}
			}
			return []any{s}
		case !out.granted:
			if s.holder == out.holder && s.holder != "" && (s.fence == 0 || s.fence == out.fence) {
				return []any{lockState{holder: s.holder, fence: out.fence, last: max(s.last, out.fence)}}
			}
			return nil
		case s.holder == in.session: // its own again
			if s.fence == out.fence || s.fence == 0 && out.fence > s.last {
				return []any{lockState{holder: in.session, fence: out.fence, last: max(s.last, out.fence)}}
			}
			return nil
		case s.holder == "" || in.kind == "over":
			if out.fence > s.last {
				return []any{lockState{holder: in.session, fence: out.fence, last: out.fence}}
			}
		}
		return nil
	},
	Equal: func(a, b any) bool { return a == b },
}).ToModel()

// A recorded history of several stations on few locks, with take-overs and lost
// replies, is one that a single honest lock could have had. Red with the held
// branch removed from lock_acquire.lua, with releases that do not compare the
// token, and with fences by the clock in seconds: Illegal each time.
func TestLockHistoryIsLinearizable(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{})
	proxy := redistest.NewProxy(t, s.Addr())
	const stations = 8
	rounds := scaled(150, 1500)
	began := time.Now()
	var mu sync.Mutex
	var history []porcupine.Operation
	unknown, overs := 0, 0
	// One run for each batch of locks: histories are short for the checker, and
	// locks are new.
	for batch := range scaled(3, 10) {
		var wg sync.WaitGroup
		finished := make(chan struct{})
		for station := range stations {
			addr := s.Addr()
			if station%2 == 1 {
				addr = proxy.Addr() // its replies get lost
			}
			locks := redisx.NewLocks(open(t, addr), redisx.LockOptions{TTL: time.Minute})
			me := who(station)
			held := make(map[string]*redisx.Lease)
			wg.Go(func() {
				for range rounds / 3 {
					name := fmt.Sprintf("b%d-l%d", batch, rand.IntN(6))
					in := lockCall{lock: name, session: me.Session, kind: "acquire"}
					lease := held[name]
					if lease != nil && rand.IntN(4) > 0 {
						in.kind, in.fence = "release", lease.Fence()
					} else if rand.IntN(20) == 0 {
						in.kind = "over"
					}
					call := time.Since(began)
					var out lockReply
					var err error
					switch in.kind {
					case "release":
						delete(held, name)
						err = lease.Release(t.Context())
						if errors.Is(err, redisx.ErrTakenOver) {
							continue // known without asking: not an operation
						}
						out.granted = err == nil
					case "over":
						lease, err = locks.TakeOver(t.Context(), name, "notes", me)
					default:
						lease, err = locks.Acquire(t.Context(), name, "notes", me)
					}
					var other *redisx.HeldError
					back := int64(time.Since(began))
					switch {
					case errors.As(err, &other):
						out.holder, out.fence = other.Holder.Session, other.Holder.Fence
					case errors.Is(err, redisx.ErrDown):
						out.unknown, back = true, math.MaxInt64/2
					case err != nil && !errors.Is(err, redisx.ErrLost):
						t.Error(err)
					case err == nil && in.kind != "release":
						out.granted, out.fence = true, lease.Fence()
						held[name] = lease
					}
					mu.Lock()
					if out.unknown {
						unknown++
					}
					if in.kind == "over" && out.granted {
						overs++
					}
					history = append(history, porcupine.Operation{ClientId: batch*1000 + len(history),
						Input: in, Output: out, Call: int64(call), Return: back})
					mu.Unlock()
				}
			})
		}
		go func() { wg.Wait(); close(finished) }()
		for over := false; !over; {
			select {
			case <-finished:
				over = true
			case <-time.After(15 * time.Millisecond):
				proxy.LoseReplies(1)
			}
		}
		proxy.LoseReplies(0)
	}
	if unknown == 0 || overs == 0 {
		t.Error("nothing was lost or taken over: the test proves little")
	}
	got := porcupine.CheckOperationsTimeout(lockModel, history, 2*time.Minute)
	t.Logf("%d calls, %d without reply, %d take-overs: linearizable: %s", len(history), unknown, overs, got)
	if got != porcupine.Ok {
		t.Errorf("the history is %s", got)
	}
}
