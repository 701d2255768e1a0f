// Package trial is a ward to try the station on, from the installed program alone
// and on any of its systems: a record in memory, a Redis in this process, invented
// patients. It ends with the program, and nothing of it is kept. Not for care: what
// a real Redis keeps through a crash, and a real record through a power cut, this
// does not.
package trial

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/simulate"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/assets/demo"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
)

// Ward is the ward that is shown and simulated.
const Ward = "4B"

// Trial is an open demonstration.
type Trial struct {
	Site   *site.Site
	server *server
	logger *slog.Logger
}

// Open makes the ward. What the site needs of the disk (lines of the trail that
// wait for the record) has a folder of its own, which Close removes.
func Open(ctx context.Context, logger *slog.Logger) (_ *Trial, err error) {
	t := &Trial{Site: &site.Site{Vault: keyring.Memory()}, logger: logger}
	t.Site.Config = site.Config{Station: "DEMO", Ward: Ward, Alone: true}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("the demonstration cannot be made: %w", err), t.Close())
		}
	}()
	if t.Site.Dir, err = os.MkdirTemp("", "wardlight-demo-"); err != nil {
		return nil, err
	}
	if t.Site.Record, err = records.Open(ctx,
		records.Options{Memory: true, Writer: t.Site.Config.Station, Logger: logger}); err != nil {
		return nil, err
	}
	if err = demo.Seed(ctx, t.Site.Record, time.Now(), staff.Hash); err != nil {
		return nil, err
	}
	password := rand.Text() // other users of this computer reach the port, too
	if t.server, err = serve(password); err != nil {
		return nil, err
	}
	t.Site.Redis, err = redisx.Open(redisx.Config{Addrs: []string{t.server.Addr()}, Name: t.Site.Config.Station,
		Password: func() string { return password }, Logger: logger})
	return t, err
}

// Run lets time pass on the ward until ctx ends: patients are observed and become
// unwell. A nil Trial has no ward.
func (t *Trial) Run(ctx context.Context) {
	if t == nil {
		return
	}
	var group sync.WaitGroup
	defer group.Wait()
	group.Go(func() { t.server.run(ctx) })
	seed := uint64(time.Now().UnixNano())
	if err := simulate.Run(ctx, simulate.Options{Ward: Ward, Seed: seed, Logger: t.logger,
		Monitors: live.NewMonitors(t.Site.Redis, Ward)}, t.Site.Record,
		simulate.ToRecord(t.Site.Record)); err != nil {
		t.logger.WarnContext(ctx, "simulator", "err", err)
	}
}

// Close ends the ward and removes what it had of the disk.
func (t *Trial) Close() error {
	err := t.Site.Close()
	if t.server != nil {
		t.server.Close()
	}
	if t.Site.Dir != "" {
		err = errors.Join(err, os.RemoveAll(t.Site.Dir))
	}
	return err
}
