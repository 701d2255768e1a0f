package redisx_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/redisx"
)

type badge struct{ Role string }

func TestSessionLivesAndIsRevoked(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	sessions := redisx.NewSessions[badge](c, redisx.SessionOptions{Idle: time.Minute, Absolute: time.Hour})
	token, made, err := sessions.Create(t.Context(), "N1", badge{"nurse"})
	if err != nil {
		t.Fatal(err)
	}
	got, err := sessions.Check(t.Context(), token)
	if err != nil || got.Person != "N1" || got.Value.Role != "nurse" || got.ID != made.ID || len(got.ID) != 16 {
		t.Fatalf("%+v %v", got, err)
	}
	if left := time.Until(got.IdleUntil); left > time.Minute || left < 50*time.Second {
		t.Errorf("idle left %v", left)
	}
	if left := time.Until(got.Ends); left > time.Hour || left < 59*time.Minute {
		t.Errorf("left %v", left)
	}
	// Nothing in Redis is or contains the token or its secret.
	_, secret, _ := strings.Cut(token, ".")
	raw := admin(t, s.Addr())
	for _, key := range raw.Keys(t.Context(), "*").Val() {
		dump := raw.Dump(t.Context(), key).Val()
		if strings.Contains(key+dump, secret) {
			t.Errorf("%s holds the token", key)
		}
	}
	if err := sessions.Revoke(t.Context(), token); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{token, "", "x", token + "A", "zz" + token[2:], strings.ToUpper(token)} {
		if _, err := sessions.Check(t.Context(), bad); !errors.Is(err, redisx.ErrNoSession) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if err := sessions.Revoke(t.Context(), token); err != nil {
		t.Errorf("revoking nothing: %v", err)
	}
}

// A check in flight while the session is revoked must not bring it back. Red
// with session_check.lua writing a field (HSET) before it looks: keys are left
// behind.
func TestLateCheckDoesNotReviveASession(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	sessions := redisx.NewSessions[badge](c, redisx.SessionOptions{})
	raw := admin(t, s.Addr())
	for range 30 {
		token, _, err := sessions.Create(t.Context(), "N1", badge{})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() { _, _ = sessions.Check(t.Context(), token) })
		}
		if err := sessions.Revoke(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		wg.Wait()
		if _, err := sessions.Check(t.Context(), token); !errors.Is(err, redisx.ErrNoSession) {
			t.Fatalf("revived: %v", err)
		}
	}
	if keys := raw.Keys(t.Context(), "t:s:*").Val(); len(keys) != 0 {
		t.Errorf("left behind: %v", keys)
	}
}

// Red with the epoch not compared in session_check.lua.
func TestRevokeAllEndsEverySessionOfAPerson(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	sessions := redisx.NewSessions[badge](c, redisx.SessionOptions{})
	ctx := t.Context()
	one, _, _ := sessions.Create(ctx, "N1", badge{})
	two, _, _ := sessions.Create(ctx, "N1", badge{})
	other, _, _ := sessions.Create(ctx, "N2", badge{})
	// A late write: the session's data put back as it was, as a client that
	// stores what it holds would.
	raw := admin(t, s.Addr())
	dumps := map[string]string{}
	for _, key := range raw.Keys(ctx, "t:s:*").Val() {
		dumps[key] = raw.Dump(ctx, key).Val()
	}
	if err := sessions.RevokeAll(ctx, "N1"); err != nil {
		t.Fatal(err)
	}
	for key, dump := range dumps {
		raw.RestoreReplace(ctx, key, time.Minute, dump)
	}
	for _, token := range []string{one, two} {
		if _, err := sessions.Check(ctx, token); !errors.Is(err, redisx.ErrNoSession) {
			t.Errorf("still there: %v", err)
		}
	}
	if _, err := sessions.Check(ctx, other); err != nil {
		t.Errorf("another person's: %v", err)
	}
	again, _, err := sessions.Create(ctx, "N1", badge{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sessions.Check(ctx, again); err != nil {
		t.Errorf("a session made afterwards: %v", err)
	}
}

// Red with Check not sliding (first part) and Peek sliding (second part).
func TestIdleLimit(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	sessions := redisx.NewSessions[badge](c, redisx.SessionOptions{Idle: 400 * time.Millisecond})
	token, _, err := sessions.Create(t.Context(), "N1", badge{})
	if err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); time.Since(began) < 800*time.Millisecond; time.Sleep(50 * time.Millisecond) {
		if _, err := sessions.Check(t.Context(), token); err != nil {
			t.Fatalf("ended while in use: %v", err)
		}
	}
	within(t, 2*time.Second, "idle end, with only Peek", func() bool {
		_, err := sessions.Peek(t.Context(), token)
		return errors.Is(err, redisx.ErrNoSession)
	})
}

// Red with the absolute limit ignored in session_check.lua.
func TestAbsoluteLimit(t *testing.T) {
	t.Parallel()
	_, c := fixture(t)
	const limit = 700 * time.Millisecond
	sessions := redisx.NewSessions[badge](c, redisx.SessionOptions{Idle: time.Minute, Absolute: limit})
	began := time.Now()
	token, _, err := sessions.Create(t.Context(), "N1", badge{})
	if err != nil {
		t.Fatal(err)
	}
	within(t, 3*time.Second, "absolute end, in use", func() bool {
		_, err := sessions.Check(t.Context(), token)
		return errors.Is(err, redisx.ErrNoSession)
	})
	if lived := time.Since(began); lived < limit {
		t.Errorf("lived %v", lived)
	}
}

func TestSessionsAreListedAndRevocationIsPushed(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	sessions := redisx.NewSessions[badge](c, redisx.SessionOptions{})
	elsewhere := redisx.NewSessions[badge](open(t, s.Addr()), redisx.SessionOptions{})
	news, ready := make(chan redisx.Revocation, 10), make(chan struct{}, 1)
	background(t, func(ctx context.Context) {
		_ = elsewhere.Watch(ctx, func(r redisx.Revocation) { news <- r }, func() { ready <- struct{}{} })
	})
	receive(t, ready, 5*time.Second, "watch")
	_, one, _ := sessions.Create(t.Context(), "N1", badge{"a"})
	_, two, _ := sessions.Create(t.Context(), "N1", badge{"b"})
	list, err := elsewhere.List(t.Context(), "N1")
	if err != nil || len(list) != 2 {
		t.Fatalf("%v %v", list, err)
	}
	if err := elsewhere.RevokeID(t.Context(), "N1", one.ID); err != nil {
		t.Fatal(err)
	}
	if r := receive(t, news, time.Second, "news"); r != (redisx.Revocation{ID: one.ID}) {
		t.Errorf("news %+v", r)
	}
	if list, _ = sessions.List(t.Context(), "N1"); len(list) != 1 || list[0].ID != two.ID {
		t.Errorf("list %+v", list)
	}
	if err := elsewhere.RevokeID(t.Context(), "N1", one.ID); !errors.Is(err, redisx.ErrNoSession) {
		t.Errorf("again: %v", err)
	}
	_ = sessions.RevokeAll(t.Context(), "N1")
	if r := receive(t, news, time.Second, "news"); r != (redisx.Revocation{Person: "N1"}) {
		t.Errorf("news %+v", r)
	}
}

func TestThrottleSlowsFailures(t *testing.T) {
	t.Parallel()
	s, c := fixture(t)
	th := redisx.NewThrottle(c, "signin",
		redisx.ThrottleOptions{Free: 2, First: 100 * time.Millisecond, Max: 350 * time.Millisecond})
	var waits []time.Duration
	for range 6 {
		w, err := th.Fail(t.Context(), "Åsa Nurse")
		if err != nil {
			t.Fatal(err)
		}
		waits = append(waits, w/time.Millisecond)
	}
	want := []time.Duration{0, 0, 100, 200, 350, 350}
	for i := range want {
		if waits[i] != want[i] {
			t.Fatalf("waits %v, want %v", waits, want)
		}
	}
	if w, err := th.Wait(t.Context(), "Åsa Nurse"); err != nil || w <= 0 || w > 350*time.Millisecond {
		t.Errorf("wait %v %v", w, err)
	}
	if w, _ := th.Wait(t.Context(), "nobody"); w != 0 {
		t.Errorf("unknown key waits %v", w)
	}
	for _, key := range admin(t, s.Addr()).Keys(t.Context(), "*").Val() {
		if strings.Contains(key, "Nurse") {
			t.Errorf("the key names a person: %s", key)
		}
	}
	if err := th.Clear(t.Context(), "Åsa Nurse"); err != nil {
		t.Fatal(err)
	}
	if w, _ := th.Wait(t.Context(), "Åsa Nurse"); w != 0 {
		t.Errorf("cleared, yet waits %v", w)
	}
}
