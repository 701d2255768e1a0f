package press_test

import (
	"testing"
	"time"

	"github.com/wardlight/wardlight/ui/press"
)

// A press that does nothing within two seconds of one that did something is a further one. What came too soon to
// count, and what only selected, is none before it. Seen red with Counted always false, and with
// Pick counted.
func TestCountedIsThePressThatDidSomething(t *testing.T) {
	for name, c := range map[string]struct {
		do    func(d *desk)
		after time.Duration
		want  bool
	}{
		"nothing":          {func(*desk) {}, 0, false},
		"an act":           {func(d *desk) { d.key(d.upper, "Return") }, press.Pause - 1, true},
		"an act long ago":  {func(d *desk) { d.key(d.upper, "Return") }, press.Pause, false},
		"a refused press":  {func(d *desk) { d.click(d.upper, in) }, 0, false},
		"an act, hammered": {func(d *desk) { d.key(d.upper, "Return"); d.key(d.lower, "Return") }, 0, true},
		"a selection": {func(d *desk) {
			d.Over(d.upper, in, high)
			d.wait(press.Pause)
			d.Down(d.upper, in)
			d.Pick(d.upper, d.upper.act)
		}, 0, false},
	} {
		d := newDesk()
		d.wait(time.Hour)
		c.do(d)
		if name == "a selection" && len(d.upper.did) != 1 {
			t.Fatal("nothing was selected")
		}
		if d.wait(c.after); d.Counted() != c.want {
			t.Errorf("%s, %v later: %v", name, c.after, !c.want)
		}
	}
}
