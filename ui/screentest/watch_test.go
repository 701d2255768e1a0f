package screentest

import (
	"testing"
	"time"
)

// A hold of a second is seen, a short one is not. Seen red with every
// millisecond that the control woke late counted as the machine's.
func TestWatch(t *testing.T) {
	var held time.Duration
	do := watch(func(h, _ time.Duration) { held = h }, func(f func()) { f() })
	do(func() { time.Sleep(time.Millisecond) })
	if held != 0 {
		t.Errorf("a millisecond: %v", held)
	}
	do(func() { time.Sleep(time.Second * slower) })
	if held < time.Second {
		t.Errorf("a second: %v", held)
	}
}
