package hl7

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrTime means that a text is no time.
var ErrTime = errors.New("hl7: no time")

// reading is a time as a field gave it.
type reading struct {
	at   time.Time // UTC
	part precision // how much of it was given
	// doubled and skipped: by the zone's clock the time was there twice, or never.
	doubled, skipped bool
}

// precision is how much of a time was given.
type precision int

const (
	toYear precision = iota + 1
	toMonth
	toDay
	toHour
	toMinute
	toSecond
)

// The years in which a message may lie. What is outside is a slip of the sender.
const (
	firstYear = 1850
	lastYear  = 2200
)

// readTime reads a time in the forms in use. Without an offset it is a time of
// loc's clock: of an hour that a change of the clock doubles the earlier one, of an
// hour that it skips as if the clock had not been changed yet.
//
// The forms are HL7's YYYY[MM[DD[HH[MM[SS[.S…]]]]]][+ZZZZ], the same with the
// fraction written on without its point (17 digits), and ISO 8601's
// 2026-03-09T21:00[:00[.0]][Z|+01:00], with a space or nothing for the T.
func readTime(s string, loc *time.Location) (reading, error) {
	date, clock, zone, err := partsOfTime(s)
	if err != nil {
		return reading{}, err
	}
	n := [6]int{0, 1, 1}
	part := precision(0)
	for _, width := range []int{4, 2, 2} {
		if date == "" {
			break
		}
		if n[part], date, err = digits(date, width); err != nil {
			return reading{}, err
		}
		part++
	}
	if date != "" || clock != "" && part != toDay {
		return reading{}, fmt.Errorf("%w: date of %d digits", ErrTime, len(date))
	}
	clock, fraction, _ := strings.Cut(clock, ".")
	if len(clock) > 6 && fraction == "" { // written on without the point
		clock, fraction = clock[:6], clock[6:]
	}
	for clock != "" && part < toSecond {
		if n[part], clock, err = digits(clock, 2); err != nil {
			return reading{}, err
		}
		part++
	}
	if part == 0 || clock != "" || fraction != "" && part != toSecond {
		return reading{}, fmt.Errorf("%w: odd number of digits", ErrTime)
	}
	nano, err := fractionOf(fraction)
	if err != nil {
		return reading{}, err
	}
	naive := time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], nano, time.UTC)
	if naive.Year() != n[0] || int(naive.Month()) != n[1] || naive.Day() != n[2] || naive.Hour() != n[3] ||
		naive.Minute() != n[4] || naive.Second() != n[5] || n[0] < firstYear || n[0] > lastYear {
		return reading{}, fmt.Errorf("%w: not in the calendar", ErrTime)
	}
	r := reading{part: part}
	if zone != "" {
		offset, err := offsetOf(zone)
		r.at = naive.Add(-offset)
		return r, err
	}
	r.at, r.doubled, r.skipped = onClock(naive, loc)
	return r, nil
}

// partsOfTime parts a time into the digits of its date, those of its clock with
// their fraction, and its offset. The second component of a TS is obsolete.
func partsOfTime(s string) (date, clock, zone string, err error) {
	s, _, _ = strings.Cut(s, "^")
	s = strings.TrimSpace(s)
	if len(s) < 4 || len(s) > 40 {
		return "", "", "", fmt.Errorf("%w: %d characters", ErrTime, len(s))
	}
	if len(s) >= 7 && s[4] == '-' && (len(s) == 7 || s[7] == '-') { // ISO: the date has its own hyphens
		date, s = strings.ReplaceAll(s[:min(len(s), 10)], "-", ""), s[min(len(s), 10):]
	} else {
		end := strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' })
		if end < 0 {
			end = len(s)
		}
		end = min(end, 8)
		date, s = s[:end], s[end:]
	}
	s = strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(s, "T"), "t"), " ")
	if i := strings.IndexAny(s, "Zz+-"); i >= 0 {
		s, zone = strings.TrimSpace(s[:i]), s[i:]
	}
	clock = strings.ReplaceAll(strings.ReplaceAll(s, ":", ""), ",", ".") // ISO allows the comma
	return date, clock, zone, nil
}

func digits(s string, width int) (n int, rest string, err error) {
	if len(s) < width {
		return 0, "", fmt.Errorf("%w: odd number of digits", ErrTime)
	}
	for _, c := range []byte(s[:width]) {
		if c < '0' || c > '9' {
			return 0, "", fmt.Errorf("%w: other characters than digits", ErrTime)
		}
		n = n*10 + int(c-'0')
	}
	return n, s[width:], nil
}

// fractionOf is a fraction of a second in nanoseconds; finer digits are dropped.
func fractionOf(s string) (int, error) {
	if s == "" {
		return 0, nil
	}
	n, rest, err := digits((s + "000000000")[:9], 9)
	if err == nil && len(s) > 9 {
		_, rest, err = digits(s[9:], len(s)-9)
	}
	if err != nil || rest != "" {
		return 0, fmt.Errorf("%w: fraction", ErrTime)
	}
	return n, nil
}

// offsetOf reads Z, +01, +0100 and +01:00.
func offsetOf(s string) (time.Duration, error) {
	if s == "Z" || s == "z" {
		return 0, nil
	}
	hm := strings.Replace(s[1:], ":", "", 1)
	if len(hm) == 2 {
		hm += "00"
	}
	h, rest, err := digits(hm, 2)
	var m int
	if err == nil {
		m, rest, err = digits(rest, 2)
	}
	if err != nil || rest != "" || h > 14 || m > 59 {
		return 0, fmt.Errorf("%w: offset", ErrTime)
	}
	d := time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	if s[0] == '-' {
		d = -d
	}
	return d, nil
}

// onClock is when the clock of loc showed naive's date and time.
func onClock(naive time.Time, loc *time.Location) (at time.Time, doubled, skipped bool) {
	offset := func(t time.Time) time.Duration {
		_, seconds := t.In(loc).Zone()
		return time.Duration(seconds) * time.Second
	}
	// No clock is changed twice within a day and a half.
	before, after := offset(naive.Add(-36*time.Hour)), offset(naive.Add(36*time.Hour))
	a, b := naive.Add(-before), naive.Add(-after)
	aFits, bFits := offset(a) == before, offset(b) == after
	switch {
	case before == after:
		return a, false, false
	case aFits && bFits: // the clock was put back: a is the earlier one
		return a, true, false
	case aFits:
		return a, false, false
	case bFits:
		return b, false, false
	}
	return a, false, true
}

// parseTime reads a time of any precision: see [readTime].
func parseTime(s string, loc *time.Location) (time.Time, bool) {
	r, err := readTime(s, loc)
	return r.at, err == nil
}
