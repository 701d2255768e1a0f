package ward_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
)

// book is a record on paper; the rules here are the allocation's own, those of
// the record are tested with it.
type book struct {
	ward.AssignmentRecord
	people   []staff.Staff
	assigned []ward.Assignment
	released []string
}

func (b *book) AllStaff(context.Context) ([]staff.Staff, error) { return b.people, nil }

func (b *book) Assign(_ context.Context, a ward.Assignment, _ staff.Session) error {
	b.assigned = append(b.assigned, a)
	return nil
}

func (b *book) Release(_ context.Context, patient, who string, _ staff.Session) error {
	b.released = append(b.released, patient+":"+who)
	return nil
}

// byRole allows what the role may.
type byRole struct{}

func (byRole) Require(_ context.Context, s staff.Session, p staff.Permission, _ string) error {
	if !s.Staff.Role.May(p) {
		return staff.ErrNotAllowed
	}
	return nil
}

func session(id string, r staff.Role) staff.Session {
	return staff.Session{Staff: staff.Staff{ID: id, Role: r, Wards: []string{"4B"}}}
}

// A nurse takes and gives back her own patients; only a charge nurse gives them
// to others, and only to who works here and may chart. Seen red with each Require
// turned off, and with Assign not looking at People.
func TestWhoMayAssign(t *testing.T) {
	b := &book{people: []staff.Staff{
		{ID: "z", Surname: "Zed", Role: staff.Nurse, Wards: []string{"4B"}, Active: true},
		{ID: "a", Surname: "abbot", Role: staff.Nurse, Wards: []string{"4B"}, Active: true},
		{ID: "gone", Surname: "Gone", Role: staff.Nurse, Wards: []string{"4B"}},
		{ID: "far", Surname: "Far", Role: staff.Nurse, Wards: []string{"5A"}, Active: true},
		{ID: "doc", Surname: "Doc", Role: staff.Doctor, Wards: []string{"4B"}, Active: true},
	}}
	now := time.Date(2026, 11, 23, 19, 0, 0, 0, time.UTC)
	var told []string
	al := &ward.Allocation{Record: b, Guard: byRole{}, Now: func() time.Time { return now },
		Changed: func(p string) { told = append(told, p) }}
	ctx, me, charge := t.Context(), session("a", staff.Nurse), session("c", staff.ChargeNurse)

	if err := al.Take(ctx, me, "4B", "p1"); err != nil || len(b.assigned) != 1 || b.assigned[0].Staff != "a" ||
		!b.assigned[0].Until.Equal(now.Add(12*time.Hour)) {
		t.Fatalf("%v %+v", err, b.assigned)
	}
	if err := al.Take(ctx, session("d", staff.Doctor), "4B", "p1"); !errors.Is(err, staff.ErrNotAllowed) {
		t.Errorf("a doctor took a patient: %v", err)
	}
	if err := al.Take(ctx, me, "5A", "p1"); !errors.Is(err, staff.ErrNotAllowed) {
		t.Errorf("a patient of a ward that only emergency access opens was taken: %v", err)
	}
	if err := al.Assign(ctx, me, "4B", "p1", "z"); !errors.Is(err, staff.ErrNotAllowed) {
		t.Errorf("a nurse gave a patient to another: %v", err)
	}
	for _, who := range []string{"gone", "far", "doc", "nobody"} {
		if err := al.Assign(ctx, charge, "4B", "p1", who); !errors.Is(err, ward.ErrNotHere) {
			t.Errorf("%s was given a patient: %v", who, err)
		}
	}
	if err := al.Assign(ctx, charge, "4B", "p2", "z"); err != nil || b.assigned[1].By != "c" {
		t.Errorf("%v %+v", err, b.assigned)
	}
	if err := al.Release(ctx, me, "4B", "p2", "z"); !errors.Is(err, staff.ErrNotAllowed) {
		t.Errorf("a nurse gave back another's patient: %v", err)
	}
	if err := errors.Join(al.Release(ctx, me, "4B", "p1", "a"), al.Release(ctx, charge, "4B", "p2", "z")); err != nil {
		t.Error(err)
	}
	if !slices.Equal(b.released, []string{"p1:a", "p2:z"}) || !slices.Equal(told, []string{"p1", "p2", "p1", "p2"}) {
		t.Errorf("released %v, told %v", b.released, told)
	}
	people, err := al.People(ctx, "4B")
	if err != nil || len(people) != 2 || people[0].ID != "a" || people[1].ID != "z" {
		t.Errorf("%v %+v", err, people)
	}
}
