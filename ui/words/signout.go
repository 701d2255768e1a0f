package words

import (
	"strings"

	"github.com/wardlight/wardlight/app/tongue"
)

// StaysInHand says to somebody who signed out with alerts in hand that they keep them, for they are
// signed in at other stations, too. It names no patient: it stands at the sign-in.
func StaysInHand(alerts int, at []string) Message {
	return Message{What: tongue.Tf("You are still signed in at %s.", strings.Join(at, ", ")),
		Next: tongue.N(alerts, "The %d alert that you have in hand stays yours there. Give it back there if you leave.",
			"The %d alerts that you have in hand stay yours there. Give them back there if you leave.")}
}
