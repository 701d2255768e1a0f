package redisx

import (
	"testing"
	"testing/synctest"
	"time"
)

// On a wire so slow that several PINGs are under way each answer proves its own
// question, and an answer that nobody waits for proves nothing.
//
// Seen red with only the oldest question remembered: the second answer then took
// the proof back, and a slow link was left.
func TestPulseOfASlowWire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPulse(500*time.Millisecond, 1750*time.Millisecond)
		p.begin()
		var probes []string
		p.pong()            // nobody asked
		for n := range 40 { // every 100 ms; each answer takes 600
			if n%5 == 0 {
				probes = append(probes, p.ask())
			}
			if n%5 == 1 && n > 5 {
				asked := p.pings[0]
				p.pong()
				if p.ponged != asked {
					t.Fatalf("the answer to %v proves %v", asked, p.ponged)
				}
				p.back(probes[0])
				probes = probes[1:]
			}
			if p.silent() {
				t.Fatalf("silent after %d ms", n*100)
			}
			time.Sleep(100 * time.Millisecond)
		}
		for range 40 {
			time.Sleep(62 * time.Millisecond)
			p.silent()
		}
		if !p.silent() {
			t.Error("a dead wire is not silent")
		}
	})
}
