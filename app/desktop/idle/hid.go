package idle

import (
	"strconv"
	"strings"
	"time"
)

// readHID finds the nanoseconds in what ioreg prints: "HIDIdleTime" = 1234.
func readHID(text string) (time.Duration, error) {
	_, rest, found := strings.Cut(text, `"HIDIdleTime" = `)
	if !found {
		return 0, ErrUnknown
	}
	digits, _, _ := strings.Cut(rest, "\n")
	ns, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
	if err != nil || ns < 0 {
		return 0, ErrUnknown
	}
	return time.Duration(ns), nil
}
