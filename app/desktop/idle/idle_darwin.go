package idle

import (
	"context"
	"os/exec"
	"time"
)

// System is the desktop's own probe: what the input system says in its registry.
func System() Probe {
	return func(ctx context.Context) (time.Duration, error) {
		text, err := exec.CommandContext(ctx, "/usr/sbin/ioreg", "-c", "IOHIDSystem", "-d", "4", "-r", "-k",
			"HIDIdleTime").Output()
		if err != nil {
			return 0, ErrUnknown
		}
		return readHID(string(text))
	}
}
