package station_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// seat is who is signed in at a station, and how it stands with its sound.
type seat struct {
	who  atomic.Value // staff.Staff
	mute atomic.Value // string
	ward *live.Ward
}

func (s *seat) take(w *live.Ward) {
	s.ward = w
	s.mute.Store("")
	if s.who.Load() == nil {
		s.who.Store(staff.Staff{})
	}
	w.Here = func() (string, staff.Role) { p := s.who.Load().(staff.Staff); return p.ID, p.Role }
	w.Mute = func() string { return s.mute.Load().(string) }
}

func (s *seat) sit(id string, r staff.Role) {
	s.who.Store(staff.Staff{ID: id, Role: r})
	s.ward.Moved()
}

// said is whom a card calls, and why them.
func said(c alert.Card) string {
	if c.Call.Why == "" {
		return c.Route
	}
	return c.Route + ": " + c.Call.Why
}

// The path by role follows the shift: the nurse of the patient alone while she is
// there, and others in the moment in which she is not: signed out, her station
// without sound, or silent; and each station says why. Every station lists the alert all the while.
//
// Seen red while an alert on a screen escalated after 5 s: the path ran ahead of
// the shift.
func TestThePathFollowsTheShift(t *testing.T) {
	h := build(t)
	var one, two seat
	proxy := redistest.NewProxy(t, h.redis.Addr())
	away := &faulty{Store: h.store()}
	a := h.start("WS-1", h.redis.Addr(), h.store(), shows, one.take)
	b := h.start("WS-2", proxy.Addr(), away, shows, two.take)
	diaz := a.signIn(t, "diaz")
	must(t, a.Allocation.Take(t.Context(), diaz, "4B", "p1"))
	one.sit("chen", staff.ChargeNurse)
	two.sit("diaz", staff.Nurse)
	m, err := a.Line.Raise(t.Context(), alert.Alert{Ward: "4B", Patient: "p1", Priority: alert.Low, Text: "called"})
	must(t, err)
	is := func(route string, wards ...*desk) {
		t.Helper()
		began, last := time.Now(), ""
		for _, d := range wards {
			d.until(t, route, func(p live.Picture) bool {
				if len(p.Cards) != 1 || p.Cards[0].State != alert.Open {
					t.Fatalf("%s: not in the list: %+v", d.Name, p.Cards)
				}
				if now := said(p.Cards[0]); now != last {
					last = now
					t.Logf("%s: %q at %v", d.Name, last, time.Since(began).Round(time.Millisecond))
				}
				return last == route
			})
		}
	}
	soon := func(route string, wards ...*desk) {
		t.Helper()
		began := time.Now()
		if is(route, wards...); time.Since(began) > 2500*time.Millisecond {
			t.Errorf("%q only after %v", route, time.Since(began))
		}
	}
	for _, d := range []*desk{a, b} {
		d.until(t, "the alert", func(p live.Picture) bool { return len(p.Cards) == 1 })
	}
	is("For Diaz, M", a, b)
	if c := one.ward.Call(m.Alert.ID); c.Calls("chen", staff.ChargeNurse) || c.Calls("", "") ||
		!c.Calls("diaz", staff.Nurse) {
		t.Errorf("%+v", c)
	}
	two.sit("", "") // locked
	soon("For the charge nurse: nurse not signed in", a, b)
	two.sit("diaz", staff.Nurse)
	soon("For Diaz, M", a, b)
	two.mute.Store("no device")
	two.ward.Moved()
	soon("For the charge nurse: nurse at a station without sound", a, b)
	one.sit("", "")
	soon("For everyone: nurse at a station without sound; no charge nurse signed in", a, b)
	two.mute.Store("")
	two.ward.Moved()
	soon("For Diaz, M", a, b)
	proxy.Blackhole(true)
	away.hangs.Store(true)
	began := time.Now()
	is("For everyone: nurse at a station that does not answer; no charge nurse signed in", a) // whoever is left
	if took := time.Since(began); took > 10500*time.Millisecond {
		t.Errorf("the others are called only after %v", took)
	}
	is("For everyone: sign-ins not known", b) // and who cannot tell
	proxy.Blackhole(false)
	away.hangs.Store(false)
	is("For Diaz, M", a, b)
	// Given back, nobody has the patient.
	must(t, a.Allocation.Release(t.Context(), diaz, "4B", "p1", "diaz"))
	is("For everyone: no nurse assigned; no charge nurse signed in", a, b)
	// In storms of sign-ins nothing is taken out of a list.
	for range 20 {
		two.sit("", "")
		two.sit("chen", staff.ChargeNurse)
	}
	soon("For the charge nurse: no nurse assigned", a, b)
}
