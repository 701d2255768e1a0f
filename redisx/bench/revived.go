package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/alexedwards/scs/goredisstore"
	"github.com/alexedwards/scs/v2"

	"github.com/wardlight/wardlight/redisx"
)

const races = 2000

// revived counts the sessions that are there again after they were revoked
// while a request that uses them was under way.
func revived(ctx context.Context, w io.Writer, e *env) {
	fmt.Fprintf(w, "\n## Revoked while a request was under way, and there again\n\n| | of %d races |\n|---|---:|\n",
		races)
	for _, r := range []struct {
		name string
		race func(context.Context, *env) (func() (bool, error), func(), error)
	}{
		{"**redisx Sessions**", raceRedisx},
		{"scs SessionManager, goredisstore", raceScs},
	} {
		once, done, err := r.race(ctx, e)
		n := 0
		for i := 0; i < races && err == nil; i++ {
			var again bool
			if again, err = once(); again {
				n++
			}
		}
		if done != nil {
			done()
		}
		if err != nil {
			fmt.Fprintf(w, "| %s | failed: %v |\n", r.name, err)
			continue
		}
		fmt.Fprintf(w, "| %s | %d |\n", r.name, n)
	}
}

func raceRedisx(ctx context.Context, e *env) (func() (bool, error), func(), error) {
	c, err := e.redisx()
	if err != nil {
		return nil, nil, err
	}
	s := redisx.NewSessions[badge](c, redisx.SessionOptions{})
	return func() (bool, error) {
		token, _, err := s.Create(ctx, "N2", badge{"nurse", "icu"})
		if err != nil {
			return false, err
		}
		var wg sync.WaitGroup
		wg.Go(func() { _, _ = s.Check(ctx, token) })
		err = s.Revoke(ctx, token)
		wg.Wait()
		if err != nil {
			return false, err
		}
		_, err = s.Check(ctx, token)
		if errors.Is(err, redisx.ErrNoSession) {
			return false, nil
		}
		return err == nil, err
	}, func() { _ = c.Close() }, nil
}

func raceScs(ctx context.Context, e *env) (func() (bool, error), func(), error) {
	c := e.goredis()
	store := goredisstore.New(c)
	m := scs.New()
	m.Store, m.IdleTimeout = store, 15*time.Minute
	return func() (bool, error) {
		first, err := m.Load(ctx, "")
		if err != nil {
			return false, err
		}
		m.Put(first, "role", "nurse")
		token, _, err := m.Commit(first)
		if err != nil {
			return false, err
		}
		var wg sync.WaitGroup
		wg.Go(func() { // a request, as its middleware does it
			loaded, err := m.Load(ctx, token)
			if err == nil && m.GetString(loaded, "role") != "" {
				_, _, _ = m.Commit(loaded)
			}
		})
		admin, err := m.Load(ctx, token)
		if err == nil {
			err = m.Destroy(admin)
		}
		wg.Wait()
		if err != nil {
			return false, err
		}
		_, found, err := store.FindCtx(ctx, token)
		return found, err
	}, func() { _ = c.Close() }, nil
}
