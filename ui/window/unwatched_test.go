package window

import (
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/ward"
)

// A station that turned back to its own ward by itself names the ward whose alerts it shows, and says that the one
// which was on its screen is not watched here any more: under the cover, on the lock and once its nurse has signed
// out, with open alerts and without. It says so no more to whoever sees which ward is on the screen, and never of a
// ward that they turned from themselves.
//
// Seen red with follow keeping nothing of the ward before, with the cover and with the sign-in screen not given it,
// with watched never called, and with WallOf not told the ward.
func TestAStationSaysWhichWardItWatches(t *testing.T) {
	const line = "This station now shows and sounds alerts of 4B Medicine only, not of 5A Surgery."
	own := ward.Ward{ID: "4B", Name: "4B Medicine"}
	o := open(t)
	says := func(where string, want bool, count string) {
		t.Helper()
		o.wait(where, func() bool {
			text := strings.Join(strings.Fields(o.text()), " ")
			return strings.Contains(text, line) == want && strings.Contains(text, count)
		})
	}
	turn := func(to ward.Ward, until string) {
		t.Helper()
		o.turnTo(o.actOf(o.session(), "", ""), to)
		o.until(until)
	}
	o.enters("chen")
	turn(five, "LINDQVIST")
	o.coverNow()
	says("the calm cover", true, "Covered: 4B Medicine")
	o.raise("h", "p1", "01", alert.High)
	says("the cover", true, "4B Medicine: 1 high of 1 open alert")
	o.lock()
	says("the lock", true, "4B Medicine: 1 high of 1 open alert")
	o.unlock(password)
	o.until("LINDQVIST")
	says("unlocked", false, "")
	o.coverNow()
	o.shell.Uncover()
	turn(own, "OKOYE")
	o.coverNow()
	says("the cover of its own", false, "4B Medicine: 1 high of 1 open alert")
	o.shell.Uncover()
	turn(five, "LINDQVIST")
	o.switchUser()
	says("signed out", true, "4B Medicine: 1 high of 1 open alert")
	o.enters("diaz")
	says("the next nurse", false, "")
	o.coverNow()
	says("the next nurse's cover", false, "4B Medicine: 1 high of 1 open alert")
}
