package window

import (
	"regexp"
	"strings"

	"github.com/wardlight/wardlight/app/tongue"
)

const (
	months = `(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|mar(?:ch)?|märz?|apr(?:il)?|may|mai|june?|juni?|july?|juli?` +
		`|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?`
	// aWeek is what makes of "next" a day: "next dose" is none.
	aWeek = `(?:weeks?|months?|woche|monat|mo|mon|di|mi|do|fr|sa|so|tues?|wed|thur?s?|fri|sat|sun|` + weekday + `)\.?`
)

// What is read as a day at the end of a text, or before a time. Of a number nobody knows whether it is a day or a
// dose, so it must have a day's form: 24.11. or 24.11, with a month of two digits, but 2.5 is a dose; 02/12, but 1/2
// is one of two bags, and 7/10 a score of pain. The short days of English may be small, but for those that are words;
// the German ones are capitals, as "do" is a word as well.
var (
	aDate = regexp.MustCompile(`(?:^|\s)((?:(?i:on|am|by|bis|until|till)\s+)?(?:` + strings.Join([]string{
		`\d{1,2}\.(?:0?[1-9]|1[0-2])\.(?:\d{2,4})?`, `\d{1,2}\.(?:0[1-9]|1[0-2])`,
		`\d{1,2}/(?:0[1-9]|1[12])(?:/\d{2,4})?`, `(?:0\d|1[1-9]|2\d|3[01])/10(?:/\d{2,4})?`, `\d{1,2}/\d{1,2}/\d{2,4}`,
		`\d{4}-\d{2}-\d{2}`,
		`(?i:\d{1,2}(?:st|nd|rd|th|\.)?\s*` + months + `|` + months + `\s+\d{1,2}(?:st|nd|rd|th)?)(?:\s+\d{4})?`,
		`(?i:mon|tues?|wed|thur?s?|fri)\.?`, `(?:Sat|Sun|Mo|Di|Mi|Do|Fr|Sa|So)\.?`,
		`(?i:next|nächste[nrs]?|kommende[nrs]?)\s+(?i:` + aWeek + `)`,
		`(?i:in)\s+(?i:(?:` + number + `|an?|einer?|einem)\s*(?:days?|tage?n?|weeks?|wochen?|fortnight|months?|monat\pL*))`,
	}, "|") + `)),?$`)
	// noDay is what a word that looks like a day is in a ward: a saturation, and the size of a catheter.
	noDay = regexp.MustCompile(`(?:(?i:o2|o₂|oxygen|oximetry)\s+Sat|(?:\d|(?i:ch|size))\s*Fr\.?)$`)
	// someDay is a later day anywhere, if it is not what the task is about.
	someDay = regexp.MustCompile(`(?i)(?:^|\s)(tomorrow|tmrw|tmw|2morrow|morgen|übermorgen|` + weekday + `)(?:$|[\s,])`)
	// theMorning is the other meaning of the German word for tomorrow.
	theMorning = regexp.MustCompile(`(?i)(?:heute|am|guten)\s+morgen$`)
	// kindly is what may follow a day.
	kindly = regexp.MustCompile(`(?i)[\s,]+(?:please|pls|bitte|at the latest|spätestens|am|pm|a\.m|p\.m)$`)
)

// dayAtEnd is what stands at the end of a text and is a day, or "".
func dayAtEnd(text string) string {
	m := aDate.FindStringSubmatchIndex(text)
	if m == nil || noDay.MatchString(text) || forADay.MatchString(strings.TrimSpace(text[:m[2]])) {
		return ""
	}
	return text[m[2]:m[3]]
}

// laterDayIn is a day that comes and that a text says without a time, or "": the task would be due now, and nobody
// would see why.
func laterDayIn(text string) string {
	if day := dayAtEnd(kindly.ReplaceAllString(text, "")); day != "" {
		return day
	}
	for _, m := range someDay.FindAllStringSubmatchIndex(text, -1) {
		if !forADay.MatchString(strings.TrimSpace(text[:m[2]])) && !theMorning.MatchString(text[:m[3]]) {
			return text[m[2]:m[3]]
		}
	}
	return ""
}

func tooFar() string {
	return tongue.T("A task is due within 24 hours: write the next such time, as 15:30.")
}

// noSuchDay asks about what may be a day and stands before a time.
func noSuchDay(day string) string {
	return tongue.Tf(
		"Is %s a day? A task is due within 24 hours: write the time alone, as 15:30. If it is no day, write its unit after it.",
		day)
}

// noDayAlone says that a day has no time.
func noDayAlone(day string) string {
	return tongue.Tf("%s alone is no time. Write at the end when it is due, within 24 hours, as 15:30, or +00 for now.",
		day)
}

// aboutDay asks whether a day that a text names is when the task is due.
func aboutDay(day string) string {
	return tongue.Tf("Is it due %s? A task is due within 24 hours: write the time alone. If it is only about %s, write: of %s.",
		day, day, day)
}
