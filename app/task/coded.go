package task

import (
	"strings"
	"unicode"
)

// A substance that is called by a number and letters has at most mostNumber digits, and some letters in
// these bounds: 5-FU, 3TC, 6-MP, 8-MOP. More digits are how much of it.
const mostNumber, leastLetters, mostLetters = 2, 2, 4

// units are words behind a number that say how much, how long, when or how often.
var units = stems(`mg kg mcg ug μg ng ml cl dl mm cm iu ie ui mu me mio mmol mol mval meq cc fr ch
	min std hrs hub hübe puff mal stk tag tage tage day days wk wks mo st nd rd th
	yr yrs jahr uhr to bis or oder per pro of von`)

// coded are the substances that some folded words call by a number and letters, written in one word
// ("5FU") or in two ("5-FU").
func coded(words []string) (out []string) {
	for n, w := range words {
		letters := strings.TrimLeftFunc(w, unicode.IsNumber)
		number := len(w) - len(letters)
		if letters == "" && n+1 < len(words) {
			letters = words[n+1]
		}
		if number > 0 && number <= mostNumber && len(letters) >= leastLetters && len(letters) <= mostLetters &&
			!units[stem(letters)] && !formed[stem(letters)] && !filling[stem(letters)] {
			out = append(out, w[:number]+letters)
		}
	}
	return out
}
