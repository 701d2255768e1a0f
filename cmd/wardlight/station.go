package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"github.com/wardlight/wardlight/app/alarmload"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/desktop/idle"
	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/assets/icons"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/cmd/internal/trial"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/ui/theme"
	"github.com/wardlight/wardlight/ui/window"
	"github.com/wardlight/wardlight/ui/words"
)

// appID names the program to the desktop; the .desktop file carries it too.
const appID = "io.github.wardlight.Wardlight"

// Station is the running program: what it stands on, its services, its window.
type Station struct {
	settings settings
	logger   *slog.Logger
	site     *site.Site
	sink     notify.Sink
	services *station.Station
	spool    *audit.Spool // audits what only looks, also while the record is away
	ward     ward.Ward
	welcome  words.Message
	always   words.Message // over every screen
	trial    *trial.Trial  // nil: this is no demonstration
}

func run(ctx context.Context, args []string) error {
	set, err := parse(args)
	if err != nil {
		return err
	}
	if set.version {
		fmt.Println("wardlight", version)
		return nil
	}
	if err := speak(set.language); err != nil {
		return err
	}
	s, err := open(ctx, set)
	if err != nil {
		return errors.Join(err, showProblem(ctx, set, err))
	}
	return s.Run(ctx)
}

// open opens what the station stands on. Redis and the keyring may be away;
// without a record there is nothing to show, and that is an error.
func open(ctx context.Context, set settings) (*Station, error) {
	s := &Station{settings: set, logger: slog.New(slog.NewTextHandler(os.Stderr, nil))}
	redisx.LogTo(s.logger)
	var err error
	if set.demo {
		return s, s.openDemo(ctx)
	}
	if s.site, err = site.Open(ctx, site.Options{Data: set.data, Logger: s.logger}); err != nil {
		return nil, fmt.Errorf("the site in %s cannot be opened: %w", set.data, err)
	}
	if set.language == "" && s.site.Config.Language != "" {
		if err := speak(s.site.Config.Language); err != nil {
			return nil, errors.Join(err, s.site.Close())
		}
	}
	if loc, chosen := s.site.Config.Here.Location(); chosen {
		tongue.KeepTime(loc)
	}
	if set.station == "" {
		set.station = s.site.Config.Station
	}
	if s.ward, err = s.choose(ctx); err != nil {
		return nil, errors.Join(err, s.site.Close())
	}
	s.wire(set.station)
	d, err := s.site.OpenDirectory()
	if err != nil {
		return nil, errors.Join(err, s.site.Close())
	}
	if d != nil { // a nil *Directory would be a directory
		s.services.Staff.Passwords, s.services.Staff.Roster = d, s.site.Record
	}
	return s, nil
}

// stands is what the services stand on, of the site.
func (s *Station) stands(name string) station.Options {
	zone, _ := s.site.Config.Here.Location()
	return station.Options{Name: name, Record: s.site.Record, Client: s.site.Redis,
		Vault: s.site.Vault, Logger: s.logger, Program: live.Program{Version: version, Schema: s.site.Record.Schema()},
		NotFound: func(err error) bool { return errors.Is(err, records.ErrNotFound) },
		Zone:     zone, Parked: s.site.Config.Feed.Parked()}
}

// wire makes the services over the site.
func (s *Station) wire(name string) {
	s.services = station.New(s.stands(name))
	s.spool = audit.NewSpool(s.site.Record, s.site.Dir, s.logger)
	s.services.Staff.Audit = s.spool
}

// choose finds the ward to show.
func (s *Station) choose(ctx context.Context) (ward.Ward, error) {
	id := s.settings.ward
	if id == "" {
		id = s.site.Config.Ward
	}
	if id != "" {
		w, err := s.site.Record.FindWard(ctx, id)
		if err != nil {
			return w, fmt.Errorf("%w; `wardctl wards` lists what there is", err)
		}
		return w, nil
	}
	wards, err := s.site.Record.Wards(ctx)
	if err != nil {
		return ward.Ward{}, err
	}
	if len(wards) == 0 {
		// An empty record still opens its sign-in: IT sees that the program runs.
		s.welcome = words.Message{What: tongue.T("Nobody can sign in yet: this station has no ward."),
			Next: tongue.Tf(
				"IT: `wardctl import hl7 FILE` and `wardctl staff add` set one up, `wardctl seed demo` makes one to try. The folder is %s.", s.site.Dir)}
		return ward.Ward{Name: tongue.T("No ward yet")}, nil
	}
	return wards[0], nil
}

// Run shows the window until it is closed or ctx ends, and then closes the station.
// It must be called on the main goroutine.
func (s *Station) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	a, win := newApp(s.settings)
	s.sink = notify.New("Wardlight", appID)
	config := s.site.Config
	var w *window.Window // before it runs, nothing is played
	player, err := sound.NewPlayer(sound.New(), sound.Options{Repeat: config.Sound.Repeat(),
		Played: func(p sound.Played) { s.played(p); w.Sounded(p) }})
	if err != nil {
		return errors.Join(err, s.Close())
	}
	cover, lock := config.Session.Times()
	w = window.New(ctx, win, window.Options{CoverAfter: cover, LockAfter: lock, Idle: idle.System(),
		Station: s.services, Ward: s.ward, Version: version, Welcome: s.welcome, Always: s.always,
		Keyring: s.keyringNote, Notify: notify.NewQueue(s.sink, notify.QueueOptions{}), Names: config.Notify.Names,
		Sound: player, SoundPause: time.Duration(config.Sound.Pause), Load: s.load, Examine: s.examine(),
		Logger: s.logger})
	win.Resize(fyne.NewSize(1600, 1000))

	var work sync.WaitGroup
	// Shown only once the toolkit runs: without OpenGL it then ends with an
	// error instead of running on without a window.
	a.Lifecycle().SetOnStarted(func() {
		win.Show()
		w.Focus()
		work.Go(func() { s.services.Run(ctx) })
		work.Go(func() { s.spool.Run(ctx) })
		work.Go(func() { s.trial.Run(ctx) })
		work.Go(w.Run)
		work.Go(func() { <-ctx.Done(); w.Quit(a.Quit) })
	})
	win.SetOnClosed(cancel)
	return ending{asked: ctx.Done(), exit: os.Exit, leave: func() error {
		w.Close() // nothing may be handed to the toolkit any more
		cancel()
		work.Wait()
		return s.Close()
	}}.run(a.Run)
}

// newApp starts the toolkit and makes its one window.
func newApp(set settings) (fyne.App, fyne.Window) {
	a := app.NewWithID(appID)
	icon := fyne.NewStaticResource("wardlight.png", icons.Window)
	a.SetIcon(icon)
	a.Settings().SetTheme(theme.New(set.mode, float32(set.scale)))
	win := a.NewWindow("Wardlight")
	win.SetIcon(icon)
	win.SetMaster()
	win.SetPadded(false)
	return a, win
}

// keyringNote says on the sign-in screen what a keyring that is not there
// means.
func (s *Station) keyringNote(ctx context.Context) string {
	switch keyring.Probe(ctx, s.site.Vault) {
	case keyring.OK:
		return ""
	case keyring.Locked:
		return tongue.T(
			"The keyring is locked: unlock this computer's session. You can sign in; a restart will ask again.")
	}
	return tongue.T("This computer has no usable keyring. You can sign in; a restart will ask again.")
}

// load counts a ward's alerts.
func (s *Station) load(ctx context.Context, ward string, ago time.Duration) (alarmload.Report, error) {
	now := time.Now()
	return alarmload.Make(ctx, s.site.Record,
		alarmload.Query{Ward: ward, Since: now.Add(-ago), Until: now, In: tongue.Zone()})
}

// played notes what the ward could hear: the log of a station tells when its
// tones began and ended to be played.
func (s *Station) played(p sound.Played) {
	if len(p.Alerts) > 0 {
		s.logger.Info("alerts sounded", "signal", p.Signal.String(), "alerts", len(p.Alerts), "after",
			time.Since(p.At).Round(time.Millisecond))
	}
}

// Close gives back what open took.
func (s *Station) Close() error {
	var err error
	if s.sink != nil {
		err = s.sink.Stop()
	}
	if s.trial != nil {
		return errors.Join(err, s.trial.Close())
	}
	return errors.Join(err, s.site.Close())
}
