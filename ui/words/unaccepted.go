package words

import (
	"strings"

	"github.com/wardlight/wardlight/app/board"
	"github.com/wardlight/wardlight/app/tongue"
)

// Unaccepted says why a key that accepts alerts did nothing while the board has the keyboard and a patient is
// selected there.
func Unaccepted(r board.Row) Message {
	name := strings.TrimSuffix(r.Surname+", "+r.Given, ", ")
	if r.Alert == "" {
		return Message{tongue.Tf("Nothing was accepted: %s has no open alert.", name),
			tongue.T("F3 goes to the first alert of the ward.")}
	}
	return Message{tongue.Tf("Nothing was accepted: the alert of %s is on its card.", name),
		tongue.T("Press F3, go to that card, then press the key again.")}
}

// UnacceptedOfNobody is [Unaccepted] while no patient is selected.
func UnacceptedOfNobody() Message {
	return Message{tongue.T("Nothing was accepted: no patient and no card is selected."),
		tongue.T("F3 goes to the first alert of the ward.")}
}
