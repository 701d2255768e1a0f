package window

import (
	"context"

	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/ward"
)

// elsewhere is where a person was when their station was covered or locked and turned back to its own
// ward; the zero value if they were on that.
type elsewhere struct {
	ward   ward.Ward
	opened string // the patient whose chart was open
}

// isElsewhere reports whether the person signed in is on another ward than the station, which calls
// for its own meanwhile.
func (w *Window) isElsewhere() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.glass.turned.ward.ID != ""
}

// home turns a station that nobody looks at back to its own ward: whose alerts are open is
// seen and heard there, and not those of the ward that somebody turned to. Where they were is
// kept for them.
func (w *Window) home() {
	w.mu.Lock()
	var s staff.Session
	if w.who.session != nil {
		s = *w.who.session
	}
	w.mu.Unlock()
	w.homeOf(s)
}

// homeOf is [Window.home] after the person of a session turned to the ward: where they were is kept
// only if they are signed in still, for it is nobody else's.
func (w *Window) homeOf(s staff.Session) {
	w.mu.Lock()
	on := w.glass.ward
	away := on.ID != w.opt.Ward.ID
	if away && w.who.session != nil && w.who.session.ID == s.ID {
		w.glass.turned = elsewhere{on, w.glass.opened}
	}
	w.mu.Unlock()
	if away && w.ctx.Err() == nil {
		w.follow(w.opt.Ward)
	}
}

// turnBack turns to where the person was who covered or locked the station.
func (w *Window) turnBack() {
	w.mu.Lock()
	to := w.glass.turned
	w.glass.turned = elsewhere{}
	w.mu.Unlock()
	if to.ward.ID == "" || to.ward.ID == w.place().ID {
		return
	}
	w.follow(to.ward)
	w.mu.Lock()
	w.glass.opened = to.opened
	w.mu.Unlock()
}

// staysHome forgets where the person was who chose something of the station's own ward under the
// cover. What they had typed there is kept. UI goroutine only.
func (w *Window) staysHome() {
	if !w.isElsewhere() {
		return
	}
	w.mu.Lock()
	w.glass.turned = elsewhere{}
	w.mu.Unlock()
	w.closeEdits()
	w.showEmpty()
	w.off(func(context.Context) { w.redraw() })
}

// showEmpty takes the rows and alerts of the ward before from the screen, until those of the one that
// is followed now are drawn: with its next picture, or by [Window.redraw]. UI goroutine only: an empty
// picture has nothing to sort.
func (w *Window) showEmpty() {
	m := w.moment()
	p := &m.picture
	p.Board.Rows, p.Board.Loading, p.Cards, p.Groups, p.History = nil, true, nil, nil, nil
	w.showFrame(w.frameOf(m))
}
