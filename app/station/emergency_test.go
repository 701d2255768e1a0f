package station_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
)

// A nurse takes emergency access to a ward that is not hers: she reads, charts
// and answers an alert there, whomever it calls; on her own ward she may no more than
// before, and nowhere change how the ward works, or allocate. IT never can. Sign-out ends it, and so
// does its time; each step is in the trail. Seen red: with the check of emergency
// access off in Require (nothing opens), with emergencyOpens not asked (she
// changes the policy), and without endEmergency in SignOut (it still runs).
func TestEmergencyAccessOpensAWard(t *testing.T) {
	h := build(t)
	ctx := t.Context()
	store := h.store()
	must(t, store.PutWard(ctx, ward.Ward{ID: "5A", Name: "5A Surgery"}))
	must(t, store.PutBed(ctx, ward.Bed{Ward: "5A", Name: "01", State: ward.BedFree}))
	must(t, store.PutPatient(ctx,
		patient.Summary{Patient: patient.Patient{ID: "p9", Surname: "Lind", Given: "Bo", MRN: "7009009"}, Ward: "5A",
			Bed: "01"}))
	who, hash, err := store.StaffByID(ctx, "chen")
	must(t, err)
	must(t, store.PutStaff(ctx, staff.Staff{ID: "tech", Surname: "Vo", Role: staff.IT, Wards: who.Wards, Active: true},
		hash))
	one := h.open("WS-1")
	diaz, err := one.Staff.SignIn(ctx, "diaz", "correct horse")
	must(t, err)
	refused := func(what string, err error) {
		t.Helper()
		if !errors.Is(err, staff.ErrNotAllowed) {
			t.Errorf("%s: %v", what, err)
		}
	}
	edit := func() error {
		e, err := one.Desk("5A").Edit(ctx, diaz, "5A", "p9", chart.Notes)
		if err != nil {
			return err
		}
		defer e.Close(ctx)
		_, err = e.Save(ctx, map[string]string{"text": "seen"}, chart.Entry{Note: &chart.Note{Text: "seen"}})
		return err
	}
	refused("before", edit())
	if _, err := one.Staff.BreakGlass(ctx, diaz, "5A", " \n\x00 "); !errors.Is(err, staff.ErrNoReason) {
		t.Errorf("without a reason: %v", err)
	}
	tech, err := one.Staff.SignIn(ctx, "tech", "correct horse")
	must(t, err)
	_, err = one.Staff.BreakGlass(ctx, tech, "5A", "curious")
	refused("IT", err)

	e, err := one.Staff.BreakGlass(ctx, diaz, "5A", "arrest in bed 01, canary-52b")
	must(t, err)
	must(t, edit())
	m, err := one.Line.Raise(ctx, alert.Alert{ID: "a9", Ward: "5A", Patient: "p9", Priority: alert.High, Text: "seen"})
	must(t, err)
	_, err = one.Line.Accept(ctx, diaz, alert.Read{Alert: m.Alert})
	must(t, err)
	p, err := one.AlertPolicy(ctx, "5A")
	must(t, err)
	refused("the policy", one.SetAlertPolicy(ctx, diaz, "5A", p))
	refused("allocating", one.Allocation.Assign(ctx, diaz, "5A", "p9", "diaz"))
	refused("taking", one.Allocation.Take(ctx, diaz, "5A", "p9"))
	refused("another ward", one.Staff.Require(ctx, diaz, staff.TakeOverLock, "4B"))
	if !one.Staff.May(diaz, staff.EditChart, "5A") || one.Staff.May(diaz, staff.RunWard, "5A") ||
		one.Staff.May(diaz, staff.TakeOverLock, "4B") {
		t.Error("what the screen offers is not what Require allows")
	}

	// The record ends it, whatever this station knows; the screen follows.
	must(t, store.EndEmergencies(ctx, diaz.ID, "time"))
	refused("ended", edit())
	must(t, one.Staff.StillOn(ctx, diaz))
	if list := one.Staff.Emergency(diaz); len(list) != 0 {
		t.Errorf("still on the screen: %+v", list)
	}

	_, err = one.Staff.BreakGlass(ctx, diaz, "5A", "again")
	must(t, err)
	must(t, one.Staff.SignOut(ctx, diaz))
	if list, err := store.RunningEmergencies(ctx, diaz.ID); err != nil || len(list) != 0 {
		t.Errorf("after sign-out: %+v %v", list, err)
	}
	again, err := one.Staff.SignIn(ctx, "diaz", "correct horse")
	must(t, err)
	refused("the next session", one.Staff.Require(ctx, again, staff.ViewChart, "5A"))

	count := map[audit.Action]int{}
	must(t, store.AuditEach(ctx, 0, func(l audit.Line) error {
		count[l.Action]++
		if strings.Contains(l.Object+l.Reason, "canary") {
			t.Errorf("the typed reason is in the trail: %+v", l)
		}
		if l.Action == audit.BreakGlassUse &&
			(l.Actor != "diaz" || l.Object != e.ID || l.Purpose != audit.Emergency || l.Session != diaz.ID) {
			t.Errorf("a use: %+v", l)
		}
		return nil
	}))
	if count[audit.BreakGlass] != 2 || count[audit.BreakGlassEnd] != 2 || count[audit.BreakGlassUse] < 4 {
		t.Errorf("in the trail: %v", count)
	}
}

// While the record is away, what this station knows of runs on, for what can be
// done without it, and the use is written down later; a station that knows of
// nothing opens nothing. Seen red with the known time not asked.
func TestEmergencyAccessWithoutTheRecord(t *testing.T) {
	h := build(t)
	ctx := t.Context()
	store := h.store()
	must(t, store.PutWard(ctx, ward.Ward{ID: "5A", Name: "5A Surgery"}))
	one, two := h.open("WS-1"), h.open("WS-2")
	diaz, err := one.Staff.SignIn(ctx, "diaz", "correct horse")
	must(t, err)
	_, err = one.Staff.BreakGlass(ctx, diaz, "5A", "arrest")
	must(t, err)
	one.Staff.Emergencies, two.Staff.Emergencies = awayRecord{store}, awayRecord{store}
	must(t, one.Staff.Require(ctx, diaz, staff.ViewChart, "5A"))
	if err := two.Staff.Require(ctx, diaz, staff.ViewChart, "5A"); !errors.Is(err, staff.ErrNotAllowed) {
		t.Errorf("a station that knows of nothing: %v", err)
	}
	one.Staff.Emergencies = store
	must(t, one.Staff.SignOut(ctx, diaz))
	events, err := store.AuditTail(ctx, 10)
	must(t, err)
	used := 0
	for _, l := range events {
		if l.Action == audit.BreakGlassUse && l.Purpose == audit.Emergency {
			used++
		}
	}
	if used != 1 {
		t.Errorf("%d uses in the trail: %+v", used, events)
	}
}

// awayRecord answers no question of a use.
type awayRecord struct{ staff.EmergencyRecord }

func (awayRecord) UseEmergency(context.Context, staff.Session, string, staff.Permission) (staff.Emergency, error) {
	return staff.Emergency{}, chart.ErrRecordAway
}
