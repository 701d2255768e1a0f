package outbox

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Follower hands each change of the record to a station exactly once: at once
// when it is heard, within Poll when it was missed. It is the reason why
// neither a broken link nor a lost message loses an alert.
type Follower struct {
	Log Log
	// On gets each change once. replayed means it was not heard but filled in
	// from the record. Calls do not overlap. Only a station that was without the
	// record while more than 1,024 stretches of the stream were lost may get a
	// change of the oldest of them again: who takes changes is idempotent.
	On func(c Change, replayed bool)
	// Poll is how often the record is asked for what was missed while the link
	// is up; PollDown while it is down (defaults 1 s, 250 ms).
	Poll, PollDown time.Duration
	// Record, if set, is told whether the record answered.
	Record func(err error)

	mu     sync.Mutex
	newest int64 // the greatest Seq handed over
	pos    int64 // everything up to here has been handed over
	seen   spans // handed over ahead of pos
	up     bool
	kick   chan struct{}
	calls  sync.WaitGroup

	// held are changes that were heard while it is not known what came before them:
	// since the first link, or since a gap, until the record has been asked.
	held   []Change
	hold   bool
	holds  int // how often it began: what was asked before does not end it
	linked bool
}

const (
	// fillLimit is after what time a record that does not answer counts as away.
	fillLimit = 1500 * time.Millisecond
	// fillPatience is how long it is waited for all the same.
	fillPatience = 8 * time.Second
	// heldMost bounds what is held meanwhile.
	heldMost = 4096
)

// errSlow means that the record has not answered yet.
var errSlow = errors.New("outbox: the record does not answer")

// Init completes the follower; pos is the Seq up to which the station knows
// everything already.
func (f *Follower) Init(pos int64) *Follower {
	if f.Poll == 0 {
		f.Poll = time.Second
	}
	if f.PollDown == 0 {
		f.PollDown = 250 * time.Millisecond
	}
	f.pos, f.seen, f.kick = pos, nil, make(chan struct{}, 1)
	return f
}

// Position is the Seq up to which everything has been handed over.
func (f *Follower) Position() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.pos
}

// Newest is the greatest Seq handed over; there may be gaps before it.
func (f *Follower) Newest() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return max(f.newest, f.pos)
}

// Hear takes a change from the stream. A change without a Seq is handed over
// as it is: the one who gets it knows it by its own ID.
func (f *Follower) Hear(c Change) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c.Seq == 0 {
		f.On(c, false)
		return
	}
	if f.hold {
		if f.held = append(f.held, c); len(f.held) >= heldMost {
			f.letGo()
		}
		return
	}
	f.deliver(c, false)
}

// Gap says that the stream lost something. What comes after it waits until the
// record has been asked, so that it is handed over in its order.
func (f *Follower) Gap() {
	f.mu.Lock()
	f.hold = true
	f.holds++
	f.mu.Unlock()
	f.Kick()
}

// letGo hands over what was held: the record has told what was before it, or cannot.
func (f *Follower) letGo() {
	f.hold = false
	for _, c := range f.held {
		f.deliver(c, false)
	}
	f.held = nil
}

// Link says whether the stream is heard. When it comes back the record is asked
// at once.
func (f *Follower) Link(up bool) {
	f.mu.Lock()
	changed := f.up != up
	f.up = up
	first := up && !f.linked
	f.linked = f.linked || up
	f.mu.Unlock()
	switch {
	case first: // nobody knows what was told between the start and now
		f.Gap()
	case changed:
		f.Kick()
	}
}

// Kick asks the record now.
func (f *Follower) Kick() {
	select {
	case f.kick <- struct{}{}:
	default:
	}
}

func (f *Follower) deliver(c Change, replayed bool) {
	if c.Seq <= f.pos || !f.seen.add(c.Seq) {
		return
	}
	f.newest = max(f.newest, c.Seq)
	f.On(c, replayed)
}

// Run fills gaps from the record until ctx ends.
func (f *Follower) Run(ctx context.Context) {
	defer f.calls.Wait()
	for {
		f.fill(ctx)
		f.mu.Lock()
		wait := f.PollDown
		if f.up {
			wait = f.Poll
		}
		f.mu.Unlock()
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-f.kick:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// fill reads the record from the position on. Only this moves the position:
// what was heard may have had gaps before it.
func (f *Follower) fill(ctx context.Context) {
	f.mu.Lock()
	holds := f.holds
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		if f.hold && f.holds == holds {
			f.letGo()
		}
		f.mu.Unlock()
	}()
	for ctx.Err() == nil {
		batch, err := f.ask(ctx, f.Position())
		f.say(ctx, err)
		if err != nil || len(batch) == 0 {
			return
		}
		f.mu.Lock()
		for _, c := range batch {
			f.deliver(c, true)
			f.pos = c.Seq
		}
		f.seen.drop(f.pos)
		f.mu.Unlock()
		if len(batch) < relayBatch {
			return
		}
	}
}

// ask reads changes. A record that hangs is away after fillLimit and is seen to
// be, but one that is merely slow must get its time, or what it has would never
// be read: one call waits patiently, and beside it a new one is begun each time
// that the limit has passed, for the connection of the first may be dead. The
// first answer counts.
func (f *Follower) ask(ctx context.Context, pos int64) ([]Change, error) {
	ctx, cancel := context.WithTimeout(ctx, fillPatience)
	defer cancel() // also those that are not needed any more
	type answer struct {
		batch []Change
		err   error
		late  bool // its own limit ended it
	}
	answers := make(chan answer, 1)
	begin := func(limit time.Duration) {
		f.calls.Go(func() {
			call, cancel := context.WithTimeout(ctx, limit)
			defer cancel()
			batch, err := f.Log.ChangesAfter(call, pos, relayBatch)
			select {
			case answers <- answer{batch, err, call.Err() != nil}:
			case <-ctx.Done():
			}
		})
	}
	begin(fillPatience)
	tick := time.NewTicker(fillLimit)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case a := <-answers:
			if a.err == nil || !a.late {
				return a.batch, a.err
			} // else the patient one still waits, or ctx is over
		case <-tick.C:
			f.say(ctx, errSlow)
			f.mu.Lock()
			f.letGo() // what was heard is shown, in whatever order
			f.mu.Unlock()
			begin(fillLimit)
		}
	}
}

func (f *Follower) say(ctx context.Context, err error) {
	if f.Record != nil && ctx.Err() == nil {
		f.Record(err)
	}
}
