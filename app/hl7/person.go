package hl7

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/wardlight/wardlight/app/patient"
)

// person finds or makes the patient that PID names, and brings what is known
// of who they are up to date. Empty fields change nothing.
func (p *mapping) person(ctx context.Context) (patient.Summary, error) {
	s, changed, err := p.find(ctx)
	if err != nil || !changed {
		return s, err
	}
	return s, p.PutPatient(ctx, s)
}

// find is the patient that PID names, as the record would hold them after this
// message, and whether that differs from what it holds.
func (p *mapping) find(ctx context.Context) (s patient.Summary, changed bool, err error) {
	pid := p.m.First("PID")
	if p.whose != "" {
		s, err = p.chosen(ctx)
		return s, false, err
	}
	id, ok := p.im.identify(pid, 3)
	if !ok {
		return s, false, refusef("PID-3 names nobody")
	}
	s, found, err := p.PatientByIdentifier(ctx, id)
	if err != nil {
		return s, false, err
	}
	if !found && p.m.First("MSH").Text(9, 1) == "ORU" {
		return s, false, &ParkError{Reason: "nobody has this number", Numbers: p.im.identifiers(pid, 3)}
	}
	if !found {
		s.Patient = patient.Patient{ID: patientID(id), MRN: id.Value, Sex: patient.Unknown}
	}
	before := fmt.Sprint(s)
	s.Patient.Identifiers = withIdentifiers(s.Patient.Identifiers, append(p.im.identifiers(pid, 3), id))
	if s.Patient.MRN == id.Value { // else a number that was merged away: its old data stay away
		p.demographics(pid, &s.Patient)
	}
	p.allergies(&s)
	return s, !found || fmt.Sprint(s) != before, nil
}

func (p *mapping) demographics(pid Segment, who *patient.Patient) {
	name := legalName(pid)
	for _, f := range []struct {
		to   *string
		text string
	}{{&who.Surname, pid.Rep(5, name, 1)}, {&who.Given, strings.TrimSpace(pid.Rep(5, name, 2) + " " + pid.Rep(5, name, 3))}} {
		if f.text != "" {
			*f.to = f.text
		}
	}
	if born, ok := parseDate(pid.Raw(7)); ok {
		who.Born = born
	} else if raw := pid.Raw(7); raw != "" && !pid.Null(7) {
		p.warnf("PID-7 is no date of birth")
	}
	if sex := pid.Text(8, 1); sex != "" {
		who.Sex = patient.Sex(sex)
	}
	switch died := pid.Text(30, 1); {
	case died == "Y", died == "" && pid.Text(29, 1) != "":
		who.Deceased = true
	case died == "N":
		who.Deceased = false
	}
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

// allergies reads AL1. That there is none means that nothing was said, not that
// the patient has no allergies.
func (p *mapping) allergies(s *patient.Summary) {
	var list []patient.Allergy
	noneKnown := false
	for _, al := range p.m.Segments {
		if al.Name != "AL1" {
			continue
		}
		code, text := al.Text(3, 1), al.Text(3, 2)
		if text == "" {
			text = code
		}
		if code == "716186003" || code == "NKA" || strings.EqualFold(text, "no known allergies") {
			noneKnown = true
		} else if text != "" {
			list = append(list, patient.Allergy{Substance: strings.TrimSuffix(text, " (disorder)"),
				Severity: al.Text(4, 1), Reaction: al.Text(5, 1)})
		}
	}
	switch {
	case len(list) > 0:
		s.Allergy, s.Allergic = patient.AllergiesRecorded, list
		if noneKnown {
			p.warnf("AL1 names allergies and says that none are known: the allergies are kept")
		}
	case noneKnown:
		s.Allergy, s.Allergic = patient.NoKnownAllergies, nil
	}
}

// namespace makes record IDs from identifiers, so that the same person gets the
// same ID however often a record is built anew.
var namespace = uuid.MustParse("6f1c1d0e-6a0e-5b52-9d3a-0c8f8a7f4b21")

func patientID(i patient.Identifier) string {
	return uuid.NewSHA1(namespace, []byte("patient|"+i.Authority+"|"+i.Value)).String()
}
