package main

import (
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The guide on what comes in tells each flag of the commands that it is about, and each
// setting. Seen red before there was one, and with --time-zone taken out of it.
func TestGuideTellsHowMessagesComeIn(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for _, file := range []string{"import.md", "parked.md"} {
		b, err := os.ReadFile("../../assets/docs/" + file)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(b)
	}
	guide := text.String()
	for _, want := range []string{"time_zone = ", "authority = ", "training = ", "parked_alert = ", "parked_keep = ",
		"| 0 |", "| 1 |", "| 3 |", "messages", "patients", "observations", "warnings", "refusals", "parked"} {
		if !strings.Contains(guide, want) {
			t.Errorf("no %q", want)
		}
	}
	for _, path := range [][]string{{"import", "hl7"}, {"parked", "list"}, {"parked", "show"}, {"parked", "assign"},
		{"parked", "take-back"},
		{"parked", "discard"}, {"merges", "list"}, {"merges", "undo"}} {
		c, _, err := newRoot().Find(path)
		if err != nil {
			t.Fatal(err)
		}
		tells(t, guide, c)
	}
}

func tells(t *testing.T, guide string, c *cobra.Command) {
	t.Helper()
	if !strings.Contains(guide, c.CommandPath()) {
		t.Errorf("no %s", c.CommandPath())
	}
	c.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name != "help" && !strings.Contains(guide, "--"+f.Name) {
			t.Errorf("no --%s of %s", f.Name, c.CommandPath())
		}
	})
}
