package redisx_test

import (
	"fmt"
	"testing"

	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// The first call after the server closed the connections opens another one, over
// TLS as well: a call that is never repeated must not be spent on finding that
// out. Red with the TLS connection not watched: "TLS true: redisx: session create:
// redis is not answering: EOF".
func TestFirstCallAfterARestart(t *testing.T) {
	t.Parallel()
	for _, secure := range []bool{false, true} {
		t.Run(fmt.Sprint("TLS ", secure), func(t *testing.T) {
			t.Parallel()
			o, cfg := redistest.Options{}, redisx.Config{Prefix: "t"}
			if secure {
				ca := redistest.NewAuthority(t)
				o.TLS, cfg.TLS = ca, ca.Client("ws")
			}
			s := redistest.Start(t, o)
			cfg.Addrs = []string{s.Addr()}
			c, err := redisx.Open(cfg)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = c.Close() })
			sessions := redisx.NewSessions[string](c, redisx.SessionOptions{})
			if _, _, err := sessions.Create(t.Context(), "N1", "s"); err != nil {
				t.Fatal(err)
			}
			for range 5 {
				s.Restart(true)
				if _, _, err := sessions.Create(t.Context(), "N1", "s"); err != nil {
					t.Errorf("TLS %v: %v", secure, err)
				}
			}
		})
	}
}
