package window

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/tongue"
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

// note words an alert for the desktop. Nothing of the alert's text or source is
// in it; who is the patient's name where the ward wants it, else "". Accept is
// offered to whom it would obey, where it is known what it would accept.
func note(r alert.Read, who string, accept bool) notify.Note {
	a := r.Alert
	n := notify.Note{Key: a.ID, Urgency: notify.Normal,
		Actions: []notify.Action{{Key: "default", Label: tongue.T("Open")}}}
	if accept && r.AsOf != nil {
		n.Actions = append(n.Actions, notify.Action{Key: acceptKey(*r.AsOf), Label: tongue.T("Accept")})
	}
	switch a.Priority {
	case alert.Medium:
		n.Title = tongue.T("Medium alert")
	case alert.Low:
		n.Title, n.Urgency = tongue.T("Low alert"), notify.Low
	case alert.Technical:
		n.Title = tongue.T("Technical alert")
	default:
		n.Title, n.Urgency = tongue.T("High alert"), notify.Critical
	}
	n.Body = tongue.Tf("Ward %s. Open Wardlight.", a.Ward)
	if a.Bed != "" {
		n.Body = tongue.Tf("Bed %s, ward %s. Open Wardlight.", a.Bed, a.Ward)
	}
	if who != "" {
		n.Body = who + ". " + n.Body
	}
	return n
}

// patientName is how a note names a patient: from the board.
func (w *Window) patientName(id string) string {
	if id == "" {
		return ""
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.glass.picture.Board.Rows {
		if r.Patient == id {
			return r.Surname + ", " + r.Given
		}
	}
	return ""
}
