package hl7

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/foreign"
	"github.com/wardlight/wardlight/app/patient"
)

// Holder is who has a number.
type Holder struct {
	patient.Summary
	// Former means that it is a number that the patient had before, or of a record
	// that was merged. First is that record, as it was then.
	Former bool
	First  patient.Patient
	// Twin means that another patient has the number too, written otherwise; OtherType
	// that the patient has it as a number of another type.
	Twin, OtherType bool
}

// patientOf is whose message it is. A [*ParkError] says that nobody can tell:
// nobody has the number, several have the numbers, or the number is of somebody
// whose name and date of birth are both plainly others. Where mayMake, a number
// that nobody has makes a patient (with Revision 0, not yet kept).
func (p *mapping) patientOf(ctx context.Context, pid Segment, mayMake bool) (Holder, error) {
	return p.holderOf(ctx, pid, p.im.own(pid, 3), mayMake)
}

func (p *mapping) holderOf(ctx context.Context, pid Segment, own []patient.Identifier, mayMake bool) (Holder, error) {
	if p.whose != "" { // a person has said so
		s, err := p.chosen(ctx)
		p.number = s.Patient.MRN
		return Holder{Summary: s}, err
	}
	if doubtful(pid, 3) {
		return Holder{}, &ParkError{Reason: doubtfulNumber, Numbers: p.im.identifiers(pid, 3)}
	}
	if len(own) == 0 {
		if mayMake {
			return Holder{}, refusef("PID-3 names nobody%s", p.noneOwn(pid))
		}
		reason := "no number by which a patient is known" + p.noneOwn(pid)
		if !p.m.Has("PID") {
			reason = "no number by which a patient is known: no PID stands before its results"
		}
		return Holder{}, &ParkError{Reason: reason, Numbers: p.im.identifiers(pid, 3)}
	}
	p.number = own[0].Value
	if !own[0].Own() {
		p.warnAt(pid, "PID-3 has no number of type MR, MRT or PI: one of the site's own authority counts for it")
	}
	h, known, err := p.known(ctx, pid, own)
	if err != nil {
		return h, err
	}
	switch {
	case known:
		return h, p.sameOne(pid, h, own)
	case !mayMake:
		reason, err := p.nobodyHas(ctx, own)
		if err != nil {
			return h, err
		}
		return h, &ParkError{Reason: reason, Numbers: own}
	}
	h.Patient = patient.Patient{ID: patientID(own[0]), MRN: own[0].Value, Sex: patient.Unknown}
	return h, nil
}

const doubtfulNumber = "a number holds a control character or the end of a line, and may be another's without it"

// noneOwn says why no number of PID-3 tells who somebody is; "" where it holds none.
func (p *mapping) noneOwn(pid Segment) string {
	sent := p.im.typesSent(pid, 3)
	if sent == "" {
		return ""
	}
	of := "site.authority, which is not set"
	if p.im.options.Authority != "" {
		of = "site.authority (" + foreign.Line(p.im.options.Authority, 20) + ")"
	}
	return ": its numbers are " + sent + ", and a patient is known by one of type MR, MRT or PI, or by one of " + of
}

const nobodyHas = "nobody has this number"

// nobodyHas is why a number finds nobody: it may be that nobody said whose it is, or
// that it is another authority's.
func (p *mapping) nobodyHas(ctx context.Context, own []patient.Identifier) (string, error) {
	var others []string
	for _, i := range own {
		all, err := p.Elsewhere(ctx, i)
		if err != nil {
			return "", err
		}
		for _, a := range all {
			if a = foreign.Line(a, 20); a == "" {
				a = "nobody named"
			}
			if !slices.Contains(others, a) && len(others) < 3 {
				others = append(others, a)
			}
		}
	}
	reason := nobodyHas
	bare := !slices.ContainsFunc(own, func(i patient.Identifier) bool { return i.Authority != "" })
	if bare && p.im.options.Authority == "" {
		reason += ": no authority was sent, and site.authority is not set"
	}
	if len(others) > 0 {
		reason += "; one of the authority " + strings.Join(others, ", ") + " has the same digits"
	}
	return reason, nil
}

// person is the patient that the message names. A message that tells of patients
// (ADT) makes one and brings what is known of who they are up to date; any other
// only names one: it changes nothing of the patient, and warns where it says
// something else.
func (p *mapping) person(ctx context.Context) (patient.Summary, error) {
	if kind, _ := p.m.event(); kind != "ADT" {
		pid := p.m.First("PID")
		h, err := p.patientOf(ctx, pid, false)
		if err == nil && p.whose == "" {
			p.saysOtherwise(pid, h)
		}
		if h.Former && h.First.ID != h.Patient.ID {
			p.cameFor = h.First.ID
		}
		return h.Summary, err
	}
	s, changed, err := p.find(ctx)
	if err != nil || !changed {
		return s, err
	}
	return s, p.PutPatient(ctx, s)
}

// saysOtherwise warns of what a message that may not change a patient says of them
// and the record does not.
func (p *mapping) saysOtherwise(pid Segment, h Holder) {
	if died := pid.Text(30, 1); (died == "Y" || died == "" && pid.Text(29, 1) != "") && !h.Patient.Deceased {
		p.warnAt(
			pid,
			"PID-29 or PID-30 says that the patient has died, in a message that changes no patient: not taken",
		)
	}
	name, was := fullName(pid, legalName(pid)), h.Patient.FullName()
	if pid.Raw(5) != "" && patient.NobodysName(name) || h.Former {
		return // a placeholder's sex and date of birth are placeholders too
	}
	if writtenOtherwise(name, was) && !p.otherName(pid, h) {
		p.warnAt(pid, "PID-5 is written otherwise than in the record: the record stands")
	}
	born, in, err := readBirth(pid.Raw(7), p.im.received)
	sent, stands := patient.Birth{Day: born, In: in}, h.Patient.Birth()
	switch raw := pid.Raw(7); {
	case raw == "" || pid.Null(7):
	case err != nil:
		p.warnAt(pid, "PID-7 is no date of birth")
	case !patient.NobodysBirth(sent) && (!born.Equal(stands.Day) || in != stands.In) &&
		!patient.OtherBirth(sent, stands):
		p.warnAt(pid, "PID-7 is written otherwise than in the record: the record stands")
	}
	if sex := p.sexSent(pid); sex != "" && sex != patient.Unknown && h.Patient.Sex != patient.Unknown &&
		sex != h.Patient.Sex {
		p.warnAt(pid, "PID-8 is another than in the record: the record stands")
	}
}

// writtenOtherwise reports whether neither name is a part of the other.
func writtenOtherwise(a, b patient.FullName) bool {
	x, y := strings.Fields(patient.Fold(a.Surname+" "+a.Given)), strings.Fields(patient.Fold(b.Surname+" "+b.Given))
	if len(x) > len(y) {
		x, y = y, x
	}
	return slices.ContainsFunc(x, func(w string) bool { return !slices.Contains(y, w) })
}

// namespace makes record IDs from identifiers, so that the same person gets the
// same ID however often a record is built anew.
var namespace = uuid.MustParse("6f1c1d0e-6a0e-5b52-9d3a-0c8f8a7f4b21")

func patientID(i patient.Identifier) string {
	of := "patient|" + i.Authority + "|" + i.Value
	if i.Type != patient.MRN {
		of += "|" + i.Type
	}
	return uuid.NewSHA1(namespace, []byte(of)).String()
}
