package hl7

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/ward"
)

// mapping brings one message to the record.
type mapping struct {
	Writer
	m       *Message
	im      *importer
	outcome outcome
}

func (p *mapping) warnf(format string, args ...any) {
	p.outcome.Warnings = append(p.outcome.Warnings, fmt.Sprintf(format, args...))
}

func refusef(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrRefused, fmt.Sprintf(format, args...))
}

// take follows the rule for the message's type. MSH-9 decides; EVN-1 is known
// to disagree at times.
func (p *mapping) take(ctx context.Context) error {
	msh := p.m.First("MSH")
	kind, trigger := msh.Text(9, 1), msh.Text(9, 2)
	if evn := p.m.First("EVN").Text(1, 1); evn != "" && evn != trigger {
		p.warnf("EVN-1 says %.8q, MSH-9 %.8q: MSH-9 is followed", evn, trigger)
	}
	switch kind + "^" + trigger {
	case "ADT^A01", "ADT^A02", "ADT^A04", "ADT^A12", "ADT^A13":
		return p.admit(ctx)
	case "ADT^A03", "ADT^A11":
		return p.discharge(ctx)
	case "ADT^A08":
		return p.update(ctx)
	case "ADT^A31":
		_, err := p.person(ctx)
		return err
	case "ADT^A34", "ADT^A40":
		return p.merge(ctx)
	case "ORU^R01":
		return p.report(ctx)
	}
	p.warnf("no rule for %.16q", kind+"^"+trigger)
	if kind == "ADT" || !p.m.Has("PID") {
		return nil // an unknown ADT may say that what its PID names is wrong
	}
	_, err := p.person(ctx)
	return err
}

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
	id, ok := p.im.identify(pid, 3)
	if !ok {
		return s, false, refusef("PID-3 names nobody")
	}
	s, found, err := p.PatientByIdentifier(ctx, id)
	if err != nil {
		return s, false, err
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
	if p.m.First("PV1").Text(15, 1) == "B6" { // HL7 table 0009: pregnant
		s.Patient.Pregnant = true
	}
	if text := reason(p.m); text != "" {
		s.Reason = text
	}
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

// reason is why the patient is here: PV2-3 or the first diagnosis.
func reason(m *Message) string {
	if r := m.First("PV2").Text(3, 2); r != "" {
		return r
	}
	dg1 := m.First("DG1")
	if r := dg1.Text(4, 1); r != "" {
		return r
	}
	return dg1.Text(3, 2)
}

// admit is for all messages that say where the patient is now.
func (p *mapping) admit(ctx context.Context) error {
	s, _, err := p.find(ctx)
	if err != nil {
		return err
	}
	if err := p.settle(ctx, &s); err != nil {
		return err
	}
	return p.PutPatient(ctx, s)
}

// update is A08. It may come before the A01 that it belongs to, and after the
// discharge: the one brings a patient in, the other does not bring one back.
func (p *mapping) update(ctx context.Context) error {
	s, changed, err := p.find(ctx)
	if err != nil {
		return err
	}
	unknown := s.Revision == 0
	if s.Ward != "" || unknown && p.m.First("PV1").Text(2, 1) == "I" {
		was := s.Ward + "^" + s.Bed
		if p.m.First("PV1").Text(3, 1) != "" {
			if err := p.settle(ctx, &s); err != nil {
				return err
			}
		}
		changed = changed || was != s.Ward+"^"+s.Bed
	}
	if !changed {
		return nil
	}
	return p.PutPatient(ctx, s)
}

func (p *mapping) discharge(ctx context.Context) error {
	s, err := p.person(ctx)
	if err != nil {
		return err
	}
	return p.Discharge(ctx, s.Patient.ID)
}

// settle puts the patient where PV1-3 says: ward^room^bed^facility. A bed in
// which somebody else lies is a disagreement that the ward must settle, not a
// reason to lose a patient: the newcomer gets a place of the bed's name with a
// number, and a warning says so.
func (p *mapping) settle(ctx context.Context, s *patient.Summary) error {
	pv1 := p.m.First("PV1")
	w := ward.Ward{ID: wardID(pv1.Text(3, 1)), Name: pv1.Text(3, 1), Site: pv1.Text(3, 4)}
	if w.ID == "" {
		p.warnf("PV1-3 names no ward: the patient stays where they were")
		return nil
	}
	if at, ok := parseTime(pv1.Raw(44), p.im.options.Location); ok {
		s.Admitted = p.im.rebase(at)
	} else if s.Admitted.IsZero() {
		s.Admitted, _ = p.sent()
	}
	bed := bedName(pv1.Text(3, 2), pv1.Text(3, 3))
	place := bed
	for n := 2; bed != ""; n++ {
		if err := p.EnsureBed(ctx, w, place); err != nil {
			return err
		}
		who, err := p.Occupant(ctx, w.ID, place)
		if err != nil {
			return err
		}
		if who == "" || who == s.Patient.ID {
			break
		}
		place = fmt.Sprintf("%s (%d)", bed, n)
	}
	if place != bed {
		p.warnf("bed %q of ward %q is taken: placed in %q", bed, w.ID, place)
	}
	if bed == "" {
		if err := p.EnsureBed(ctx, w, ""); err != nil {
			return err
		}
	}
	s.Ward, s.Bed = w.ID, place
	return nil
}

// wardID makes a ward code safe for keys and commands.
func wardID(code string) string {
	id := strings.Map(func(r rune) rune {
		switch {
		case r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z', r == '-', r == '_', r == '.':
			return r
		}
		return '-'
	}, code)
	return id[:min(len(id), 32)]
}

// bedName is the bed, with the room before it where rooms have numbers: bed 1
// of room 2 is not bed 1 of room 3.
func bedName(room, bed string) string {
	if bed == "" || !strings.ContainsAny(room, "0123456789") || strings.Contains(bed, room) {
		return bed
	}
	return room + "-" + bed
}

// sent is when the message says it was sent, MSH-7; else when it was received.
func (p *mapping) sent() (at time.Time, field string) {
	if t, ok := parseTime(p.m.First("MSH").Raw(7), p.im.options.Location); ok {
		return p.im.rebase(t), "MSH-7"
	}
	return p.im.received, "received"
}

func (im *importer) rebase(t time.Time) time.Time { return t.Add(im.shift) }

// namespace makes record IDs from identifiers, so that the same person gets the
// same ID however often a record is built anew.
var namespace = uuid.MustParse("6f1c1d0e-6a0e-5b52-9d3a-0c8f8a7f4b21")

func patientID(i patient.Identifier) string {
	return uuid.NewSHA1(namespace, []byte("patient|"+i.Authority+"|"+i.Value)).String()
}
