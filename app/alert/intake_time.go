package alert

import (
	"strconv"
	"strings"
	"time"
)

// moments are the forms of a source's time beside HL7's and a count of seconds.
// A fraction of a second is read in all of them.
var moments = []string{
	"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05Z07",
	"2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02T15:04Z07",
	"2006-01-02T15:04:05", "2006-01-02T15:04",
	time.RFC1123Z, time.RFC1123, time.RFC850, time.ANSIC, time.UnixDate,
}

// moment reads a source's time: RFC 3339 with or without zone and seconds, HL7's
// form, seconds or milliseconds since 1970. What names no zone is in zone. A day
// alone is no time.
func moment(v string, zone *time.Location) (time.Time, bool) {
	v = Clean(v, maxWord)
	if t, is := hl7Moment(v, zone); is {
		return t, true
	}
	if t, is := counted(v); is {
		return t, true
	}
	iso := v
	if len(v) > 10 && v[4] == '-' && (v[10] == ' ' || v[10] == 't' || v[10] == '_') {
		iso = v[:10] + "T" + v[11:]
	}
	iso = strings.ReplaceAll(iso, "z", "Z")
	if n := strings.LastIndexByte(iso, ' '); n > 10 && len(iso) > 4 && iso[4] == '-' {
		iso = strings.TrimSuffix(iso[:n]+iso[n+1:], "UTC") + map[bool]string{true: "Z"}[strings.HasSuffix(iso, "UTC")]
	}
	for _, layout := range moments {
		for _, s := range []string{iso, v} {
			if t, err := time.ParseInLocation(layout, s, zone); err == nil && sane(t) && !invented(t, zone) {
				return t.UTC(), true
			}
		}
	}
	return time.Time{}, false
}

// invented reports whether a time has an abbreviation for its zone that neither is known
// everywhere nor in zone ("PDT" in New York): then its offset is not known, and is none.
func invented(t time.Time, zone *time.Location) bool {
	name, offset := t.Zone()
	return offset == 0 && t.Location() != zone && name != "" && name != "UTC" && name != "GMT" && name != "UT"
}

// hl7Moment reads YYYYMMDDHHMM[SS[.S…]][±ZZZZ].
func hl7Moment(v string, zone *time.Location) (time.Time, bool) {
	digits := strings.IndexFunc(v, func(r rune) bool { return r < '0' || r > '9' })
	if digits < 0 {
		digits = len(v)
	}
	layout := map[int]string{12: "200601021504", 14: "20060102150405"}[digits]
	if layout == "" || (v[:2] != "19" && v[:2] != "20") {
		return time.Time{}, false
	}
	for _, l := range []string{layout, layout + "Z0700", layout + "Z07:00"} {
		if t, err := time.ParseInLocation(l, v, zone); err == nil && sane(t) {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// counted reads a count since 1970 in seconds, or, where that would be far off,
// in thousandths, millionths or billionths.
func counted(v string) (time.Time, bool) {
	f, err := strconv.ParseFloat(v, 64)
	if err != nil || f < 1e8 || f >= 1e20 {
		return time.Time{}, false
	}
	for f >= 1e11 {
		f /= 1000
	}
	t := time.UnixMilli(int64(f * 1000)).UTC()
	return t, sane(t)
}

// sane is a time that both engines, and JSON, hold.
func sane(t time.Time) bool { return t.Year() >= 1900 && t.Year() < 9999 }
