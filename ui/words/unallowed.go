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

// Unsaved says why the key for Save saved nothing: two forms are open and the keyboard is in neither, or what has it
// cannot be saved as it stands.
func Unsaved() Message {
	return Message{tongue.T("Nothing was saved by this key."),
		tongue.T("Put the cursor into what you want to save, or press its Save button.")}
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
