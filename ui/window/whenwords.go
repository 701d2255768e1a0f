package window

import (
	"regexp"
	"strings"
)

const (
	unit    = `(minutes?|minuten?|mins?|hours?|stunden?|std|hrs?|h)`
	toTime  = `(?:at|um|by|bis|ab|gegen|spätestens)`
	weekday = `(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag`
	anyDay  = `(?:today|heute|tomorrow|tmrw|tmw|2morrow|morgen|übermorgen|` + weekday + `)`
	always  = `(?:morgens|früh|vormittags|mittags|nachmittags|abends|nachts|tonight)`
	part    = `(?:vormittag|mittag|nachmittag|abend|nacht|morning|afternoon|evening|night)`
	// partOfDay is a part of a day, as said before or after a time. A noun alone is none: "Prepare for the night".
	partOfDay = `(?:` + always + `|(?:heute|am)\s+morgen` +
		`|(?:in\s+the|in\s+der|this|at|am|` + anyDay + `)\s+(?:` + always + `|` + part + `))`
	onADay = `(?:on\s+|am\s+|` + toTime + `\s+)?(?:` + partOfDay + `|` + anyDay + `)`
	number = `(?:\d{1,2}|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)` +
		`|(?:eins?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf))`
	about = `(?:about|around|approx\.?|ca\.?|circa|etwa|ungefähr|rund|half|quarter|viertel|of|and|und|an?|einer?|einem|halben)` +
		`|(?:viertelstunde|[½¼¾]|\d[\d.,:/–-]*)`
)

// The ends of a task's text that are read as its time: "15:30", "at 15:30 hrs", "15.30 Uhr", "15h30", "8 Uhr"; "+20",
// "+5 min", "in 20 min", "in 2 h".
var (
	atClock = regexp.MustCompile(`(?i)^(.*?)((?:(?:^|,?\s+)` + toTime + `)*)(?:^|,?\s+)` +
		`(\d{1,2})(?::(\d{2})(?:\s*(?:uhr|hrs?|h))?|\.(\d{2})\s*(?:uhr|hrs?|h)|h(\d{2})|\s*uhr)$`)
	inWhile = regexp.MustCompile(`(?i)^(.*?)(?:^|,?\s+)` +
		`(?:\+\s*(\d{2,4})|\+\s*(\d{1,4})\s*` + unit + `|in\s+(\d{1,4})\s*` + unit + `)$`)
	onDay = regexp.MustCompile(`(?i)^(.*?)((?:(?:^|,?\s+)` + onADay + `)+)$`)
	uhr   = regexp.MustCompile(`(?i)uhr$`)
	// forADay is a word that makes of the day after it what the task is about: "Fasting for tomorrow".
	forADay = regexp.MustCompile(`(?i)(?:^|\s)(?:for|für|until|till|before|vor|after|nach|from|von|vom|since|seit|of` +
		`|the|next|last|nächste[nr]?|letzte[nr]?)$`)
	// ofADay is such a word also where a time follows the day: "Report the bloods of Monday 15:30".
	ofADay   = regexp.MustCompile(`(?i)(?:^|\s)(?:from|von|vom|since|seit|of|last|letzte[nr]?)$`)
	laterDay = regexp.MustCompile(`^(?:übermorgen|` + weekday + `)$`)
)

// The ends of a text that a person may mean as a time, and that are none of those. A number with a point may be a
// dose or a rate as well ("Insulin to 10.50"), one with a plus a finding, and a ratio such as 1:1000 is no time.
var (
	likeTime = regexp.MustCompile(`(?i)(?:(?:^|\s)(?:` + strings.Join([]string{
		`\+\s*\d+(?::\d+|[.,/]\d+\s*` + unit + `)`,
		`\+\s*\d+(?:\s*(?:` + unit + `|s|secs?|seconds?|sek\pL*|d|days?|tagen?))?`,
		`\d{1,2}[:.]\d{1,2}\s*(?:uhr|hrs?|h)?\s*` + onADay,
		`\d{1,2}[:.,;]\d{1,2}\s*(?:uhr|hrs?|h)`,
		`\d{1,2}(?:[:.]\d{1,2})?\s*(?:uhr|am|pm|a\.m|p\.m)(?:\s+` + onADay + `)?`,
		toTime + `\s+(?:half|quarter)\s+` + number,
		toTime + `\s+` + number + `\s+(?:\d{2}|(?:oh|o)\s+\pL+|five|ten|fifteen|(?:twenty|thirty|forty|fifty)(?:[\s-]\pL+)?)`,
		toTime + `\s+` + number + `(?:\s*(?:hrs?|h|o'clock))?(?:\s+` + onADay + `)?`, number + `\s+o'clock`,
		`(?:at|um)\s+\d{3,4}`,
		`(?:[01]\d|2[0-4])\s?[0-5]\d(?:\s*(?:hrs?|h|uhr))?`, `\d{1,2}h\d{1,2}`,
		`\d{1,2}:\d{2}\s*(?:utc|gmt|bst|ces?t|mes?z|[ecmp][sd]t)`,
		`(?:noon|midday|midnight|mitternachts?)`, partOfDay,
		`(?:(?:half|quarter)\s+(?:past|to)|halb|dreiviertel|viertel\s+(?:vor|nach|ab))\s+` + number,
		`\d{1,2}\s*(?:uhr|hrs?|h|:)\s*\d{2}(?::\d{2})?`, `in\s+` + number + `\s*(?:days?|tage?n?|weeks?|wochen?)`,
		`in\s+(?:(?:` + number + `|` + about + `)\s*` + unit + `?\s*)+`,
	}, "|") + `)|(?:^|[\s/–-]|\s(?:at|um))\d{1,2}[:;]\d{1,2}|[/–-]\d{1,2}(?:\.\d\d)?\s*uhr)$`)
	likeDose   = regexp.MustCompile(`(?:^|\s)((?:0?[1-9]|00|1\d|2[0-3])\.[0-5]\d)$`)
	likeResult = regexp.MustCompile(`(?:^|\s)\+\s*(\d)$`)
	// someHours is "20h" or "8 h", a time or a while; after such a word it is a while for sure.
	someHours = regexp.MustCompile(`(?i)(?:^|(\S+)\s+)(([01]?\d|2[0-4])\s*(?:hrs?|h))$`)
	aWhile    = regexp.MustCompile(
		`(?i)^(?:every|alle|each|for|für|over|über|per|pro|within|binnen|after|nach|q|x|last|letzte)$`)
	// framed is what stands around a time that is not read so: "(15:30)", "@15:30", "15:30?".
	framed = strings.NewReplacer("(", " ", ")", " ", "[", " ", "]", " ", "@", " ", "?", " ", "!", " ")
	// inFront is a time where none is read.
	inFront = regexp.MustCompile(`(?i)^(?:at|um)?\s*(?:[01]\d|2[0-4])[:h][0-5]\d(?:\s*(?:uhr|hrs?|h))?[,:]?\s`)
)

// What of the text before a time keeps it from being read.
var (
	// another is a second time, or what joins one to it: "at 15:30 and 18:30", "from 8 bis 18 Uhr".
	another = regexp.MustCompile(`(?i)(?:^|[^\d:.,])(?:(?:[01]\d|2[0-4])[:h][0-5]\d|\d:00|[2-9]:(?:15|30|45))(?:$|[^\d])` +
		`|\d\s*uhr(?:$|\PL)` +
		`|(?:^|\s)(?:at|um)\s+\d{1,2}(?:[:.]\d\d)?(?:$|,|\s+(?:and|und|or|oder|&))` +
		`|(?:^|\s)(?:and|und|or|oder|from|von|between|zwischen)(?:\s+\d{1,2})?$|[&/+–-]$`)
	// leadsOff is a word that makes of the time something else than when the task is due: "in 1:30 h".
	leadsOff = regexp.MustCompile(`(?i)(?:^|\s)(?:in|over|über|every|alle|within|binnen|after|nach)$|[@(]$`)
	// late is an evening or a night that stands anywhere.
	late = regexp.MustCompile(`(?i)(?:^|\s)(tonight|abends|nachts|(?:this|heute|tomorrow|morgen|in\s+the|am)\s+` +
		`(?:evening|night|abend|nacht))(?:$|[\s,])`)
	// dosed is an amount that runs for some time: "500 ml in 2 h".
	dosed = regexp.MustCompile(`(?i)\d\s*(?:%|(?:ml|cl|dl|l|mg|g|kg|µg|mcg|ug|ng|ie|iu|i\.e\.?|units?|einheiten` +
		`|mmol|mol|mval|meq|kcal|lit(?:er|re)s?|ek|tk|ffp|beutel|bags?|amp|ampoules?|ampullen?|vials?)` +
		`(?:/\pL+)*\.?(?:$|[^\pL]))`)
)

// fits reports whether an hour is of all parts of the day that words name. Whoever writes 8 for an evening means 20,
// and 12 for a night means 0; what is meant is for them to write.
func fits(words []string, hour int) bool {
	for n, word := range words {
		switch word {
		case "morgens", "früh", "vormittag", "vormittags", "morning":
			if hour >= 12 {
				return false
			}
		case "mittag", "mittags":
			if hour < 11 || hour > 14 {
				return false
			}
		case "nachmittag", "nachmittags", "afternoon":
			if hour < 12 {
				return false
			}
		}
		if isLate(word) && hour > 0 && hour <= 12 || isMorning(words, n) && hour >= 12 {
			return false
		}
	}
	return true
}

func isLate(word string) bool {
	switch word {
	case "abend", "abends", "nacht", "nachts", "evening", "night", "tonight":
		return true
	}
	return false
}

// isMorning reports whether a "morgen" is the morning and not tomorrow: after "heute" and "am".
func isMorning(words []string, n int) bool {
	return words[n] == "morgen" && n > 0 && (words[n-1] == "heute" || words[n-1] == "am")
}

func isToday(word string) bool {
	return word == "today" || word == "heute" || word == "tonight" || word == "this"
}

// isLater reports whether a word names a later day.
func isLater(word string) bool {
	return isTomorrow(word) || laterDay.MatchString(word)
}

func isTomorrow(word string) bool {
	switch word {
	case "tomorrow", "tmrw", "tmw", "2morrow", "morgen":
		return true
	}
	return false
}
