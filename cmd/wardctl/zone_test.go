package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/tongue"
)

// What people read is in the site's zone, whatever this computer's is. Seen red: ten
// commands printed the computer's.
func TestTimesAreTheSites(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(f, "_test.go") && strings.Contains(string(text), ".Local()") {
			t.Errorf("%s says a time in this computer's zone: use tongue.Here", f)
		}
	}
}

// Seen red with nothing that keeps the site's time.
func TestWardctlKeepsTheSitesTime(t *testing.T) {
	data := t.TempDir()
	if err := os.WriteFile(filepath.Join(data, "site.toml"), []byte("[site]\ntime_zone = \"Pacific/Kiritimati\"\n"),
		0o600); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tongue.KeepTime(nil) })
	ctl(t, data, "seed", "demo")
	now := time.Now().UTC()
	in := time.FixedZone("", 14*60*60)
	at := tongue.Here(now)
	if want := now.In(in).Format(time.DateTime); at.Format(time.DateTime) != want {
		t.Errorf("%s, want %s", at.Format(time.DateTime), want)
	}
}
