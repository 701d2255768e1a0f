package redisx_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// A check in flight while its session is revoked, one or all, must not bring it
// back: 10,000 races without the race detector or with -tags chaos. Red with
// Check storing what it has read, as a client does that loads and commits ("race
// 2: revoked with <nil>, then <nil>", about every third race), and with the epoch
// not compared in session_check.lua.
func TestNoSessionIsRevived(t *testing.T) {
	t.Parallel()
	races := 10_000
	if raceEnabled && !long {
		races = 2000
	}
	const workers = 4
	s := redistest.Start(t, redistest.Options{})
	var done, admitted, revived atomic.Int64
	var wg sync.WaitGroup
	for w := range workers {
		sessions := redisx.NewSessions[badge](open(t, s.Addr()), redisx.SessionOptions{})
		wg.Go(func() {
			person := fmt.Sprint("N", w)
			for i := range races / workers {
				token, _, err := sessions.Create(t.Context(), person, badge{"nurse"})
				if err != nil {
					t.Error(err)
					return
				}
				var checks sync.WaitGroup
				for range 2 {
					checks.Go(func() {
						if _, err := sessions.Check(t.Context(), token); err == nil {
							admitted.Add(1)
						}
					})
				}
				for range i % 7 { // let the checks come first now and then
					runtime.Gosched()
				}
				if i%2 == 0 {
					err = sessions.Revoke(t.Context(), token)
				} else {
					err = sessions.RevokeAll(t.Context(), person)
				}
				checks.Wait()
				_, after := sessions.Check(t.Context(), token)
				if err != nil || !errors.Is(after, redisx.ErrNoSession) {
					revived.Add(1)
					t.Errorf("race %d: revoked with %v, then %v", i, err, after)
				}
				done.Add(1)
			}
		})
	}
	wg.Wait()
	t.Logf("%d revived of %d races; %d checks in flight were admitted", revived.Load(), done.Load(), admitted.Load())
	if admitted.Load() == 0 {
		t.Error("no check came before a revocation: there was no race")
	}
}

// What one person's sessions do, as a model: a set of live sessions.
type sessionOp struct {
	kind string // "create", "check", "revoke", "revoke all"
	id   int
}

var sessionModel = porcupine.Model{
	Init: func() any { return uint64(0) },
	Step: func(state, input, output any) (bool, any) {
		live, op := state.(uint64), input.(sessionOp)
		bit := uint64(1) << op.id
		switch op.kind {
		case "create":
			return true, live | bit
		case "revoke":
			return true, live &^ bit
		case "revoke all":
			return true, uint64(0)
		}
		return output.(bool) == (live&bit != 0), live
	},
	DescribeOperation: func(input, output any) string { return fmt.Sprint(input, " ", output) },
}

// The histories of five stations that use, revoke and re-make one person's
// sessions, over a link that loses replies, are linearizable: there is one order
// of all calls, true to real time, in which every check says what is so. Red with
// the epoch not compared in session_check.lua.
func TestRevocationIsLinearizable(t *testing.T) {
	t.Parallel()
	histories := 25
	if long {
		histories = 500
	}
	s := redistest.Start(t, redistest.Options{})
	p := redistest.NewProxy(t, s.Addr())
	var stations []*redisx.Sessions[badge]
	for range 5 {
		c, err := redisx.Open(redisx.Config{Addrs: []string{p.Addr()}, Prefix: "t", Timeout: 300 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Close() })
		stations = append(stations, redisx.NewSessions[badge](c, redisx.SessionOptions{}))
	}
	total, unknown := 0, 0
	for n := range histories {
		ops, lost := sessionHistory(t, stations, p, fmt.Sprint("person", n))
		total, unknown = total+len(ops), unknown+lost
		if result := porcupine.CheckOperationsTimeout(sessionModel, ops, 20*time.Second); result != porcupine.Ok {
			t.Fatalf("history %d: %v of %d calls", n, result, len(ops))
		}
	}
	t.Logf("%d histories, %d calls, %d of unknown outcome", histories, total, unknown)
}

func sessionHistory(t *testing.T, stations []*redisx.Sessions[badge], p *redistest.Proxy,
	person string) (ops []porcupine.Operation, unknown int) {
	began := time.Now()
	now := func() int64 { return int64(time.Since(began)) }
	const never = int64(1) << 62 // a call of unknown outcome may act at any later time
	var mu sync.Mutex
	var tokens []string // by id
	record := func(station int, op sessionOp, from int64, output any, failed bool) {
		to := now()
		mu.Lock()
		defer mu.Unlock()
		if failed {
			unknown++
			if op.kind == "check" || op.kind == "create" {
				return // says nothing, and nobody knows a token that was not returned
			}
			to = never
		}
		ops = append(ops, porcupine.Operation{ClientId: station, Input: op, Call: from, Output: output, Return: to})
	}
	create := func(station int) {
		mu.Lock()
		full := len(tokens) >= 20
		mu.Unlock()
		if full {
			return
		}
		from := now()
		token, _, err := stations[station].Create(t.Context(), person, badge{})
		if err != nil {
			record(station, sessionOp{kind: "create"}, from, nil, true)
			return
		}
		mu.Lock()
		id := len(tokens)
		tokens = append(tokens, token)
		mu.Unlock()
		record(station, sessionOp{"create", id}, from, nil, false)
	}
	create(0)
	var wg sync.WaitGroup
	for station, sessions := range stations {
		wg.Go(func() {
			for i := range 12 {
				mu.Lock()
				n := len(tokens)
				mu.Unlock()
				if n == 0 {
					create(station)
					continue
				}
				id := (i*7 + station*3) % n
				mu.Lock()
				token := tokens[id]
				mu.Unlock()
				from := now()
				switch (i + station*2) % 6 {
				case 0:
					create(station)
				case 1:
					err := sessions.Revoke(t.Context(), token)
					record(station, sessionOp{"revoke", id}, from, nil, err != nil)
				case 2:
					if i%4 == 0 {
						err := sessions.RevokeAll(t.Context(), person)
						record(station, sessionOp{kind: "revoke all"}, from, nil, err != nil)
						continue
					}
					if station == 0 {
						p.LoseReplies(1)
					}
				default:
					_, err := sessions.Check(t.Context(), token)
					record(station, sessionOp{"check", id}, from, err == nil, err != nil &&
						!errors.Is(err, redisx.ErrNoSession))
				}
			}
		})
	}
	wg.Wait()
	return ops, unknown
}

// Sessions end for who watches them, though the news got lost: after the link
// comes back, it says so.
func TestRevocationDuringAnOutageIsNoticed(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redistest.Options{})
	p := redistest.NewProxy(t, s.Addr())
	c, err := redisx.Open(redisx.Config{Addrs: []string{p.Addr()}, Prefix: "t"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	here := redisx.NewSessions[badge](c, redisx.SessionOptions{Probe: 50 * time.Millisecond})
	there := redisx.NewSessions[badge](open(t, s.Addr()), redisx.SessionOptions{})
	token, _, err := here.Create(t.Context(), "N1", badge{})
	if err != nil {
		t.Fatal(err)
	}
	resync := make(chan struct{}, 10)
	background(t, func(ctx context.Context) { _ = here.Watch(ctx, nil, func() { resync <- struct{}{} }) })
	receive(t, resync, 5*time.Second, "watch")
	p.Blackhole(true)
	if err := there.RevokeAll(t.Context(), "N1"); err != nil {
		t.Fatal(err)
	}
	p.Cut() // what was held back is gone for good
	p.Blackhole(false)
	receive(t, resync, 10*time.Second, "notice that news may be missing")
	within(t, 5*time.Second, "the end of the session", func() bool {
		_, err := here.Peek(t.Context(), token)
		return errors.Is(err, redisx.ErrNoSession)
	})
}
