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
