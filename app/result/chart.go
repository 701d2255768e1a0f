package result

// Charting is what one message says of one patient.
type Charting struct {
	Patient string
	// Scale2: the patient's oxygen saturation is scored on scale 2.
	Scale2  bool
	Results []Result
}

// Finding is what the record found of a version, or of the set that it belongs to.
type Finding struct {
	Result string // the version's ID
	Kind   FindingKind
}

// FindingKind says what was found.
type FindingKind int

// What can be found.
const (
	// CorrectsNothing: nothing is known that this could correct or withdraw. If it
	// has a value, that stands for itself.
	CorrectsNothing FindingKind = iota + 1
	// CorrectsSeveral: it is not clear which of several it means. None was changed.
	CorrectsSeveral
	// NotObtainedHere: the source obtained no value.
	NotObtainedHere
	// PersonKept: a person decided on the value before; theirs is kept.
	PersonKept
	// OfBefore: what it corrects was charted by a program that did not keep what
	// it belongs to; the set that holds it is as it was.
	OfBefore
	// Regrouped: with it, a correction or withdrawal that came before counts for a
	// value of another time than until now.
	Regrouped
	// WithdrawsOther: the one value of its order, which it withdraws, was taken at
	// another time than it says.
	WithdrawsOther
	// DiastolicAbove: the diastolic pressure of its set is above the systolic.
	DiastolicAbove
)
