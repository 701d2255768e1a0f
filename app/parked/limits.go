package parked

import "time"

// Limits are a site's settings of what is parked; zero values are the defaults.
type Limits struct {
	// Alert is after how long waiting an entry is a technical alert.
	Alert time.Duration
	// Keep is after how long the text of what was decided is erased. What waits is
	// never erased.
	Keep time.Duration
}

// The defaults.
const (
	AlertAfter = 30 * time.Minute
	KeepFor    = 90 * 24 * time.Hour
)

// OrDefault is l with its zero values set.
func (l Limits) OrDefault() Limits {
	if l.Alert <= 0 {
		l.Alert = AlertAfter
	}
	if l.Keep <= 0 {
		l.Keep = KeepFor
	}
	return l
}
