package window

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/desktop/sound"
)

// room is a sound device that tells what it plays.
type room struct {
	mu    sync.Mutex
	now   string // what plays now; "" while silent
	state sound.State
}

func (r *room) Play(ctx context.Context, w sound.Wave) error {
	name := "test"
	for s := sound.High; s <= sound.Low; s++ {
		if &w[0] == &sound.Burst(s)[0] {
			name = s.String()
		}
	}
	r.set(func() { r.now = name })
	defer r.set(func() { r.now = "" })
	if name == "test" {
		return nil
	}
	<-ctx.Done() // a burst that lasts until it is broken off
	return ctx.Err()
}

func (r *room) State(context.Context) sound.State {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.state
}

func (r *room) set(f func()) { r.mu.Lock(); defer r.mu.Unlock(); f() }

func (r *room) hears() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

// corkboard keeps what is notified.
type corkboard struct {
	mu    sync.Mutex
	notes map[string]notify.Note
	ever  []notify.Note
	click chan notify.Invoked
}

func (c *corkboard) Show(_ context.Context, n notify.Note) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.notes[n.Key] = n
	c.ever = append(c.ever, n)
	return nil
}

func (c *corkboard) Close(_ context.Context, key string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.notes, key)
	return nil
}

func (c *corkboard) State(context.Context) notify.State { return notify.State{Kind: notify.OK} }

func (c *corkboard) Actions() <-chan notify.Invoked { return c.click }

func (c *corkboard) Stop() error { return nil }

// texts are what stands on the board now.
func (c *corkboard) texts() (out []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, n := range c.notes {
		out = append(out, n.Title+": "+n.Body)
	}
	return out
}

// popup is the key of what stands on the board, "" for nothing.
func (c *corkboard) popup() (key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for k := range c.notes {
		key = k
	}
	return key
}

// accept is the key of the Accept that stands on the board, "" for none.
func (c *corkboard) accept() (key string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, n := range c.notes {
		for _, a := range n.Actions {
			if a.Label == "Accept" {
				key = a.Key
			}
		}
	}
	return key
}

func withEars(t *testing.T, names bool) (*opened, *room, *corkboard) {
	ears := &room{state: sound.State{Kind: sound.OK, Volume: 100}}
	eyes := &corkboard{notes: map[string]notify.Note{}, click: make(chan notify.Invoked, 1)}
	player, err := sound.NewPlayer(ears, sound.Options{Look: 20 * time.Millisecond})
	must(t, err)
	o := openWith(t, func(opt *Options) {
		opt.Sound, opt.Names = player, names
		opt.Notify = notify.NewQueue(eyes, notify.QueueOptions{Every: time.Millisecond, Most: 2000})
	})
	return o, ears, eyes
}
