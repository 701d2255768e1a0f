package chart

import (
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/vitals"
)

// SectionState is what the screen must know of one section.
type SectionState struct {
	Version int64
	Changed time.Time // last save; zero if never
	By      string    // who saved last, as shown
	Holder  *Holder   // who edits now, nil if nobody
	Mine    bool      // the holder is this session
}

// Page is a patient's chart as a screen shows it: one immutable value, all of
// one patient.
type Page struct {
	Summary      patient.Summary
	Observations []vitals.Observation // newest first
	Notes        []Note               // newest first
	Sections     map[Section]SectionState
	// Confirmed is when these values were last confirmed with their source;
	// Stale means that was too long ago, FromCache that the record could not
	// be asked.
	Confirmed time.Time
	Stale     bool
	FromCache bool
}
