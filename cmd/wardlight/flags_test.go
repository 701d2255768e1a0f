package main

import (
	"flag"
	"os"
	"strings"
	"testing"
)

// A demonstration stands on nothing of the computer, so that naming a folder or a
// ward with it is a mistake that is said, not passed over.
func TestDemoStandsAlone(t *testing.T) {
	if s, err := parse([]string{"-demo"}); err != nil || !s.demo {
		t.Fatalf("%+v %v", s, err)
	}
	for _, with := range []string{"-data", "-ward"} {
		if _, err := parse([]string{"-demo", with, "x"}); err == nil || !strings.Contains(err.Error(), with) {
			t.Errorf("with %s: %v", with, err)
		}
	}
}

// The manual tells each flag. Seen red before it told of --demo.
func TestManualTellsEveryFlag(t *testing.T) {
	manual, err := os.ReadFile("../../assets/packaging/linux/wardlight.1.in")
	if err != nil {
		t.Fatal(err)
	}
	var s settings
	var look string
	flags(&s, &look).VisitAll(func(f *flag.Flag) {
		if !strings.Contains(string(manual), `\fB\-\-`+f.Name+`\fR`) {
			t.Errorf("wardlight(1) does not tell of --%s", f.Name)
		}
	})
}
