package obsform

import (
	"strconv"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// The forms of a time of taking, shortest first: a clock time, one with its day, one with its year.
var forms = []string{"15:04", "15:04:05", "01-02 15:04", "01-02 15:04:05", "2006-01-02 15:04", "2006-01-02 15:04:05"}

// offset is how a form says which of two equal clock times it is: by the distance from
// UTC that the clock had.
const offset = " -07:00"

// taken reads a clock time as the most recent such moment. What would lie
// ahead by more than half a day was yesterday; what lies ahead by less is wrong.
func (r *Reading) taken(s string, now time.Time, loc *time.Location) {
	s = strings.TrimSpace(s)
	if s == "" {
		r.Observation.Taken = now.UTC()
		return
	}
	if ago, is := strings.CutPrefix(s, "-"); is {
		minutes, err := strconv.Atoi(ago)
		if err != nil || minutes < 0 || minutes > 24*60 {
			r.Wrong[Taken] = tongue.T("Write minutes ago as -20")
			return
		}
		r.Observation.Taken = now.Add(-time.Duration(minutes) * time.Minute).UTC()
		return
	}
	t, ok := Moment(s, now.In(loc))
	if !ok {
		r.Wrong[Taken] = tongue.T("Write 14:03, or -20")
		return
	}
	if t.Sub(now) > time.Minute {
		r.Wrong[Taken] = tongue.T("That is in the future")
		return
	}
	r.Observation.Taken = t.UTC()
	if now.Sub(t) > vitals.AgoUsual { // a day that is written the other way round is months ago
		r.Unusual[Taken] = tongue.Tf("Is %s right?", tongue.Moment(t, now))
	}
}

// Moment reads one of the forms of a time ("14:03", "11-29 14:03", "2026-11-29 14:03"): a clock time as the last such
// moment before half a day from now, a day as the nearest such day, for nobody means last year's by one of next week.
// One that it gives may be to come. Of the two that an hour stands for when the clocks go back it is the newest that
// is not to come, unless the offset says which. A day that its year did not have is none: the calendar would make the
// 1st of March of the 29th of February.
func Moment(s string, now time.Time) (time.Time, bool) {
	s, loc := apart(s, now.Location())
	now = now.In(loc)
	for _, form := range forms {
		at, err := time.Parse(form, s)
		if err != nil {
			at, err = time.Parse(form, strings.ReplaceAll(s, ".", ":"))
		}
		if err != nil {
			continue
		}
		t, ok := dated(at, form, now, loc)
		if !ok {
			return time.Time{}, false
		}
		if first, second := both(t); second.Sub(now) > time.Minute {
			t = first
		} else {
			t = second
		}
		return t, true
	}
	return time.Time{}, false
}

// dated is what a form says, in the year and on the day that it leaves out.
func dated(at time.Time, form string, now time.Time, loc *time.Location) (time.Time, bool) {
	in := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, at.Hour(), at.Minute(), at.Second(), 0, loc)
	}
	year, month, day := now.Date()
	if strings.HasPrefix(form, "15") {
		t := in(year, month, day)
		if t.Sub(now) > 12*time.Hour {
			t = t.AddDate(0, 0, -1)
		}
		return t, true
	}
	if strings.HasPrefix(form, "2006") {
		year = at.Year()
	} else {
		for _, y := range []int{year - 1, year + 1} {
			if in(y, at.Month(), at.Day()).Sub(now).Abs() < in(year, at.Month(), at.Day()).Sub(now).Abs() {
				year = y
				break
			}
		}
	}
	t := in(year, at.Month(), at.Day())
	return t, t.Month() == at.Month() && t.Day() == at.Day()
}

// apart is a form without its offset, and the clock by which it is to be read: loc if it
// has none.
func apart(s string, loc *time.Location) (string, *time.Location) {
	at := strings.LastIndexByte(s, ' ')
	if at < 0 {
		return s, loc
	}
	zone, err := time.Parse(offset, s[at:])
	if err != nil {
		return s, loc
	}
	_, seconds := zone.Zone()
	return s[:at], time.FixedZone("", seconds)
}

// both are the two moments at which the clock showed what it shows at t: the same one
// twice, but for the hour that comes again when the clocks go back.
func both(t time.Time) (first, second time.Time) {
	_, before := t.Add(-3 * time.Hour).Zone()
	_, after := t.Add(3 * time.Hour).Zone()
	again := time.Duration(before-after) * time.Second
	if again <= 0 {
		return t, t
	}
	const face = "2006-01-02 15:04:05"
	switch t.Format(face) {
	case t.Add(again).Format(face):
		return t, t.Add(again)
	case t.Add(-again).Format(face):
		return t.Add(-again), t
	}
	return t, t
}
