package window

import (
	"cmp"
	"context"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/ask"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/words"
)

// follow keeps the picture of a ward, in place of the one before. A picture of
// that one which is still under way is never shown.
func (w *Window) follow(wd ward.Ward) {
	ctx, cancel := context.WithCancel(w.ctx)
	w.mu.Lock()
	before := w.glass.unfollow
	w.glass.unwatched = ""
	if wd.ID == w.opt.Ward.ID && wd.ID != w.glass.ward.ID {
		w.glass.unwatched = cmp.Or(w.glass.picture.Board.WardName, w.glass.ward.Title())
	}
	w.glass.unfollow, w.glass.ward, w.glass.opened = cancel, wd, ""
	w.glass.picture = live.Picture{Board: board.Snapshot{Ward: wd.ID, WardName: wd.Title(), Loading: true}}
	w.glass.wall = alert.Wall{Ward: wd.Title()}
	w.mu.Unlock()
	if before != nil {
		before()
	}
	w.ear.ringer.turn()
	w.ear.notes.turn()
	lw := w.opt.Station.Ward(wd.ID)
	lw.OnPicture = func(p live.Picture) { w.onPicture(wd.ID, p) }
	lw.OnMove = func(m alert.Move, backlog bool) {
		if ctx.Err() == nil {
			w.onMove(m, backlog)
		}
	}
	lw.Mute, lw.Here, lw.Locked = w.mute, w.here, w.behindLock
	lw.Who = func() string {
		if s, ok := w.signed(); ok && w.may(s, staff.AnswerAlert) &&
			alert.RightsTo(s.Staff.Role, alert.Unrelated, alert.ToEveryone).Accept {
			return s.Staff.ID
		}
		return ""
	}
	w.mu.Lock()
	w.glass.live = lw
	w.mu.Unlock()
	w.background(func() { lw.Run(ctx) })
}

// turnTo shows another ward's board to the person who began an act, if they are there still: a turn
// that comes late is not for whoever signed in since, nor for a station that was locked.
func (w *Window) turnTo(a act, wd ward.Ward) {
	if is, locked := a.mine(); !is || locked || wd.ID == w.place().ID {
		return
	}
	w.closeEdits()
	w.follow(wd)
	w.auditBoard(a.by)
	f := w.prepare()
	w.gate.Do(func() {
		if is, locked := a.mine(); !is || locked {
			w.off(func(context.Context) { w.homeOf(a.by) }) // locked or left meanwhile: its own ward is called for
			return
		}
		w.showFrame(f)
		w.shell.Go(shell.Board)
	})
}

// pickWard offers the wards that the nurse works on.
func (w *Window) pickWard() {
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	s := a.by
	w.off(func(ctx context.Context) {
		wards, err := w.opt.Station.Wards(ctx)
		if err != nil {
			w.sayTo(a.by, words.For(err))
			return
		}
		var choices, emergencies []shell.Choice
		for _, wd := range wards {
			switch {
			case wd.ID == w.place().ID:
			case w.opt.Station.Staff.May(s, staff.ViewBoard, wd.ID):
				choices = append(choices,
					shell.Choice{Text: wd.Title(), Do: func() { w.off(func(context.Context) { w.turnTo(a, wd) }) }})
			case s.Staff.Role.May(staff.BreakGlass):
				emergencies = append(emergencies,
					shell.Choice{Text: tongue.Tf("%s: emergency access", wd.Title()), Do: func() { w.breakGlass(wd) }})
			}
		}
		a.askLater(ask.Wards(append(choices, emergencies...)))
	})
}
