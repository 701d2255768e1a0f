package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Every command and flag that help shows stands in the manual. Seen red with
// groups left out of writeCommands ("import hl7" and its flags were missing).
func TestManualTellsEveryCommandAndFlag(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	ctl(t, dir, "man", "--date", "2026-11-23", dir)
	text, err := os.ReadFile(filepath.Join(dir, "wardctl.1"))
	if err != nil {
		t.Fatal(err)
	}
	page := string(text)
	if !strings.HasPrefix(page, `.TH WARDCTL 1 "2026-11-23"`) {
		t.Errorf("the page begins %.60q", page)
	}
	count := 0
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			if !sub.IsAvailableCommand() || sub.Name() == "completion" || sub.Name() == "help" {
				continue
			}
			if !sub.Runnable() {
				walk(sub)
				continue
			}
			count++
			want := `.SS "` + roff(strings.TrimPrefix(sub.CommandPath(), "wardctl "))
			if !strings.Contains(page, want) {
				t.Errorf("no %q", want)
			}
			sub.LocalNonPersistentFlags().VisitAll(func(f *pflag.Flag) {
				if f.Name != "help" && !strings.Contains(page, `\fB\-\-`+roff(f.Name)+`\fR`) {
					t.Errorf("no --%s of %s", f.Name, sub.CommandPath())
				}
			})
		}
	}
	walk(newRoot())
	if count < 12 {
		t.Errorf("only %d commands looked for", count)
	}
}

// The page is made while packages are built: the same commit gives the same page.
func TestManualNeedsItsDate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, args := range [][]string{{"man", dir}, {"man", "--date", "today", dir}} {
		if _, err := try(t, dir, args...); err == nil {
			t.Errorf("%v: made a page", args)
		}
	}
}

func TestRoffKeepsTextAsItIs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`a\nb`:         `a\enb`,
		"--json":       `\-\-json`,
		".so /etc/x":   `\&.so /etc/x`,
		"a\n'b\n.c":    "a\n\\&'b\n\\&.c",
		`say "now"`:    `say \(dqnow\(dq`,
		"plain\nlines": "plain\nlines",
	} {
		if got := roff(text); got != want {
			t.Errorf("roff(%q) = %q, want %q", text, got, want)
		}
	}
}
