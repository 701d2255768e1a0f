package main

import (
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
