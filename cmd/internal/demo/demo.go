// Package demo runs the one-machine demonstration: a private Redis, the desktop
// parts that the machine lacks, the demonstration ward with simulated patients,
// and the station. What it starts, it ends. Nothing of it is fit for a hospital.
package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/simulate"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/assets/demo"
	"github.com/wardlight/wardlight/cmd/internal/sandbox"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// Ward is the ward that is shown and simulated.
const Ward = "4B"

// Options say how the demonstration runs.
type Options struct {
	Data       string // the site's folder
	Screenshot string // default DIR/screenshot.png; taken of a private display only
	NoStation  bool   // everything but the station's window
	Out, Err   io.Writer

	ready func(*site.Site) // told when all is up; for tests
}

// startLimit bounds each part's start.
const startLimit = 30 * time.Second

// show is a running demonstration.
type show struct {
	o       Options
	dir     string
	closers []func() error // ended last first
	display *sandbox.XServer
	env     []string // for the station
}

// Run shows the demonstration until ctx ends or its station is closed. A folder
// that held a demonstration before is found again as it was left.
func Run(ctx context.Context, o Options) (err error) {
	dir, err := filepath.Abs(o.Data)
	if err != nil {
		return err
	}
	if o.Screenshot == "" {
		o.Screenshot = filepath.Join(dir, "screenshot.png")
	}
	s := &show{o: o, dir: dir}
	defer func() {
		for i := len(s.closers) - 1; i >= 0; i-- {
			err = errors.Join(err, s.closers[i]())
		}
	}()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	unlock, err := lock(filepath.Join(dir, "demo.lock"))
	if err != nil {
		return fmt.Errorf("a demonstration already runs in %s: end it, or choose another folder with --data: %w",
			dir, err)
	}
	s.closers = append(s.closers, unlock)
	config, err := site.ReadConfig(dir)
	if err != nil {
		return err
	}
	if err := s.desktop(ctx, &config); err != nil {
		return missing(err)
	}
	if err := s.redis(ctx, &config); err != nil {
		return missing(err)
	}
	if config.Ward == "" {
		config.Ward = Ward
	}
	config.Record.Plain, config.Alone = true, true
	if err := site.WriteConfig(dir, config); err != nil {
		return err
	}
	logger := slog.New(slog.NewTextHandler(o.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	place, err := site.Open(ctx, site.Options{Data: dir, Logger: logger})
	if err != nil {
		return err
	}
	s.closers = append(s.closers, place.Close)
	if err := demo.Seed(ctx, place.Record, time.Now(), staff.Hash); err != nil {
		return err
	}
	return s.play(ctx, place, logger)
}

// play runs the simulator, the pictures and the station.
func (s *show) play(ctx context.Context, place *site.Site, logger *slog.Logger) error {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	running.Go(func() {
		err := simulate.Run(ctx, simulate.Options{Ward: Ward, Seed: uint64(time.Now().UnixNano()), Logger: logger,
			Monitors: live.NewMonitors(place.Redis, Ward)},
			place.Record, simulate.ToRecord(place.Record))
		if err != nil {
			logger.Warn("simulator", "err", err)
		}
	})
	if s.display != nil {
		running.Go(func() {
			if err := sandbox.Screenshots(ctx, s.display, s.o.Screenshot, 3*time.Second); err != nil {
				logger.Warn("screenshots", "err", err)
			}
		})
	}
	s.hints(place)
	if s.o.ready != nil {
		s.o.ready(place)
	}
	if s.o.NoStation {
		// What a station owes the others, relay and intake, somebody must do.
		station.New(station.Options{Name: "demonstration", Record: place.Record, Client: place.Redis, Logger: logger,
			NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) }}).Run(ctx)
		return nil
	}
	return s.station(ctx)
}

// missing says how to get a program that is not there.
func missing(err error) error {
	if errors.Is(err, sandbox.ErrMissing) {
		return fmt.Errorf("%w: `assets/setup/debian.sh run` installs what the demonstration needs", err)
	}
	return err
}
