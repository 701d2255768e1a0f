package tongue

import (
	"sync/atomic"
	"time"
)

// zone is where times are read; nil is this computer's own zone.
var zone atomic.Pointer[time.Location]

// KeepTime makes every time that a person reads or types be of loc, whatever zone
// this computer is set to: a ward has one clock on its wall. nil is the computer's
// own again. Programs call it once, before they make their first screen.
func KeepTime(loc *time.Location) { zone.Store(loc) }

// Zone is where times are read and typed.
func Zone() *time.Location {
	if loc := zone.Load(); loc != nil {
		return loc
	}
	return time.Local
}

// Here is a moment as the clock on the wall of the ward has it.
func Here(t time.Time) time.Time { return t.In(Zone()) }

// Clock is a moment of today: "14:03".
func Clock(t time.Time) string { return Here(t).Format("15:04") }

// SameDay reports whether two moments are of one day on the ward's calendar.
func SameDay(a, b time.Time) bool {
	a, b = Here(a), Here(b)
	return a.YearDay() == b.YearDay() && a.Year() == b.Year()
}

// Moment is a moment as one says it now: of today by the clock, "14:03", else with its day,
// "28 Nov 14:03".
func Moment(at, now time.Time) string {
	if SameDay(at, now) {
		return Clock(at)
	}
	return Date(Here(at), "02 Jan 15:04")
}
