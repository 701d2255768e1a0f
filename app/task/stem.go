package task

import (
	"strings"

	"github.com/wardlight/wardlight/app/patient"
)

// endings are how one word ends in another number or the other language (eggs, Nüsse,
// codeine), with how much must be left of it before it is the same word.
var endings = []struct {
	end   string
	least int
}{{"en", 5}, {"er", 5}, {"es", 4}, {"e", 4}, {"s", 3}}

// stem is a folded word without its ending, so that one thing is one word.
func stem(word string) string {
	switch {
	case word == "eier":
		return "ei"
	case strings.HasSuffix(word, "ss"):
		return word
	case strings.HasSuffix(word, "ies") && len(word) > len("ies")+leastShort:
		return strings.TrimSuffix(word, "ies") + "y"
	}
	for _, e := range endings {
		if rest, is := strings.CutSuffix(word, e.end); is && len(rest) >= e.least {
			return rest
		}
	}
	return word
}

// stems are the words of a list as they are compared with those of an allergy.
func stems(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(patient.Fold(list)) {
		out[stem(w)] = true
	}
	return out
}
