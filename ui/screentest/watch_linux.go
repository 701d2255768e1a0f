package screentest

import (
	"fmt"
	"os"
	"time"
)

// inLine is how long this thread has stood in line for a processor since it began; 0 if the system
// does not tell.
func inLine() time.Duration {
	text, err := os.ReadFile("/proc/thread-self/schedstat") // ns run, ns in line, how often it ran
	if err != nil {
		return 0
	}
	var run, line int64
	if _, err := fmt.Sscan(string(text), &run, &line); err != nil {
		return 0
	}
	return time.Duration(line)
}
