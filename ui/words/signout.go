package words

import "github.com/wardlight/wardlight/app/tongue"

// SigningOut says that somebody is being signed out, once it is known what they have in hand.
func SigningOut() Message {
	return Message{What: tongue.T("Looking up which alerts you have in hand. You are still signed in."),
		Next: tongue.T("Wait a moment.")}
}
