//go:build !linux

package screentest

import "time"

// inLine is how long this thread has stood in line for a processor: no other system tells.
func inLine() time.Duration { return 0 }
