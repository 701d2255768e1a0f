package hl7

import (
	"slices"

	"github.com/wardlight/wardlight/app/patient"
)

// likeness is how what a message says of who somebody is fits what is known of the
// patient who has its number.
type likeness struct {
	otherName bool // plainly another's
	stranger  bool // neither the family name nor the given name is the patient's
	givenFits bool
	nameFits  bool // family name and given name
	// placeholder is a name that is nobody's: its sex and date of birth may be so too.
	placeholder bool
	otherBirth  bool // plainly another's
	generation  bool // and as far away as that of a parent or a child
	birthFits   bool
	otherSex    bool
	sexFits     bool
}

// sameOne holds what a message says of who the patient is against the record. A
// number can be mistyped, or be given to another: what is plainly another person's
// parks the message, what may be a mistake warns.
func (p *mapping) sameOne(pid Segment, h Holder, own []patient.Identifier) error {
	l := p.likeness(pid, h)
	park := func(reason string) error { return &ParkError{Reason: reason, Numbers: own} }
	unconfirmed := !l.birthFits // a sex is that of half of all
	kind, _ := p.m.event()
	if kind == "ADT" { // which would rename the patient
		unconfirmed = unconfirmed || l.otherSex
	}
	switch {
	case l.otherName && l.otherBirth:
		return park("the number is of somebody with another name and another date of birth")
	case l.generation && !l.placeholder && !p.corrects(l, own):
		return park("the number is of somebody whose date of birth is a generation away")
	case l.otherBirth && l.otherSex && !l.givenFits && !l.placeholder:
		return park("the number is of somebody with another sex and another date of birth")
	case l.stranger && unconfirmed:
		return park("the number is of somebody with another name, and nothing else says that it is the same person")
	case l.otherName:
		p.warnAt(pid, "PID-5 is plainly another's name than that of the patient with this number")
	case l.generation && !l.placeholder && kind == "ADT":
		p.warnAt(pid, "PID-7 is a date of birth a generation away from the record's, of the same name: "+
			"it counts as its correction")
	case l.otherBirth:
		p.warnAt(pid, "PID-7 is plainly another's date of birth than that of the patient with this number")
	}
	return nil
}

// corrects reports whether a date of birth that is a generation away is one that was
// mistyped: family name and given name are the patient's, the sex is no other, and the
// number is of the authority that the site knows its patients by.
func (p *mapping) corrects(l likeness, own []patient.Identifier) bool {
	ours := func(i patient.Identifier) bool {
		return p.im.options.Authority == "" ||
			patient.FoldNumber(i.Authority) == patient.FoldNumber(p.im.options.Authority)
	}
	return l.nameFits && !l.otherName && !l.otherSex && slices.ContainsFunc(own, ours)
}

// likeness holds PID-5, 7 and 8 against the patient, and against the record that had
// the number first.
func (p *mapping) likeness(pid Segment, h Holder) (l likeness) {
	known := knownAs(h)
	l.otherName = p.otherName(pid, h)
	l.stranger = l.otherName
	for n := range pid.Repeats(5) {
		for _, k := range known {
			sent, had := fullName(pid, n), k.FullName()
			given := patient.GivenFits(sent, had)
			l.givenFits = l.givenFits || given
			l.nameFits = l.nameFits ||
				given && sent.Surname != "" && had.Surname != "" && !patient.OtherSurname(sent, had)
			l.stranger = l.stranger && patient.OtherSurname(sent, had)
		}
	}
	l.placeholder = pid.Raw(5) != "" && patient.NobodysName(fullName(pid, legalName(pid)))
	if born, in, err := readBirth(pid.Raw(7), p.im.received); err == nil {
		sent := patient.Birth{Day: born, In: in}
		l.otherBirth, l.generation = true, true
		for _, k := range known {
			had := k.Birth()
			other := patient.OtherBirth(sent, had)
			l.otherBirth = l.otherBirth && other
			l.generation = l.generation && other && patient.GenerationAway(sent, had)
			l.birthFits = l.birthFits || patient.BirthFits(sent, had)
		}
	}
	if sex := p.sexSent(pid); !nobodysSex(sex) && !nobodysSex(h.Patient.Sex) {
		l.sexFits = sex == h.Patient.Sex
		l.otherSex = !l.sexFits
	}
	return l
}

// knownAs is who a patient is, and who the record was that had a former number first.
func knownAs(h Holder) []patient.Patient {
	if h.Former && h.First.ID != "" {
		return []patient.Patient{h.Patient, h.First}
	}
	return []patient.Patient{h.Patient}
}

// nobodysSex reports whether a sex tells nobody from another.
func nobodysSex(s patient.Sex) bool { return s == "" || s == patient.Unknown }

// otherName reports whether each name that PID-5 gives is plainly another's.
func (p *mapping) otherName(pid Segment, h Holder) bool {
	if pid.Repeats(5) == 0 {
		return false
	}
	for n := range pid.Repeats(5) {
		for _, k := range knownAs(h) {
			if !patient.OtherName(fullName(pid, n), k.FullName()) {
				return false
			}
		}
	}
	return true
}
