package patient

import (
	"time"

	"github.com/wardlight/wardlight/app/chart"
)

// Sides are what stands against each other in a conflict, field by field.
type Sides struct {
	// Version is the section's version that Is shows: what is saved next says that
	// its writer has seen it.
	Version int64
	By      string    // who saved last, as shown
	At      time.Time // when
	// Amends says that a signed entry is being changed; else a new one is made.
	Amends bool
	Fields []Side
	// Note says what is not chosen between, such as the times of two sets.
	Note string
}

// Side is one field of a conflict, as raw text.
type Side struct {
	Name  string // of the field in a draft
	Label string
	Was   string // when this nurse began
	Is    string // in the record now
	Mine  string // as typed
	// Result is what would be saved; while nobody has chosen it is Mine.
	Result string
	// Long is a text of several lines.
	Long bool
}

// MinePrefix marks, in a draft that is kept during a conflict, what was typed at
// first into a field for which something else was chosen since.
const MinePrefix = "mine:"

// Settled fills Mine and Result of the sides from a draft: from one that was kept
// in the middle of a conflict both come back.
func (s *Sides) Settled(d chart.Draft) {
	for i := range s.Fields {
		f := &s.Fields[i]
		f.Mine, f.Result = d.Fields[f.Name], d.Fields[f.Name]
		if first, kept := d.Fields[MinePrefix+f.Name]; kept {
			f.Mine = first
		}
	}
}

// differ reports whether the two sides say different things.
func (f Side) differ() bool { return f.Is != f.Mine }
