//go:build !linux && !windows && !darwin

package idle

import (
	"context"
	"time"
)

// System is the desktop's own probe: none on this system.
func System() Probe {
	return func(context.Context) (time.Duration, error) { return 0, ErrUnknown }
}
