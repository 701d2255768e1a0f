package translations_test

import (
	"testing"

	"github.com/wardlight/wardlight/assets/translations"
)

func TestEveryLanguageOpens(t *testing.T) {
	for _, tag := range translations.Languages() {
		if _, err := translations.Open(tag); err != nil {
			t.Error(err)
		}
	}
	if _, err := translations.Open("xx"); err == nil {
		t.Error("a language that nobody wrote opened")
	}
	if _, err := translations.Open("../en"); err == nil {
		t.Error("a file elsewhere opened")
	}
}

func TestNearestLanguage(t *testing.T) {
	for locale, want := range map[string]string{"de": "de", "de-AT": "de", "de_CH.UTF-8": "en", "gsw": "de",
		"en-GB": "en",
		"fr-FR": "en", "": "en", "C": "en"} {
		if got := translations.Nearest(locale); got != want {
			t.Errorf("%q: %s, want %s", locale, got, want)
		}
	}
}
