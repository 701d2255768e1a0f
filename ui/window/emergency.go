package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/words"
)

// emergencyAnswer is how long the question at the door waits: somebody is signed
// in behind it.
const emergencyAnswer = 2 * time.Minute

// enter lets a person who proved themselves see the ward, or asks whether it is
// an emergency, or sends them away.
func (w *Window) enter(ctx context.Context, s staff.Session) {
	place := w.place()
	switch {
	case w.may(s, staff.ViewBoard):
		w.admitted(s, nil)
	case place.ID == "" || !s.Staff.Role.May(staff.BreakGlass):
		w.leave(ctx, s, staff.ErrNotAllowed)
	default:
		w.atDoor(func() {
			w.showSignIn(words.For(staff.ErrNotAllowed), false)
			d := ask.Emergency(place)
			answered := time.AfterFunc(emergencyAnswer, func() { w.gate.Do(w.shell.CloseDialog) })
			d.OnConfirm = func(reason string) {
				answered.Stop()
				w.busy() // nobody else signs in before it is decided
				w.off(func(ctx context.Context) {
					if _, err := w.opt.Station.Staff.BreakGlass(ctx, s, place.ID, reason); err != nil {
						w.leave(ctx, s, err)
						return
					}
					w.admitted(s, nil)
				})
			}
			d.OnCancel = func() {
				answered.Stop()
				w.busy()
				w.off(func(ctx context.Context) { w.leave(ctx, s, staff.ErrNotAllowed) })
			}
			w.shell.Ask(d)
		})
	}
}

// leave ends a session that may not see this ward, and says why.
func (w *Window) leave(ctx context.Context, s staff.Session, why error) {
	_ = w.opt.Station.Staff.SignOut(ctx, s)
	if w.isOn(s) {
		w.forget()
	}
	w.admitted(s, why)
}

// breakGlass asks for the reason and opens a ward: another one, or more on this.
func (w *Window) breakGlass(wd ward.Ward) {
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	d := ask.Emergency(wd)
	d.OnConfirm = func(reason string) {
		w.off(func(ctx context.Context) {
			if _, err := w.opt.Station.Staff.BreakGlass(ctx, a.by, wd.ID, reason); err != nil {
				w.answer(a.by, err)
				return
			}
			if wd.ID != w.place().ID {
				w.turnTo(a, wd)
				return
			}
			w.redraw()
		})
	}
	a.ask(d)
}

// offersBreakGlass says whether emergency access would open anything more on the
// ward on the screen.
func (w *Window) offersBreakGlass(s staff.Session) bool {
	return s.Staff.Role.May(staff.BreakGlass) && (!w.may(s, staff.TakeOverLock) || !w.may(s, staff.EditChart))
}

// emergency says across the window, and beside the name, that emergency access
// runs; "" if none does.
func (w *Window) emergency(s staff.Session) (banner, mark string) {
	for _, e := range w.opt.Station.Staff.Emergency(s) {
		left := max(int((e.Left+time.Minute-1)/time.Minute), 1)
		banner, mark = tongue.Tf("Emergency access to %s: %d min left.", e.Ward, left),
			tongue.Tf("EMERGENCY %d min", left)+" · "
		if e.Ward == w.place().ID {
			break
		}
	}
	return banner, mark
}

// emergencyOver leaves a ward that only emergency access had opened: for the
// station's own, or for sign-in if that is not theirs either.
func (w *Window) emergencyOver(s staff.Session) {
	if w.may(s, staff.ViewBoard) || !w.isOn(s) {
		return
	}
	over := words.Message{What: tongue.T("Emergency access has ended."),
		Next: tongue.T("What you typed is kept as a draft. If it is still needed, ask for it again with a reason.")}
	if w.opt.Station.Staff.May(s, staff.ViewBoard, w.opt.Ward.ID) {
		w.turnTo(w.actOf(s, "", ""), w.opt.Ward)
		w.sayTo(s, over)
		return
	}
	w.gate.Do(func() {
		if w.isOn(s) {
			w.switchUser()
			w.showSignIn(over, false)
		}
	})
}
