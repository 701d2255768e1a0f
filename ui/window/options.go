package window

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"github.com/wardlight/wardlight/app/alarmload"
	"github.com/wardlight/wardlight/app/desktop/idle"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/station"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/ui/dispatch"
	screenstation "github.com/wardlight/wardlight/ui/screen/station"
	"github.com/wardlight/wardlight/ui/words"
)

// Options say what the window stands on.
type Options struct {
	Station *station.Station
	Ward    ward.Ward // shown until somebody turns to another
	Version string
	// Welcome is said on the sign-in screen at the start, such as what is missing
	// before anybody can sign in.
	Welcome words.Message
	// Always is said over every screen, such as that this is a demonstration.
	Always words.Message
	// Keyring finds what to say on the sign-in screen of a keyring that cannot be
	// used; "" of one that can. It may take seconds. Nil: nothing is said.
	Keyring func(context.Context) string
	// Notify pops desktop notifications; nil: none. Names lets them name the
	// patient while the station is open, as the ward wants it.
	Notify *notify.Queue
	Names  bool
	// Sound rings for alerts; nil: none. SoundPause is how long one press of its
	// button silences what sounds (0: 2 minutes).
	Sound      *sound.Player
	SoundPause time.Duration
	// Examine looks over all that the station stands on, within a minute; nil: not
	// offered.
	Examine func(context.Context) []screenstation.Check
	// CoverAfter and LockAfter are how long nobody does anything before the patients
	// are covered, and before the station locks (0: 2 and 5 minutes).
	CoverAfter, LockAfter time.Duration
	// Idle asks the desktop for how long nobody used it; nil: the station's own keys
	// alone count.
	Idle idle.Probe
	// Load counts a ward's alerts of a time up to now; nil: not offered.
	Load func(ctx context.Context, ward string, ago time.Duration) (alarmload.Report, error)
	// Do hands functions to the window's goroutine; nil: the toolkit's own.
	Do     dispatch.Do
	Logger *slog.Logger // nil: none
}

// When an idle station is covered and locked unless the options say otherwise.
const (
	coverAfter = 2 * time.Minute
	lockAfter  = 5 * time.Minute
)

// Held is what the log says when one change of the screen kept the window from
// drawing and hearing keys for longer than [dispatch.HeldMost].
const Held = "the window was held"

// fill sets what is left open.
func (o *Options) fill() {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Do == nil {
		logger := o.Logger
		o.Do = dispatch.Watched(dispatch.Main,
			func(held time.Duration) { logger.Warn(Held, "took", held.Round(time.Millisecond)) })
	}
	o.SoundPause = cmp.Or(o.SoundPause, sound.MostPauseHigh)
	o.CoverAfter, o.LockAfter = cmp.Or(o.CoverAfter, coverAfter), cmp.Or(o.LockAfter, lockAfter)
}
