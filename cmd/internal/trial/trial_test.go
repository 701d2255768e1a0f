package trial

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/assets/demo"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
)

// The demonstration does what a ward does: sign-in by a session in its Redis, a
// section held against another station, a save, an alert that somebody publishes
// in the picture and accepted; what was left behind ends by
// its time, and nobody is answered without the password.
func TestTrialIsAWard(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	d, err := Open(ctx, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		if _, err := os.Stat(d.Site.Dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("left on the disk: %v", err)
		}
	}()
	if host, _, err := net.SplitHostPort(d.server.Addr()); err != nil || !net.ParseIP(host).IsLoopback() {
		t.Fatalf("reachable at %s", d.server.Addr())
	}
	if c, err := redisx.Open(redisx.Config{Addrs: []string{d.server.Addr()}}); err != nil {
		t.Fatal(err)
	} else {
		if err := c.Publish(ctx, "x", nil); err == nil {
			t.Error("answers without a password")
		}
		_ = c.Close()
	}
	open := func(name string) (*station.Station, *atomic.Pointer[live.Picture], *live.Ward) {
		s := station.New(station.Options{Name: name, Record: d.Site.Record, Client: d.Site.Redis,
			NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) }})
		w := s.Ward(Ward)
		shown := &atomic.Pointer[live.Picture]{}
		w.OnPicture = func(p live.Picture) { shown.Store(&p) }
		return s, shown, w
	}
	one, shown, w := open("DEMO")
	two, _, _ := open("OTHER")
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	group.Go(func() { d.Run(ctx) })
	group.Go(func() { one.Run(ctx) })
	group.Go(func() { w.Run(ctx) })

	achen, err := one.Staff.SignIn(ctx, "achen", demo.Password)
	if err != nil {
		t.Fatal(err)
	}
	mdiaz, err := two.Staff.SignIn(ctx, "mdiaz", demo.Password)
	if err != nil {
		t.Fatal(err)
	}
	until := func(what string, ok func(live.Picture) bool) live.Picture {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
			if p := shown.Load(); p != nil && ok(*p) {
				return *p
			}
		}
		t.Fatalf("never: %s; links %+v", what, shown.Load().Links)
		return live.Picture{}
	}
	p := until("the board, heard live", func(p live.Picture) bool { return p.Links.Hearing && len(p.Board.Rows) > 0 })
	var who string
	for _, r := range p.Board.Rows {
		if r.Bed == "07" {
			who = r.Patient
		}
	}

	first, err := one.Desk(Ward).Edit(ctx, achen, Ward, who, chart.Notes)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := two.Desk(Ward).Edit(ctx, mdiaz, Ward, who, chart.Notes); !errors.Is(err, chart.ErrHeld) {
		t.Errorf("held by another, and edited: %v", err)
	}
	if _, err := first.Save(ctx, map[string]string{"text": "seen"},
		chart.Entry{Note: &chart.Note{Text: "seen"}}); err != nil {
		t.Error(err)
	}
	first.Close(ctx)

	began := time.Now()
	if err := d.Site.Redis.Publish(ctx, site.IntakeChannel(d.Site.Redis.Keys(), Ward),
		[]byte(`{"bed":"07","priority":"high","text":"Fall from bed"}`)); err != nil {
		t.Fatal(err)
	}
	var card alert.Card
	until("the alert in the picture", func(p live.Picture) bool {
		for _, c := range p.Cards {
			if strings.Contains(c.Alert.Text, "Fall from bed") {
				card = c
				return true
			}
		}
		return false
	})
	t.Logf("alert to picture in %v", time.Since(began).Round(time.Millisecond))
	if _, err := one.Line.Accept(ctx, achen, alert.Read{Alert: card.Alert}); err != nil {
		t.Error(err)
	}
	if _, err := two.Line.Accept(ctx, mdiaz, alert.Read{Alert: card.Alert}); err == nil {
		t.Error("a nurse accepted")
	}

	// What a crash leaves ends by its time.
	if err := d.server.Set("left", "behind"); err != nil {
		t.Fatal(err)
	}
	d.server.SetTTL("left", 300*time.Millisecond)
	for end := time.Now().Add(10 * time.Second); d.server.Exists("left"); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("what was left behind never ends")
		}
	}
	if err := one.Staff.SignOut(ctx, achen); err != nil {
		t.Error(err)
	}
}
