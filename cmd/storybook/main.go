// Command storybook draws every screen with the people of a ward that does not
// exist, into PNG files: no display, no graphics card, no service is needed.
//
//	go run ./cmd/storybook -png screenshots
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/tongue"
	"github.com/wardlight/wardlight/assets/translations"
	"github.com/wardlight/wardlight/ui/fixture"
)

// readme are the pictures that README.md shows: what a nurse sees first, most
// often, and on the worst of days.
var readme = []string{"board", "patient", "edit", "alert-storm", "lost-link"}

func main() {
	out := flag.String("out", "screenshots", "folder to write to")
	flag.StringVar(out, "png", *out, "the same as -out")
	only := flag.String("only", "", "only pictures whose name contains this")
	language := flag.String("language", "en", "tag of the language to say the texts in")
	forReadme := flag.Bool("readme", false, "only the pictures that README.md shows")
	every := flag.Bool("every", false,
		"every story in every look: both themes, high contrast, small window, large text")
	hard := flag.Bool("hard", false, "with the hardest ward: long beds, names, flags and allergies, all marks at once")
	flag.Parse()
	fixture.MakeHard(*hard)
	if err := speak(*language); err != nil {
		fmt.Fprintln(os.Stderr, "storybook:", err)
		os.Exit(2)
	}
	wanted := func(name string) bool { return strings.Contains(name, *only) }
	if *forReadme {
		wanted = func(name string) bool { return slices.Contains(readme, name) }
	}
	if err := draw(*out, wanted, *every); err != nil {
		fmt.Fprintln(os.Stderr, "storybook:", err)
		os.Exit(1)
	}
}

// speak chooses the language of the pictures.
func speak(tag string) error {
	c, err := translations.Open(tag)
	if err != nil {
		return err
	}
	tongue.Speak(c)
	return nil
}
