package board

import (
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/vitals"
)

// NextSet is when the next set of a patient is due, for the board, the chart and `wardctl show` alike.
// sum.Recent are the sets, newest first. It is the zero time for a patient who is away or has died, and for one who is
// not scored and has been observed since admission: how often to observe a child is not the board's to say.
func NextSet(sum patient.Summary, every vitals.Intervals, now time.Time) time.Time {
	if !sum.Leave.IsZero() || sum.Patient.Deceased { // nobody measures a patient who is away or has died
		return time.Time{}
	}
	raised, any := vitals.Raised(sum.OfStay(sum.Recent, now))
	switch {
	case unobserved(sum, now), raised.Zero: // whoever it is, and whatever scores: somebody must look
	case !any, !sum.Scoring(now).Applies(), !raised.Picture.Values.Measured():
		return time.Time{}
	}
	return every.DueSince(sum.Admitted, sum.Recent)
}

// unobserved reports whether a patient who is here was not observed since they came.
func unobserved(sum patient.Summary, now time.Time) bool {
	return sum.Leave.IsZero() && !sum.Patient.Deceased && !sum.Admitted.After(now) &&
		vitals.Unobserved(sum.Recent, sum.Admitted)
}

// UnobservedText says since when nobody has observed a patient.
func UnobservedText(sum patient.Summary, now time.Time) string {
	if sum.Admitted.IsZero() {
		return tongue.T("No observations recorded yet")
	}
	return tongue.Tf("No observations since admission %s", tongue.Moment(sum.Admitted, now))
}
