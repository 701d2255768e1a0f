package parked

import (
	"fmt"
	"regexp"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/tongue"
)

// Limits are a site's settings of what is parked; zero values are the defaults.
type Limits struct {
	// Alert is after how long waiting an entry is a technical alert.
	Alert time.Duration
	// Keep is after how long the text of what was decided is erased. What waits is
	// never erased.
	Keep time.Duration
}

// The defaults.
const (
	AlertAfter = 30 * time.Minute
	KeepFor    = 90 * 24 * time.Hour
)

// OrDefault is l with its zero values set.
func (l Limits) OrDefault() Limits {
	if l.Alert <= 0 {
		l.Alert = AlertAfter
	}
	if l.Keep <= 0 {
		l.Keep = KeepFor
	}
	return l
}

var namespace = uuid.MustParse("2f0c5d3a-6a55-5d0e-9f5e-9d0f4a1b7c11")

// AlertID is that of the alert that an entry waits, on one ward: the same whoever
// raises it, and another one when it waits again.
func (e Entry) AlertID(ward string) string {
	return uuid.NewSHA1(namespace, fmt.Appendf(nil, "parked|%s|%d|%d|%s", e.Key, e.Group, e.Turn, ward)).String()
}

// AlertText says to a ward that an entry waits. It holds no patient data. local is
// the zone in which the ward reads the time.
func (e Entry) AlertText(local *time.Location) string {
	what, source := "A message", e.Source
	if e.Result() {
		what = "A result"
	}
	if source == "" {
		source = nameless
	}
	return fmt.Sprintf("%s of %s waits since %s for a person to say whose it is (parked message %d): `wardctl parked list`",
		what, source, e.Since.In(local).Format("15:04 on 2 Jan"), e.ID)
}

// saidBy is what [Entry.AlertText] says.
var saidBy = regexp.MustCompile("^A (message|result) of (.*) waits since .* \\(parked message ([0-9]+)\\)")

// AlertWords is the text of an [Entry.AlertText] as its reader says it, who may have
// another language and another zone; since is when the entry began to wait. A text
// that is none stays as it is.
func AlertWords(text string, since time.Time) string {
	said := saidBy.FindStringSubmatch(text)
	if said == nil {
		return text
	}
	source, at := said[2], tongue.Date(tongue.Here(since), "02 Jan 15:04")
	if source == nameless {
		source = tongue.T(nameless)
	}
	if said[1] == "result" {
		return tongue.Tf("A result of %s waits since %s for a person to say whose it is (parked message %s). Tell IT: wardctl parked list", source, at, said[3])
	}
	return tongue.Tf("A message of %s waits since %s for a person to say whose it is (parked message %s). Tell IT: wardctl parked list", source, at, said[3])
}

// nameless is a source that does not say its name.
var nameless = tongue.Key("a sender without a name")
