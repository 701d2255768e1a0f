package window

import (
	"context"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	screenboard "github.com/wardlight/wardlight/ui/screen/board"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// onPicture prepares a picture, off the window's goroutine.
func (w *Window) onPicture(wardID string, p live.Picture) {
	w.mu.Lock()
	if w.glass.ward.ID != wardID { // turned to another meanwhile
		w.mu.Unlock()
		return
	}
	w.glass.picture, w.glass.wall = p, alert.WallOf(p.Board.WardName, p.Cards, p.Open, p.High)
	opened := w.glass.opened
	w.mu.Unlock()
	w.ear.ringer.picture(p)
	w.ear.notes.picture(p)
	w.draw(w.prepare(p))
	if s, ok := w.signed(); ok && opened != "" {
		w.readPage(w.ctx, s, opened)
	}
}

// frame is a picture made ready to draw: rows chosen and sorted, cards routed.
type frame struct {
	picture live.Picture
	signed  bool
	top     widgets.Top
	board   screenboard.View
	alerts  alerts.View
}

// prepare makes a frame, off the window's goroutine: it sorts.
func (w *Window) prepare(p live.Picture) frame {
	f := frame{picture: p}
	s, ok := w.signed()
	if !ok {
		return f // nothing of a patient is made ready for a screen that nobody unlocked
	}
	w.mu.Lock()
	q, nameless := w.glass.query, w.glass.initials
	w.mu.Unlock()
	q.Me = s.Staff.ID
	f.signed, f.top, f.alerts = true, w.top(p, s), w.cards(p, s)
	f.board = screenboard.View{Snapshot: p.Board, Rows: p.Board.Select(q), Query: q, Now: p.Board.Built, Me: s.Staff.ID,
		MayEdit: w.may(s, staff.EditChart), MayAssign: w.may(s, staff.AssignPatients),
		Charge: s.Staff.Role == staff.ChargeNurse}
	if nameless {
		f.withoutNames(q)
	}
	if p.Links.Deaf() || p.Links.NoRecord() && p.Links.NoRedis {
		f.board.Notice, f.board.NoticeRest = tongue.T("Last known values."),
			tongue.T("Redis and the record are away. Check at the bedside before you act.")
	}
	return f
}

// ask shows the rows that a nurse asks for, in the order that she asks for. UI goroutine only.
func (w *Window) ask(q board.Query) {
	w.mu.Lock()
	w.glass.query = q
	p := w.glass.picture
	w.mu.Unlock()
	w.off(func(context.Context) { w.draw(w.prepare(p)) })
}

// showFrame draws. Between making the frame and drawing it somebody may have
// locked the station or turned to another ward.
func (w *Window) showFrame(f frame) {
	if f.picture.Board.Ward != w.place().ID {
		return
	}
	w.showLinks(f.picture)
	if w.shell.Place() == shell.SignIn {
		w.redrawSignIn()
	}
	if _, ok := w.signed(); !ok || !f.signed {
		return
	}
	if w.shell.Covered() {
		w.coverNow()
		if w.isElsewhere() {
			return // behind the cover stands another ward, as it was left
		}
	} else {
		w.watched()
	}
	w.shell.SetTop(f.top)
	w.drawStation(f.picture)
	w.board.Show(f.board)
	w.alerts.Show(f.alerts)
	w.shown(f)
}

// top is the head of the window as it stands for a session.
func (w *Window) top(p live.Picture, s staff.Session) widgets.Top {
	_, mark := w.emergency(s)
	w.mu.Lock()
	drafts := w.editor.drafts
	w.mu.Unlock()
	return widgets.Top{WardName: p.Board.WardName, Drafts: drafts, Loading: p.Board.Loading, Counts: p.Board.Counts,
		User: mark + s.Staff.Name() + " · " + s.Staff.Role.Title(), Live: liveLink(p.Links)}
}

// redraw shows the newest picture again. Not on the UI goroutine: it sorts.
func (w *Window) redraw() {
	w.draw(w.prepare(w.picture()))
}
