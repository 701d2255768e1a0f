package ask

import (
	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/ui/shell"
)

// NoSound says why no tone was played.
func NoSound(found string) shell.Dialog {
	return shell.Dialog{Title: tongue.T("No sound was played"), Confirm: tongue.T("Close"),
		Text: tongue.Tf(
			"This station found: %s. Turn the sound on or tell IT, and keep an eye on the alerts on the screen.",
			found)}
}

// Heard asks whether the tones were heard; sounding: an alert sounds, and is the check.
func Heard(sounding bool, yes, no func()) shell.Dialog {
	d := shell.Dialog{Title: tongue.T("Did you hear it?"),
		Text:   tongue.T("A low, a medium and a high alert tone were played, one after the other."),
		Cancel: tongue.T("Cancel")}
	if sounding {
		d.Text = tongue.T("An alert sounds here now, and that tone is the check. Can you hear it where you work?")
	}
	d.Choices = []shell.Choice{{Text: tongue.T("Yes, clearly"), Do: yes}, {Text: tongue.T("No, or too soft"), Do: no}}
	return d
}

// Louder says what to do about tones that nobody heard.
func Louder() shell.Dialog {
	return shell.Dialog{Title: tongue.T("Turn the loudspeaker up"), Confirm: tongue.T("Close"),
		Text: tongue.T(
			"Check its switch, its plug and the volume of this computer, then check the sound again. Until then work at another station or watch the screen.")}
}
