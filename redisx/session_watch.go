package redisx

import (
	"context"
	"encoding/json"
)

// Revocation is the news that one session (ID set) or all of a person's
// sessions (Person set) were revoked.
type Revocation struct {
	ID     string `json:"id,omitempty"`
	Person string `json:"person,omitempty"`
}

func revocationMessage(r Revocation) []byte {
	raw, _ := json.Marshal(r) // two strings: cannot fail
	return raw
}

// Watch hears revocations until ctx ends and returns ctx's error. onResync is
// called after every (re)connection: news may have been missed, so Peek at the
// sessions that matter. A message is a hint from whoever may publish: Peek
// before ending anybody's work. Either function may be nil.
func (s *Sessions[T]) Watch(ctx context.Context, onRevoked func(Revocation), onResync func()) error {
	l := &link{
		c: s.c, tag: "sessions", channels: []string{s.c.keys.sessionEnded()},
		probe: s.o.Probe, maxBytes: 4 << 10,
		resync: func(context.Context) error {
			if onResync != nil {
				onResync()
			}
			return nil
		},
		message: func(_, payload string) error {
			var r Revocation
			if json.Unmarshal([]byte(payload), &r) == nil && (r.ID != "" || r.Person != "") && onRevoked != nil {
				onRevoked(r)
			}
			return nil
		},
	}
	l.run(ctx)
	return ctx.Err()
}
