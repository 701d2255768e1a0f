package site

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // Windows has no zones of its own that Go reads

	"github.com/wardlight/wardlight/app/parked"
)

// Here says what other systems leave out because everybody at the site knows it.
//
//	[site]
//	time_zone = "Europe/London"
//	authority = "OAK"
type Here struct {
	TimeZone  string `toml:"time_zone,omitempty"`
	Authority string `toml:"authority,omitempty"`
}

// Location is the site's time zone: where times without an offset were taken. set
// is false where it is this computer's zone, which nobody chose.
func (h Here) Location() (loc *time.Location, set bool) {
	if h.TimeZone != "" {
		if loc, err := time.LoadLocation(h.TimeZone); err == nil {
			return loc, true
		}
	}
	return time.Local, false
}

// Feed says what may come in, and what becomes of messages that nobody can place.
//
//	[feed]
//	training = false
//	parked_alert = "30m" # 1m to 24h
//	parked_keep = "2160h" # 24h and more
type Feed struct {
	Training    bool     `toml:"training,omitempty"`
	ParkedAlert Duration `toml:"parked_alert,omitempty"`
	ParkedKeep  Duration `toml:"parked_keep,omitempty"`
}

// The bounds of [Feed]; its defaults are those of [parked.Limits].
const (
	leastParkedAlert = time.Minute
	mostParkedAlert  = 24 * time.Hour
	leastParkedKept  = 24 * time.Hour
)

// Parked is after how long a message that waits to be assigned is a technical
// alert, and how long the text of one that was assigned or discarded is kept.
func (f Feed) Parked() parked.Limits {
	return parked.Limits{Alert: time.Duration(f.ParkedAlert), Keep: time.Duration(f.ParkedKeep)}.OrDefault()
}

func checkZone(c Config) (string, string) {
	name := c.Here.TimeZone
	if name == "" {
		return "", ""
	}
	if _, err := time.LoadLocation(name); err != nil || !strings.Contains(name, "/") && name != "UTC" {
		return fmt.Sprintf("names no time zone: %.40q", name), `write it as the tz database does: "Europe/London"`
	}
	return "", ""
}

func checkAuthority(c Config) (string, string) {
	if strings.ContainsAny(c.Here.Authority, "|^~&\\\r\n") {
		return "holds a delimiter of HL7", "write the first or second component of PID-3.4 alone"
	}
	return "", ""
}

func checkParkedAlert(c Config) (string, string) {
	if d := time.Duration(c.Feed.ParkedAlert); d != 0 && (d < leastParkedAlert || d > mostParkedAlert) {
		return outside(d, leastParkedAlert, mostParkedAlert)
	}
	return "", ""
}

func checkParkedKeep(c Config) (string, string) {
	if d := time.Duration(c.Feed.ParkedKeep); d != 0 && d < leastParkedKept {
		return fmt.Sprintf("is %v, which must be %v or more", Duration(d), Duration(leastParkedKept)),
			"leave it out for the default"
	}
	return "", ""
}
