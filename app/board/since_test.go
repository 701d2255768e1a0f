package board_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/board"
)

// The ages of forty beds change in four moments of a minute, not in forty, and are
// never off by more than half a quarter.
func TestAgesChangeTogether(t *testing.T) {
	t0 := time.Date(2026, 11, 23, 3, 0, 0, 0, time.UTC)
	moments := map[time.Duration]bool{}
	for bed := range 40 {
		taken := t0.Add(-time.Duration(bed) * 61 * time.Second)
		was := ""
		for s := 150; s < 210; s++ {
			now := t0.Add(time.Duration(s) * time.Second)
			age := board.Since(taken, now)
			if behind := now.Sub(taken) - age; behind.Abs() > 7500*time.Millisecond {
				t.Fatalf("%v behind", behind)
			}
			if text := board.Span(age); text != was {
				if was != "" {
					moments[time.Duration(s)*time.Second] = true
				}
				was = text
			}
		}
	}
	if len(moments) > 4 {
		t.Errorf("the window would be drawn %d times in a minute", len(moments))
	}
	if age := board.Since(t0, t0.Add(119*time.Second)); age != 119*time.Second {
		t.Errorf("a young value is %v old", age)
	}
}
