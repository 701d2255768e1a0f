package site

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A station cannot be kept open longer than 15 minutes by its configuration.
func TestSessionKeepsToItsBounds(t *testing.T) {
	read := func(text string) (Config, error) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ConfigName), []byte("alone = true\n[session]\n"+text+"\n"),
			0o600); err != nil {
			t.Fatal(err)
		}
		c, _, err := LoadConfig(dir)
		return c, err
	}
	for text, want := range map[string][2]time.Duration{
		"":                                {2 * time.Minute, 5 * time.Minute},
		"lock = \"1m\"":                   {time.Minute, time.Minute},
		"lock = \"15m\"\ncover = \"10m\"": {10 * time.Minute, 15 * time.Minute},
		"cover = \"30s\"":                 {30 * time.Second, 5 * time.Minute},
	} {
		c, err := read(text)
		if cover, lock := c.Session.Times(); err != nil || cover != want[0] || lock != want[1] {
			t.Errorf("%q: %v %v %v", text, cover, lock, err)
		}
	}
	for _, bad := range []string{"lock = \"59s\"", "lock = \"16m\"", "lock = \"-1m\"", "cover = \"6m\"",
		"cover = \"1s\"", "lock = 5", "never = true"} {
		if _, err := read(bad); !errors.Is(err, ErrConfig) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
