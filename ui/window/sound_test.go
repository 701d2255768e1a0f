package window

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/ui/screentest"
)

// An alert sounds on a station that nobody is signed in to, until somebody
// accepts it; a more urgent one breaks it off; what was turned down here is silent
// here until it escalates; and the popups go as the tones do. Red once each: with
// Rejected left out of the ringer's and of the notes' moves.
func TestAlertsAreHeardUntilSomebodyActs(t *testing.T) {
	o, ears, eyes := withEars(t, false)
	o.wait("a picture", func() bool { return !o.shown().Board.Built.IsZero() })
	m := o.raise("m", "p1", "01", alert.Medium)
	o.wait("medium", func() bool { return ears.hears() == "medium" })
	h := o.raise("h", "p1", "01", alert.High)
	o.wait("high", func() bool { return ears.hears() == "high" })
	o.wait("two popups", func() bool { return len(eyes.texts()) == 2 })
	o.signIn("chen", password)
	o.until("OKOYE")
	_, err := o.opt.Station.Line.Accept(t.Context(), o.session(), alert.Read{Alert: h})
	must(t, err)
	o.wait("medium again", func() bool { return ears.hears() == "medium" && len(eyes.texts()) == 1 })
	_, err = o.store.AppendMove(t.Context(),
		alert.Move{ID: "r", Kind: alert.Rejected, Alert: m, By: "chen", Station: "WS-1",
			// diaz may still answer
			Claim: &alert.Claim{Ward: "4B"}, Reason: "seen", Called: []string{"chen", "diaz"}, At: time.Now().UTC()})
	must(t, err)
	o.wait("silence after the rejection", func() bool { return ears.hears() == "" && len(eyes.texts()) == 0 })
	if st := o.opt.Sound.Status(); st.Sounding {
		t.Errorf("%+v", st)
	}
	_, err = o.store.AppendMove(t.Context(), alert.Move{ID: "e", Kind: alert.Escalated, Alert: m, At: time.Now().UTC()})
	must(t, err)
	o.wait("escalated", func() bool { return ears.hears() == "medium" && len(eyes.texts()) == 1 })
	// Another ward's bell is another's.
	o.turnTo(o.actOf(o.session(), "", ""), five)
	o.wait("silence on another ward", func() bool { return ears.hears() == "" && len(eyes.texts()) == 0 })
}

// What the loudspeaker played is reported to the record. Red once: with Sounded
// doing nothing.
func TestWhatSoundedIsReported(t *testing.T) {
	o, _, _ := withEars(t, false)
	o.wait("a picture", func() bool { return !o.shown().Board.Built.IsZero() })
	a := o.raise("h", "p1", "01", alert.High)
	o.wait("the report", func() bool {
		o.Sounded(sound.Played{Alerts: []string{a.ID, deafTone}, At: time.Now()})
		list, err := o.store.Sightings(t.Context(), a.ID)
		return err == nil && len(list) == 1 && !list[0].Sounded.IsZero()
	})
}

// What was open before the station began sounds; what was accepted before does
// not, not even for a moment.
func TestWhatWasOpenBeforeSounds(t *testing.T) {
	o, ears, _ := withEars(t, false)
	o.signIn("chen", password)
	o.until("OKOYE")
	a := o.raise("a", "p1", "01", alert.High)
	_, err := o.opt.Station.Line.Accept(t.Context(), o.session(), alert.Read{Alert: a})
	must(t, err)
	o.raise("b", "p1", "01", alert.Low)
	o.turnsToFive()
	heard := map[string]bool{}
	o.turnTo(o.actOf(o.session(), "", ""), o.opt.Ward)
	o.wait("the alert from before", func() bool { heard[ears.hears()] = true; return heard["low"] })
	if heard["high"] {
		t.Error("an accepted alert sounded")
	}
}

// The head says how it stands with the sound: the button pauses, with a
// countdown, and ends the pause.
func TestPauseFromTheHead(t *testing.T) {
	o, ears, _ := withEars(t, false)
	o.signIn("chen", password)
	o.until("Sound not checked yet")
	o.raise("h", "p1", "01", alert.High)
	o.until("Pause sound")
	o.sound()
	o.until("Sound paused, 1:5")
	if got := ears.hears(); got != "" {
		t.Errorf("%s sounds in a pause", got)
	}
	o.sound()
	o.wait("sound again", func() bool { return ears.hears() == "high" })
	o.audited(audit.PauseSound, audit.Done, "")
	ears.set(func() { ears.state = sound.State{Kind: sound.Muted, Reason: "the sound is muted"} })
	o.raise("t", "", "", alert.Technical)
	a := o.shown().Cards[0].Alert
	_, err := o.opt.Station.Line.Accept(t.Context(), o.session(), alert.Read{Alert: a})
	must(t, err)
	_, err = o.store.AppendMove(t.Context(),
		alert.Move{ID: "r", Kind: alert.Resolved, Alert: alert.Alert{ID: "t", Ward: "4B"}, At: time.Now().UTC()})
	must(t, err)
	o.until("No sound: muted")
	o.until("Nobody can hear this station")
}

// The self-test plays, asks, and is in the audit with its answer.
func TestSelfTestIsAudited(t *testing.T) {
	o, ears, _ := withEars(t, false)
	o.signIn("chen", password)
	o.until("Sound not checked yet")
	o.sound()
	o.asks("Did you hear it?")
	o.soundTested(o.session(), audit.Done, "heard")
	o.shell.CloseDialog()
	o.until("Sound checked")
	o.audited(audit.SoundTest, audit.Done, "heard")
	ears.set(func() { ears.state = sound.State{Kind: sound.Muted, Reason: "the sound is muted"} })
	o.checkSound()
	o.asks("No sound was played")
	o.audited(audit.SoundTest, audit.Failed, "muted-or-soft")
}

// asks draws until a dialog says text.
func (o *opened) asks(text string) {
	o.t.Helper()
	o.wait("dialog: "+text, func() bool {
		top := o.win.Canvas().Overlays().Top()
		return top != nil && strings.Contains(screentest.Texts(top), text)
	})
}

func (o *opened) audited(action audit.Action, outcome audit.Outcome, reason string) {
	o.t.Helper()
	o.wait("audit of "+string(action), func() bool {
		events, err := o.store.AuditTail(o.t.Context(), 20)
		must(o.t, err)
		return slices.ContainsFunc(events, func(e audit.Event) bool {
			return e.Action == action && e.Outcome == outcome && e.Reason == reason && e.Actor == "chen" &&
				e.Station == "WS-1" && e.Patient == ""
		})
	})
}
