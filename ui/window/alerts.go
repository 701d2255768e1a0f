package window

import (
	"context"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/screen/alerts"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// cards are the alert column of a picture for a session.
func (w *Window) cards(p live.Picture, s staff.Session) alerts.View {
	v := alerts.View{Now: p.Board.Built, Station: w.opt.Station.Name}
	may := s.Staff.Role.May(staff.AcceptAlert)
	for _, c := range p.Cards {
		v.Open = append(v.Open, widgets.Alert{Card: c, MayAccept: may && c.State == alert.Open})
		if c.TakenBy != "" && c.TakenBy == s.Staff.Short() {
			v.Mine = append(v.Mine, widgets.Alert{Card: c})
		}
	}
	for _, c := range p.History {
		v.History = append(v.History, widgets.Alert{Card: c})
	}
	if p.Links.Deaf() {
		v.DeafSince, v.DeafNext = p.Links.Since, "Tell the charge nurse and watch the patients themselves."
	}
	return v
}

func (w *Window) find(alertID string) (alert.Alert, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, c := range w.picture.Cards {
		if c.Alert.ID == alertID {
			return c.Alert, true
		}
	}
	return alert.Alert{}, false
}

func (w *Window) accept(alertID string) {
	w.move(alertID, func(ctx context.Context, s staff.Session, a alert.Alert) error {
		_, err := w.opt.Station.Line.Accept(ctx, s, a)
		return err
	})
}

func (w *Window) reject(alertID string) {
	a, ok := w.find(alertID)
	if !ok {
		return
	}
	w.shell.Ask(shell.Dialog{Title: "Turn this alert down?", Text: a.Text, Reason: "Why", Confirm: "Reject", Cancel: "Cancel",
		OnCancel: func() { w.alerts.Answered(alertID) },
		OnConfirm: func(reason string) {
			w.move(alertID, func(ctx context.Context, s staff.Session, a alert.Alert) error {
				_, err := w.opt.Station.Line.Reject(ctx, s, a, reason)
				return err
			})
		}})
}

func (w *Window) move(alertID string, do func(context.Context, staff.Session, alert.Alert) error) {
	s, ok := w.signed()
	a, found := w.find(alertID)
	if !ok || !found {
		return
	}
	w.off(func(ctx context.Context) {
		if err := do(ctx, s, a); err != nil {
			w.say(words.For(err))
			w.gate.Do(func() { w.alerts.Answered(alertID) })
			w.ended(err)
		}
	})
}

// onMove rings for what is new and takes the note away once somebody acted. A
// note names the bed at most: the desktop may be seen by anybody.
func (w *Window) onMove(m alert.Move, backlog bool) {
	q := w.opt.Notify
	if q == nil {
		return
	}
	switch m.Kind {
	case alert.Raised:
		if _, ok := w.signed(); !ok || backlog {
			return
		}
		if err := q.Want(m.Alert.Ward, note(m.Alert)); err != nil {
			w.opt.Logger.Warn("a notification was not taken", "alert", m.Alert.ID, "err", err)
		}
	case alert.Accepted, alert.Resolved:
		q.Drop(m.Alert.Ward, m.Alert.ID)
	}
}

func note(a alert.Alert) notify.Note {
	n := notify.Note{Key: a.ID, Urgency: notify.Normal, Actions: []notify.Action{{Key: "default", Label: "Open"}}}
	switch a.Priority {
	case alert.Medium:
		n.Title = "Medium alert"
	case alert.Low:
		n.Title, n.Urgency = "Low alert", notify.Low
	case alert.Technical:
		n.Title = "Technical alert"
	default:
		n.Title, n.Urgency = "High alert", notify.Critical
	}
	n.Body = "Ward " + a.Ward + ". Open Wardlight."
	if a.Bed != "" {
		n.Body = "Bed " + a.Bed + ", ward " + a.Ward + ". Open Wardlight."
	}
	return n
}

// chosen brings the window forward when a notification was clicked.
func (w *Window) chosen() {
	for {
		select {
		case <-w.ctx.Done():
			return
		case <-w.opt.Notify.Chosen():
			w.gate.Do(w.fyne.RequestFocus)
		}
	}
}
