package translations_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/assets/translations"
)

var update = flag.Bool("update", false, "write the keys of the sources into the files")

// alike are the texts that German and English share. A key that is not here and
// is not translated is one that was forgotten.
var alike = set(strings.Split(
	`%.0f min|%.0f s|%d d|%d h|%d min|%d s|%g s|%s in %s|%s, 90 %% in %s|%v|0 s|24 h|7 d|8 h|IT|Patient|Situation|T|Trend|Version|Monitor|in %s|%s, %s, NEWS2 %s|%s, %s, %s, %s, NEWS2 %s`, "|"))

// Seen red with T taken away from the title of the notes.
func TestEveryTextIsSaidByTongue(t *testing.T) {
	_, bare := sources(t)
	for _, b := range bare {
		t.Errorf("%s is shown as it stands: say it by tongue.T, or name it in judge_test.go if no person reads it", b)
	}
}

// Seen red with a key taken out of each file, with one added to it, with "%d"
// turned into "%s", with English left in the German file, with the plural of a text
// taken away, and with "%s is editing this section%s."
func TestCataloguesAreComplete(t *testing.T) {
	keys, _ := sources(t)
	if len(keys) < 400 {
		t.Fatalf("only %d texts were found in the sources", len(keys))
	}
	for _, tag := range translations.Languages() {
		if *update {
			write(t, tag, keys)
		}
		texts := readFile(t, tag)
		for text, k := range keys {
			said, ok := texts[text]
			if !ok {
				t.Errorf("%s.json lacks %q (%s)", tag, text, k.at)
				continue
			}
			check(t, tag, k, said)
		}
		for text := range texts {
			if _, used := keys[text]; !used && !strings.HasPrefix(text, "format.") {
				t.Errorf("%s.json says %q, which nobody says", tag, text)
			}
		}
	}
}

func check(t *testing.T, tag string, k key, said map[string]string) {
	t.Helper()
	if (k.one != "") != (said["one"] != "") {
		t.Errorf("%s.json: %q: plural forms do not fit %s", tag, k.text, k.at)
	}
	if glued.MatchString(k.text) {
		t.Errorf("%q (%s) is a piece of a sentence: say each whole sentence by a text of its own", k.text, k.at)
	}
	for form, text := range said {
		if a, b := places(k.text), places(text); !slices.Equal(a, b) {
			t.Errorf("%s.json: %q has %v, its form %q has %v", tag, k.text, a, form, b)
		}
		if strings.TrimSpace(text) != text {
			t.Errorf("%s.json: %q has a space at an end", tag, text)
		}
	}
	switch {
	case tag == "en" && (said["other"] != k.text || said["one"] != k.one):
		t.Errorf("en.json: %q is said as %q", k.text, said)
	case tag == "de" && said["other"] == k.text && !alike[k.text] && visible(k.text):
		t.Errorf("de.json: %q is English; if German says it so, name it in alike", k.text)
	}
}

// In German *Station* is the ward and *Arbeitsplatz* this computer: an English text that names a
// station and no ward has no German *Station*.
//
// Seen red with "Station der Pflegekraft ist gesperrt".
func TestGermanStationIsTheWard(t *testing.T) {
	for text, said := range readFile(t, "de") {
		if english := strings.ToLower(text); !strings.Contains(english, "station") || strings.Contains(english, "ward") {
			continue
		}
		for _, german := range said {
			if strings.Contains(german, "Station") {
				t.Errorf("de.json: %q is said as %q: this computer is an Arbeitsplatz", text, german)
			}
		}
	}
}

// glued is a value written onto a word: what it adds to the sentence stands elsewhere, and
// languages set it in another order.
var glued = regexp.MustCompile(`\p{L}%s`)

// places are the values that a format takes, by their place: order does not matter.
func places(format string) (out []string) {
	n := 0
	for _, verb := range verbs.FindAllString(format, -1) {
		if verb == "%%" {
			out = append(out, verb)
			continue
		}
		n++
		if at, rest, explicit := strings.Cut(verb[1:], "]"); explicit && strings.HasPrefix(at, "[") {
			fmt.Sscan(at[1:], &n)
			verb = "%" + rest
		}
		out = append(out, fmt.Sprint(n, verb))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// readFile is a file by key and plural form.
func readFile(t *testing.T, tag string) map[string]map[string]string {
	t.Helper()
	text, err := os.ReadFile(tag + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(text, &raw); err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]string{}
	for key, value := range raw {
		forms := map[string]string{}
		var one string
		if json.Unmarshal(value, &one) == nil {
			forms["other"] = one
		} else if err := json.Unmarshal(value, &forms); err != nil {
			t.Fatal(err)
		}
		out[key] = forms
	}
	return out
}

// write puts every key of the sources into a file, new ones in English, and takes
// out what nobody says.
func write(t *testing.T, tag string, keys map[string]key) {
	t.Helper()
	old, out := readFile(t, tag), map[string]any{}
	for text, said := range old {
		if strings.HasPrefix(text, "format.") {
			out[text] = said["other"]
		}
	}
	for text, k := range keys {
		said := old[text]
		switch {
		case k.one != "" && said["one"] == "":
			out[text] = map[string]string{"one": k.one, "other": text}
		case k.one != "":
			out[text] = said
		case said["other"] != "":
			out[text] = said["other"]
		default:
			out[text] = text
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		t.Fatal(err)
	}
	if _, err := tongue.Read(tag, b.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(tag+".json", b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
