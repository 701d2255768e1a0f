package window

import (
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/widgets"
)

// watchNotify keeps what is known of the desktop's notifications.
func (w *Window) watchNotify() {
	for {
		select {
		case <-w.ctx.Done():
			return
		case s := <-w.opt.Notify.States():
			w.ear.notifying.Store(&s)
			w.redraw()
		}
	}
}

// notifyLink says in the foot how it stands with notifications; they are a
// courtesy, so that only what is known is said.
func (w *Window) notifyLink() []widgets.Link {
	s := w.ear.notifying.Load()
	if s == nil {
		return nil
	}
	l := widgets.Link{Name: tongue.T("Notifications"), State: widgets.LinkUp}
	switch s.Kind {
	case notify.OK:
	case notify.DoNotDisturb:
		l.State, l.Text = widgets.LinkSlow, tongue.T("held back by do-not-disturb")
	case notify.Hanging:
		l.State, l.Text = widgets.LinkDown, tongue.T("do not answer")
	case notify.Off:
		l.State, l.Text = widgets.LinkSlow, tongue.T("off")
	default:
		l.State, l.Text = widgets.LinkDown, tongue.T("away")
	}
	return []widgets.Link{l}
}
