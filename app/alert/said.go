package alert

import (
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/tongue"
)

// What the record itself raises has a plain English text, for whatever reads only
// that. A screen says it in its reader's language, by what the alert's ID holds.

// Sources of what the record raises.
const (
	FromRecord = "record"
	FromParked = "parked"
)

const (
	aheadPrefix  = "dated-ahead:"
	unlikePrefix = "merged-unlike:"
	leftPrefix   = "left-ahead:"
)

// AheadID names the technical alert about sets of a patient that are dated in the
// future: one a source and day. A source without a name is a person who charted.
func AheadID(patient, source string, day time.Time) string {
	return aheadPrefix + patient + ":" + source + ":" + day.Format(time.DateOnly)
}

// UnlikeID names the technical alert about a merge of two patients who look unlike,
// on one ward.
func UnlikeID(survivor, merged, ward string) string {
	return unlikePrefix + survivor + ":" + merged + ":" + ward
}

// LeftID names the technical alert about an event that is dated in the future and took
// a patient off a ward.
func LeftID(event, ward string) string { return leftPrefix + event + ":" + ward }

// Words is the alert's text as a screen shows it: what its source said, and where
// it said nothing, that.
func (a Alert) Words() string {
	rest, ahead := strings.CutPrefix(a.ID, aheadPrefix+a.Patient+":")
	switch {
	case a.Text == NoText:
		return tongue.T("An alert came without a text. Look at the patient, and tell IT.")
	case a.Source == FromRecord && ahead && len(rest) > len(time.DateOnly):
		if source := rest[:len(rest)-len(":"+time.DateOnly)]; source != "" {
			return tongue.Tf("A set of observations is dated in the future. Check the clock of %s.", source)
		}
		return tongue.T("Somebody charted observations that are dated in the future. Check when they were taken.")
	case a.Source == FromRecord && strings.HasPrefix(a.ID, unlikePrefix):
		return tongue.T(
			"Two unlike people were merged into this chart. Check who this is, and tell IT: it can be undone.")
	case a.Source == FromRecord && strings.HasPrefix(a.ID, leftPrefix):
		return tongue.T(
			"A move or discharge of this patient is dated in the future. Check where the patient is.")
	case a.Source == FromParked:
		return parked.AlertWords(a.Text, a.Raised)
	}
	return a.Text
}
