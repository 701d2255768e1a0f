package vitals

import "github.com/wardlight/wardlight/app/tongue"

// NoScore says why NEWS2 does not apply to a patient. Its words are printed by `wardctl
// show --json`.
type NoScore string

// The reasons. The zero value is a patient who is scored.
const (
	Scored    NoScore = ""
	Pregnancy NoScore = "pregnancy"
	Under16   NoScore = "under-16"
)

// ScoredFrom is the age in years from which NEWS2 applies.
const ScoredFrom = 16

// Scoring says how the signs of a patient are read: by NEWS2 or not at all, and on which
// scale of SpO2. All that shows a score asks it.
type Scoring struct {
	None   NoScore
	Scale2 bool // by a prescriber's decision
}

// ScoringOf is how the signs of a patient are read. An age that is not known, below 0,
// is that of an adult: hiding a deterioration is worse than scoring one patient too many.
func ScoringOf(ageYears int, pregnant, scale2 bool) Scoring {
	s := Scoring{Scale2: scale2}
	switch {
	case pregnant:
		s.None = Pregnancy
	case ageYears >= 0 && ageYears < ScoredFrom:
		s.None = Under16
	}
	return s
}

// Applies reports whether NEWS2 may be used.
func (s Scoring) Applies() bool { return s.None == Scored }

// Reason says why no score applies; "" where one does.
func (s Scoring) Reason() string {
	switch s.None {
	case Pregnancy:
		return tongue.T("NEWS2 does not apply: pregnancy")
	case Under16:
		return tongue.T("NEWS2 does not apply: under 16")
	}
	return ""
}

// Scale names the scale of SpO2: "SpO₂ scale 2"; "SpO₂" alone where no scale is read.
func (s Scoring) Scale() string {
	switch {
	case s.Scale2:
		return tongue.T("SpO₂ scale 2")
	case !s.Applies():
		return "SpO₂"
	}
	return tongue.T("SpO₂ scale 1")
}
