package obsform

import (
	"strings"
	"time"
)

// At writes a moment as it would be typed at now, to the minute: [Read] reads the same
// again for as long as half a day; later with [Anew]. [Face] is what of it is shown.
func At(t, now time.Time, loc *time.Location) string {
	return written(t.Truncate(time.Minute), now, loc)
}

// written is a moment, to the second, in the shortest form that is read as the same
// again. The hour that comes twice when the clocks go back always has its offset: what it
// is read as without one changes while it passes.
func written(t, now time.Time, loc *time.Location) string {
	t, now = t.In(loc).Truncate(time.Second), now.In(loc)
	first, second := both(t)
	for _, zone := range []string{"", offset} {
		if zone == "" && !first.Equal(second) {
			continue
		}
		for _, form := range forms {
			text := t.Format(form + zone)
			if got, ok := Moment(text, now); ok && got.Equal(t) {
				return text
			}
		}
	}
	return t.Format(forms[len(forms)-1] + offset)
}

// Face is a time of taking as a nurse reads it: without the offset that tells two equal
// clock times apart.
func Face(raw string) string {
	face, _ := apart(raw, time.UTC)
	return face
}

// Fixed is a typed time as it was meant when it was typed: "-20" is so many minutes
// before then, whenever it is read, and an hour that comes twice is the one that was
// meant. What says the same at any time, or cannot be read, stays as it is.
func Fixed(raw string, typed time.Time, loc *time.Location) string {
	t, ok := read(raw, typed, loc)
	if !ok {
		return raw
	}
	first, second := both(t.In(loc))
	if !strings.HasPrefix(strings.TrimSpace(raw), "-") && (first.Equal(second) || Face(raw) != raw) {
		return raw
	}
	return written(t, typed, loc)
}

// Anew is a draft's time of taking as it is typed now, for a draft that was written
// down at saved: "08:05" of yesterday is not today's. What cannot be read stays as it is.
func Anew(raw string, saved, now time.Time, loc *time.Location) string {
	if saved.IsZero() {
		return raw
	}
	t, ok := read(raw, saved, loc)
	if !ok {
		return raw
	}
	if again, ok := read(raw, now, loc); ok && again.Equal(t) {
		return raw
	}
	return At(t, now, loc)
}

// read is what [Read] makes of a time of taking alone; false if there is none, or a
// wrong one.
func read(raw string, now time.Time, loc *time.Location) (time.Time, bool) {
	r := Reading{Wrong: map[string]string{}, Unusual: map[string]string{}}
	r.taken(raw, now, loc)
	return r.Observation.Taken, strings.TrimSpace(raw) != "" && len(r.Wrong) == 0
}
