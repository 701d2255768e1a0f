package station

import (
	"context"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/app/parked"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/ward"
)

// A station that leads alerts the ward to what waits too long, once, however many
// look.
//
// Seen red: with the site's time not given to the record it rang at once.
func TestWhoLeadsAlertsToWhatWaits(t *testing.T) {
	ctx := t.Context()
	now := time.Date(2026, 3, 10, 8, 12, 0, 0, time.UTC)
	store, err := records.Open(ctx, records.Options{Memory: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	if err := store.PutWard(ctx, ward.Ward{ID: "6N", Name: "6N"}); err != nil {
		t.Fatal(err)
	}
	if err := store.ImportBatch(ctx, func(ctx context.Context, w hl7.Writer) error {
		return w.Park(ctx, parked.Entry{Key: "k", Kind: "ORU^R01", Source: "LAB", Ward: "6N", Received: now,
			Reason: "nobody has this number", Raw: []byte("MSH|")})
	}); err != nil {
		t.Fatal(err)
	}
	alerts := func() (n int) {
		moves, err := store.OpenMoves(ctx, "6N")
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range moves {
			if m.Kind == alert.Raised {
				n++
			}
		}
		return n
	}
	first := New(Options{Name: "WS-1", Record: store})
	second := New(Options{Name: "WS-2", Record: store})
	if !first.leads() {
		t.Fatal("without Redis nobody else can lead")
	}
	first.lookAtParked(ctx)
	if n := alerts(); n != 0 {
		t.Fatalf("%d alerts at once", n)
	}
	now = now.Add(parked.AlertAfter + time.Second)
	first.lookAtParked(ctx)
	second.lookAtParked(ctx)
	if n := alerts(); n != 1 {
		t.Fatalf("%d alerts, want one", n)
	}
}
