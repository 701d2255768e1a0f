package window

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/words"
)

// The note of a self-test: its key, and how long it stands.
const (
	testNoteKey = "self-test"
	testNoteFor = 10 * time.Second
)

// testNote pops a notification that is about nobody, and takes it away again.
func (w *Window) testNote() {
	a, ok := w.begins("", "")
	if !ok {
		return
	}
	at := tongue.Here(time.Now()).Format("15:04:05")
	w.off(func(context.Context) {
		err := w.opt.Notify.Want(testNoteKey, notify.Note{Key: testNoteKey, Title: "Wardlight", Urgency: notify.Normal,
			Body: tongue.Tf("A test at %s, from %s. It is about nobody.", at, w.opt.Station.Name)})
		if err != nil {
			w.sayTo(a.by, words.Message{What: tongue.T("The notification was not taken."), Next: tongue.T("Tell IT.")})
			return
		}
		w.sayTo(a.by, words.Message{What: tongue.T("A notification is on its way."),
			Next: tongue.T("Do you see it within some seconds? If not, tell IT: alerts are shown here all the same.")})
		w.background(func() {
			t := time.NewTimer(testNoteFor)
			defer t.Stop()
			select {
			case <-t.C:
			case <-w.ctx.Done():
			}
			w.opt.Notify.Drop(testNoteKey, testNoteKey)
		})
	})
}
