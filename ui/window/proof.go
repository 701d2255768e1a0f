package window

import (
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/ui/spots"
)

// Sounded reports what the loudspeaker played to the alert path.
func (w *Window) Sounded(p sound.Played) {
	lw := w.followed()
	if lw == nil {
		return
	}
	for _, id := range p.Alerts {
		lw.Proof().Sounded(id, p.At)
	}
}

// shown reports to the alert path which alerts stand on this screen now. The
// column is on every screen, so what it lists is shown.
func (w *Window) shown(f frame) {
	lw := w.followed()
	if lw == nil {
		return
	}
	var ids []string
	for _, a := range f.alerts.Open {
		ids = append(ids, a.Alert.ID)
	}
	if f.picture.Open >= alert.StormFrom {
		for _, g := range f.picture.Groups {
			ids = append(ids, g.Unseen...) // its card counts them
		}
	}
	spots.Painted(w.gate.Do, ids)
	now := time.Now().UTC()
	w.background(func() {
		for _, id := range ids {
			lw.Proof().Shown(id, now)
		}
	})
}
