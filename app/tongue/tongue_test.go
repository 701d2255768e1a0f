package tongue_test

import (
	"errors"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

const german = `{
	"format.decimal": ",",
	"format.months": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.",
	"Save": "Speichern",
	"%s accepted this at %s.": "Um %[2]s von %[1]s angenommen.",
	"%d alerts of %s": {"one": "%d Alarm von %s", "other": "%d Alarme von %s"},
	"%.1f ms": "%.1f ms",
	"02 Jan 15:04": "02.01. 15:04"
}`

func speak(t *testing.T, tag, text string) {
	t.Helper()
	c, err := tongue.Read(tag, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	tongue.Speak(c)
	t.Cleanup(func() { tongue.Speak(nil) })
}

func TestEnglishNeedsNoCatalogue(t *testing.T) {
	when := time.Date(2026, 3, 9, 14, 3, 0, 0, time.UTC)
	for got, want := range map[string]string{
		tongue.T("Save"):                                "Save",
		tongue.Tf("%s, %.1f", "a", 1.5):                 "a, 1.5",
		tongue.N(1, "%d alert", "%d alerts"):            "1 alert",
		tongue.N(0, "%d alert", "%d alerts"):            "0 alerts",
		tongue.N(2, "%d alert of %s", "%d of %s", "4B"): "2 of 4B",
		tongue.Date(when, "02 Jan 15:04"):               "09 Mar 14:03",
		tongue.Number(37.04, 1):                         "37.0",
		tongue.Language():                               "en",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Seen red with the decimal sign left as it was.
func TestACatalogueIsSpoken(t *testing.T) {
	speak(t, "de", german)
	when := time.Date(2026, 3, 9, 14, 3, 0, 0, time.UTC)
	for got, want := range map[string]string{
		tongue.T("Save"):      "Speichern",
		tongue.T("Not in it"): "Not in it",
		tongue.Tf("%s accepted this at %s.", "Diaz, M", "14:03"):      "Um 14:03 von Diaz, M angenommen.",
		tongue.Tf("%.1f ms", 2.25):                                    "2,2 ms",
		tongue.N(1, "%d alert of %s", "%d alerts of %s", "4B"):        "1 Alarm von 4B",
		tongue.N(3, "%d alert of %s", "%d alerts of %s", "4B"):        "3 Alarme von 4B",
		tongue.N(3, "%d bed, %.1f km", "%d beds, %.1f km", 0.5):       "3 beds, 0.5 km",
		tongue.Date(when, "02 Jan 15:04"):                             "09.03. 14:03",
		tongue.Date(when, "02 Jan 2006"):                              "09 März 2026",
		tongue.Number(37.25, 1):                                       "37,2",
		tongue.Tf("%6.2f|%-7.1f|%v", 1.5, 2.5, 0.5):                   "  1,50|2,5    |0,5",
		tongue.Tf("Bed %s, %d of %d, MRN %s", "1.2", 1, 2, "7.100.1"): "Bed 1.2, 1 of 2, MRN 7.100.1",
		tongue.Language():                                             "de",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Polish has three forms for whole numbers: the rules are not English's.
func TestPluralsFollowTheLanguage(t *testing.T) {
	speak(t, "pl", `{"%d hours": {"one": "%d godzina", "few": "%d godziny", "many": "%d godzin", "other": "%d godziny"}}`)
	for n, want := range map[int]string{1: "1 godzina", 3: "3 godziny", 5: "5 godzin", 22: "22 godziny",
		112: "112 godzin"} {
		if got := tongue.N(n, "%d hour", "%d hours"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestBadCataloguesAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"no object":   `[]`,
		"no text":     `{"Save": 3}`,
		"empty":       `{"Save": ""}`,
		"no other":    `{"%d alerts": {"one": "x"}}`,
		"odd form":    `{"%d alerts": {"some": "x", "other": "y"}}`,
		"ten months":  `{"format.months": "1 2 3 4 5 6 7 8 9 10"}`,
		"no language": `{}`,
	} {
		tag := "de"
		if name == "no language" {
			tag = "?"
		}
		if _, err := tongue.Read(tag, []byte(text)); !errors.Is(err, tongue.ErrCatalogue) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
