package site

import (
	"fmt"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/desktop/sound"
)

// Sound tunes the station's tones. What is not set keeps its default; what would
// leave the bounds of IEC 60601-1-8 is refused, and there is no way to turn sound
// off.
//
//	[sound]
//	high = "5s"       # silence between two bursts: 2.5s to 15s
//	medium = "10s"    # 2.5s to 30s
//	technical = "30s" # 15s to 10m
//	low = "1m"        # 15s to 10m
//	pause = "2m"      # of one press: 10s to 10m, high alerts at most 2m
type Sound struct {
	High      Duration `toml:"high,omitempty"`
	Medium    Duration `toml:"medium,omitempty"`
	Technical Duration `toml:"technical,omitempty"`
	Low       Duration `toml:"low,omitempty"`
	Pause     Duration `toml:"pause,omitempty"`
}

// Repeat is what was set, as a player takes it.
func (s Sound) Repeat() map[sound.Signal]time.Duration {
	out := map[sound.Signal]time.Duration{}
	for signal, d := range map[sound.Signal]Duration{sound.High: s.High, sound.Medium: s.Medium,
		sound.Technical: s.Technical, sound.Low: s.Low} {
		if d != 0 {
			out[signal] = time.Duration(d)
		}
	}
	return out
}

// checkTone holds the silence between two bursts against the bounds of its signal.
func checkTone(signal sound.Signal, get func(Sound) Duration) func(Config) (string, string) {
	return func(c Config) (string, string) {
		d := get(c.Sound)
		if d == 0 {
			return "", ""
		}
		if _, err := sound.NewPlayer(nil,
			sound.Options{Repeat: map[sound.Signal]time.Duration{signal: time.Duration(d)}}); err != nil {
			return "is outside its bounds: " + err.Error(), "leave it out for the default"
		}
		return "", ""
	}
}

func checkPause(c Config) (string, string) {
	if p := time.Duration(c.Sound.Pause); p != 0 && (p < 10*time.Second || p > sound.MostPause) {
		return outside(p, 10*time.Second, sound.MostPause)
	}
	return "", ""
}

// outside says of a length of time that it leaves its bounds.
func outside(d, least, most time.Duration) (problem, hint string) {
	return fmt.Sprintf("is %v, which must be %v to %v", Duration(d), Duration(least), Duration(most)),
		"leave it out for the default"
}

// Notify says what desktop notifications may tell.
type Notify struct {
	// Names lets a notification name the patient while somebody is signed in and
	// the station is not locked. Desktops keep a history of notifications, and
	// may show them on a lock screen of their own: by default only the bed is
	// named.
	Names bool `toml:"names,omitempty"`
}

// Duration is a length of time as people write it: "90s", "2m".
type Duration time.Duration

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil {
		return err
	}
	*d = Duration(v)
	return nil
}

// MarshalText implements encoding.TextMarshaler.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// String is the length as a person writes it: "1h", not "1h0m0s". One that is not set
// is "", as a text is.
func (d Duration) String() string {
	if d == 0 {
		return ""
	}
	text := time.Duration(d).String()
	if short, is := strings.CutSuffix(text, "m0s"); is {
		text = short + "m"
	}
	if short, is := strings.CutSuffix(text, "h0m"); is {
		text = short + "h"
	}
	return text
}
