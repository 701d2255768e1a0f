// Package chart holds a patient's chart by sections, and the edit session that
// lets one person at a time write in a section without ever overwriting
// another. Sets of observations only add: each that was typed stands, whoever
// holds the section.
package chart

import (
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// Section names a part of a chart that is edited, and locked, as one.
type Section string

// The sections.
const (
	Observations Section = "observations"
	Notes        Section = "notes"
)

// Title is the section in words.
func (s Section) Title() string {
	if s == Observations {
		return tongue.T("Observations")
	}
	return tongue.T("Notes")
}

// Lower is the section in the middle of a sentence.
func (s Section) Lower() string {
	if s == Observations {
		return tongue.T("observations")
	}
	return tongue.T("notes")
}

// Note is one signed entry in the notes.
type Note struct {
	ID      string    `json:"id"`
	Patient string    `json:"patient"`
	Text    string    `json:"text"`
	By      string    `json:"by"`
	ByName  string    `json:"byName"`
	Written time.Time `json:"written"`
	// Received is when the record took a note that was written earlier; zero means at
	// the same time.
	Received time.Time `json:"received,omitzero"`
}

// Entry is what a save adds to a section: exactly one of the two is set.
type Entry struct {
	Observation *vitals.Observation
	Note        *Note
}

// Save is one write. The record takes a note, or a change of any entry, only if the
// section is still at Version and no newer Fence has been seen. A new set of
// observations only adds: neither is asked for, and no other set stands in its way.
type Save struct {
	Patient string
	Section Section
	Version int64  // version the editor started from
	Fence   uint64 // fencing number of the lease
	Key     string // idempotency key: the same save again changes nothing
	Draft   string // the writer of the draft that it comes from
	Entry   Entry
	Staff   string
	Role    string
	Station string
	Session string // public session handle, for the audit
	At      time.Time
	// Ward is where it is written, by ID: a patient who is on another is gone.
	Ward string
	// Knowing is what whoever writes knows of a patient who left, moved or died: without
	// it nothing is written for one.
	Knowing patient.Gone
}

// Saved is what the record answers.
type Saved struct {
	Version  int64 // the section's version now; a set that was added does not raise it
	Revision int64 // the patient's revision now
	// Entry is the ID of the entry; only [Desk] sets it.
	Entry string
}

// Holder is who edits a section.
type Holder struct {
	Staff   string // staff ID
	Name    string // as shown: "Nguyen, T"
	Station string
	Session string
	Since   time.Time
	Fence   uint64
	Reason  string // given with a take-over
}

// Errors of charting.
var (
	// ErrHeld means another person edits; wrapped by [*HeldError].
	ErrHeld = errors.New("chart: section is being edited")
	// ErrNoReason means that a section was to be taken over without a reason, which its holder is told.
	ErrNoReason = errors.New("chart: a take-over needs a reason")
	// ErrLeaseLost means the lease is gone; what was typed is kept as a draft.
	ErrLeaseLost = errors.New("chart: lease lost")
	// ErrConflict means the section changed since the editor started.
	ErrConflict = errors.New("chart: section changed meanwhile")
	// ErrStaleFence means a later editor has already written.
	ErrStaleFence = errors.New("chart: a later edit was saved")
	// ErrSavedBefore means that an earlier text of this draft is in the record already:
	// its answer was lost. Wrapped by [*SavedBeforeError].
	ErrSavedBefore = errors.New("chart: saved before, with another text")
	// ErrRecordAway means the record cannot be reached: nothing was saved.
	ErrRecordAway = errors.New("chart: record cannot be reached")
)

// TakenOverError is a lost lease that somebody else took: who, when and why. It
// unwraps to [ErrLeaseLost].
type TakenOverError struct{ By Holder }

// Error implements error.
func (e *TakenOverError) Error() string { return "chart: section taken over by " + e.By.Staff }

// Unwrap makes errors.Is(err, ErrLeaseLost) hold.
func (e *TakenOverError) Unwrap() error { return ErrLeaseLost }

// HeldError names who holds the section.
type HeldError struct{ Holder Holder }

// Error implements error.
func (e *HeldError) Error() string { return "chart: section held by " + e.Holder.Staff }

// Unwrap makes errors.Is(err, ErrHeld) hold.
func (e *HeldError) Unwrap() error { return ErrHeld }

// SavedBeforeError names the entry that an earlier text of the draft became.
type SavedBeforeError struct{ Entry string }

// Error implements error.
func (e *SavedBeforeError) Error() string { return "chart: entry " + e.Entry + " was saved before" }

// Unwrap makes errors.Is(err, ErrSavedBefore) hold.
func (e *SavedBeforeError) Unwrap() error { return ErrSavedBefore }
