package window

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/dispatch"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// ringer makes sound of what a ward's alerts do. A move rings or ends a tone at
// once; each picture, which holds the whole truth, puts right what moves that
// crossed each other on their way left wrong.
type ringer struct {
	player  *sound.Player // nil: a station without sound
	station string
	called  func(alert.Call) bool           // who is here is called
	call    func(alertID string) alert.Call // whom an alert calls now

	mu       sync.Mutex
	rejected map[string]bool // turned down at this station: silent here until they escalate
	// again are those in somebody's hands that became more urgent, and until when
	// they ring for that.
	again map[string]time.Time
}

// deafTone is the name under which the station's own trouble rings.
const deafTone = "station cannot hear"

func signalOf(p alert.Priority) sound.Signal {
	switch p {
	case alert.Medium:
		return sound.Medium
	case alert.Low:
		return sound.Low
	case alert.Technical:
		return sound.Technical
	}
	return sound.High
}

// move rings for what is new and ends the tone of what somebody acted on. Alerts
// that were open before the station began ring with its first picture: one that
// was accepted long ago must not sound for the moment until that is read.
func (r *ringer) move(m alert.Move, backlog bool) {
	if r.player == nil || backlog {
		return
	}
	switch m.Kind {
	case alert.Updated:
		if !m.Change.Rises() {
			return // shown, and silent
		}
		r.mark(m.Alert.ID, false)
		if r.called(r.call(m.Alert.ID)) {
			r.repeat(m.Alert.ID)
			_ = r.player.Ring(m.Alert.ID, signalOf(m.Alert.Priority))
		}
	case alert.Raised, alert.Escalated, alert.TakenBack, alert.Forwarded:
		r.mark(m.Alert.ID, false)
		if !r.called(r.call(m.Alert.ID)) {
			return // the next picture rings if that changes
		}
		_ = r.player.Ring(m.Alert.ID, signalOf(m.Alert.Priority)) // full: so many ring that one more is not told apart
	case alert.Accepted, alert.Resolved:
		r.mark(m.Alert.ID, false)
		r.player.Silence(m.Alert.ID)
	case alert.Rejected:
		// Turned down here; others may still be wanted to hear it.
		if m.Station == r.station {
			r.mark(m.Alert.ID, true)
			r.player.Silence(m.Alert.ID)
		}
	}
}

// ringsAgain is how long an alert rings that somebody has in hand when it became
// more urgent: they must hear it, and nothing that they do ends it.
const ringsAgain = 10 * time.Second

func (r *ringer) repeat(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.again == nil {
		r.again = map[string]time.Time{}
	}
	r.again[id] = time.Now().Add(ringsAgain)
}

// repeats reports whether an alert in somebody's hands rings for having become
// more urgent.
func (r *ringer) repeats(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	until, is := r.again[id]
	if is && time.Now().After(until) {
		delete(r.again, id)
		return false
	}
	return is
}

func (r *ringer) mark(id string, rejected bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.again, id)
	if rejected {
		r.rejected[id] = true
		return
	}
	delete(r.rejected, id)
}

func (r *ringer) isRejected(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.rejected[id]
}

// picture rings what is open and silences what is not.
func (r *ringer) picture(p live.Picture) {
	if r.player == nil {
		return
	}
	for _, c := range p.Cards {
		wanted := c.State == alert.Open || c.State == alert.TakenInHand && r.repeats(c.Alert.ID)
		if wanted && r.called(c.Call) && !r.isRejected(c.Alert.ID) {
			_ = r.player.Ring(c.Alert.ID, signalOf(c.Alert.Priority))
		} else {
			r.player.Silence(c.Alert.ID)
		}
	}
	for _, c := range p.History {
		r.player.Silence(c.Alert.ID)
	}
	if p.Links.Deaf() || p.Links.RecordAway && p.Links.NoRedis {
		_ = r.player.Ring(deafTone, sound.CannotHear)
	} else {
		r.player.Silence(deafTone)
	}
}

// turn forgets the ward before.
func (r *ringer) turn() {
	r.mu.Lock()
	r.rejected, r.again = map[string]bool{}, nil
	r.mu.Unlock()
	if r.player != nil {
		r.player.Clear()
	}
}

// Sounded reports what the loudspeaker played to the alert path.
func (w *Window) Sounded(p sound.Played) {
	w.mu.Lock()
	lw := w.live
	w.mu.Unlock()
	if lw == nil {
		return
	}
	for _, id := range p.Alerts {
		lw.Proof().Sounded(id, p.At)
	}
}

// mute is why alerts make no sound here, for the other stations; "" if they do,
// or nobody knows.
func (w *Window) mute() string {
	if w.ringer.player == nil {
		return switchedOff // nobody is called to where no tone can be
	}
	return inShort[w.ringer.player.Status().State.Kind]
}

// checkedFor is how long a self-test of the sound is good for: a shift.
const checkedFor = 12 * time.Hour

// soundView says how it stands with the tones.
func (w *Window) soundView(now time.Time) widgets.Sound {
	if w.ringer.player == nil {
		return widgets.Sound{Text: tongue.Tf("No sound: %s", tongue.T(switchedOff)), Bad: true}
	}
	st := w.ringer.player.Status()
	w.mu.Lock()
	testing, checked := w.testing, w.soundChecked
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
		case <-w.soundNudge:
		case <-w.ringer.player.States():
		}
	}
}

func (w *Window) nudgeSound() {
	select {
	case w.soundNudge <- struct{}{}:
	default:
	}
}

// switchedOff is why a station is silent that has no sound by its settings.
var switchedOff = tongue.Key("switched off")

// soundTrouble is what every screen says of a station that nobody hears, sign-in and the cover
// included; "" of one that is fine. It names nobody.
func (w *Window) soundTrouble() (head, rest string) {
	if w.ringer.player == nil {
		return tongue.T("Nobody can hear this station: its sound is switched off in its settings."),
			tongue.T("Use another station, and tell IT. Alerts are shown all the same.")
	}
	st := w.ringer.player.Status().State
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

// watchEdge gives the light at the alert column its beat, while there is one to
// give: the only thing of this window that is drawn by a clock of its own.
func (w *Window) watchEdge() {
	tick := time.NewTicker(widgets.EdgeTick)
	defer tick.Stop()
	began := time.Now()
	flash := dispatch.Latest(w.gate.Do, func(t time.Duration) {
		switch {
		case w.shell.Place() == shell.SignIn:
			w.signin.Flash(t)
		case w.shell.Covered():
			w.shell.FlashCover(t)
		default:
			w.alerts.Flash(t)
		}
	})
	for {
		select {
		case <-w.ctx.Done():
			return
		case <-tick.C:
		}
		w.mu.Lock()
		open := w.picture.Open
		w.mu.Unlock()
		if open > 0 && w.silent() {
			flash(time.Since(began).Round(widgets.EdgeTick))
		}
	}
}

// sound is the button beside the state of the sound: it pauses what sounds, ends
// a pause, or checks the loudspeaker.
func (w *Window) sound() {
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	st := w.ringer.player.Status()
	switch {
	case !st.State.OK():
		w.checkSound()
	case !st.Paused.IsZero() && st.Held:
		w.ringer.player.Resume()
		w.nudgeSound()
	case st.Sounding:
		until := w.ringer.player.Pause(w.opt.SoundPause)
		w.nudgeSound()
		w.off(func(ctx context.Context) {
			w.opt.Station.Staff.Note(ctx, a.by, audit.Event{Action: audit.PauseSound, Object: w.opt.Station.Name,
				Version: int64(time.Until(until).Round(time.Second).Seconds()), Outcome: audit.Done})
		})
	default:
		w.checkSound()
	}
}

// testLimit is what a self-test may take: its waves and a device that hangs.
const testLimit = 15 * time.Second

// checkSound plays the three priorities, then asks the nurse, for only a person
// knows whether a loudspeaker can be heard. The answer is audited.
func (w *Window) checkSound() {
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	w.mu.Lock()
	if w.testing {
		w.mu.Unlock()
		return
	}
	w.testing, w.active = true, time.Now()
	w.mu.Unlock()
	w.nudgeSound()
	w.background(func() {
		ctx, cancel := context.WithTimeout(w.ctx, testLimit)
		err := w.ringer.player.Test(ctx)
		cancel()
		w.mu.Lock()
		w.testing = false
		w.mu.Unlock()
		w.nudgeSound()
		if w.ctx.Err() != nil {
			return
		}
		if err != nil && !errors.Is(err, sound.ErrSounding) {
			w.soundTested(a.by, audit.Failed, soundCode(err))
		}
		a.askLater(w.testDialog(a, err))
	})
}

// testDialog asks what was heard, or says why nothing was.
func (w *Window) testDialog(a act, err error) shell.Dialog {
	if err != nil && !errors.Is(err, sound.ErrSounding) {
		return ask.NoSound(w.found(err))
	}
	return ask.Heard(err != nil, func() { w.soundTested(a.by, audit.Done, "heard") }, func() {
		w.soundTested(a.by, audit.Failed, "not-heard")
		a.ask(ask.Louder())
	})
}

// found says what is wrong with the sound.
func (w *Window) found(err error) string {
	reason := w.ringer.player.Status().State.Reason
	switch {
	case errors.Is(err, sound.ErrHanging):
		reason = sound.ErrHanging.Error()
	case errors.Is(err, sound.ErrAbsent) && reason == "":
		reason = sound.ErrAbsent.Error()
	case reason == "":
		return err.Error()
	}
	return tongue.T(reason)
}

// soundTested keeps the outcome of a self-test.
func (w *Window) soundTested(s staff.Session, outcome audit.Outcome, code string) {
	w.mu.Lock()
	w.soundChecked = time.Time{}
	if outcome == audit.Done {
		w.soundChecked = time.Now()
	}
	w.mu.Unlock()
	w.nudgeSound()
	w.off(func(ctx context.Context) {
		w.opt.Station.Staff.Note(ctx, s,
			audit.Event{Action: audit.SoundTest, Object: w.opt.Station.Name, Outcome: outcome, Reason: code})
	})
}

// soundCode is the reason of a failed self-test, for the audit.
func soundCode(err error) string {
	switch {
	case errors.Is(err, sound.ErrAbsent):
		return string(sound.Absent)
	case errors.Is(err, sound.ErrHanging), errors.Is(err, context.DeadlineExceeded):
		return string(sound.Hanging)
	case errors.Is(err, sound.ErrNotHeard):
		return "muted-or-soft"
	}
	return "failed"
}
