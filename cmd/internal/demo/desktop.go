package demo

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/wardlight/wardlight/app/desktop/sessionbus"
	"github.com/wardlight/wardlight/cmd/internal/sandbox"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// desktop starts the parts that this machine lacks.
func (s *show) desktop(ctx context.Context, c *site.Config) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	s.env = sandbox.Locale()
	if !s.o.NoStation && !sandbox.HasDisplay(ctx) {
		display, err := sandbox.Display(ctx, sandbox.Geometry)
		if err != nil {
			return err
		}
		s.closers = append(s.closers, display.Close)
		s.display, s.env = display, append(s.env, display.Env()...)
	}
	c.KeyringBus = ""
	if sandbox.HasSecretService(ctx) {
		return nil
	}
	bus, err := sandbox.NewBus(ctx)
	if err != nil {
		return err
	}
	s.closers = append(s.closers, bus.Close)
	password, err := sandbox.DemoPassword(s.dir)
	if err != nil {
		return err
	}
	if err := sandbox.Keyring(ctx, bus, s.dir, password); err != nil {
		return err
	}
	if s.display != nil {
		if err := sandbox.NotificationDaemon(ctx, bus, s.display); errors.Is(err, sandbox.ErrMissing) {
			fmt.Fprintln(s.o.Err, "no desktop notifications:", err) // the station shows this as its state
		} else if err != nil {
			return err
		}
	}
	c.KeyringBus, s.env = bus.Address, append(s.env, bus.Env()...)
	s.closers = append(s.closers, setenv(sessionbus.EnvAddress, bus.Address))
	return nil
}

// setenv changes this process's environment; what it returns puts it back.
func setenv(name, value string) func() error {
	old, had := os.LookupEnv(name)
	_ = os.Setenv(name, value) // the caller's values hold no NUL
	return func() error {
		if had {
			return os.Setenv(name, old)
		}
		return os.Unsetenv(name)
	}
}
