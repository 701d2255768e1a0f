package live

import (
	"context"
	"encoding/json"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/outbox"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/redisx"
)

// Record is what the picture is read from.
type Record interface {
	outbox.Log
	alert.Record
	Ward(ctx context.Context, id string) (ward.Ward, error)
	Beds(ctx context.Context, wardID string) ([]ward.Bed, error)
	OpenMoves(ctx context.Context, ward string) ([]alert.Move, error)
	AlertPolicy(ctx context.Context, ward string) (alert.Policy, error)
	SightingRecord
	Wards(ctx context.Context) ([]ward.Ward, error)
	Assignments(ctx context.Context, wardID string, at time.Time) ([]ward.Assignment, error)
	// ParkedWaiting says what waits to be assigned: of this ward, and of none.
	ParkedWaiting(ctx context.Context, wardID string) (named, unnamed parked.Waiting, err error)
	// Readable proves that what stands in the record can be read now.
	Readable(ctx context.Context) error
}

// Ward keeps the picture of one ward. Set the fields, then Run it once.
type Ward struct {
	ID     string
	Record Record
	Reader *patient.Reader
	Desk   *chart.Desk
	Client *redisx.Client // nil: a station without Redis
	Locks  *redisx.Locks  // nil with Client
	// OnPicture gets each new picture, one at a time, never from the window's
	// own goroutine. Boards are read anew at most twice a second. It must not wait for the
	// record: the next picture, and the alerts in it, wait for it.
	OnPicture func(Picture)
	// OnMove gets every move of an alert once: what the ward's bell rings for.
	// backlog marks those that were there before this station began.
	OnMove func(m alert.Move, backlog bool)
	Logger *slog.Logger
	// Station names this one to the others; "" keeps it unknown to them.
	Station string
	// Program is what runs here, as the others may read it.
	Program Program
	// Clock is this station's; nil: none.
	Clock *Clock
	// Titles is what other wards are called; nil: read for this ward alone.
	Titles *ward.Titles
	// Who is the staff ID of the person who is signed in here and could accept an alert that
	// calls everyone, or "".
	// Mute says why alerts make no sound here, or "". Both may be nil; they must
	// not block.
	Who, Mute func() string
	// Here is who is signed in here, whatever they may do, and what they are; "":
	// nobody. nil: not known. It must not block.
	Here func() (string, staff.Role)
	// Locked is who is signed in here behind a lock, as Here says it; nil: not known.
	Locked func() (string, staff.Role)
	// OnDeaf is told when this station cannot hear alerts in any way, and when it
	// can again: the moment for a tone that needs neither Redis nor the record.
	OnDeaf func(deaf bool)

	stations table
	monitors monitored
	proof    *proof
	beat     chan Beat
	moved    chan struct{} // somebody signed in or out here
	inbox    *alert.Inbox
	follower *outbox.Follower
	read     chan struct{} // read the board again
	redraw   chan struct{} // alerts changed
	turned   chan struct{} // a link came or went: to be drawn at once
	look     chan struct{} // the same, for the watch
	prove    chan struct{} // prove that the record can be read, now

	once    sync.Once
	filling sync.Mutex
	mu      sync.Mutex
	links   Links
	beds    []ward.Bed
	ward    ward.Ward
	nurses  map[string][]board.Nurse
	// nursesRead is when the nurses were read, by this station's clock.
	nursesRead time.Time
	board      board.Input
	elsewhere  elsewhere
	parked     [2]parked.Waiting // of this ward, of none
	have       bool
	pending    map[string]alert.Move // heard, not in the record yet
}

const (
	readEvery = 5 * time.Second // without any news: ages and due times move on
	// pictureGap is the least time between two pictures, pictureGapMost the most
	// that a storm makes of it.
	pictureGap     = 40 * time.Millisecond
	pictureGapMost = 500 * time.Millisecond
	drawEvery      = time.Second // countdowns and ages move on
	readGap        = 500 * time.Millisecond
	callTimeout    = 2 * time.Second
	fillBatch      = 64
)

// Feed is the stream of a ward's alerts.
func Feed(c *redisx.Client, wardID string) *redisx.Feed {
	return redisx.NewFeed(c, feedName(wardID), redisx.FeedOptions{})
}

// Changes is the channel that says which patients of a ward changed; Intake is
// where other systems publish alerts.
func Changes(c *redisx.Client, wardID string) string { return c.Keys().Channel(wardID, "changes") }

// Intake is the channel on which any system may publish an alert for a ward.
func Intake(k redisx.Keys, wardID string) string { return k.Channel(wardID, "intake") }

// Run keeps the picture until ctx ends.
func (w *Ward) Run(ctx context.Context) {
	w.prepare()
	w.mu.Lock() // who signs in meanwhile is told to it already
	w.pending = map[string]alert.Move{}
	if w.Titles == nil {
		w.Titles = &ward.Titles{Read: w.Record.Wards}
	}
	w.links.NoRedis = w.Client == nil
	w.ward = ward.Ward{ID: w.ID}
	w.mu.Unlock()
	pos := w.backlog(ctx)
	w.beat = make(chan Beat, 1)
	w.follower = (&outbox.Follower{Log: w.Record, On: w.on, Record: w.recordSaid}).Init(pos)

	var group sync.WaitGroup
	group.Go(func() { w.follower.Run(ctx) })
	group.Go(func() { w.keepRead(ctx) })
	group.Go(func() { w.draw(ctx) })
	group.Go(func() { w.proof.run(ctx) })
	group.Go(func() { w.watch(ctx) })
	group.Go(func() { w.proveReads(ctx) })
	if w.Client != nil {
		group.Go(func() { w.hear(ctx) })
		group.Go(func() { w.hearChanges(ctx) })
		group.Go(func() { w.hearMonitors(ctx) })
		group.Go(func() { w.answer(ctx) })
		group.Go(func() { w.hearAnswers(ctx) })
		group.Go(func() {
			poke := func() { nudge(w.read) }
			_ = w.Locks.Watch(ctx, w.ID, func(redisx.LockChange) { poke() }, poke)
		})
	}
	group.Wait()
}

// prepare makes what others may ask for before Run has come to it.
func (w *Ward) prepare() {
	w.once.Do(func() {
		w.inbox = alert.NewInbox()
		w.read, w.redraw, w.moved = make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{}, 1)
		w.turned, w.look = make(chan struct{}, 1), make(chan struct{}, 1)
		w.prove = make(chan struct{}, 1)
		w.proof = &proof{ward: w, waiting: map[string]alert.Sighting{}}
	})
}

// Life is where an alert of this ward stands here; false if it is not known.
func (w *Ward) Life(alertID string) (alert.Life, bool) {
	w.prepare()
	l, a, known := w.inbox.Life(alertID)
	return l, known && a.ID != ""
}

// backlog puts the alerts that are open now into the inbox and returns the
// place from which on everything is followed. With the record away that is the
// beginning: what the record has is filled in when it comes back.
func (w *Ward) backlog(ctx context.Context) int64 {
	call, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	// The place first: a move between the two reads is then seen twice, and
	// applied once, rather than never.
	pos, err := w.Record.LastSeq(call)
	if err == nil {
		var moves []alert.Move
		if moves, err = w.Record.OpenMoves(call, w.ID); err == nil {
			for _, m := range moves {
				w.apply(m, true, false)
			}
			return pos
		}
	}
	w.Logger.Warn("open alerts could not be read; they follow when the record is back", "err", err)
	return 0
}

// hear follows the alert stream.
func (w *Ward) hear(ctx context.Context) {
	_ = Feed(w.Client, w.ID).Follow(ctx, redisx.FromNow, redisx.FeedHandler{
		Event: func(e redisx.Event) {
			var c outbox.Change
			if err := json.Unmarshal(e.Payload, &c); err != nil {
				w.Logger.Error("an event of the alert stream could not be read", "event", e.ID)
				return
			}
			if c.Kind == outbox.Beat {
				var b Beat
				if json.Unmarshal(c.Payload, &b) == nil {
					w.onBeat(b, e.Time())
				}
				return
			}
			w.follower.Hear(c)
		},
		Gap: func(redisx.Position, redisx.Position) { w.follower.Gap() },
		Link: func(up bool, heard time.Time) {
			w.follower.Link(up)
			w.mu.Lock()
			if up {
				w.links.Since = time.Time{}
			} else if w.links.Hearing || w.links.Since.IsZero() {
				w.links.Since = time.Now()
			}
			changed := w.links.Hearing != up
			w.links.Hearing, w.links.Heard = up, heard
			w.mu.Unlock()
			if changed {
				w.linksTurned()
			}
		},
	})
}

func (w *Ward) hearChanges(ctx context.Context) {
	_ = w.Client.Listen(ctx, redisx.ListenOptions{Channels: []string{Changes(w.Client, w.ID)}},
		func(string, []byte) { nudge(w.read) },
		func(up bool) { nudge(w.read) })
}

// on gets each committed change once.
func (w *Ward) on(c outbox.Change, replayed bool) {
	switch {
	case c.Ward != w.ID && c.Ward != "":
	case c.Kind == outbox.Alert:
		var m alert.Move
		if err := json.Unmarshal(c.Payload, &m); err != nil {
			w.Logger.Error("a move of the record could not be read", "seq", c.Seq)
			return
		}
		w.apply(m, false, replayed)
	default:
		nudge(w.read)
	}
}

func (w *Ward) apply(m alert.Move, backlog, replayed bool) {
	if m.Seq == 0 {
		w.mu.Lock()
		w.pending[m.ID] = m
		w.mu.Unlock()
	}
	// A move heard a moment late is not late: only what a second look at the
	// record brought is.
	late := backlog || replayed && time.Since(m.At) > 2*time.Second
	m, is := w.inbox.Take(m, time.Now().UTC(), late)
	if !is {
		return
	}
	if m.Kind == alert.Raised {
		w.proof.Delivered(m.Alert.ID, time.Now().UTC())
	}
	if w.OnMove != nil {
		w.OnMove(m, backlog)
	}
	nudge(w.redraw)
}

func (w *Ward) recordSaid(err error) {
	w.mu.Lock()
	changed := w.links.RecordAway != (err != nil)
	w.links.RecordAway = err != nil
	pending := make([]alert.Move, 0, len(w.pending))
	for _, m := range w.pending {
		pending = append(pending, m)
	}
	w.mu.Unlock()
	if changed {
		nudge(w.read)
		nudge(w.prove)
		w.linksTurned()
	}
	if err == nil && len(pending) > 0 {
		go w.fillRecord(pending)
	}
}

// fillRecord gives the record the moves that reached the stations while it was
// away, one batch after the other. Every station tries; a move is one move.
func (w *Ward) fillRecord(moves []alert.Move) {
	if !w.filling.TryLock() {
		return // it is being done; what came since is done next time
	}
	defer w.filling.Unlock()
	slices.SortFunc(moves, func(a, b alert.Move) int { return a.At.Compare(b.At) }) // raised before escalated
	for batch := range slices.Chunk(moves, fillBatch) {
		// Not tied to the caller: a station that closes now should still finish.
		ctx, cancel := context.WithTimeout(context.Background(), recordLimit)
		got, errs := record(ctx, w.Record, batch)
		cancel()
		for n, err := range errs {
			m := batch[n]
			switch {
			case err == nil && got[n].ID == m.ID:
			case err == nil, alert.Refused(err):
				// Decided otherwise meanwhile, on this or another station, or the record
				// has it already under another name.
				w.inbox.Withdraw(m.Alert.ID, m.ID)
				nudge(w.redraw)
			default:
				w.Logger.Warn("an alert is not in the record yet", "alert", m.Alert.ID, "err", err)
				continue
			}
			w.mu.Lock()
			delete(w.pending, m.ID)
			w.mu.Unlock()
		}
	}
}

// linksTurned says that a link came or went: nothing is told sooner.
func (w *Ward) linksTurned() {
	nudge(w.turned)
	nudge(w.look)
}

func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
