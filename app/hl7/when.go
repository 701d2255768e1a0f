package hl7

import (
	"strings"
	"time"
)

// parseTime reads an HL7 timestamp: YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+ZZZZ]. Without
// an offset it is local time at loc. It reports whether s is one.
func parseTime(s string, loc *time.Location) (time.Time, bool) {
	s, _, _ = strings.Cut(s, "^")
	digits, zone := s, ""
	if n := strings.IndexAny(s, "+-"); n >= 0 {
		digits, zone = s[:n], s[n:]
	}
	digits, fraction, _ := strings.Cut(digits, ".")
	layout := "20060102150405"
	if len(digits) < 4 || len(digits) > len(layout) || len(digits)%2 != 0 {
		return time.Time{}, false
	}
	layout = layout[:len(digits)]
	if fraction != "" {
		digits += "." + fraction
		layout += "." + strings.Repeat("0", len(fraction))
	}
	if zone != "" {
		digits += zone
		layout += "-0700"
	}
	t, err := time.ParseInLocation(layout, digits, loc)
	if err != nil || t.Year() < 1850 || t.Year() > 2200 {
		return time.Time{}, false
	}
	return t.UTC(), true
}

// parseDate reads the day of an HL7 timestamp as midnight UTC, whatever time or
// zone comes with it: a date of birth does not move with the clock.
func parseDate(s string) (time.Time, bool) {
	if len(s) < 8 {
		return time.Time{}, false
	}
	return parseTime(s[:8], time.UTC)
}
