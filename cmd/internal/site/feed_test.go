package site

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/parked"
)

func readSite(t testing.TB, text string) (Config, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ConfigName), []byte("alone = true\n"+text+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, _, err := LoadConfig(dir)
	return c, err
}

// Seen red: without checkZone a misspelt zone is the computer's, in silence.
func TestSiteAndFeed(t *testing.T) {
	c, err := readSite(t,
		"[site]\ntime_zone = \"Asia/Tokyo\"\nauthority = \"OAK\"\n[feed]\ntraining = true\nparked_alert = \"10m\"\nparked_keep = \"720h\"")
	if err != nil {
		t.Fatal(err)
	}
	loc, set := c.Here.Location()
	limits := c.Feed.Parked()
	if !set || loc.String() != "Asia/Tokyo" || c.Here.Authority != "OAK" || !c.Feed.Training ||
		limits.Alert != 10*time.Minute || limits.Keep != 720*time.Hour {
		t.Errorf("%+v %v %v %v", c, loc, limits.Alert, limits.Keep)
	}
	c, err = readSite(t, "")
	if loc, set := c.Here.Location(); err != nil || set || loc != time.Local {
		t.Errorf("%v %v %v", loc, set, err)
	}
	if limits := c.Feed.Parked(); limits != (parked.Limits{Alert: parked.AlertAfter, Keep: parked.KeepFor}) {
		t.Errorf("%+v", limits)
	}
	for _, bad := range []string{"[site]\ntime_zone = \"Europe/Londn\"", "[site]\ntime_zone = \"GMT+1\"",
		"[site]\ntime_zone = \"Local\"", "[site]\ntime_zone = \"../etc\"",
		"[site]\nauthority = \"A^B\"", "[site]\nzone = \"UTC\"", "[feed]\nparked_alert = \"10s\"",
		"[feed]\nparked_alert = \"48h\"",
		"[feed]\nparked_keep = \"1h\"", "[feed]\nparked_keep = \"90d\"", "[feed]\ntraining = 1"} {
		if _, err := readSite(t, bad); !errors.Is(err, ErrConfig) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

// FuzzSite: whatever a settings file holds, it is read or refused as a
// configuration error.
func FuzzSite(f *testing.F) {
	for _, s := range []string{"", "[site]\ntime_zone = \"Europe/London\"", "[feed]\nparked_alert = \"10m\"",
		"ward = \"4B\"\n[redis]\naddrs = [\"127.0.0.1:6379\"]",
		"\ufeffstation = \"x\"", "[session]\nlock = \"5m\"\n[sound]\nhigh = \"4s\"", "a = [[1], {b = 2}]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := readSite(t, text); err != nil && !errors.Is(err, ErrConfig) {
			t.Errorf("%q: %v", text, err)
		}
	})
}
