package parked

import (
	"regexp"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// nameless is a source that does not say its name.
var nameless = tongue.Key("a sender without a name")

// oneSaid and severalSaid are what [Overdue.Text] says.
var (
	oneSaid     = regexp.MustCompile(`^A (message|result) of (.*) waits since .* \(parked message ([0-9]+)\)`)
	severalSaid = regexp.MustCompile(`^([0-9]+) messages of (.*) have waited too long .* \(parked message ([0-9]+)\)`)
)

// AlertWords is the text of an [Overdue] as its reader says it, who may have another
// language and another zone; since is when the first entry began to wait. A text that
// is none stays as it is.
func AlertWords(text string, since time.Time) string {
	at := tongue.Date(tongue.Here(since), "02 Jan 15:04")
	source := func(said string) string {
		if said == nameless {
			return tongue.T(nameless)
		}
		return said
	}
	if said := severalSaid.FindStringSubmatch(text); said != nil {
		return tongue.Tf(
			"%s messages of %s have waited too long for a person to say whose they are, the first since %s (parked message %s). Tell IT: wardctl parked list",
			said[1],
			source(said[2]),
			at,
			said[3],
		)
	}
	said := oneSaid.FindStringSubmatch(text)
	switch {
	case said == nil:
		return text
	case said[1] == "result":
		return tongue.Tf(
			"A result of %s waits since %s for a person to say whose it is (parked message %s). Tell IT: wardctl parked list",
			source(said[2]),
			at,
			said[3],
		)
	}
	return tongue.Tf(
		"A message of %s waits since %s for a person to say whose it is (parked message %s). Tell IT: wardctl parked list",
		source(said[2]),
		at,
		said[3],
	)
}
