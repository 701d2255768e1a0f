// Package alert holds the ward's alerts: what was raised, who accepted it, and
// the path that brings it to every station. An alert's history is a list of
// moves; the record orders them, a station applies each once.
package alert

import (
	"errors"
	"time"
)

// Priority orders alerts. It is always shown by shape and text beside colour.
type Priority string

// The priorities. What a source sends that is none of these becomes High: an
// unknown alert must not hide.
const (
	High      Priority = "high"
	Medium    Priority = "medium"
	Low       Priority = "low"
	Technical Priority = "technical"
)

// Rank orders priorities, most urgent first (0).
func (p Priority) Rank() int {
	switch p {
	case High:
		return 0
	case Medium:
		return 1
	case Technical:
		return 2
	case Low:
		return 3
	}
	return 0
}

// Known reports whether p is one of the four.
func (p Priority) Known() bool {
	return p == High || p == Medium || p == Low || p == Technical
}

// Alert is something a nurse must hear about. It names the patient by the
// record's ID; name and MRN are looked up where it is shown.
type Alert struct {
	ID       string   `json:"id"`
	Ward     string   `json:"ward"`
	Patient  string   `json:"patient,omitempty"` // record ID; empty for technical alerts
	Bed      string   `json:"bed,omitempty"`     // where the patient lay when it was raised
	Priority Priority `json:"priority"`
	Text     string   `json:"text"`
	Source   string   `json:"source"` // "simulator", "wardctl", "intake", a device
	// Raised is the source's time, Received when the record took it. UTC.
	Raised   time.Time `json:"raised"`
	Received time.Time `json:"received"`
}

// MoveKind is a step in an alert's life.
type MoveKind string

// The steps. Raised comes first and once; Resolved ends it.
const (
	Raised    MoveKind = "raised"
	Accepted  MoveKind = "accepted"
	Rejected  MoveKind = "rejected"
	Escalated MoveKind = "escalated"
	Resolved  MoveKind = "resolved"
)

// Move is one step of one alert: who, where, when. Seq is its place in the
// record's order, per record and only growing; 0 while the record has not
// taken it yet.
type Move struct {
	Seq   int64    `json:"seq"`
	ID    string   `json:"id"` // idempotency key
	Kind  MoveKind `json:"move"`
	Alert Alert    `json:"alert"`
	// By is the staff ID, ByName how they are shown ("Chen, A"); empty if a
	// machine moved it.
	By      string    `json:"by,omitempty"`
	ByName  string    `json:"byName,omitempty"`
	Station string    `json:"station,omitempty"`
	Reason  string    `json:"reason,omitempty"`
	At      time.Time `json:"at"`
}

// Errors of alert operations.
var (
	// ErrAlreadyAccepted means another person won; it is wrapped by a
	// [*TakenError] that names them.
	ErrAlreadyAccepted = errors.New("alert: already accepted")
	// ErrResolved means the alert has ended.
	ErrResolved = errors.New("alert: already resolved")
	// ErrUnknown means no such alert.
	ErrUnknown = errors.New("alert: unknown alert")
)

// TakenError says who accepted first.
type TakenError struct{ Move Move }

// Error implements error.
func (e *TakenError) Error() string { return "alert: already accepted by " + e.Move.By }

// Unwrap makes errors.Is(err, ErrAlreadyAccepted) hold.
func (e *TakenError) Unwrap() error { return ErrAlreadyAccepted }
