package window

import (
	"errors"
	"testing"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// A nurse who loses a section to the charge nurse sees who took it, where and why: without a reason it stays hers. It
// is taken from the one the charge nurse saw hold it. Seen red with whoever holds it meant, and with a blank reason
// taken.
func TestOldHolderSeesWhoTookOver(t *testing.T) {
	server := redistest.Start(t, redistest.Options{})
	connect := func(name string) *redisx.Client {
		c, err := redisx.Open(redisx.Config{Addrs: []string{server.Addr()}, Name: name})
		must(t, err)
		t.Cleanup(func() { _ = c.Close() })
		return c
	}
	o, store := openOn(t, connect("WS-1"))
	other := station.New(station.Options{Name: "WS-2", Record: store, Client: connect("WS-2"),
		NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) }})
	ctx := t.Context()
	chen, err := other.Staff.SignIn(ctx, "chen", password)
	must(t, err)
	p := o.writing("diaz", chart.Notes)
	p.write("left leg")

	var stale *chart.HeldError // what is taken over is what she saw, not the hold of somebody else
	if _, err := other.Desk("4B").TakeOver(ctx, chen, "4B", "p1", chart.Notes, 1, "doctor"); !errors.As(err, &stale) ||
		stale.Holder.Name != "Diaz, M" {
		t.Fatalf("taken over from another: %v", err)
	}
	for _, blank := range []string{"", " \t"} {
		if _, err := other.Desk("4B").TakeOver(ctx, chen, "4B", "p1", chart.Notes, stale.Holder.Fence,
			blank); !errors.Is(err, chart.ErrNoReason) {
			t.Fatalf("taken over for the reason %q: %v", blank, err)
		}
	}
	_, err = other.Desk("4B").TakeOver(ctx, chen, "4B", "p1", chart.Notes, stale.Holder.Fence, "doctor")
	must(t, err)
	o.wait("the loss", func() bool { return o.chart.Phase(chart.Notes) == patient.Lost })
	for _, want := range []string{"Chen, A at WS-2 took this section over", "doctor"} {
		o.until(want)
	}
}
