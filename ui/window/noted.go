package window

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/ui/words"
)

// acceptPrefix begins the key of a note's Accept.
const acceptPrefix = "accept-"

// acceptKey is the key of the Accept of a note that says an alert as of a moment. The note may be
// replaced under a finger, and the desktop tells which button was pressed, not what stood beside
// it: so the key says it. What a source names is nothing for the desktop, hence the sum.
func acceptKey(of alert.AsOf) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", of.Turn, of.Said))
	return acceptPrefix + hex.EncodeToString(sum[:8])
}

// said is an alert as the note says it whose Accept has a key; false for a note that was replaced
// or taken away since.
func (n *notes) said(alertID, key string) (alert.Read, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	r, up := n.wanted[alertID]
	return r, up && r.AsOf != nil && acceptKey(*r.AsOf) == key
}

// read is an alert as it says now; of one that the ward's list does not know, nothing can be read.
func (w *Window) read(a alert.Alert) alert.Read {
	w.mu.Lock()
	lw := w.live
	w.mu.Unlock()
	if lw != nil {
		if r, known := lw.Read(a.ID); known {
			return r
		}
	}
	return alert.Read{Alert: a}
}

// acceptNoted accepts an alert as the note said it whose Accept was pressed: the screen may be
// behind other windows, and nobody has read what it says since. UI goroutine only.
func (w *Window) acceptNoted(chosen notify.Chosen) {
	a, ok := w.begins(staff.AnswerAlert, "")
	c, found := w.findCard(chosen.Key)
	r, said := w.notes.said(chosen.Key, chosen.Action)
	switch {
	case !ok:
	case !found:
		w.sayHere(words.For(alert.ErrUnknown), saidFor)
	case !said:
		w.sayHere(words.About(c, words.For(alert.ErrChanged)), saidFor)
	default:
		c.Alert, c.Turn, c.Said = r.Alert, r.AsOf.Turn, r.AsOf.Said
		w.move(a, c, w.accepts)
	}
}
