package hl7

import (
	"fmt"
	"time"

	"github.com/wardlight/wardlight/app/vitals"
)

// ImportOptions adjust an import.
type ImportOptions struct {
	// RebaseTo, if set, moves all times (not dates of birth) by one amount,
	// so that the newest ([Newest]) becomes this one. For showing recorded data as if it
	// came today; the reader must then be an [io.ReadSeeker].
	RebaseTo time.Time
	// Shift moves all times (not dates of birth) by this much: see [Newest].
	Shift time.Duration
	// Location is where times without an offset were taken (default: this
	// computer's zone).
	Location *time.Location
	// Authority names who gives the numbers by which patients are known. It is
	// needed where PID-3 holds several MRNs; "" takes the first.
	Authority string
	// Training takes messages for training and debugging (MSH-11 is not P). Without
	// it they are counted and left out: a live ward must not chart them.
	Training bool
	// Live is told of what bedside monitors show (OBX-11 R), once the message is
	// taken. It must not block; nil is nobody.
	Live func(vitals.Reading)
	// Now is when the messages are received (default time.Now).
	Now func() time.Time
	// From skips the messages of each stream before this one, counted from 1, as
	// [StoppedError] names it.
	From int
	// Taken, if set, is called after each batch with the counts so far.
	Taken func(Report)
}

// StoppedError says after which message of a stream an import was stopped: all of
// them are kept, and none after them. It unwraps to the context's error.
type StoppedError struct {
	File string
	Next int // the first message that was not taken, from 1
	Err  error
}

// Error implements error.
func (e *StoppedError) Error() string { return fmt.Sprintf("stopped before message %d", e.Next) }

// Unwrap makes errors.Is(err, context.Canceled) hold.
func (e *StoppedError) Unwrap() error { return e.Err }
