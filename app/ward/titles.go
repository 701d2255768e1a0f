package ward

import (
	"cmp"
	"context"
	"sync"
	"time"
)

// TitlesFor is how long what wards are called counts as read: one that is renamed shows
// its new name within a minute everywhere.
const TitlesFor = 30 * time.Second

// Titles says what wards are called, without asking the record each time. Safe for
// concurrent use; set the fields first.
type Titles struct {
	// Read lists all wards.
	Read func(context.Context) ([]Ward, error)
	Now  func() time.Time // nil: time.Now

	mu    sync.Mutex
	names map[string]string
	read  time.Time // or tried
}

// Of is what a ward is called: as read not longer than [TitlesFor] ago, or last where
// the record cannot be asked; its ID if nobody can say, "" for none. It may ask the
// record, whatever is asked for not more than once in that time, and once in a sixth of it
// where that fails.
func (n *Titles) Of(ctx context.Context, id string) string {
	if id == "" {
		return ""
	}
	now := time.Now()
	if n.Now != nil {
		now = n.Now()
	}
	n.mu.Lock()
	name := cmp.Or(n.names[id], id)
	fresh := !n.read.IsZero() && now.Sub(n.read) < TitlesFor
	n.mu.Unlock()
	if fresh {
		return name
	}
	wards, err := n.Read(ctx)
	n.mu.Lock()
	defer n.mu.Unlock()
	if err != nil {
		n.read = now.Add(TitlesFor/6 - TitlesFor)
		return name
	}
	n.names, n.read = make(map[string]string, len(wards)), now
	for _, w := range wards {
		n.names[w.ID] = w.Title()
	}
	return cmp.Or(n.names[id], id)
}
