package task

import (
	"slices"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
)

// Known is what the record knows of a patient when one of their tasks is closed.
type Known struct {
	// Others are the patient's tasks; the one that is closed may be among them.
	Others []Task
	// Allergy says whether anybody recorded what the patient is allergic to, Allergic is what.
	Allergy  patient.AllergyStatus
	Allergic []patient.Allergy
	Gone     patient.Gone
}

// DoubtsOf are the reasons to ask a person, by staff ID, before they close t as done at now. Care
// may be done twice, not hours early, nor with what the patient is allergic to. That no allergies are recorded is
// not said again to a person who gave the patient a medicine within [UnaskedAgain] after they were told so; whoever
// gave one while allergies were recorded was not.
func DoubtsOf(t Task, k Known, by string, now time.Time) Doubts {
	d := Doubts{Gone: k.Gone, Allergic: allergicTo(t.Line(), k.Allergic)}
	if early := t.Due.Sub(now); early > t.Kind.earlyBy() {
		d.Early = early
	}
	if t.Kind != Medicine {
		return d
	}
	d.Unasked = k.Allergy == patient.AllergiesNotRecorded
	name := nameOf(t.Text)
	var last Task
	for _, o := range k.Others {
		if o.ID == t.ID || o.Kind != Medicine || o.Outcome != Done {
			continue
		}
		if o.ClosedBy == by && o.toldUnasked() && now.Sub(o.Closed) < UnaskedAgain {
			d.Unasked = false
		}
		if nameOf(o.Text) != name {
			continue
		}
		if last.ID == "" || o.Closed.After(last.Closed) {
			last = o
		}
		if (near(o.Closed, now) || near(o.Due, t.Due)) && (d.Again.ID == "" || o.Closed.After(d.Again.Closed)) {
			d.Again = o
		}
	}
	if last.ID != "" && crowds(last, t, now) {
		d.Again = last
	}
	return d
}

// crowds reports whether t, given now, follows the last dose within less than half of the gap that their due times
// have: that one was late.
func crowds(last, t Task, now time.Time) bool {
	return 2*now.Sub(last.Closed) < t.Due.Sub(last.Due).Abs()
}

// toldUnasked reports whether the person who closed it was told that no allergies are recorded.
func (t Task) toldUnasked() bool { return slices.Contains(strings.Split(t.Asked, ","), unasked) }

func near(a, b time.Time) bool { return a.Sub(b).Abs() <= AgainWithin }
