package board

import "slices"

// Guard is how much a chip protects a patient from what is done to them without having read it. It is the
// one order in which chips stand, on a tile, in a list and in the banner, and in which they give way: what
// protects less is counted ("+2") first.
type Guard int

// The order, from what is counted first to what is last. See [Chip.Counts] and [Chip.IsWhole] for where in
// it a chip is no longer counted, and no longer cut.
const (
	GuardNone       Guard = iota
	GuardNext             // when the next set is due: said below the beds as well
	GuardPlans            // on leave, a move that is planned
	GuardCare             // falls, skin, who may read
	GuardEditing          // somebody writes in the chart
	GuardRemark           // a value that was corrected or read twice carries its shape beside it
	GuardScale            // SpO₂ on scale 2: a wrong target misleads
	GuardUnscored         // pregnant, or a child: no score
	GuardLate             // observations are overdue, or were refused
	GuardIncomplete       // the score is a lower bound
	GuardName             // the name held hidden characters
	GuardPlace            // no bed: where to find the patient
	GuardFuture           // a set whose time cannot be true
	GuardDied             // or discharged
	GuardUnobserved       // nobody has observed the patient since admission
	GuardZero             // a device sent 0: off, or an arrest
	GuardTwoInBed         // the bed does not say whose it is
	GuardLookAlike        // somebody on the ward has nearly this name
	GuardIsolation
	GuardNilByMouth
	GuardResuscitation
	GuardAllergy // first, as in the banner: the most common way to harm
)

// Where in the order a chip is given its words, and where all of them. Below GuardLate a chip says what is
// nice to know or stands on the screen once more: who only counts it misses nothing that cannot wait until
// the chart is open. From GuardLate on it says that what is read beside it is not to be relied on, such as a
// score that is old. From GuardLookAlike on it says whom one has before one, or what must not be done to
// them: half of that reads as its contrary.
const (
	inWords  = GuardLate
	neverCut = GuardLookAlike
)

// Counts reports whether a chip may be counted ("+2") where there is no room; one that may not stands in
// words, if need be in few, and is never cut at its start.
func (c Chip) Counts() bool { return c.Guard < inWords }

// IsWhole reports whether a chip is never cut anywhere nor scrolled away: it stands in its words, or in its
// short ones.
func (c Chip) IsWhole() bool { return c.Guard >= neverCut }

// ByGuard puts what protects most first; among equals the order stays.
func ByGuard(chips []Chip) {
	slices.SortStableFunc(chips, func(a, b Chip) int { return int(b.Guard) - int(a.Guard) })
}
