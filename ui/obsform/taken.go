package obsform

import (
	"strconv"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// dated is how a time of another day is typed: month, day, time.
const dated = "01-02 15:04"

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
	t, ok := moment(s, now.In(loc))
	if !ok {
		r.Wrong[Taken] = tongue.T("Write 14:03, or -20")
		return
	}
	if t.Sub(now) > time.Minute {
		r.Wrong[Taken] = tongue.T("That is in the future")
		return
	}
	r.Observation.Taken = t.UTC()
}

// moment reads a time of day, or one with its day, as the most recent such moment
// before now's next half day.
func moment(s string, now time.Time) (time.Time, bool) {
	if at, err := time.Parse(dated, s); err == nil {
		t := time.Date(now.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), 0, 0, now.Location())
		if t.Sub(now) > 12*time.Hour {
			t = t.AddDate(-1, 0, 0)
		}
		return t, true
	}
	s = strings.ReplaceAll(s, ".", ":")
	at, err := time.Parse("15:04", s)
	if err != nil {
		if at, err = time.Parse("15:04:05", s); err != nil {
			return time.Time{}, false
		}
	}
	t := time.Date(now.Year(), now.Month(), now.Day(), at.Hour(), at.Minute(), at.Second(), 0, now.Location())
	if t.Sub(now) > 12*time.Hour {
		t = t.AddDate(0, 0, -1)
	}
	return t, true
}

// At writes a moment as it would be typed at now: [Read] reads the same again, to the
// minute, for as long as half a year.
func At(t, now time.Time, loc *time.Location) string {
	t = t.In(loc)
	short := t.Format("15:04")
	if got, ok := moment(short, now.In(loc)); ok && got.Equal(t.Truncate(time.Minute)) {
		return short
	}
	return t.Format(dated)
}

// Fixed is a typed time as it was meant when it was typed: "-20" is so many minutes
// before then, whenever it is read. What cannot be read stays as it is.
func Fixed(raw string, typed time.Time, loc *time.Location) string {
	if !strings.HasPrefix(strings.TrimSpace(raw), "-") {
		return raw
	}
	r := Reading{Wrong: map[string]string{}}
	if r.taken(raw, typed, loc); len(r.Wrong) > 0 {
		return raw
	}
	return r.Observation.Taken.In(loc).Format("15:04:05")
}

// Anew is a draft's time of taking as it is typed now, for a draft that was written
// down at saved: "08:05" of yesterday is not today's. What cannot be read stays as it is.
func Anew(raw string, saved, now time.Time, loc *time.Location) string {
	r := Reading{Wrong: map[string]string{}}
	if strings.TrimSpace(raw) == "" || saved.IsZero() {
		return raw
	}
	if r.taken(raw, saved, loc); len(r.Wrong) > 0 {
		return raw
	}
	again := Reading{Wrong: map[string]string{}}
	if again.taken(raw, now, loc); again.Observation.Taken.Equal(r.Observation.Taken) {
		return raw
	}
	return At(r.Observation.Taken, now, loc)
}
