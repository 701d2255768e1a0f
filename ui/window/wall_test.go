package window

import (
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/shell"
)

// A desk at which somebody turned to another ward, and locked it, calls for its own ward
// again, and they find the other when they unlock. Seen red with the lock leaving the ward
// on the screen.
func TestALockedDeskCallsForItsOwnWard(t *testing.T) {
	o := open(t)
	o.signIn("chen", password)
	o.until("OKOYE")
	o.turnTo(o.actOf(o.session(), "", ""), ward.Ward{ID: "5A", Name: "5A Surgery"})
	o.until("LINDQVIST")
	o.raise("h", "p1", "01", alert.High)
	o.lock()
	o.until("1 high of 1 open alert")
	o.until("Bed 01")
	o.unlock(password)
	o.until("LINDQVIST")
	if got := o.place().ID; got != "5A" {
		t.Errorf("unlocked on %s", got)
	}
}

// An open alert is on the screen whoever is there: while nobody is signed in, under the cover and on the lock,
// with its priority in a word and a shape, its bed and the count, without a name, a number or a value; and a
// station that cannot hear says so on each of them. Accepted, it goes.
func TestAlertsReachWhoeverIsThere(t *testing.T) {
	o := open(t)
	o.until("Sign in")
	a := o.raise("h", "p1", "01", alert.High)
	o.raise("l", "p1", "01", alert.Low)
	wall := func(where string) {
		t.Helper()
		o.until("1 high of 2 open alerts")
		text := o.text()
		for _, want := range []string{"▲ HIGH", "Bed 01", "×2"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s does not show %q:\n%s", where, want, text)
			}
		}
		for _, secret := range []string{"OKOYE", "Okoye", "Ada", "fell", "7001001", "700 1001"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %q:\n%s", where, secret, text)
			}
		}
	}
	deaf := func(where string) {
		t.Helper()
		p := o.shown()
		p.Links.Hearing, p.Links.RecordAway, p.Links.Since = false, true, time.Now()
		o.mu.Lock()
		o.picture = p
		o.mu.Unlock()
		if o.shell.Covered() {
			o.coverNow()
		} else {
			o.redrawSignIn()
		}
		if !strings.Contains(strings.ReplaceAll(o.text(), "\n", " "), "This station cannot hear alerts since") {
			t.Errorf("%s does not say that it is deaf:\n%s", where, o.text())
		}
	}
	wall("the sign-in screen")
	deaf("the sign-in screen")
	o.signIn("chen", password)
	o.until("OKOYE")
	o.coverNow()
	wall("the cover")
	deaf("the cover")
	o.shell.Uncover()
	o.lock()
	o.wait("the lock", func() bool { return o.shell.Place() == shell.SignIn })
	wall("the lock")
	deaf("the lock")
	o.unlock(password)
	o.until("OKOYE")
	o.accept(a.ID)
	o.until("Accepted by")
	o.coverNow()
	o.until("1 open alert")
	if strings.Contains(o.text(), "▲ HIGH") {
		t.Errorf("what somebody has in hand still calls:\n%s", o.text())
	}
}

// A station that nobody can hear says so to whoever is there, before anybody signs in, under the
// cover and on the lock, as on the board, and names nobody; heard again, it says so no more. One
// that has no sound by its settings says so, too.
//
// Seen red with the cover, and with the sign-in screen, not given it.
func TestASilentStationSaysSoToWhoeverIsThere(t *testing.T) {
	quiet, ears, _ := withEars(t, false)
	muted := func(on bool) {
		ears.set(func() {
			ears.state = sound.State{Kind: sound.OK, Volume: 100}
			if on {
				ears.state = sound.State{Kind: sound.Muted, Reason: "the sound is muted"}
			}
		})
	}
	muted(true)
	for reason, o := range map[string]*opened{"the sound is muted": quiet,
		"its sound is switched off in its settings": open(t)} {
		says := func(where string, want bool) {
			t.Helper()
			o.wait(where, func() bool {
				return strings.Contains(o.said(), "Nobody can hear this station: "+reason+".") == want
			})
			if text := o.text(); o.shell.Place() == shell.SignIn || o.shell.Covered() {
				for _, secret := range []string{"OKOYE", "Ada", "700 1001"} {
					if strings.Contains(text, secret) {
						t.Errorf("%s tells %q", where, secret)
					}
				}
			}
		}
		says("the sign-in screen", true)
		o.enters("chen")
		says("the board", true)
		o.coverNow()
		says("the cover", true)
		if o == quiet {
			muted(false)
			says("the cover of one that is heard", false)
			muted(true)
			says("the cover again", true)
		}
		o.shell.Uncover()
		o.lock()
		says("the lock", true)
	}
}
