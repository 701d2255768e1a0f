package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/widgets"
)

// mute is why alerts make no sound here, for the other stations; "" if they do,
// or nobody knows.
func (w *Window) mute() string {
	if w.ear.ringer.player == nil {
		return switchedOff // nobody is called to where no tone can be
	}
	return inShort[w.ear.ringer.player.Status().State.Kind]
}

// checkedFor is how long a self-test of the sound is good for: a shift.
const checkedFor = 12 * time.Hour

// soundView says how it stands with the tones.
func (w *Window) soundView(now time.Time) widgets.Sound {
	if w.ear.ringer.player == nil {
		return widgets.Sound{Text: tongue.Tf("No sound: %s", tongue.T(switchedOff)), Bad: true}
	}
	st := w.ear.ringer.player.Status()
	w.mu.Lock()
	testing, checked := w.ear.testing, w.ear.checked
	w.mu.Unlock()
	fresh := !checked.IsZero() && now.Sub(checked) < checkedFor
	v := widgets.Sound{Do: tongue.T("Check sound")}
	switch {
	case testing:
		v = widgets.Sound{Text: tongue.T("Playing low, medium, high")}
	case st.State.Kind == "": // not asked yet
		v = widgets.Sound{}
	case !st.State.OK():
		v.Text, v.Bad = tongue.Tf("No sound: %s", tongue.T(inShort[st.State.Kind])), true
	case !st.Paused.IsZero() && st.Held:
		left := max(st.Paused.Sub(now), 0).Round(time.Second)
		v.Text, v.Do = tongue.Tf("Sound paused, %d:%02d left", int(left.Minutes()), int(left.Seconds())%60),
			tongue.T("Resume sound")
	case st.Sounding:
		v.Do = tongue.T("Pause sound")
		if fresh {
			v.Text = tongue.Tf("Sound checked %s", tongue.Clock(checked))
		}
	case fresh:
		v = widgets.Sound{Text: tongue.Tf("Sound checked %s", tongue.Clock(checked))}
	default:
		v.Text = tongue.T("Sound not checked yet")
	}
	return v
}

// inShort says in the head why nobody hears the tones. Other stations are told so,
// too: it is said in a language only where it is read.
var inShort = map[sound.Kind]string{sound.Absent: tongue.Key("no device"), sound.Muted: tongue.Key("muted"),
	sound.Silent: tongue.Key("too soft"), sound.Hanging: tongue.Key("no answer")}

// watchSound keeps the head true: a pause counts down there.
func (w *Window) watchSound() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	var last widgets.Sound
	mute := w.mute()
	for {
		if now := w.mute(); now != mute {
			mute = now
			w.moved() // who is here can no longer be called here, or can again
		}
		if v := w.soundView(time.Now()); v != last {
			last = v
			w.gate.Do(func() { w.shell.SetSound(v) })
		}
		select {
		case <-w.ctx.Done():
			return
		case <-tick.C:
		case <-w.ear.nudge:
		case <-w.ear.ringer.player.States():
		}
	}
}

// nudgeSound has it drawn at once how it stands with the sound.
func (w *Window) nudgeSound() {
	select {
	case w.ear.nudge <- struct{}{}:
	default:
	}
}

// switchedOff is why a station is silent that has no sound by its settings.
var switchedOff = tongue.Key("switched off")

// soundTrouble is what every screen says of a station that nobody hears, sign-in and the cover
// included; "" of one that is fine. It names nobody.
func (w *Window) soundTrouble() (head, rest string) {
	if w.ear.ringer.player == nil {
		return tongue.T("Nobody can hear this station: its sound is switched off in its settings."),
			tongue.T("Use another station, and tell IT. Alerts are shown all the same.")
	}
	st := w.ear.ringer.player.Status().State
	if st.Kind == "" || st.OK() {
		return "", ""
	}
	return tongue.Tf("Nobody can hear this station: %s.", tongue.T(st.Reason)),
		tongue.T("Turn the sound on, or use another station. Alerts are shown all the same.")
}

// silent reports that nobody can hear this station's tones: its loudspeaker is
// missing, muted, too soft or hangs, or it has none by its settings.
func (w *Window) silent() bool {
	head, _ := w.soundTrouble()
	return head != ""
}

// sound is the button beside the state of the sound: it pauses what sounds, ends
// a pause, or checks the loudspeaker.
func (w *Window) sound() {
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	st := w.ear.ringer.player.Status()
	switch {
	case !st.State.OK():
		w.checkSound()
	case !st.Paused.IsZero() && st.Held:
		w.ear.ringer.player.Resume()
		w.nudgeSound()
	case st.Sounding:
		until := w.ear.ringer.player.Pause(w.opt.SoundPause)
		w.nudgeSound()
		w.off(func(ctx context.Context) {
			w.opt.Station.Staff.Note(ctx, a.by, audit.Event{Action: audit.PauseSound, Object: w.opt.Station.Name,
				Version: int64(time.Until(until).Round(time.Second).Seconds()), Outcome: audit.Done})
		})
	default:
		w.checkSound()
	}
}
