package chart

import (
	"context"
	"time"
)

// Amendment is one change of a signed entry. Was and Became are the entry
// before and after.
type Amendment struct {
	Entry   string // the entry's ID
	N       int64  // 1 for the first
	Section Section
	Was     Entry
	Became  Entry
	Reason  string
	By      string // staff ID
	ByName  string
	At      time.Time // UTC
}

// Amender changes signed entries: they are amended, never edited.
type Amender interface {
	// Amend replaces the entry that save's has the ID of, which stays on record
	// with the reason and who gave it. It is conditional on version and fence,
	// audited and idempotent as a save is, and raises the section's version.
	Amend(ctx context.Context, save Save, reason string) (Saved, error)
	// Amendments lists an entry's amendments, oldest first.
	Amendments(ctx context.Context, entryID string) ([]Amendment, error)
}
