package hl7

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/ward"
)

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

func (im *importer) rebase(t time.Time) time.Time { return t.Add(im.options.Shift) }
