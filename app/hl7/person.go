package hl7

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
)

// find is the patient that PID names, as the record would hold them after this
// message, and whether that differs from what it holds. Empty fields change
// nothing.
func (p *mapping) find(ctx context.Context) (s patient.Summary, changed bool, err error) {
	h, err := p.patientOf(ctx, p.m.First("PID"), true)
	if err != nil {
		return h.Summary, false, err
	}
	return p.describe(ctx, h)
}

// describe brings what the message says of who the patient is to what is held.
func (p *mapping) describe(ctx context.Context, h Holder) (s patient.Summary, changed bool, err error) {
	pid := p.m.First("PID")
	if p.whose != "" { // nothing that the message says of who it is changes whom a person chose
		return h.Summary, false, nil
	}
	s = h.Summary
	unknown := s.Revision == 0
	before := fmt.Sprint(shown(s))
	told := fmt.Sprint(s.Told)
	// A number that was merged away, or that was the patient's before: what it says
	// is old, whenever it is said.
	w := patient.Word{At: p.told(), Fills: h.Former}
	s.Patient.Identifiers = withIdentifiers(s.Patient.Identifiers, p.im.identifiers(pid, 3))
	kept := p.demographics(pid, w, &s)
	from, err := p.allergies(ctx, w, h, &s)
	if err != nil {
		return s, false, err
	}
	if from != "" {
		kept = append(kept, from)
	}
	p.keptFrom(pid, w, kept)
	if !unknown && fmt.Sprint(s.Told) != told {
		if err := p.KeepTold(ctx, s.Patient.ID, s.Told); err != nil {
			return s, false, err
		}
	}
	return s, unknown || fmt.Sprint(shown(s)) != before, nil
}

func shown(s patient.Summary) patient.Summary {
	s.Told = patient.Told{}
	return s
}

func (p *mapping) demographics(pid Segment, w patient.Word, s *patient.Summary) (kept []string) {
	for _, one := range []struct {
		field string
		take  func(Segment, patient.Word, *patient.Summary) bool
	}{{"PID-5", p.name}, {"PID-7", p.birth}, {"PID-8", p.sex}, {"PID-30", p.death}} {
		if one.take(pid, w, s) {
			kept = append(kept, one.field)
		}
	}
	return kept
}

func (p *mapping) name(pid Segment, w patient.Word, s *patient.Summary) (kept bool) {
	if pid.Null(5) {
		return s.Unname(w)
	}
	n := legalName(pid)
	was := s.Told
	if oddSurname(pid, n) {
		p.warnAt(pid, "PID-5.1 has parts that are none of a family name: the first is taken")
	}
	kept = s.Call(w, fullName(pid, n))
	cleaned := pid.Cleaned(5, n)
	if cleaned {
		p.warnAt(pid, "PID-5 holds characters that steer a screen: they are taken out and the name is marked")
	}
	if s.Told.Surname != was.Surname || s.Told.Given != was.Given || cleaned {
		s.Patient.Cleaned = cleaned
	}
	return kept
}

func (p *mapping) birth(pid Segment, w patient.Word, s *patient.Summary) (kept bool) {
	if pid.Null(7) {
		return s.Bear(w, patient.Birth{})
	}
	if pid.Raw(7) == "" {
		return false
	}
	born, in, err := readBirth(pid.Raw(7), p.im.received)
	b := patient.Birth{Day: born, In: in}
	switch {
	case err != nil:
		p.warnAt(pid, "PID-7 is no date of birth")
	case patient.NobodysBirth(b):
		p.warnAt(pid, "PID-7 is a date that is written where none is known")
	default:
		return s.Bear(w, b)
	}
	return false
}

func (p *mapping) sex(pid Segment, w patient.Word, s *patient.Summary) (kept bool) {
	known := s.Patient.Sex != "" && s.Patient.Sex != patient.Unknown
	switch sex := p.sexSent(pid); {
	case pid.Null(8):
		return s.Sexed(w, patient.Unknown)
	case sex == patient.Unknown && known:
		p.warnAt(pid, "PID-8 says that the sex is not known, and the record knows it: the record stands")
	case sex != "":
		return s.Sexed(w, sex)
	}
	return false
}

func (p *mapping) death(pid Segment, w patient.Word, s *patient.Summary) (kept bool) {
	indicator, dated := strings.ToUpper(pid.Text(30, 1)), pid.Text(29, 1) != ""
	at := time.Time{}
	if dated {
		if r, err := readTime(pid.Raw(29), p.zone()); err == nil {
			at = p.im.rebase(r.at)
		} else {
			p.warnAt(pid, "PID-29 is no time that can be read")
		}
	}
	switch {
	case indicator == "Y", indicator == "" && dated:
		return s.Die(w, true, at)
	case indicator == "N", pid.Null(30), pid.Null(29) && indicator == "":
		if dated {
			p.warnAt(pid, "PID-29 dates a death that PID-30 denies: PID-30 is followed")
		}
		return s.Die(w, false, time.Time{})
	case indicator != "":
		p.warnAt(pid, "PID-30 says neither Y nor N")
	}
	return false
}
