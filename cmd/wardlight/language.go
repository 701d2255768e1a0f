package main

import (
	"fyne.io/fyne/v2/lang"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/assets/translations"
)

// speak chooses the language of the screens that are made from now on; without a
// tag it is what is nearest to the computer's own.
func speak(tag string) error {
	if tag == "" {
		tag = translations.Nearest(lang.SystemLocale().String())
	}
	c, err := translations.Open(tag)
	if err != nil {
		return err
	}
	tongue.Speak(c)
	return nil
}
