package alert

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"
)

// Finder knows who lies where.
type Finder interface {
	// ByMRN finds a patient's record ID and bed; ByBed who lies in a bed of a
	// ward. Not finding one is not an error: the ID is empty.
	ByMRN(ctx context.Context, mrn string) (patientID, bed string, err error)
	ByBed(ctx context.Context, ward, bed string) (patientID string, err error)
}

// Receiver turns what other systems publish on the intake channel into alerts.
// Every station hears the channel; the one that holds the intake role acts,
// and the others remember the last messages so that whoever takes the role over
// can make good what died with its holder.
type Receiver struct {
	Line   *Line
	Find   Finder
	Logger *slog.Logger
	// Grace is how long a message is kept for a change of the role (default
	// 10 s).
	Grace time.Duration

	mu     sync.Mutex
	acting bool
	kept   []kept
	owed   []kept         // that neither record nor stream took yet
	count  map[string]int // occurrences of a message within Grace, by digest

	once  sync.Once
	taken chan struct{}  // a place for each message that is being taken
	group sync.WaitGroup // of those
}

type kept struct {
	ward    string
	payload []byte
	at      time.Time
	nth     int // which repeat of the same message this is
}

const keptMost = 1000

// findLimit bounds the look-up of a message's patient: with the record away the
// alert rings without.
const findLimit = time.Second

// takenMost is how many messages are taken at once. One after the other, a record
// that hangs would let four in a second pass, and what waits in the server's buffers
// is lost when those are full.
const takenMost = 64

// Hear takes one message of a ward's intake channel. It waits only while very many
// others are on their way.
func (r *Receiver) Hear(ctx context.Context, ward string, payload []byte) {
	r.mu.Lock()
	k := r.keep(ward, payload, time.Now())
	acting := r.acting
	r.mu.Unlock()
	if !acting {
		return
	}
	r.once.Do(func() { r.taken = make(chan struct{}, takenMost) })
	select {
	case r.taken <- struct{}{}:
	case <-ctx.Done():
		return
	}
	r.group.Go(func() {
		defer func() { <-r.taken }()
		r.take(ctx, k)
	})
}

// keep remembers a message and counts repeats, so that the same text sent twice
// is two alerts, on every station the same two.
func (r *Receiver) keep(ward string, payload []byte, now time.Time) kept {
	grace := r.Grace
	if grace == 0 {
		grace = 10 * time.Second
	}
	if r.count == nil {
		r.count = map[string]int{}
	}
	for len(r.kept) > 0 && (now.Sub(r.kept[0].at) > grace || len(r.kept) >= keptMost) {
		r.kept = r.kept[1:]
	}
	if len(r.kept) == 0 {
		clear(r.count)
	}
	digest := Digest(ward, payload)
	r.count[digest]++
	k := kept{ward: ward, payload: payload, at: now, nth: r.count[digest]}
	r.kept = append(r.kept, k)
	return k
}

// Act says whether this station holds the intake role. Taking it over, it makes
// alerts of what it still keeps: those its predecessor made already have the
// same ID and stay one.
func (r *Receiver) Act(ctx context.Context, acting bool) {
	r.mu.Lock()
	again := append([]kept(nil), r.kept...)
	if r.acting == acting {
		again = nil
	}
	r.acting = acting
	r.mu.Unlock()
	if acting {
		for _, k := range again {
			r.take(ctx, k)
		}
	}
}

// take makes an alert of a message. Its sender is told nothing, so what neither the
// record nor the stream takes is owed.
func (r *Receiver) take(ctx context.Context, k kept) {
	err := r.raise(ctx, k)
	if err == nil {
		return
	}
	owed := !Refused(err)
	if owed {
		r.mu.Lock()
		if owed = len(r.owed) < keptMost; owed {
			r.owed = append(r.owed, k)
		}
		r.mu.Unlock()
	}
	if r.Logger != nil {
		r.Logger.Error("an alert from the intake channel could not be recorded", "ward", k.ward, "digest", Digest(k.ward, k.payload), "again", owed, "err", err)
	}
}

func (r *Receiver) raise(ctx context.Context, k kept) error {
	a, err := r.alert(ctx, k)
	if err != nil {
		return err
	}
	_, err = r.Line.Raise(ctx, a)
	return err
}

// owedGap is the pause between two tries of what is owed.
const owedGap = time.Second

// Run tries again, until ctx ends, what neither the record nor the stream took. It
// does so whoever holds the intake role by then: the alert has the same ID on every
// station.
func (r *Receiver) Run(ctx context.Context) {
	tick := time.NewTicker(owedGap)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		for r.pay(ctx) {
		}
	}
}

// Wait waits for the messages that are on their way; nothing may be heard any more.
func (r *Receiver) Wait() { r.group.Wait() }

// pay tries the oldest message that is owed, and says whether the next is worth a try.
func (r *Receiver) pay(ctx context.Context) bool {
	r.mu.Lock()
	if len(r.owed) == 0 {
		r.mu.Unlock()
		return false
	}
	k := r.owed[0]
	r.mu.Unlock()
	if err := r.raise(ctx, k); err != nil && !Refused(err) {
		return false
	}
	r.mu.Lock()
	r.owed = r.owed[1:]
	r.mu.Unlock()
	return true
}

// alert makes an alert of a message. What cannot be read becomes a technical
// alert: somebody meant to tell the ward something.
func (r *Receiver) alert(ctx context.Context, k kept) (Alert, error) {
	// Without an ID of its own a message is known by what it says and the minute
	// in which it was said, the same on every station but for one that hears it
	// just across the full minute.
	id := fmt.Sprintf("intake:%s:%d:%d", Digest(k.ward, k.payload), k.at.Unix()/60, k.nth)
	req, err := ParseRequest(k.payload)
	if err != nil {
		reason := strings.TrimPrefix(err.Error(), ErrBadRequest.Error()+": ")
		return Alert{ID: id, Ward: k.ward, Priority: Technical, Source: "intake",
			Text: "A message on the alert intake could not be read: " + Clean(reason, 80) + ". Tell IT."}, nil
	}
	if req.ID != "" {
		id = "intake:" + k.ward + ":" + req.ID
	}
	a := Alert{ID: id, Ward: k.ward, Bed: req.Bed, Priority: req.Priority, Text: req.Text, Source: req.Source, Raised: req.At}
	if a.Raised.IsZero() {
		a.Raised = k.at.UTC() // an alert that was owed is as old as its message
	}
	ctx, cancel := context.WithTimeout(ctx, findLimit)
	defer cancel()
	if req.MRN != "" {
		var bed string
		if a.Patient, bed, err = r.Find.ByMRN(ctx, req.MRN); bed != "" {
			a.Bed = bed
		}
	} else if req.Bed != "" {
		a.Patient, err = r.Find.ByBed(ctx, k.ward, req.Bed)
	}
	if err != nil && r.Logger != nil {
		// An alert without its patient still rings.
		r.Logger.Warn("patient of an alert could not be looked up", "ward", k.ward, "err", err)
	}
	return a, nil
}
