// Package translations holds the station's texts in every language that it
// speaks: one file a language, named by its BCP 47 tag, from the English text to
// what is said. CONTRIBUTING.md says how to add one.
package translations

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/wardlight/wardlight/app/tongue"
)

//go:embed *.json
var files embed.FS

// Languages lists the tags of what the station speaks, English first.
func Languages() []string {
	tags := []string{"en"}
	names, _ := files.ReadDir(".") // the folder is in the program
	for _, f := range names {
		if tag := strings.TrimSuffix(f.Name(), path.Ext(f.Name())); tag != "en" {
			tags = append(tags, tag)
		}
	}
	return tags
}

// Open reads the texts of a language.
func Open(tag string) (*tongue.Catalogue, error) {
	if !slices.Contains(Languages(), tag) {
		return nil, fmt.Errorf("language %q: say one of %s", tag, strings.Join(Languages(), ", "))
	}
	text, err := files.ReadFile(tag + ".json")
	if err != nil {
		return nil, err
	}
	return tongue.Read(tag, text)
}

// Nearest is the language to speak for a reader of another: "de" for "de-AT",
// English where none is near. It is what a computer's own language becomes.
func Nearest(locale string) string {
	tags := Languages()
	known := make([]language.Tag, len(tags))
	for i, tag := range tags {
		known[i] = language.Make(tag)
	}
	want, err := language.Parse(locale)
	if err != nil {
		return tags[0]
	}
	_, at, sure := language.NewMatcher(known).Match(want)
	if sure == language.No {
		return tags[0]
	}
	return tags[at]
}
