package alert

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/foreign"
)

// Request is an alert as another system sends it on the ward's intake channel:
// one JSON object. Only text is required; see README.md beside this file.
type Request struct {
	// ID makes a repeat of the same alert harmless. Optional.
	ID string `json:"id"`
	// MRN names the patient; Bed is where, and finds the patient if MRN is
	// empty.
	MRN string `json:"mrn"`
	Bed string `json:"bed"`
	// Priority is high, medium, low or technical; anything else counts as high.
	Priority Priority `json:"priority"`
	Text     string   `json:"text"`
	Source   string   `json:"source"`
	// At is the source's time, RFC 3339. Optional.
	At time.Time `json:"at"`
}

// Limits of a request: longer text is cut and marked, a larger message refused.
const (
	MaxRequest = 64 << 10
	MaxText    = 400
	maxWord    = 64
)

// ErrBadRequest means a message on the intake channel is not an alert.
var ErrBadRequest = errors.New("alert: message is not an alert")

// ParseRequest reads one intake message. Unknown fields are allowed: senders
// grow. The text is cleaned by [Clean].
func ParseRequest(payload []byte) (Request, error) {
	var r Request
	if len(payload) > MaxRequest {
		return r, fmt.Errorf("%w: %d bytes, limit %d", ErrBadRequest, len(payload), MaxRequest)
	}
	dec := json.NewDecoder(bytes.NewReader(payload))
	if err := dec.Decode(&r); err != nil {
		return r, fmt.Errorf("%w: not one JSON object", ErrBadRequest)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return r, fmt.Errorf("%w: something follows the JSON object", ErrBadRequest)
	}
	r.ID, r.MRN, r.Bed, r.Source = word(r.ID), word(r.MRN), word(r.Bed), word(r.Source)
	r.Text = Clean(r.Text, MaxText)
	if r.Text == "" {
		return r, fmt.Errorf("%w: no text", ErrBadRequest)
	}
	r.Priority = Priority(strings.ToLower(string(r.Priority)))
	if !r.Priority.Known() {
		r.Priority = High
	}
	if r.Source == "" {
		r.Source = "intake"
	}
	return r, nil
}

func word(s string) string { return Clean(s, maxWord) }

// Clean makes foreign text safe to show, in one line of at most limit letters:
// see [foreign.Line].
func Clean(s string, limit int) string { return foreign.Line(s, limit) }

// Digest names an intake message by its content.
func Digest(ward string, payload []byte) string {
	h := sha256.New()
	fmt.Fprintf(h, "%d:%s", len(ward), ward)
	h.Write(payload)
	return hex.EncodeToString(h.Sum(nil)[:16])
}
