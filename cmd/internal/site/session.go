package site

import (
	"fmt"
	"time"
)

// Session says when an idle station is covered and locked. A session itself ends
// after 15 minutes without an operation, and 12 hours after the sign-in; that is no
// setting.
//
//	[session]
//	cover = "2m" # 30s to 15m, and not after lock
//	lock = "5m"  # 1m to 15m
type Session struct {
	Cover Duration `toml:"cover,omitempty"`
	Lock  Duration `toml:"lock,omitempty"`
}

// The defaults of [Session] and its bounds.
const (
	CoverAfter = 2 * time.Minute
	LockAfter  = 5 * time.Minute
	leastCover = 30 * time.Second
	leastLock  = time.Minute
	mostIdle   = 15 * time.Minute
)

// Times are when to cover and to lock, with the defaults for what is not set.
func (s Session) Times() (cover, lock time.Duration) {
	cover, lock = CoverAfter, LockAfter
	if s.Lock != 0 {
		lock = time.Duration(s.Lock)
	}
	if s.Cover != 0 {
		cover = time.Duration(s.Cover)
	}
	return min(cover, lock), lock
}

func checkCover(c Config) (string, string) {
	d := time.Duration(c.Session.Cover)
	_, lock := c.Session.Times()
	switch {
	case d == 0:
		return "", ""
	case d < leastCover || d > mostIdle:
		return outside(d, leastCover, mostIdle)
	case d > lock:
		return fmt.Sprintf("is %v, after the station is locked (session.lock is %v)", Duration(d), Duration(lock)),
			"cover before you lock"
	}
	return "", ""
}

func checkLock(c Config) (string, string) {
	if d := time.Duration(c.Session.Lock); d != 0 && (d < leastLock || d > mostIdle) {
		return outside(d, leastLock, mostIdle)
	}
	return "", ""
}
