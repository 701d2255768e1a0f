package alert

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Receiver turns what other systems publish on the intake channel into alerts.
// Every station hears the channel; the one that holds the intake role acts,
// and the others remember the last messages so that whoever takes the role over
// can make good what died with its holder.
type Receiver struct {
	Line   *Line
	Find   Finder
	Logger *slog.Logger
	// Zone is where a time without a zone is; nil: the computer's.
	Zone *time.Location
	// Grace is how long a message is kept for a change of the role (default
	// 10 s).
	Grace time.Duration

	mu     sync.Mutex
	acting bool
	kept   []kept
	owed   []*kept                  // that neither record nor stream took yet
	count  map[string]repeats       // of the messages that are kept, by digest
	last   map[string]chan struct{} // of the messages on their way, by alert

	once  sync.Once
	taken chan struct{}  // a place for each message that is being taken
	group sync.WaitGroup // of those
}

type kept struct {
	ward    string
	payload []byte
	at      time.Time
	digest  string // what the message is counted by
	nth     int    // which repeat of the same message this is
	req     Request
	err     error // of reading it
	// before is closed when the message before of the same alert is done; done is
	// this one's. nil: there is none.
	before, done chan struct{}
}

// own is the ID of the alert to which its source gave one, or "".
func (k kept) own() string {
	if k.err != nil || k.req.ID == "" {
		return ""
	}
	return IntakeID(k.ward, k.req.ID)
}

// repeats counts one message: how often it was heard, and how many of those are kept.
type repeats struct{ heard, kept int }

// after is k with what an earlier message of the same alert said that nobody was told: a
// more urgent priority, and what k does not say at all.
func (k kept) after(had Request) kept {
	if had.Priority.Rank() < k.req.Priority.Rank() {
		k.req.Priority = had.Priority
	}
	if k.req.Text == NoText {
		k.req.Text = had.Text
	}
	if k.req.MRN == "" {
		k.req.MRN, k.req.Doubtful = had.MRN, had.Doubtful
	}
	if k.req.Bed == "" {
		k.req.Bed = had.Bed
	}
	return k
}

const keptMost = 1000

// findLimit bounds the look-up of a message's patient: with the record away the
// alert rings without.
const findLimit = time.Second

// takenMost is how many messages are taken at once. One after the other, a record
// that hangs would let four in a second pass, and what waits in the server's buffers
// is lost when those are full.
const takenMost = 64

// Hear takes one message of a ward's intake channel; each object in it is an alert of
// its own. It waits only while very many others are on their way.
func (r *Receiver) Hear(ctx context.Context, ward string, payload []byte) {
	for _, one := range pieces(payload) {
		r.hear(ctx, ward, one)
	}
}

func (r *Receiver) hear(ctx context.Context, ward string, payload []byte) {
	k := kept{ward: ward, payload: payload, at: time.Now()}
	k.req, k.err = ParseRequestIn(payload, r.zone())
	r.mu.Lock()
	k = r.keep(k)
	acting := r.acting
	if acting && k.own() != "" {
		k = r.follow(k)
	}
	r.mu.Unlock()
	if !acting {
		return
	}
	r.once.Do(func() { r.taken = make(chan struct{}, takenMost) })
	select {
	case r.taken <- struct{}{}:
	case <-ctx.Done():
		r.finished(k)
		return
	}
	r.group.Go(func() {
		defer func() { <-r.taken }()
		r.inTurn(ctx, k)
	})
}

// inTurn takes a message once the one before of the same alert is done: what a source
// says of one alert is taken in its order.
func (r *Receiver) inTurn(ctx context.Context, k kept) {
	defer r.finished(k)
	if k.before != nil {
		select {
		case <-k.before:
		case <-ctx.Done():
		}
	}
	r.take(ctx, k)
}

// keep remembers a message and counts repeats, so that the same text sent twice
// is two alerts, on every station the same two.
func (r *Receiver) keep(k kept) kept {
	grace := r.Grace
	if grace == 0 {
		grace = 10 * time.Second
	}
	if r.count == nil {
		r.count = map[string]repeats{}
	}
	for len(r.kept) > 0 && (k.at.Sub(r.kept[0].at) > grace || len(r.kept) >= keptMost) {
		r.forget(r.kept[0].digest)
		r.kept = r.kept[1:]
	}
	k.digest = Digest(k.ward, k.payload)
	if own := k.own(); own != "" {
		k.digest = k.ward + k.req.digest()
		// Said twice in a row, it is said once.
		if n := lastOf(r.kept, own); n >= 0 && r.kept[n].req.digest() == k.req.digest() &&
			r.kept[n].req.At.Equal(k.req.At) {
			k.at, k.nth = r.kept[n].at, r.kept[n].nth
			return k
		}
	}
	n := r.count[k.digest]
	n.heard, n.kept = n.heard+1, n.kept+1
	r.count[k.digest], k.nth = n, n.heard
	r.kept = append(r.kept, k)
	return k
}

// forget counts a message that is no longer kept. While another of the same is, the count
// goes on: a repeat must not get the number of one that was an alert of its own.
func (r *Receiver) forget(digest string) {
	n := r.count[digest]
	if n.kept--; n.kept <= 0 {
		delete(r.count, digest)
		return
	}
	r.count[digest] = n
}

func (r *Receiver) zone() *time.Location {
	if r.Zone != nil {
		return r.Zone
	}
	return time.Local
}

// lastOf is the place of the last message of an alert that its source gave an ID,
// or -1.
func lastOf(list []kept, own string) int {
	for n := len(list) - 1; n >= 0; n-- {
		if list[n].own() == own {
			return n
		}
	}
	return -1
}

// follow makes a message wait for the one before of the same alert.
func (r *Receiver) follow(k kept) kept {
	if r.last == nil {
		r.last = map[string]chan struct{}{}
	}
	own := k.own()
	k.before, k.done = r.last[own], make(chan struct{})
	r.last[own] = k.done
	return k
}

// finished lets the next message of the same alert be taken.
func (r *Receiver) finished(k kept) {
	if k.done == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if own := k.own(); r.last[own] == k.done {
		delete(r.last, own)
	}
	close(k.done)
}

// newest drops of each alert with an ID of its own all but the last message, which
// then has the most urgent of their priorities.
func newest(list []kept) (out []kept) {
	for n, k := range list {
		own := k.own()
		if own == "" {
			out = append(out, k)
			continue
		}
		if lastOf(list, own) != n {
			continue
		}
		for _, had := range list[:n] {
			if had.own() == own {
				k = k.after(had.req)
			}
		}
		out = append(out, k)
	}
	return out
}

// Act says whether this station holds the intake role. Taking it over, it makes
// alerts of what it still keeps: those its predecessor made already have the
// same ID and stay one.
func (r *Receiver) Act(ctx context.Context, acting bool) {
	r.mu.Lock()
	again := newest(r.kept)
	if r.acting == acting {
		again = nil
	}
	r.acting = acting
	for n, k := range again {
		if acting && k.own() != "" {
			again[n] = r.follow(k)
		}
	}
	r.mu.Unlock()
	if !acting {
		return
	}
	for _, k := range again {
		r.inTurn(ctx, k)
	}
}

// take makes an alert of a message. Its sender is told nothing, so what neither the
// record nor the stream takes is owed.
func (r *Receiver) take(ctx context.Context, k kept) {
	k = r.overtake(k)
	err := r.raise(ctx, k)
	if err == nil {
		return
	}
	again := !Refused(err) && r.owe(k)
	if r.Logger != nil {
		r.Logger.Error("an alert from the intake channel could not be recorded", "ward", k.ward, "digest",
			Digest(k.ward, k.payload), "again", again, "err", err)
	}
}

func (r *Receiver) raise(ctx context.Context, k kept) error {
	a := r.alert(ctx, k)
	said := ""
	if k.own() != "" {
		said = fmt.Sprintf("%s:%d:%d", k.req.digest(), k.at.Unix()/60, k.nth)
		if !k.req.At.IsZero() { // of another time it may be another event
			said += ":" + strconv.FormatInt(k.req.At.UnixMicro(), 10)
		}
	}
	got, err := r.Line.Say(ctx, a, said)
	if err == nil && got.Kind == Resolved && r.Logger != nil {
		r.Logger.Warn("an alert from the intake channel was sent again after its end, with an earlier time: it is not raised again",
			"ward", k.ward, "digest", Digest(k.ward, k.payload))
	}
	return err
}

// alert makes an alert of a message. What cannot be read becomes a technical
// alert: somebody meant to tell the ward something.
func (r *Receiver) alert(ctx context.Context, k kept) Alert {
	// Without an ID of its own a message is known by what it says and the minute
	// in which it was said, the same on every station but for one that hears it
	// just across the full minute.
	id := fmt.Sprintf("intake:%s:%d:%d", Digest(k.ward, k.payload), k.at.Unix()/60, k.nth)
	req := k.req
	if k.err != nil {
		reason := strings.TrimPrefix(k.err.Error(), ErrBadRequest.Error()+": ")
		return Alert{ID: id, Ward: k.ward, Priority: Technical, Source: "intake",
			Text: "A message on the alert intake could not be read: " + Clean(reason, 80) + ". Tell IT."}
	}
	if own := k.own(); own != "" {
		id = own
	}
	if len(req.Flaws) > 0 && r.Logger != nil {
		r.Logger.Warn("an alert from the intake channel is not as it should be", "ward", k.ward,
			"digest", Digest(k.ward, k.payload), "fields", req.Flaws)
	}
	a := Alert{ID: id, Ward: k.ward, Bed: req.Bed, Sent: req.MRN, Priority: req.Priority, Text: req.Text,
		Source: req.Source,
		Raised: RaisedAt(req.At, k.at.UTC())} // an alert that was owed is as old as its message
	ctx, cancel := context.WithTimeout(ctx, findLimit)
	defer cancel()
	number := req.MRN
	if req.Doubtful {
		number = ""
	}
	found, err := Find(ctx, r.Find, k.ward, number, req.Bed)
	if err != nil && r.Logger != nil {
		// An alert without its patient still rings.
		r.Logger.Warn("patient of an alert could not be looked up", "ward", k.ward, "err", err)
	}
	a.Patient, a.Holders = found.Patient, found.Holders
	if found.Bed != "" {
		a.Bed = found.Bed
	}
	return a
}
