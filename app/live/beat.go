package live

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/outbox"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/redisx"
)

// BeatEvery is how often the alert path of each ward proves itself: whoever
// relays the record's changes sends a beat down the alert stream, and every
// station that hears it answers.
const BeatEvery = 5 * time.Second

// silentFor is after how long without an answer a station counts as deaf: two
// beats, and a second for the way.
const silentFor = 2*BeatEvery + time.Second

// Beat is one proof of a ward's path. Relayed is how far the record was told when
// it was sent: a station that has not come so far a moment later lacks something.
type Beat struct {
	ID      string    `json:"id"`
	From    string    `json:"from"`
	At      time.Time `json:"at"`
	Relayed int64     `json:"relayed"`
}

// Answer is a station's reply to a beat, which all others hear.
type Answer struct {
	Station string `json:"station"`
	Beat    string `json:"beat"`
	// Behind: the station has not got all that was relayed.
	Behind bool `json:"behind,omitempty"`
	// Mute says why alerts make no sound there; "" if they do, or nobody knows.
	Mute string `json:"mute,omitempty"`
	// Person is the staff ID of who is signed in and may accept.
	Person string `json:"person,omitempty"`
	// Here is the staff ID of who is signed in, whatever they may do, and Role
	// what they are.
	Here string     `json:"here,omitempty"`
	Role staff.Role `json:"role,omitempty"`
	// Locked is the staff ID of who is signed in while the station is locked, and
	// LockedRole what they are: nobody is called there, and others are told why.
	Locked     string     `json:"locked,omitempty"`
	LockedRole staff.Role `json:"lockedRole,omitempty"`
	Bye        bool       `json:"bye,omitempty"` // the station was closed by somebody
	Program
}

// Neighbour is a station of the ward as another one knows it.
type Neighbour struct {
	Station string
	Heard   time.Time // its newest answer, by the server's clock
	Since   time.Time // since when it has been as it is, by the server's clock
	Deaf    bool      // it does not answer: it cannot hear, or is off
	Behind  bool
	Mute    string
}

// Ill reports that alerts may not be noticed at that station.
func (n Neighbour) Ill() bool { return n.Deaf || n.Behind || n.Mute != "" }

// answers is the feed of the ward's answers: the last minutes are enough.
func answers(c *redisx.Client, wardID string) *redisx.Feed {
	return redisx.NewFeed(c, "beats:"+wardID, redisx.FeedOptions{MaxLen: 1000, Remember: 2 * time.Minute})
}

// beats sends beats down the wards' streams.
type beats struct {
	mu   sync.Mutex
	last time.Time
}

func (b *beats) send(ctx context.Context, c *redisx.Client, from string, wards []string, relayed int64) {
	b.mu.Lock()
	due := time.Since(b.last) >= BeatEvery
	if due {
		b.last = time.Now()
	}
	b.mu.Unlock()
	if !due {
		return
	}
	for _, w := range wards {
		beat := Beat{ID: uuid.NewString(), From: from, At: time.Now().UTC(), Relayed: relayed}
		payload, err := json.Marshal(beat)
		if err == nil {
			payload, err = json.Marshal(outbox.Change{Kind: outbox.Beat, Ward: w, Payload: payload, At: beat.At})
		}
		if err != nil {
			continue
		}
		// The stream is that of the alerts; its ID need be known only while it may be
		// sent again.
		feed := redisx.NewFeed(c, feedName(w), redisx.FeedOptions{Remember: 2 * time.Minute})
		if _, err := feed.Append(ctx, "beat:"+beat.ID, payload); err != nil {
			return
		}
	}
}

// table is what a station knows of its ward's stations.
type table struct {
	mu     sync.Mutex
	seen   map[string]seen
	newest time.Time // server time of the newest answer or beat
}

type seen struct {
	Answer
	at    time.Time // server time
	since time.Time // of its first answer that said the same
	got   time.Time // this station's time
}

func (a Answer) same(b Answer) bool { return a.Behind == b.Behind && a.Mute == b.Mute }

func (t *table) take(a Answer, at time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.seen == nil {
		t.seen = map[string]seen{}
	}
	if at.After(t.newest) {
		t.newest = at
	}
	if a.Station == "" {
		return
	}
	if a.Bye {
		delete(t.seen, a.Station)
		return
	}
	since := at
	if before, is := t.seen[a.Station]; is && before.same(a) {
		since = before.since
	}
	t.seen[a.Station] = seen{a, at, since, time.Now()}
}

// list is the stations by name. A station is deaf when others, or beats, went on
// without it.
func (t *table) list() []Neighbour {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []Neighbour
	for name, s := range t.seen {
		if t.newest.Sub(s.at) > 12*time.Hour {
			delete(t.seen, name)
			continue
		}
		n := Neighbour{Station: name, Heard: s.at, Since: s.since, Deaf: t.newest.Sub(s.at) > silentFor,
			Behind: s.Behind, Mute: s.Mute}
		if n.Deaf {
			n.Since = s.at
		}
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b Neighbour) int { return strings.Compare(a.Station, b.Station) })
	return out
}

// people are the staff IDs of all who could answer an alert now.
func (t *table) people() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []string
	for _, s := range t.seen {
		if s.Person != "" && t.newest.Sub(s.at) <= silentFor && !slices.Contains(out, s.Person) {
			out = append(out, s.Person)
		}
	}
	return out
}

// onBeat answers a beat that came down the alert stream.
func (w *Ward) onBeat(b Beat, at time.Time) {
	w.stations.take(Answer{}, at)
	w.mu.Lock()
	w.links.Beat = time.Now()
	w.mu.Unlock()
	select {
	case w.beat <- b:
	default: // still answering the one before
	}
}

// answer replies to beats until ctx ends, and then says goodbye.
func (w *Ward) answer(ctx context.Context) {
	reply := func(ctx context.Context, a Answer) {
		a.Station = w.Station
		if a.Station == "" {
			return
		}
		payload, err := json.Marshal(a)
		if err != nil {
			return
		}
		call, cancel := context.WithTimeout(ctx, callTimeout)
		defer cancel()
		if _, err := answers(w.Client, w.ID).Append(call, eventID(a.Station+":"+a.Beat), payload); err != nil {
			w.Logger.Debug("a beat could not be answered", "ward", w.ID, "err", err)
		}
	}
	behind := false
	for {
		select {
		case <-ctx.Done():
			// Closed on purpose: nobody need look for this station.
			reply(context.WithoutCancel(ctx), Answer{Beat: "bye:" + uuid.NewString(), Bye: true})
			return
		case b := <-w.beat:
			// What was relayed before the beat came before it in the stream; what the
			// link lost is filled from the record within a poll of it.
			behind = w.follower.Newest() < b.Relayed
			if behind {
				w.follower.Kick()
				sleep(ctx, time.Second)
				behind = w.follower.Newest() < b.Relayed && w.follower.Position() < b.Relayed
			}
			reply(ctx, w.answerTo(b.ID, behind))
		case <-w.moved:
			// Nobody waits for the next beat to learn who came or went.
			reply(ctx, w.answerTo("now:"+uuid.NewString(), behind))
		}
	}
}

// answerTo is what this station says of itself.
func (w *Ward) answerTo(beat string, behind bool) Answer {
	a := Answer{Beat: beat, Behind: behind, Program: w.Program}
	if w.Who != nil {
		a.Person = w.Who()
	}
	if w.Here != nil {
		a.Here, a.Role = w.Here()
	}
	if w.Locked != nil {
		a.Locked, a.LockedRole = w.Locked()
	}
	if w.Mute != nil {
		a.Mute = w.Mute()
	}
	return a
}

// hearAnswers keeps the table of the ward's stations.
func (w *Ward) hearAnswers(ctx context.Context) {
	_ = answers(w.Client, w.ID).Follow(ctx, redisx.FromStart, redisx.FeedHandler{
		Event: func(e redisx.Event) {
			var a Answer
			if json.Unmarshal(e.Payload, &a) == nil {
				w.stations.take(a, e.Time())
				nudge(w.redraw)
			}
		},
	})
}

// Present lists the staff IDs of all who are signed in on the ward's stations
// and could accept an alert that calls everyone.
func (w *Ward) Present() []string {
	out := w.stations.people()
	if w.Who != nil {
		if id := w.Who(); id != "" && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

func feedName(wardID string) string { return fmt.Sprint("alerts:", wardID) }
