package window

import (
	"time"

	"github.com/wardlight/wardlight/ui/dispatch"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

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
		open := w.glass.picture.Open
		w.mu.Unlock()
		if open > 0 && w.silent() {
			flash(time.Since(began).Round(widgets.EdgeTick))
		}
	}
}
