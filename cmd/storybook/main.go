// Command storybook draws every screen with the people of a ward that does not
// exist, into PNG files: no display, no graphics card, no service is needed.
//
//	go run ./cmd/storybook -png screenshots
package main

import (
	"flag"
	"fmt"
	"os"
)

func main() {
	out := flag.String("out", "screenshots", "folder to write to")
	flag.StringVar(out, "png", *out, "the same as -out")
	only := flag.String("only", "", "only pictures whose name contains this")
	flag.Parse()
	if err := draw(*out, *only); err != nil {
		fmt.Fprintln(os.Stderr, "storybook:", err)
		os.Exit(1)
	}
}
