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
	count  map[string]int // occurrences of a message within Grace, by digest
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

// Hear takes one message of a ward's intake channel.
func (r *Receiver) Hear(ctx context.Context, ward string, payload []byte) {
	r.mu.Lock()
	k := r.keep(ward, payload, time.Now())
	acting := r.acting
	r.mu.Unlock()
	if acting {
		r.take(ctx, k)
	}
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

func (r *Receiver) take(ctx context.Context, k kept) {
	a, err := r.alert(ctx, k)
	if err == nil {
		_, err = r.Line.Raise(ctx, a)
	}
	if err != nil && r.Logger != nil {
		r.Logger.Error("an alert from the intake channel could not be recorded", "ward", k.ward, "digest", Digest(k.ward, k.payload), "err", err)
	}
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
