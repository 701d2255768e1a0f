package hl7

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/place"
)

// universal are the types of IDs that are unique in the world, HL7 table 0301.
var universal = []string{"ISO", "UUID", "GUID", "DNS", "URI", "HCD", "HL7", "L", "M", "N", "RANDOM", "X400", "X500"}

// placeName is a component of a PL: a code, whole, in which an "&" that was not escaped
// is text ("A&E"), unless it is namespace & universal ID & type of the ID, as an HD is.
func placeName(s Segment, field, component int) string {
	name, id, kind := s.Sub(field, 0, component, 1), s.Sub(field, 0, component, 2), s.Sub(field, 0, component, 3)
	if name == "" || id != "" && slices.Contains(universal, strings.ToUpper(kind)) {
		return cmp.Or(name, id)
	}
	return s.decoded(strings.TrimRight(s.component(field, 0, component), string(s.d.subcomponent)))
}

// number is what a visit or an account is called.
func number(s Segment, field int) place.Number {
	return place.Number{Value: s.Component(field, 0, 1), Authority: cmp.Or(s.Text(field, 4), s.Sub(field, 0, 4, 2))}
}

// announced is the place where a patient is to go, as it is shown: PV1-42, else
// PV1-3. A ward that the record does not have is named with its site.
func (p *mapping) announced(ctx context.Context, pv1 Segment) (string, error) {
	field := 42
	if placeName(pv1, field, 1) == "" {
		field = 3
	}
	code, site := placeName(pv1, field, 1), placeName(pv1, field, 4)
	bed := placeName(pv1, field, 2)
	if named := placeName(pv1, field, 3); named != "" {
		bed, _ = place.BedName(nil, bed, named)
	}
	w, found, err := p.FindWard(ctx, code, site)
	switch {
	case err != nil && !errors.Is(err, ErrRefused):
		return "", err
	case found:
		code, site = w.Name, ""
	}
	return strings.Join(strings.Fields(code+" "+bed+" "+site), " "), nil
}

// where is a place that a field names.
func (p *mapping) where(ctx context.Context, pv1 Segment, field int, makes bool) (at place.Where, err error) {
	code, room := placeName(pv1, field, 1), placeName(pv1, field, 2)
	bed, site := placeName(pv1, field, 3), placeName(pv1, field, 4)
	if code == "" {
		return at, nil
	}
	if makes {
		w, err := p.EnsureWard(ctx, code, site)
		if err != nil {
			return at, err
		}
		at.Ward = w.ID
	} else {
		w, found, err := p.FindWard(ctx, code, site)
		if errors.Is(err, ErrRefused) && field != 3 {
			return at, nil // where somebody was is no reason to refuse where they are
		}
		if err != nil || !found {
			return at, err
		}
		at.Ward = w.ID
	}
	switch {
	case bed == "":
		at.Room = room
	case makes:
		if at.Bed, err = p.EnsureBed(ctx, at.Ward, room, bed); at.Bed == "" && err == nil {
			p.warnAt(pv1, "PV1-%d names a bed without its room, and several rooms have such a bed: "+
				"the patient is shown without a bed", field)
		}
	default:
		at.Bed, err = p.FindBed(ctx, at.Ward, room, bed)
	}
	return at, err
}
