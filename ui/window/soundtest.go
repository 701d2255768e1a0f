package window

import (
	"context"
	"errors"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/shell"
)

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
	if w.ear.testing {
		w.mu.Unlock()
		return
	}
	w.ear.testing, w.who.active = true, time.Now()
	w.mu.Unlock()
	w.nudgeSound()
	w.background(func() {
		ctx, cancel := context.WithTimeout(w.ctx, testLimit)
		err := w.ear.ringer.player.Test(ctx)
		cancel()
		w.mu.Lock()
		w.ear.testing = false
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
	reason := w.ear.ringer.player.Status().State.Reason
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
	w.ear.checked = time.Time{}
	if outcome == audit.Done {
		w.ear.checked = time.Now()
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
