package words

import "github.com/wardlight/wardlight/app/tongue"

// Untaken says why the key that takes a patient for the shift took nobody; initials tells that the board hides the
// names, and lets nobody act.
func Untaken(initials bool) Message {
	if initials {
		return namesHidden()
	}
	return Message{tongue.T("No patient was taken: your role does not allow it."), tongue.T("Ask the charge nurse.")}
}

// Unassigned is [Untaken] for the key that gives a patient to a nurse.
func Unassigned(initials bool) Message {
	if initials {
		return namesHidden()
	}
	return Message{tongue.T("No patient was given to a nurse: your role does not allow it."),
		tongue.T("Ask the charge nurse.")}
}

func namesHidden() Message {
	return Message{tongue.T("Nothing was done: the names are hidden."),
		tongue.T("Press Ctrl I to show them, then try again.")}
}
