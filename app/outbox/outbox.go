// Package outbox carries what the record has committed to every station, in
// commit order. The record decides, the stream tells: a [Relay] reads committed
// changes and sends them on; a [Follower] on each station hears them at once
// and fills what it missed from the record.
package outbox

import (
	"context"
	"encoding/json"
	"time"
)

// Kind says what changed.
type Kind string

// The kinds of change.
const (
	// Patient: something of one patient changed; the payload is empty, the
	// station reads the summary anew.
	Patient Kind = "patient"
	// Alert: the payload is an alert.Move.
	Alert Kind = "alert"
	// Ward: beds or places of a ward changed.
	Ward Kind = "ward"
	// Beat: nothing changed; the payload proves the way from the relay to the
	// stations. It is never in the record.
	Beat Kind = "beat"
)

// Change is one committed change. Seq is its place in the record, growing and
// never used twice; 0 marks a change that the record has not taken (the record
// was away and the stream carried it alone).
type Change struct {
	Seq      int64           `json:"seq"`
	Kind     Kind            `json:"kind"`
	Ward     string          `json:"ward"`
	Patient  string          `json:"patient,omitempty"`
	Revision int64           `json:"revision,omitempty"`
	Payload  json.RawMessage `json:"payload,omitempty"`
	At       time.Time       `json:"at"`
}

// Log is the record's list of committed changes.
type Log interface {
	// ChangesAfter returns at most limit changes with a greater Seq, in order.
	ChangesAfter(ctx context.Context, seq int64, limit int) ([]Change, error)
	// LastSeq is the newest Seq, 0 if there is none.
	LastSeq(ctx context.Context) (int64, error)
}

// RelayLog is a Log that remembers how far it has been relayed.
type RelayLog interface {
	Log
	Relayed(ctx context.Context) (int64, error)
	// MarkRelayed moves the mark forward; it never moves back.
	MarkRelayed(ctx context.Context, seq int64) error
}
