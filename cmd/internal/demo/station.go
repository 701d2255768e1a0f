package demo

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/wardlight/wardlight/assets/demo"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// station runs the station's window until it is closed or ctx ends.
func (s *show) station(ctx context.Context) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	name := "wardlight"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	program := filepath.Join(filepath.Dir(self), name)
	if _, err := os.Stat(program); err != nil {
		return fmt.Errorf("the station is not built: run `make build`, or add --no-station: %w", err)
	}
	cmd := exec.CommandContext(ctx, program, "--data", s.dir)
	cmd.Env = append(os.Environ(), s.env...)
	cmd.Stdout, cmd.Stderr = s.o.Out, s.o.Err
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	err = cmd.Run()
	if ctx.Err() != nil {
		return nil // we were asked to end, and so did it
	}
	if err != nil {
		return fmt.Errorf("station: %w", err)
	}
	return nil
}

// hints says how to sign in and how to raise alerts.
func (s *show) hints(place *site.Site) {
	channel := site.IntakeChannel(place.Redis.Keys(), Ward)
	port := rememberedPort(place.Config)
	self, err := os.Executable()
	if err != nil {
		self = "wardctl"
	}
	fmt.Fprintf(s.o.Out, `
Wardlight demonstration in %s

  Sign in as achen (charge nurse), tnguyen or mdiaz (nurses); password %s
  Raise an alert:
    %s --data %s raise --ward %s --bed 07 "Fall from bed"
    redis-cli -p %d PUBLISH '%s' '{"bed":"07","priority":"high","text":"Fall from bed"}'
`, s.dir, demo.Password, self, s.dir, Ward, port, channel)
	if s.display != nil {
		fmt.Fprintf(s.o.Out, "  No display here; a picture of the station every 3 s: %s\n", s.o.Screenshot)
	}
	fmt.Fprint(s.o.Out, "  Ctrl-C ends it; the next start finds the ward again.\n\n")
}
