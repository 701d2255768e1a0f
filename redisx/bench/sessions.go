package main

import (
	"context"
	"time"

	"github.com/alexedwards/scs/goredisstore"
	"github.com/alexedwards/scs/v2"

	"github.com/wardlight/wardlight/redisx"
)

type badge struct{ Role, Ward string }

func sessions() section {
	return section{
		title: "Session: check and slide the idle limit", unit: time.Microsecond,
		target: "Target: redisx at most 1.7 x raw GETEX, with idle and absolute limit and revocation of one or all.",
		rows: []row{
			{name: "raw socket GETEX", n: 2000, make: rawGetEx},
			{name: "go-redis GETEX", note: "no absolute limit, no revocation of all", n: 2000, make: goredisGetEx},
			{name: "**redisx Sessions.Check**", note: "idle, absolute, epoch, on the server's clock; value decoded",
				n: 2000, make: redisxCheck},
			{name: "scs goredisstore Find + Commit", note: "revives revoked sessions", n: 1000, make: scsStore},
			{name: "scs SessionManager Load + Commit", note: "revives revoked sessions", n: 1000, make: scsManager},
		},
	}
}

func rawGetEx(_ context.Context, e *env) (func() (time.Duration, error), func(), error) {
	r, err := e.raw()
	if err != nil {
		return nil, nil, err
	}
	if err := r.do("SET", "raw:session", string(encode(badge{"nurse", "icu"}))); err != nil {
		return nil, nil, err
	}
	return call(func() error { return r.do("GETEX", "raw:session", "PX", "900000") }), r.close, nil
}

func goredisGetEx(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c := e.goredis()
	if err := c.Set(ctx, "gr:session", encode(badge{"nurse", "icu"}), 0).Err(); err != nil {
		return nil, nil, err
	}
	return call(func() error { return c.GetEx(ctx, "gr:session", 15*time.Minute).Err() }), func() { _ = c.Close() }, nil
}

func redisxCheck(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c, err := e.redisx()
	if err != nil {
		return nil, nil, err
	}
	s := redisx.NewSessions[badge](c, redisx.SessionOptions{})
	token, _, err := s.Create(ctx, "N1", badge{"nurse", "icu"})
	if err != nil {
		return nil, nil, err
	}
	return call(func() error {
		got, err := s.Check(ctx, token)
		if err == nil && got.Value.Role != "nurse" {
			err = errWrong
		}
		return err
	}), func() { _ = c.Close() }, nil
}

func scsStore(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c := e.goredis()
	store := goredisstore.New(c)
	value := encode(badge{"nurse", "icu"})
	if err := store.CommitCtx(ctx, "token", value, time.Now().Add(15*time.Minute)); err != nil {
		return nil, nil, err
	}
	return call(func() error {
		b, found, err := store.FindCtx(ctx, "token")
		if err != nil || !found {
			return errWrong
		}
		return store.CommitCtx(ctx, "token", b, time.Now().Add(15*time.Minute))
	}), func() { _ = c.Close() }, nil
}

func scsManager(ctx context.Context, e *env) (func() (time.Duration, error), func(), error) {
	c := e.goredis()
	m := scs.New()
	m.Store = goredisstore.New(c)
	m.IdleTimeout = 15 * time.Minute
	first, err := m.Load(ctx, "")
	if err != nil {
		return nil, nil, err
	}
	m.Put(first, "role", "nurse")
	token, _, err := m.Commit(first)
	if err != nil {
		return nil, nil, err
	}
	return call(func() error {
		loaded, err := m.Load(ctx, token)
		if err != nil {
			return err
		}
		if m.GetString(loaded, "role") != "nurse" {
			return errWrong
		}
		_, _, err = m.Commit(loaded)
		return err
	}), func() { _ = c.Close() }, nil
}
