package window

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// dueWithin is how far ahead a task can be due, justPast how long ago a time is taken for one that
// passed while it was typed, not for tomorrow's.
const dueWithin, justPast = 24 * time.Hour, 30 * time.Minute

// The ends of a task's text that are read as its time: "15:30", "at 15:30", "15.30 Uhr", "8 Uhr"; "+20", "+20 min",
// "in 20 min", "in 2 h".
var (
	atClock = regexp.MustCompile(`(?i)^(.*?)(?:(?:^|,?\s+)(?:at|um))?(?:^|,?\s+)` +
		`(\d{1,2})(?::(\d{2})(?:\s*(?:uhr|h))?|\.(\d{2})\s*uhr|\s*uhr)$`)
	inWhile = regexp.MustCompile(`(?i)^(.*?)(?:^|,?\s+)` +
		`(?:\+\s*(\d{1,4})\s*` + unit + `?|in\s+(\d{1,4})\s*` + unit + `)$`)
)

const unit = `(minutes?|minuten?|mins?|hours?|stunden?|std|hrs?|h)`

// The ends of a text that a person may mean as a time, and that are none of those. A number with a point may be a
// dose or a rate as well ("Insulin to 10.50"), and a ratio such as 1:1000 is no time.
var (
	likeTime = regexp.MustCompile(`(?i)(?:^|\s)(?:\+\s*\d+\s*\pL*|\d{1,2}[:.]\d{1,2}\s*` + day +
		`|\d{1,2}:\d{1,2}|\d{1,2}(?:[:.]\d{1,2})?\s*(?:uhr|am|pm|a\.m|p\.m)(?:\s+` + day + `)?|(?:at|um)\s+\d{1,4}` +
		`|in\s+(?:\d+\s*` + unit + `?|(?:an?|one|half\s+an|einer?|einer\s+halben)\s+` + unit + `))$`)
	likeDose = regexp.MustCompile(`(?:^|\s)((?:0?[1-9]|00|1\d|2[0-4])\.[0-5]\d)$`)
	onDay    = regexp.MustCompile(`(?i)^(.*?)(?:^|\s)(?:on\s+|am\s+)?` + day + `$`)
)

// day is a word for a day, with a part of it.
const day = `(today|heute|tonight|tomorrow|morgen|übermorgen|(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag` +
	`|mittwoch|donnerstag|freitag|samstag|sonntag|morgens|abends)(?:\s+(?:früh|mittag|abend|nacht|morning|evening|night))?`

// whenDue cuts the time off the end of a task's text: the next moment at which the ward's clock shows it, or some
// time from now. Without a time it is due now. What looks like a time and is not read says so: a task that is
// due now though somebody meant tonight is done too early, and nobody sees why.
func whenDue(text string, now time.Time) (what string, due time.Time, wrong string) {
	plain := strings.TrimSpace(text)
	text = strings.TrimRight(strings.Join(strings.Fields(text), " "), " .,;")
	if m := inWhile.FindStringSubmatch(text); m != nil {
		n, err := strconv.Atoi(cmp.Or(m[2], m[4]))
		ahead := time.Duration(n) * time.Minute
		if u := strings.ToLower(cmp.Or(m[3], m[5])); u != "" && u[0] != 'm' {
			ahead *= 60
		}
		if err == nil && ahead <= dueWithin {
			return asTask(m[1], now.Add(ahead))
		}
	}
	if m := atClock.FindStringSubmatch(text); m != nil {
		hour, _ := strconv.Atoi(m[2])
		minute, _ := strconv.Atoi(cmp.Or(m[3], m[4], "0"))
		if hour == 24 && minute == 0 {
			hour = 0
		}
		if hour < 24 && minute < 60 {
			due := tongue.Next(now.Add(-time.Minute), hour, minute)
			on := onDay.FindStringSubmatch(m[1])
			switch {
			case on != nil && !isDay(strings.ToLower(on[2]), due, now):
				return "", now, tongue.T("A task is due within 24 hours: write the next such time, as 15:30.")
			case on != nil:
				m[1] = on[1]
			case due.Sub(now) > dueWithin/2 && now.Sub(tongue.Last(now, hour, minute)) <= justPast:
				return "", now, tongue.Tf("%s has just passed. Write a time to come, or +45 for minutes from now.",
					tongue.Clock(due))
			}
			return asTask(m[1], due)
		}
	}
	switch m := likeDose.FindStringSubmatch(text); {
	case m != nil:
		return "", now, tongue.Tf("Is %s a time? Then write it as %s. If it is not, write its unit behind it.", m[1],
			strings.ReplaceAll(m[1], ".", ":"))
	case likeTime.MatchString(text):
		return "", now, tongue.T(
			"This time cannot be read. Write it at the end as 15:30, or as +45 for minutes from now.")
	}
	return asTask(plain, now)
}

// isDay reports whether a moment is of the day that a word names; of a day of the week it is never known which.
func isDay(word string, at, now time.Time) bool {
	switch word {
	case "today", "heute", "tonight":
		return tongue.SameDay(at, now)
	case "tomorrow", "morgen":
		return !tongue.SameDay(at, now)
	}
	return word == "morgens" || word == "abends"
}

// asTask is a task with its time, if it says what is to be done.
func asTask(what string, due time.Time) (string, time.Time, string) {
	if what = strings.TrimRight(strings.TrimSpace(what), " ,;"); what == "" {
		return "", due, tongue.T("Write what is to be done, and at its end when.")
	}
	return what, due, ""
}
