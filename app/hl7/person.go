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
	p.demographics(pid, w, &s)
	if err := p.allergies(ctx, w, h, &s); err != nil {
		return s, false, err
	}
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

// told is when the sender knew what the message says of the patient: when the
// event was recorded (EVN-2), else when it happened (EVN-6), else when the message
// was sent. A clock that runs ahead must not keep what comes later from counting.
func (p *mapping) told() time.Time {
	at, _ := p.sent()
	for _, field := range []int{2, 6} {
		if r, err := readTime(p.m.First("EVN").Raw(field), p.zone()); err == nil {
			at = p.im.rebase(r.at)
			break
		}
	}
	if at.After(p.im.received) {
		return p.im.received
	}
	return at
}

func (p *mapping) demographics(pid Segment, w patient.Word, s *patient.Summary) {
	p.name(pid, w, s)
	p.birth(pid, w, s)
	switch sex := sexSent(pid); {
	case pid.Null(8):
		s.Sexed(w, patient.Unknown)
	case sex != "":
		s.Sexed(w, sex)
	}
	p.death(pid, w, s)
}

// sexSent is PID-8.
func sexSent(pid Segment) patient.Sex { return patient.Sex(strings.ToUpper(pid.Text(8, 1))) }

func (p *mapping) name(pid Segment, w patient.Word, s *patient.Summary) {
	if pid.Null(5) {
		s.Unname(w)
		return
	}
	n := legalName(pid)
	was := s.Told
	s.Call(w, fullName(pid, n))
	cleaned := pid.Cleaned(5, n)
	if cleaned {
		p.warnAt(pid, "PID-5 holds characters that steer a screen: they are taken out and the name is marked")
	}
	if s.Told.Surname != was.Surname || s.Told.Given != was.Given || cleaned {
		s.Patient.Cleaned = cleaned
	}
}

func (p *mapping) birth(pid Segment, w patient.Word, s *patient.Summary) {
	if pid.Null(7) {
		s.Bear(w, patient.Birth{})
		return
	}
	if pid.Raw(7) == "" {
		return
	}
	born, in, err := readBirth(pid.Raw(7), p.im.received)
	b := patient.Birth{Day: born, In: in}
	switch {
	case err != nil:
		p.warnAt(pid, "PID-7 is no date of birth")
	case patient.NobodysBirth(b):
		p.warnAt(pid, "PID-7 is a date that is written where none is known")
	default:
		s.Bear(w, b)
	}
}

// death reads PID-30 and PID-29.
func (p *mapping) death(pid Segment, w patient.Word, s *patient.Summary) {
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
		s.Die(w, true, at)
	case indicator == "N", pid.Null(30), pid.Null(29) && indicator == "":
		if dated {
			p.warnAt(pid, "PID-29 dates a death that PID-30 denies: PID-30 is followed")
		}
		s.Die(w, false, time.Time{})
	case indicator != "":
		p.warnAt(pid, "PID-30 says neither Y nor N")
	}
}

// fullName is one repetition of PID-5, on one line.
func fullName(pid Segment, n int) patient.FullName {
	return patient.FullName{Surname: oneLine(pid.Rep(5, n, 1)), Given: strings.TrimSpace(oneLine(pid.Rep(5, n, 2)) + " " + oneLine(pid.Rep(5, n, 3)))}
}

// legalName is which repetition of PID-5 to show: the legal or current name if
// one says so, else the first.
func legalName(pid Segment) int {
	for n := range pid.Repeats(5) {
		if kind := pid.Rep(5, n, 7); kind == "L" || kind == "CURRENT" {
			return n
		}
	}
	return 0
}

// oneLine is a text without line breaks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
