package board

import "slices"

// Guard is how much a chip protects a patient from what is done to them without having read it. It is the
// one order in which chips stand, on a tile, in a list and in the banner, and in which they give way: what
// protects less is counted ("+2") first.
type Guard int

// The order, from what is counted first to what is last. From GuardLate on a chip always stands in words,
// if need be in few: none of these is ever counted, nor cut at its start.
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

// Protects reports whether a chip must never be counted.
func (c Chip) Protects() bool { return c.Guard >= GuardLate }

// ByGuard puts what protects most first; among equals the order stays.
func ByGuard(chips []Chip) {
	slices.SortStableFunc(chips, func(a, b Chip) int { return int(b.Guard) - int(a.Guard) })
}
