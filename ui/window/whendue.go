package window

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// dueWithin is how far ahead a task can be due, justPast how long ago a time is asked about, and not taken for
// tomorrow's: nobody who writes 20:30 at nine in the evening means it of the day after.
const dueWithin, justPast = 24 * time.Hour, 3 * time.Hour

// plainly is a text with the signs of other keyboards as those of this one, and without those that nobody sees.
var plainly = strings.NewReplacer("：", ":", "’", "'", "＋", "+", "．", ".", "／", "/", "０", "0", "１", "1", "２", "2",
	"３", "3", "４", "4", "５", "5", "６", "6", "７", "7", "８", "8", "９", "9",
	"\u200b", "", "\u200c", "", "\u200d", "", "\ufeff", "", "\u00ad", "", "\u00a0", " ", "\u202f", " ")

// whenDue cuts the time off the end of a task's text: the next moment at which the ward's clock shows it, or some
// time from now. The other ends that doubtful knows as ways to write a time are refused, as are a time in front, a
// second time, and one that the words before it contradict: a task that is due now though somebody meant tonight is
// done too early, and nobody sees why. So is a later day alone ("Remove the drain tomorrow"), unless it says what the
// task is for ("Fasting for tomorrow"). Every other text is due now and stands as it is, also one that has its only
// time in the middle ("Report the 08:00 glucose").
func whenDue(text string, now time.Time) (what string, due time.Time, wrong string) {
	plain := strings.TrimSpace(text)
	text = strings.TrimRight(strings.Join(strings.Fields(plainly.Replace(text)), " "), " .,;")
	if m := inWhile.FindStringSubmatch(text); m != nil {
		n, err := strconv.Atoi(cmp.Or(m[2], m[3], m[5]))
		ahead := time.Duration(n) * time.Minute
		if u := strings.ToLower(cmp.Or(m[4], m[6])); u != "" && u[0] != 'm' {
			ahead *= 60
		}
		switch {
		case err != nil || ahead > dueWithin || another.MatchString(m[1]):
			return "", now, unread()
		case m[5] != "" && dosed.MatchString(m[1]):
			return "", now, tongue.T("This may be how long it runs. Write at the end the time of day when it is due, as 15:30.")
		}
		return asTask(m[1], now.Add(ahead))
	}
	if m := atClock.FindStringSubmatch(text); m != nil {
		hour, _ := strconv.Atoi(m[3])
		minute, _ := strconv.Atoi(cmp.Or(m[4], m[5], m[6], "0"))
		if hour > 24 || minute > 59 || hour == 24 && minute > 0 || another.MatchString(m[1]) || leadsOff.MatchString(m[1]) {
			return "", now, unread()
		}
		sure := len(m[3]) == 2 || m[2] != "" || uhr.MatchString(text)
		return atTime(m[1], strings.TrimLeft(text[len(m[1]):], ", "), hour, minute, sure, now)
	}
	if wrong := doubtful(text); wrong != "" {
		return "", now, wrong
	}
	return asTask(plain, now)
}

// atTime is a task at a time of the ward's clock, if what stands before the time does not contradict it. One that is
// not sure may be a ratio, such as 1:10, unless a day stands before it.
func atTime(what, written string, hour, minute int, sure bool, now time.Time) (string, time.Time, string) {
	due := tongue.Next(now.Add(-time.Minute), hour%24, minute)
	passed := hasPassed(due, now)
	for _, part := range late.FindAllStringSubmatch(what, -1) {
		if !fits(strings.Fields(strings.ToLower(part[1])), hour%24) {
			return "", now, unread()
		}
	}
	if day := dayAtEnd(what); day != "" {
		return "", now, noSuchDay(day)
	}
	on := onDay.FindStringSubmatch(what)
	if on == nil || ofADay.MatchString(on[1]) {
		day := laterDayIn(what)
		switch {
		case day != "" && (tongue.SameDay(due, now) || !isTomorrow(strings.ToLower(day))):
			return "", now, aboutDay(day)
		case !sure:
			return "", now, isItTime(written, tongue.Clock(due))
		case due.Sub(now) > dueWithin/2 && now.Sub(tongue.Last(now, hour%24, minute)) <= justPast:
			return "", now, passed
		}
		return asTask(what, due)
	}
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(on[2], ",", " ")))
	if !fits(words, hour%24) {
		return "", now, unread()
	}
	// Midnight is the end of its evening, and 24:00 that of its day.
	of := due
	if hour == 24 || hour == 0 && slices.ContainsFunc(words, isLate) {
		of = due.Add(-time.Hour)
	}
	for n, word := range words {
		switch {
		case isToday(word) && !tongue.SameDay(of, now) && !tongue.SameDay(due, now):
			return "", now, passed
		// Of a day of the week it is never known which.
		case isLater(word) && !isMorning(words, n) &&
			(laterDay.MatchString(word) || tongue.SameDay(of, now) || of.Before(now)):
			return "", now, tooFar()
		}
	}
	return asTask(on[1], due)
}

// doubtful asks about an end of a text that people write for a time, "" if it is none.
func doubtful(text string) string {
	if m := likeDose.FindStringSubmatch(text); m != nil {
		return isItTime(m[1], m[1])
	}
	if m := likeResult.FindStringSubmatch(text); m != nil {
		return tongue.Tf("Is +%s minutes from now? Then write +%s min. If it is a finding, write %s+.", m[1], m[1], m[1])
	}
	if likeTime.MatchString(text) || inFront.MatchString(text) {
		return unread()
	}
	if day := laterDayIn(text); day != "" {
		return noDayAlone(day)
	}
	if m := someHours.FindStringSubmatch(text); m != nil && !aWhile.MatchString(m[1]) {
		hour, _ := strconv.Atoi(m[3])
		return tongue.Tf("Is %s a time of day? Then write it as %s. If it is how long, write: for %s.", m[2],
			fmt.Sprintf("%02d:00", hour), m[2])
	}
	bare := strings.TrimRight(strings.Join(strings.Fields(framed.Replace(text)), " "), " .,;")
	if bare != text && (atClock.MatchString(bare) || inWhile.MatchString(bare) || doubtful(bare) != "") {
		return unread()
	}
	return ""
}

// hasPassed says so of a time that is due so much later that it may be the one of just now, and on which day it is.
func hasPassed(due, now time.Time) string {
	clock := tongue.Clock(due)
	if tongue.SameDay(due, now) {
		return tongue.Tf("%s has passed. Write a later time, +45 for minutes from now, or today %s.", clock, clock)
	}
	return tongue.Tf("%s has passed. Write a later time, +45 for minutes from now, or tomorrow %s.", clock, clock)
}

func unread() string {
	return tongue.T(
		"This time cannot be read. Write it at the end as 15:30, or as +45 for minutes from now. If it is no time, write its unit after it.",
	)
}

// isItTime asks about a number that may be a time, and says how to write it so that it is one.
func isItTime(written, clock string) string {
	if clock = strings.ReplaceAll(clock, ".", ":"); clock[1] == ':' {
		clock = "0" + clock
	}
	return tongue.Tf("Is %s a time? Then write it as %s. If it is not, write its unit after it.", written, clock)
}

// asTask is a task with its time, if it says what is to be done.
func asTask(what string, due time.Time) (string, time.Time, string) {
	if what = strings.TrimRight(strings.TrimSpace(what), " ,;"); what == "" {
		return "", due, tongue.T("Write what is to be done, and at its end when.")
	}
	return what, due, ""
}
