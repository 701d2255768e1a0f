package sound

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// command plays through a program that reads a WAV file from its input. Nothing
// but the wave is given to it.
type command struct {
	name string
	args []string
}

func (c command) Play(ctx context.Context, w Wave) error {
	limited, cancel := context.WithTimeout(ctx, w.Length()+Limit)
	defer cancel()
	cmd := exec.CommandContext(limited, c.name, c.args...)
	cmd.Stdin, cmd.WaitDelay = bytes.NewReader(w.file()), 500*time.Millisecond
	err := cmd.Run()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil:
		return ErrHanging
	}
	return fmt.Errorf("%w: %s: %w", ErrAbsent, c.name, err)
}

// State looks for the program and a card. Mute and volume of a card that has no
// sound service are not known here.
func (c command) State(context.Context) State {
	if _, err := exec.LookPath(c.name); err != nil {
		return stateOf(ErrAbsent)
	}
	if cards, err := os.ReadDir("/proc/asound"); err == nil {
		for _, e := range cards {
			if matched := len(e.Name()) > 4 && e.Name()[:4] == "card" && e.IsDir(); matched {
				return State{Kind: OK, Device: "ALSA", Volume: -1}
			}
		}
	}
	return stateOf(ErrAbsent)
}
