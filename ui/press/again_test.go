package press_test

import (
	"testing"
	"time"
)

// The same act once more within its rest is its second half, whatever was done between and by which hand it comes; after
// the rest it is another. Seen red with the last act alone remembered.
func TestTheSameActIsOneAcrossAnother(t *testing.T) {
	for after, want := range map[time.Duration]int{360 * time.Millisecond: 1, time.Second: 2} {
		d := newDesk()
		d.wait(time.Hour)
		d.key(d.upper, "Return")
		d.wait(40 * time.Millisecond)
		d.key(d.lower, "F")
		d.Over(d.upper, in, high)
		d.wait(after)
		d.click(d.upper, in)
		if len(d.upper.did) != want || len(d.lower.did) != 1 {
			t.Errorf("after %v: %d times, and the other %d", after, len(d.upper.did), len(d.lower.did))
		}
	}
}
