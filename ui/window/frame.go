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

// onPicture prepares a picture, off the window's goroutine. The next picture, and the alerts in it,
// wait for it: nothing here asks the record.
func (w *Window) onPicture(wardID string, p live.Picture) {
	w.mu.Lock()
	if w.glass.ward.ID != wardID { // turned to another meanwhile
		w.mu.Unlock()
		return
	}
	w.glass.picture, w.glass.wall = p, alert.WallOf(p.Board.WardName, p.Cards, p.Open, p.High)
	w.mu.Unlock()
	w.ear.ringer.picture(p)
	w.ear.notes.picture(p)
	w.redraw()
	select {
	case w.pages <- struct{}{}:
	default: // it is asked for already
	}
}

// frame is a picture made ready to draw: rows chosen and sorted, cards routed.
type frame struct {
	order   uint64
	picture live.Picture
	signed  bool
	session string // of the person for whom it is
	top     widgets.Top
	board   screenboard.View
	alerts  alerts.View
}

// prepare makes a frame of how things stand, off the window's goroutine: it sorts.
func (w *Window) prepare() frame { return w.frameOf(w.moment()) }

// frameOf makes the frame of a moment.
func (w *Window) frameOf(m moment) frame {
	p, s, q := m.picture, m.session, m.query
	f := frame{order: m.order, picture: p}
	if !m.signed {
		return f // nothing of a patient is made ready for a screen that nobody unlocked
	}
	q.Me = s.Staff.ID
	f.signed, f.session, f.top, f.alerts = true, s.ID, w.top(m), w.cards(p, s)
	f.board = screenboard.View{Snapshot: p.Board, Rows: p.Board.Select(q), Query: q, Now: p.Board.Built, Me: s.Staff.ID,
		MayEdit: w.may(s, staff.EditChart), MayAssign: w.may(s, staff.AssignPatients),
		Charge: s.Staff.Role == staff.ChargeNurse}
	if m.nameless {
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
	w.mu.Unlock()
	w.off(func(context.Context) { w.redraw() })
}

// showFrame draws. Between making the frame and drawing it somebody may have
// locked the station or turned to another ward, and a newer one may stand there.
func (w *Window) showFrame(f frame) {
	if f.picture.Board.Ward != w.place().ID || f.order < w.drawn {
		return
	}
	w.drawn = f.order
	w.showLinks(f.picture)
	if w.shell.Place() == shell.SignIn {
		w.redrawSignIn()
	}
	if s, ok := w.signed(); !ok || !f.signed || s.ID != f.session {
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
func (w *Window) top(m moment) widgets.Top {
	p, s := m.picture, m.session
	_, mark := w.emergency(s)
	return widgets.Top{WardName: p.Board.WardName, Drafts: m.drafts, Loading: p.Board.Loading, Counts: p.Board.Counts,
		User: mark + s.Staff.Name() + " · " + s.Staff.Role.Title(), Live: liveLink(p.Links)}
}

// redraw shows the newest picture again. Not on the UI goroutine: it sorts.
func (w *Window) redraw() {
	w.draw(w.prepare())
}
