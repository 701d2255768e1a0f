package sound

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// afplay plays through /usr/bin/afplay, which ends with an error where there is
// no device, and meets a change of device with the next burst. Its file holds a
// tone and nothing else; the program's arguments are constant but for its name.
type afplay struct{}

func (afplay) Play(ctx context.Context, w Wave) error {
	f, err := os.CreateTemp("", "wardlight-tone-*.wav")
	if err != nil {
		return fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(w.file())
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrAbsent, err)
	}
	limited, cancel := context.WithTimeout(ctx, w.Length()+Limit)
	defer cancel()
	cmd := exec.CommandContext(limited, "/usr/bin/afplay", f.Name())
	cmd.WaitDelay = 500 * time.Millisecond
	err = cmd.Run()
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil:
		return ErrHanging
	}
	return fmt.Errorf("%w: %w", ErrAbsent, err)
}

// volumeScript is constant: no text of an alert comes near a script.
const volumeScript = `set v to (get volume settings)
return (output volume of v as text) & " " & (output muted of v as text)`

func (afplay) State(ctx context.Context) State {
	limited, cancel := context.WithTimeout(ctx, Limit)
	defer cancel()
	cmd := exec.CommandContext(limited, "/usr/bin/osascript", "-e", volumeScript)
	cmd.WaitDelay = 500 * time.Millisecond
	out, err := cmd.Output()
	if limited.Err() != nil && ctx.Err() == nil {
		return stateOf(ErrHanging)
	}
	if err != nil {
		return stateOf(ErrAbsent)
	}
	return volumeSaid(string(out))
}

// volumeSaid reads "50 false". Devices without a volume of their own say
// "missing value" in place of either.
func volumeSaid(text string) State {
	volume := -1
	if n, err := strconv.Atoi(strings.TrimSpace(strings.SplitN(text, " ", 2)[0])); err == nil && n >= 0 && n <= 100 {
		volume = n
	}
	return heard("macOS", volume, strings.HasSuffix(strings.TrimSpace(text), "true"))
}
