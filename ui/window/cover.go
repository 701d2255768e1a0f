package window

import (
	"context"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
)

// coverNow hides the patients until somebody presses a key. The ward's alerts stay, naming nobody: see
// [alert.Wall]. They are those of the station's own ward from the first moment, as behind the lock. UI
// goroutine only.
func (w *Window) coverNow() {
	w.home()
	v := shell.Covering{Text: tongue.T("Press any key, or click.")}
	v.Mute, v.MuteNext = w.soundTrouble()
	v.Unwatched = w.unwatchedText()
	w.mu.Lock()
	v.Alerts = w.glass.wall
	v.Deaf, v.DeafNext = deafText(w.glass.picture.Links)
	w.mu.Unlock()
	w.shell.Cover(v)
}

// uncovered shows whoever lifted the cover what was behind it, on the ward where they were: the chart
// with what was being typed, and no row or alert until they are read anew. UI goroutine only.
func (w *Window) uncovered() {
	w.acted()
	s, ok := w.signed()
	if !ok || !w.isElsewhere() {
		return
	}
	w.turnBack()
	w.showEmpty()
	opened := w.opened()
	w.off(func(ctx context.Context) {
		w.emergencyOver(s)
		if opened != "" {
			w.readPage(ctx, s, opened)
		}
	})
}
