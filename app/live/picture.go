// Package live keeps a station's picture of one ward true: it listens, fills
// what it missed, reads what changed, and hands the window one immutable
// picture at a time.
package live

import (
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
)

// Picture is all that a station shows of its ward at one moment. It is never
// changed after it was handed over.
type Picture struct {
	Board   board.Snapshot
	Cards   []alert.Card // open and accepted, most urgent first
	History []alert.Card // ended, latest first
	Links   Links
	// Groups gathers the open alerts by patient; Open and High count them all,
	// also those beyond what Cards holds.
	Groups     []alert.Group
	Open, High int
	// Stations are all that showed this ward in the last hours; see
	// [Neighbour.Ill] for those where alerts may not be noticed.
	Stations []Neighbour
}

// Ill lists the stations of the ward where alerts may not be noticed: what the
// charge nurse must know.
func (p Picture) Ill() []Neighbour {
	var out []Neighbour
	for _, n := range p.Stations {
		if n.Ill() {
			out = append(out, n)
		}
	}
	return out
}

// Links says what the station can reach.
type Links struct {
	// Hearing: the alert stream is proved to be heard; Heard is its newest
	// proof. NoRedis: this station runs without Redis, by its settings.
	Hearing, NoRedis bool
	Heard            time.Time
	Redis            time.Duration // round trip, 0 while away
	Record           time.Duration // time of a look at the record, 0 while away
	RecordAway       bool
	// Unreadable: the record tells what changed, but a proof that its rows can be read
	// failed. What is on the screen is then the last known, whatever answers.
	Unreadable bool
	// Beat is when the last proof of the whole path came: source, stream, station.
	Beat time.Time
	// Alone: Redis is away; this station escalates from the record by itself, and
	// so does every other.
	Alone bool
	// Missed: alerts are filled in from the record because the stream is silent.
	Since time.Time // since when the stream is silent; zero while heard
}

// NoRecord reports that the record is away, or cannot be read.
func (l Links) NoRecord() bool { return l.RecordAway || l.Unreadable }

// Deaf reports that alerts can reach this station in no way at all.
func (l Links) Deaf() bool { return !l.Hearing && l.RecordAway }
