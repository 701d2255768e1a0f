package notify

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Queue stands between the ward and a sink: its callers never wait. It keeps what
// each ward wants shown and brings the desktop there, newest state first seen:
// what changed while the desktop was slow is skipped, never queued behind it.
//
// When a ward wants more than Options.Each notes, one summary takes their place:
// desktops show a handful and line the rest up, oldest first, so that in a storm
// the newest alarms would be the ones not seen.
type Queue struct {
	sink   Sink
	opts   QueueOptions
	wake   chan struct{} // holds at most one value
	look   chan struct{} // holds at most one value
	states chan State    // holds the newest state until it is read
	chosen chan Chosen

	mu     sync.Mutex
	wanted map[string]map[string]entry // by ward, by key
	count  int
	seq    uint64

	// Of Run alone.
	shown map[string]shown
	state State
	retry time.Time // nothing is tried before
	fails int
}

// QueueOptions tune a Queue; zero values mean the defaults.
type QueueOptions struct {
	// Each is how many notes of one ward are shown one by one (3).
	Each int
	// Every is the least time between two changes of one popup (1 s).
	Every time.Duration
	// Retry is the wait after a failure, doubled up to 16 times (1 s).
	Retry time.Duration
	// Look is how often the sink's state is asked for (30 s).
	Look time.Duration
	// Most bounds the notes kept for all wards (1000).
	Most int
	// Summary words the note that stands for many; it must be constant text
	// and numbers. Its Key is set by the queue.
	Summary func(ward string, notes []Note) Note
}

// Chosen says that a person chose an action of a ward's note, or of the ward's
// summary: Key is empty then.
type Chosen struct {
	Ward, Key, Action string
}

// ErrFull means that the queue holds QueueOptions.Most notes.
var ErrFull = errors.New("notification queue is full")

// entry is a note that is wanted, or a summary: its key is empty then.
type entry struct {
	ward, key string
	note      Note
	seq       uint64
}

// shown is what the desktop was told last. The zero note means that it is not
// known whether it was heard.
type shown struct {
	entry
	at time.Time
}

// NewQueue returns a queue for sink. Nothing is shown before Run.
func NewQueue(sink Sink, opts QueueOptions) *Queue {
	opts.Each = cmp.Or(opts.Each, 3)
	opts.Every = cmp.Or(opts.Every, time.Second)
	opts.Retry = cmp.Or(opts.Retry, time.Second)
	opts.Look = cmp.Or(opts.Look, 30*time.Second)
	opts.Most = cmp.Or(opts.Most, 1000)
	if opts.Summary == nil {
		opts.Summary = summary
	}
	return &Queue{
		sink: sink, opts: opts,
		wake: make(chan struct{}, 1), look: make(chan struct{}, 1), states: make(chan State, 1),
		chosen: make(chan Chosen, 16),
		wanted: make(map[string]map[string]entry), shown: make(map[string]shown),
	}
}

// summary is the default wording.
func summary(ward string, notes []Note) Note {
	n := Note{Title: fmt.Sprintf("%d alerts", len(notes)), Body: "Ward " + ward + ". Open the station."}
	for _, each := range notes {
		n.Urgency = max(n.Urgency, each.Urgency)
	}
	return n
}

// Want shows the note, or replaces the ward's note of that key. It never waits.
// It returns [ErrFull], or [ErrKey] for a note that no sink would take.
func (q *Queue) Want(ward string, n Note) error {
	if _, err := n.plain(); err != nil {
		return err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	notes := q.wanted[ward]
	if _, ok := notes[n.Key]; !ok {
		if q.count >= q.opts.Most {
			return ErrFull
		}
		q.count++
	}
	if notes == nil {
		notes = make(map[string]entry)
		q.wanted[ward] = notes
	}
	q.seq++
	n.Actions = slices.Clone(n.Actions)
	notes[n.Key] = entry{ward, n.Key, n, q.seq}
	q.poke()
	return nil
}

// Drop takes the ward's note of that key away. It never waits.
func (q *Queue) Drop(ward, key string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if _, ok := q.wanted[ward][key]; !ok {
		return
	}
	delete(q.wanted[ward], key)
	q.count--
	if len(q.wanted[ward]) == 0 {
		delete(q.wanted, ward)
	}
	q.poke()
}

func (q *Queue) poke() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// Look asks the sink for its state soon, as at a sign-in. It never waits.
func (q *Queue) Look() {
	select {
	case q.look <- struct{}{}:
	default:
	}
}

// States delivers the sink's state when it changes, first when Run has asked for
// it. A slow reader finds the newest.
func (q *Queue) States() <-chan State { return q.states }

// Chosen delivers what people choose. Clicks are dropped while nobody receives
// and its small buffer is full.
func (q *Queue) Chosen() <-chan Chosen { return q.chosen }

// Run brings the desktop to what is wanted until ctx ends; it returns nil then.
// It is called once. The sink stays its owner's to stop.
func (q *Queue) Run(ctx context.Context) error {
	q.report(q.sink.State(ctx))
	clicks := q.sink.Actions()
	look := time.NewTicker(q.opts.Look)
	defer look.Stop()
	for {
		next, again := q.step(ctx)
		var timer <-chan time.Time
		if again {
			timer = time.After(time.Until(next))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-q.wake:
		case <-look.C:
			q.report(q.sink.State(ctx))
		case <-q.look:
			q.report(q.sink.State(ctx))
		case <-timer:
		case i, ok := <-clicks:
			if !ok {
				clicks = nil // the sink is stopped
				continue
			}
			q.click(i)
		}
	}
}

// click says in the ward's words what was chosen.
func (q *Queue) click(i Invoked) {
	s, ok := q.shown[i.Key]
	if !ok {
		return
	}
	select {
	case q.chosen <- Chosen{s.ward, s.key, i.Action}:
	default:
	}
}

// step makes the changes that are due. It returns when the next one is.
func (q *Queue) step(ctx context.Context) (next time.Time, again bool) {
	later := func(t time.Time) {
		if !again || t.Before(next) {
			next, again = t, true
		}
	}
	for _, c := range q.changes() {
		due := q.shown[c.popup].at.Add(q.opts.Every)
		if due.Before(q.retry) {
			due = q.retry
		}
		if time.Now().Before(due) {
			later(due)
			continue
		}
		if err := q.make(ctx, c); err != nil {
			if ctx.Err() != nil {
				return time.Time{}, false
			}
			q.retry = time.Now().Add(q.opts.Retry << min(q.fails, 4))
			q.fails++
			q.report(q.sink.State(ctx))
			later(q.retry)
			break
		}
		q.fails = 0
		if q.state.Kind != OK {
			q.report(q.sink.State(ctx))
		}
	}
	return next, again
}

// change is one difference between what is wanted and what is shown.
type change struct {
	popup string
	entry
	gone bool
}

// changes lists the differences: closings first, to make room, then the most
// urgent, then the newest.
func (q *Queue) changes() []change {
	target := q.target()
	var out []change
	for popup := range q.shown {
		if _, ok := target[popup]; !ok {
			out = append(out, change{popup: popup, gone: true})
		}
	}
	for popup, e := range target {
		if s, ok := q.shown[popup]; !ok || !same(s.note, e.note) {
			out = append(out, change{popup: popup, entry: e})
		}
	}
	slices.SortFunc(out, func(a, b change) int {
		return cmp.Or(
			closing(a)-closing(b),
			cmp.Compare(b.note.Urgency, a.note.Urgency),
			cmp.Compare(b.seq, a.seq),
			cmp.Compare(a.popup, b.popup))
	})
	return out
}

func closing(c change) int {
	if c.gone {
		return 0
	}
	return 1
}

func same(a, b Note) bool {
	return a.Key == b.Key && a.Title == b.Title && a.Body == b.Body && a.Urgency == b.Urgency &&
		slices.Equal(a.Actions, b.Actions)
}

// target is what should be on the desktop, by popup: each note, or a ward's
// summary.
func (q *Queue) target() map[string]entry {
	q.mu.Lock()
	defer q.mu.Unlock()
	target := make(map[string]entry)
	for ward, notes := range q.wanted {
		if len(notes) <= q.opts.Each {
			for key, e := range notes {
				target[popup(ward, key)] = e
			}
			continue
		}
		all := make([]Note, 0, len(notes))
		var newest uint64
		for _, e := range notes {
			all = append(all, e.note)
			newest = max(newest, e.seq)
		}
		n := q.opts.Summary(ward, all)
		n.Key = "summary"
		target[popup(ward, "")] = entry{ward: ward, note: n, seq: newest}
	}
	return target
}

// popup is the sink's key for a ward's note. It is a digest: a ward's name may
// hold any character.
func popup(ward, key string) string {
	sum := sha256.Sum256([]byte(ward + "\x00" + key))
	return hex.EncodeToString(sum[:12])
}

// make makes one change. A sink that cannot close keeps its popups.
func (q *Queue) make(ctx context.Context, c change) error {
	if c.gone {
		err := q.sink.Close(ctx, c.popup)
		if err == nil || errors.Is(err, errors.ErrUnsupported) {
			delete(q.shown, c.popup)
			return nil
		}
		return err
	}
	n := c.note
	n.Key = c.popup
	if err := q.sink.Show(ctx, n); err != nil {
		// It may appear yet: if it is dropped before the next try it must be
		// closed.
		unknown := c.entry
		unknown.note = Note{}
		q.shown[c.popup] = shown{entry: unknown}
		return err
	}
	q.shown[c.popup] = shown{c.entry, time.Now()}
	return nil
}

// report hands the state to whoever shows it.
func (q *Queue) report(s State) {
	if s.Kind == q.state.Kind && s.Server == q.state.Server && s.Reason == q.state.Reason {
		return
	}
	q.state = s
	for {
		select {
		case q.states <- s:
			return
		default:
		}
		select {
		case <-q.states:
		default:
		}
	}
}
