package notify_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wardlight/wardlight/app/desktop/notify"
)

// desk is a sink in memory with a clock in every call.
type desk struct {
	mu      sync.Mutex
	open    map[string]notify.Note
	shows   []time.Time
	keys    []string
	closed  []string
	fail    error
	late    bool // a failing Show appears all the same
	actions chan notify.Invoked
}

func newDesk() *desk {
	return &desk{open: make(map[string]notify.Note), actions: make(chan notify.Invoked, 4)}
}

func (d *desk) Show(_ context.Context, n notify.Note) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fail != nil {
		if d.late {
			d.open[n.Key] = n
		}
		return d.fail
	}
	d.open[n.Key] = n
	d.shows, d.keys = append(d.shows, time.Now()), append(d.keys, n.Key)
	return nil
}

func (d *desk) Close(_ context.Context, key string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fail != nil {
		return d.fail
	}
	delete(d.open, key)
	d.closed = append(d.closed, key)
	return nil
}

func (d *desk) State(context.Context) notify.State {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fail != nil {
		return notify.State{Kind: notify.Hanging}
	}
	return notify.State{Kind: notify.OK}
}

func (d *desk) Actions() <-chan notify.Invoked { return d.actions }
func (d *desk) Stop() error                    { return nil }

func (d *desk) set(fail error, late bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fail, d.late = fail, late
}

func (d *desk) titles() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []string
	for _, n := range d.open {
		out = append(out, n.Title)
	}
	slices.Sort(out)
	return out
}

// queued runs test with a running queue under a fake clock.
func queued(t *testing.T, opts notify.QueueOptions, test func(*desk, *notify.Queue)) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		q := notify.NewQueue(d, opts)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- q.Run(ctx) }()
		synctest.Wait()
		test(d, q)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

func note(key, title string) notify.Note {
	return notify.Note{Key: key, Title: title, Urgency: notify.Critical}
}

func expect(t *testing.T, d *desk, titles ...string) {
	t.Helper()
	synctest.Wait()
	if got := d.titles(); !slices.Equal(got, titles) {
		t.Errorf("the desktop shows %q, want %q", got, titles)
	}
}

// Red once: without the wait for due all 101 states reached the desktop.
func TestQueueShowsTheNewestAtMostOncePerSecond(t *testing.T) {
	queued(t, notify.QueueOptions{}, func(d *desk, q *notify.Queue) {
		for i := range 101 {
			if err := q.Want("5B", note("bed12", fmt.Sprint(i))); err != nil {
				t.Fatal(err)
			}
			time.Sleep(50 * time.Millisecond)
		}
		time.Sleep(2 * time.Second)
		expect(t, d, "100")
		if n := len(d.shows); n < 5 || n > 7 {
			t.Errorf("%d changes in 5 s", n)
		}
		for i := 1; i < len(d.shows); i++ {
			if gap := d.shows[i].Sub(d.shows[i-1]); gap < time.Second {
				t.Errorf("two changes within %v", gap)
			}
		}
	})
}

// Red once: with Each at 10,000 the desktop held 500 popups.
func TestQueueSumsUpAStorm(t *testing.T) {
	queued(t, notify.QueueOptions{}, func(d *desk, q *notify.Queue) {
		for i := range 500 {
			if err := q.Want("5B", note(fmt.Sprint("bed", i), "one")); err != nil {
				t.Fatal(err)
			}
		}
		if err := q.Want("6A", note("bed1", "other ward")); err != nil {
			t.Fatal(err)
		}
		time.Sleep(5 * time.Second)
		expect(t, d, "500 alerts", "other ward")
		for i := range 498 {
			q.Drop("5B", fmt.Sprint("bed", i))
		}
		time.Sleep(5 * time.Second)
		expect(t, d, "one", "one", "other ward")
		q.Drop("5B", "bed498")
		q.Drop("5B", "bed499")
		q.Drop("6A", "bed1")
		time.Sleep(2 * time.Second)
		expect(t, d)
	})
}

func TestQueueNeverWaitsAndIsBounded(t *testing.T) {
	q := notify.NewQueue(newDesk(), notify.QueueOptions{Most: 10}) // not run: nobody takes anything
	for i := range 20 {
		err := q.Want("5B", note(fmt.Sprint(i), "x"))
		if (i < 10) != (err == nil) || i >= 10 && !errors.Is(err, notify.ErrFull) {
			t.Errorf("note %d: %v", i, err)
		}
	}
	if err := q.Want("5B", note("3", "newer")); err != nil {
		t.Errorf("a newer state of a kept note: %v", err)
	}
}

// Red once: without the retry the note stayed away after the desktop came back.
func TestQueueTriesAgain(t *testing.T) {
	queued(t, notify.QueueOptions{}, func(d *desk, q *notify.Queue) {
		if s := <-q.States(); s.Kind != notify.OK {
			t.Errorf("state %q", s.Kind)
		}
		d.set(notify.ErrHanging, false)
		if err := q.Want("5B", note("bed1", "old")); err != nil {
			t.Fatal(err)
		}
		if s := <-q.States(); s.Kind != notify.Hanging {
			t.Errorf("state %q", s.Kind)
		}
		time.Sleep(time.Minute)
		if err := q.Want("5B", note("bed1", "new")); err != nil {
			t.Fatal(err)
		}
		expect(t, d)
		d.set(nil, false)
		time.Sleep(20 * time.Second)
		expect(t, d, "new")
		if s := <-q.States(); s.Kind != notify.OK {
			t.Errorf("state %q", s.Kind)
		}
	})
}

// A popup that appears after its Show was given up, for a note that is not wanted
// any more. Red once: without the unknown entry it stayed for ever.
func TestQueueClosesWhatAppearedLate(t *testing.T) {
	queued(t, notify.QueueOptions{}, func(d *desk, q *notify.Queue) {
		d.set(notify.ErrHanging, true)
		if err := q.Want("5B", note("bed1", "ghost")); err != nil {
			t.Fatal(err)
		}
		expect(t, d, "ghost")
		q.Drop("5B", "bed1")
		d.set(nil, false)
		time.Sleep(20 * time.Second)
		expect(t, d)
	})
}

func TestQueueNamesWhatWasChosen(t *testing.T) {
	queued(t, notify.QueueOptions{}, func(d *desk, q *notify.Queue) {
		if err := q.Want("Süd 5", note("bed12", "x")); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		d.actions <- notify.Invoked{Key: d.keys[0], Action: "open"}
		d.actions <- notify.Invoked{Key: "of nobody", Action: "open"}
		if got := <-q.Chosen(); got != (notify.Chosen{Ward: "Süd 5", Key: "bed12", Action: "open"}) {
			t.Errorf("%+v", got)
		}
		synctest.Wait()
		if len(q.Chosen()) != 0 {
			t.Error("a choice of nobody's note")
		}
	})
}
