package board

import (
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// ParkedText says that messages wait to be assigned, what may be missing for it, and
// what to do; "" if none does.
// Those that name no ward are the charge nurses' of the site: charge says that one
// reads it.
func (s Snapshot) ParkedText(charge bool) (head, rest string) {
	n, census, since := s.Parked.Count, s.Parked.Census, s.Parked.Since
	if charge && s.ParkedUnnamed.Count > 0 {
		n += s.ParkedUnnamed.Count
		census += s.ParkedUnnamed.Census
		since = earlier(since, s.ParkedUnnamed.Since)
	}
	if n == 0 {
		return "", ""
	}
	// Short: in large text every line of it takes the place of patients.
	head = tongue.N(n, "%d unassigned message", "%d unassigned messages")
	if !since.IsZero() {
		head += " " + tongue.Tf("since %s", tongue.Moment(since, s.Built))
	}
	switch {
	case census == n && charge:
		rest = tongue.T("A patient may be missing, or be shown in the wrong place. Tell IT: wardctl parked list.")
	case census == n:
		rest = tongue.T("A patient may be missing, or be shown in the wrong place. Tell the charge nurse.")
	case census > 0 && charge:
		rest = tongue.T("Patients and values may be missing. Tell IT: wardctl parked list.")
	case census > 0:
		rest = tongue.T("Patients and values may be missing. Tell the charge nurse.")
	case charge:
		rest = tongue.T("Values may be missing from a chart. Tell IT: wardctl parked list.")
	default:
		rest = tongue.T("Values may be missing from a chart. Tell the charge nurse.")
	}
	return head + ".", rest
}

// earlier is the first of two times that are known.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}
