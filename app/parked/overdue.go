package parked

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/foreign"
)

// Overdue is what has waited too long of all that one sender sent, as one ward hears
// of it: a sender whose numbers are all wrong is one alert, not hundreds.
type Overdue struct {
	Source string
	Count  int
	First  Entry // that has waited the longest
}

var namespace = uuid.MustParse("2f0c5d3a-6a55-5d0e-9f5e-9d0f4a1b7c11")

// AlertsOf is how the IDs of all alerts of a ward about one sender begin.
func AlertsOf(ward, source string) string {
	return "parked:" + uuid.NewSHA1(namespace, fmt.Appendf(nil, "%s|%s", ward, source)).String() + ":"
}

// AlertID is that of an alert which began with an entry: the same whoever raises it,
// and another one when the entry waits again after it was decided.
func (e Entry) AlertID(ward string) string {
	began := uuid.NewSHA1(namespace, fmt.Appendf(nil, "%s|%d|%d", e.Key, e.Group, e.Turn))
	return AlertsOf(ward, e.Source) + began.String()
}

// Text says to a ward what waits. It holds no patient data. local is the zone in which
// the ward reads the time.
func (o Overdue) Text(local *time.Location) string {
	source := foreign.Line(o.Source, 80)
	if source == "" {
		source = nameless
	}
	since := o.First.Since.In(local).Format("15:04 on 2 Jan")
	if o.Count > 1 {
		return fmt.Sprintf(
			"%d messages of %s have waited too long for a person to say whose they are, the first since %s "+
				"(parked message %d): `wardctl parked list`",
			o.Count,
			source,
			since,
			o.First.ID,
		)
	}
	what := "A message"
	if o.First.Result() {
		what = "A result"
	}
	return fmt.Sprintf(
		"%s of %s waits since %s for a person to say whose it is (parked message %d): `wardctl parked list`",
		what,
		source,
		since,
		o.First.ID,
	)
}
