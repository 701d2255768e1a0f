package window

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// A card says of an alert in hand that whoever has it is signed in at no station of the ward, and the list of
// whom to forward to says it of each colleague, and has them behind those who are.
//
// Seen red with the card not told of it, and with the list in the order of the names alone.
func TestWhoeverIsNotSignedInIsSaidToBe(t *testing.T) {
	redis := redistest.Start(t, redistest.Options{})
	client, err := redisx.Open(redisx.Config{Addrs: []string{redis.Addr()}})
	must(t, err)
	t.Cleanup(func() { client.Close() })
	o, store := openOn(t, client)
	_, hash, err := store.StaffByID(t.Context(), "diaz")
	must(t, err)
	must(t, store.PutStaff(t.Context(), staff.Staff{ID: "abel", Surname: "Abel", Given: "Jo", Role: staff.Nurse,
		Wards: []string{"4B"}, Active: true}, hash))
	var sits atomic.Bool // Diaz, at the other station
	lw := station.New(station.Options{Name: "WS-2", Record: store, Client: client}).Ward("4B")
	lw.OnPicture = func(live.Picture) {}
	lw.Here = func() (string, staff.Role) {
		if sits.Load() {
			return "diaz", staff.Nurse
		}
		return "", ""
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	var beside sync.WaitGroup
	beside.Go(func() { o.opt.Station.Run(ctx) }) // relays, and sends the beats
	beside.Go(func() { lw.Run(ctx) })
	t.Cleanup(func() { cancel(); beside.Wait() })
	turns := func(is bool) { sits.Store(is); lw.Moved() }

	o.enters("chen")
	a := o.raise("a", "p1", "01", alert.Low)
	diaz, err := o.opt.Station.Staff.SignIn(t.Context(), "diaz", password)
	must(t, err)
	turns(true)
	o.wait("Diaz is here", func() bool {
		return !o.signedOut("4B", []staff.Staff{{ID: "diaz"}})["diaz"] &&
			o.signedOut("4B", []staff.Staff{{ID: "abel"}})["abel"]
	})
	must(t, o.opt.Station.Allocation.Take(t.Context(), diaz, "4B", "p1"))
	_, err = o.opt.Station.Line.Accept(t.Context(), diaz, alert.Read{Alert: a})
	must(t, err)
	o.until("Accepted by Diaz, M")
	if strings.Contains(o.text(), "not signed in") {
		t.Errorf("Diaz is signed in:\n%s", o.text())
	}
	o.raise("b", "p1", "01", alert.Low)
	o.wait("the other", func() bool { _, is := o.find("b"); return is })
	o.forward("b")
	o.untilOver("Diaz, Mia, Nurse")
	if text := o.overText(); !inOrder(text, "Diaz, Mia, Nurse", "Abel, Jo, Nurse, not signed in on this ward") ||
		strings.Contains(text, "Diaz, Mia, Nurse, not") {
		t.Errorf("to forward to: %s", text)
	}
	o.choose("Cancel")
	turns(false)
	o.until("Accepted by Diaz, M, not signed in on this ward")
	o.forward("b")
	o.untilOver("Diaz, Mia, Nurse, not signed in on this ward")
	turns(true)
	o.wait("she is back", func() bool { return !strings.Contains(o.text(), "not signed in") })
}

// inOrder reports whether a text has all the parts, one after the other.
func inOrder(text string, parts ...string) bool {
	for _, p := range parts {
		_, after, is := strings.Cut(text, p)
		if !is {
			return false
		}
		text = after
	}
	return true
}
