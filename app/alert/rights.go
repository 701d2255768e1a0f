package alert

import (
	"slices"

	"github.com/wardlight/wardlight/app/staff"
)

// Relation is how a person stands to an alert. The record decides it, never who
// asks: see [Relate].
type Relation string

// The relations, the closest first.
const (
	Holds          Relation = "holds"            // accepted it, and has it in hand
	NurseOfPatient Relation = "nurse-of-patient" // looks after the patient this shift
	ForwardedTo    Relation = "forwarded-to"     // the last forward asks them, or their role
	CalledByName   Relation = "called-by-name"   // an earlier forward asked them: whoever was called stays called
	InCharge       Relation = "in-charge"        // a charge nurse of the alert's ward
	InEmergency    Relation = "in-emergency"     // took emergency access to the alert's ward
	Unrelated      Relation = "unrelated"        // works on the alert's ward
)

// Relations lists them all.
func Relations() []Relation {
	return []Relation{Holds, NurseOfPatient, ForwardedTo, CalledByName, InCharge, InEmergency, Unrelated}
}

// Relate is how a person stands to an alert: holder has it in hand ("" nobody),
// nurses look after its patient, asked are whom its forwards asked, in their order.
// Of several relations the closest counts.
func Relate(id string, role staff.Role, holder string, nurses []Nurse, asked []Target, emergency bool) Relation {
	last := len(asked) - 1
	switch {
	case id == "":
		return Unrelated
	case holder == id:
		return Holds
	case slices.ContainsFunc(nurses, func(n Nurse) bool { return n.ID == id }):
		return NurseOfPatient
	case last >= 0 && (asked[last] == Person(id) || asked[last] == ChargeNurse && role == staff.ChargeNurse):
		return ForwardedTo
	case slices.Contains(asked, Person(id)):
		return CalledByName
	case role == staff.ChargeNurse:
		return InCharge
	case emergency:
		return InEmergency
	}
	return Unrelated
}

// Reach is how far an alert's call has come.
type Reach int

// The reaches: each calls those before it as well.
const (
	ToNurse Reach = iota
	ToCharge
	ToEveryone
)

// Reaches lists them all.
func Reaches() []Reach { return []Reach{ToNurse, ToCharge, ToEveryone} }

func (t Target) reach() Reach {
	switch t {
	case Everyone:
		return ToEveryone
	case ChargeNurse:
		return ToCharge
	}
	return ToNurse
}

// Reach is how far the call has come by what the record knows of the alert: its
// level, its forwards, and whether anybody knows whose it is.
func (l Life) Reach(a Alert, r Rule) Reach {
	if a.Patient == "" && a.Priority != Technical {
		return ToEveryone
	}
	out := ToNurse
	for n := range l.Level + 1 {
		out = max(out, r.At(n).reach())
	}
	for _, to := range l.Asked { // whoever was called stays called
		out = max(out, to.reach())
	}
	return out
}

// Reach is how far the call has come by who is signed in.
func (c Call) Reach() Reach {
	switch {
	case c.Everyone:
		return ToEveryone
	case c.Charge:
		return ToCharge
	}
	return ToNurse
}

// Rights is what a person may do with an alert.
type Rights struct {
	Accept, Reject, Forward bool
	End, GiveBack           bool
	// OnMyWay: may say that they are on their way. It quiets nothing, so whoever may
	// accept does that in its place.
	OnMyWay bool
	// NotComing: said that they are on their way, and may take that back.
	NotComing bool
}

// RightsTo is the one table of who may do what with an alert: by role, by how the
// person stands to it, and by how far its call has come. What the record takes and
// what a screen offers both come from here.
//
// What goes by the alert's state is added by [Rights.While]: also that somebody is not coming after all,
// which is a person's own word and takes no right.
//
// Whoever is called can answer. A charge nurse always can. A care assistant, and a
// nurse or doctor who is not called, can say that they are on their way. Everybody
// else can do nothing, but whoever has an alert in hand can give it back.
func RightsTo(role staff.Role, how Relation, reach Reach) Rights {
	answer := Rights{Accept: true, Reject: true, Forward: true}
	switch role {
	case staff.ChargeNurse:
		answer.End, answer.GiveBack = true, true // also of what another has in hand
		return answer
	case staff.Nurse, staff.Doctor:
	case staff.CareAssistant:
		// What was accepted in another role can always be given back.
		return Rights{OnMyWay: how != Holds, GiveBack: how == Holds}
	default:
		return Rights{GiveBack: how == Holds}
	}
	switch how {
	case Holds:
		return Rights{Forward: true, End: true, GiveBack: true}
	case NurseOfPatient, ForwardedTo, CalledByName, InEmergency:
		return answer
	}
	if reach == ToEveryone {
		return answer
	}
	return Rights{OnMyWay: true}
}

// While is what of the rights can be done in a state: open alerts are answered,
// those in hand are given back and ended, and only by whoever holds them forwarded. Until the
// alert ends, whoever said that they are on their way (onWay) may take that back.
func (r Rights) While(s State, holds, onWay bool) Rights {
	var out Rights
	switch s {
	case Open:
		out = Rights{Accept: r.Accept, Reject: r.Reject, Forward: r.Forward, OnMyWay: r.OnMyWay}
	case TakenInHand:
		out = Rights{Forward: r.Forward && holds, End: r.End, GiveBack: r.GiveBack}
	}
	out.NotComing = onWay && s != EndedByCause
	return out
}

// Allow reports whether the rights allow a step.
func (r Rights) Allow(k MoveKind) bool {
	switch k {
	case Accepted:
		return r.Accept
	case Rejected:
		return r.Reject
	case Forwarded:
		return r.Forward
	case Resolved:
		return r.End
	case TakenBack:
		return r.GiveBack
	case OnMyWay:
		return r.OnMyWay
	case NotComing:
		return r.NotComing
	}
	return false
}

// May is what a person may do with the alert now, as this station knows it: what a
// screen offers. emergency says that they have emergency access to the alert's ward.
func (c Card) May(who staff.Staff, emergency bool) Rights {
	how := Relate(who.ID, who.Role, c.TakenID, c.Nurses, c.Asked, emergency)
	onWay := slices.ContainsFunc(c.OnWay, func(o OnWay) bool { return o.Staff == who.ID })
	return RightsTo(who.Role, how, c.Reach).While(c.State, c.TakenID == who.ID, onWay)
}
