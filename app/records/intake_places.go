package records

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/place"
	"github.com/wardlight/wardlight/app/ward"
)

// FindWard implements [hl7.Writer].
func (in intake) FindWard(ctx context.Context, code, site string) (ward.Ward, bool, error) {
	all, err := in.t.wardsCalled(ctx, code)
	if err != nil {
		return ward.Ward{}, false, err
	}
	w, found, err := ward.Select(all, code, site)
	if err == nil && !found { // one that is written in another case, or a place that nobody knows
		if all, err = wards(ctx, in.t, `ORDER BY id`); err != nil {
			return ward.Ward{}, false, err
		}
		w, found, err = ward.Select(all, code, site)
	}
	if errors.Is(err, ward.ErrSeveral) {
		err = fmt.Errorf("%w: %w", hl7.ErrRefused, err)
	}
	return w, found, err
}

// EnsureWard implements [hl7.Writer]. A ward that is of no site is that of the first
// site that names it.
func (in intake) EnsureWard(ctx context.Context, code, site string) (ward.Ward, error) {
	w, found, err := in.FindWard(ctx, code, site)
	if err != nil || found && (strings.EqualFold(w.Site, site) || site == "") {
		return w, err
	}
	if found {
		w.Site = site
		_, err := in.t.exec(ctx, `UPDATE wards SET site = ? WHERE id = ?`, site, w.ID)
		return w, err
	}
	w = ward.Ward{Name: code, Site: site, Code: code}
	w.ID = ward.NewID(code, site, func(id string) (taken bool) {
		if err == nil {
			err = in.t.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM wards WHERE id = ?)`, id).Scan(&taken)
		}
		return taken
	})
	if err != nil {
		return w, err
	}
	return w, in.t.putWard(ctx, w)
}

// EnsureBed implements [hl7.Writer].
func (in intake) EnsureBed(ctx context.Context, wardID, room, bed string) (string, error) {
	beds, err := in.t.bedsOf(ctx, wardID)
	if err != nil {
		return "", err
	}
	name, known := place.BedName(beds, room, bed)
	switch {
	case known == place.ThisBed, known == place.SeveralBeds:
		return name, nil
	case known == place.UnnamedBed: // that nobody said the room of
		_, err := in.t.exec(ctx, `UPDATE beds SET room = ?, code = ? WHERE ward = ? AND name = ?`, room, bed,
			wardID, name)
		return name, err
	}
	if _, err := in.t.exec(ctx, `INSERT INTO beds (ward, name, state, room, code) VALUES (?, ?, ?, ?, ?)`,
		wardID, name, string(ward.BedFree), room, bed); err != nil {
		return "", err
	}
	return name, in.t.wardChanged(ctx, wardID)
}

// FindBed implements [hl7.Writer].
func (in intake) FindBed(ctx context.Context, wardID, room, bed string) (string, error) {
	beds, err := in.t.bedsOf(ctx, wardID)
	name, _ := place.BedName(beds, room, bed)
	return name, err
}

// AddPlaceEvent implements [hl7.Writer].
func (in intake) AddPlaceEvent(ctx context.Context, patientID string, e place.Event) (hl7.Placed, error) {
	was, err := in.t.standing(ctx, patientID)
	if err != nil {
		return hl7.Placed{}, err
	}
	h, fresh, err := in.t.addPlaceEvent(ctx, patientID, e)
	if err != nil || !fresh {
		return hl7.Placed{}, err
	}
	if left := was.ward; left != "" && left != h.Here().Ward && !e.Dated.IsZero() {
		if err := in.t.tellLeft(ctx, patientID, e.ID, was); err != nil {
			return hl7.Placed{}, err
		}
	}
	return hl7.Placed{Notes: h.Notes[e.ID], Here: h.Here()}, nil
}

// InBed implements [hl7.Writer].
func (in intake) InBed(ctx context.Context, at place.Where) (n int, err error) {
	err = in.t.QueryRowContext(ctx, `SELECT COUNT(*) FROM patients WHERE ward = ? AND bed_name = ?`,
		at.Ward, at.Bed).Scan(&n)
	return n, err
}
