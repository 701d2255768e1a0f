package site

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/desktop/sound"
)

// The tones' intervals come from site.toml, within the standard's bounds; nothing
// there turns sound off. Red once: with the keys' checks left out.
func TestSoundKeepsToItsBounds(t *testing.T) {
	read := func(text string) (Config, error) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, ConfigName), []byte("alone = true\n"+text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, _, err := LoadConfig(dir)
		return c, err
	}
	c, err := read("[sound]\nhigh = \"3s\"\nlow = \"2m\"\npause = \"90s\"\n[notify]\nnames = true\n")
	if err != nil || c.Sound.Repeat()[sound.High] != 3*time.Second || len(c.Sound.Repeat()) != 2 ||
		time.Duration(c.Sound.Pause) != 90*time.Second || !c.Notify.Names {
		t.Errorf("%+v %v", c, err)
	}
	for _, bad := range []string{"high = \"1s\"", "high = \"1h\"", "medium = \"31s\"", "low = \"5s\"",
		"technical = \"-1s\"", "pause = \"1h\"", "pause = \"1s\"", "high = 3", "off = true", "volume = 0"} {
		if _, err := read("[sound]\n" + bad + "\n"); !errors.Is(err, ErrConfig) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	dir := t.TempDir()
	if err := WriteConfig(dir, c); err != nil {
		t.Fatal(err)
	}
	text, _ := os.ReadFile(filepath.Join(dir, ConfigName))
	if again, err := ReadConfig(dir); err != nil || again.Sound != c.Sound || !strings.Contains(string(text), "'3s'") {
		t.Errorf("%v\n%s", err, text)
	}
	if err := WriteConfig(dir, Config{Ward: "4B"}); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(filepath.Join(dir, ConfigName)); strings.Contains(string(text), "sound") ||
		strings.Contains(string(text), "notify") {
		t.Errorf("%s", text)
	}
}
