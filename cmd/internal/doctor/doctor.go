// Package doctor looks a site over: what works, what does not, and what to do
// about it. Each check has a name that stays the same from release to release, for
// monitoring and for the person on the telephone.
package doctor

import (
	"context"
	"time"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// State is how a check ended.
type State string

// The states. A warning is for office hours, a failure for now.
const (
	OK      State = "ok"
	Warning State = "warning"
	Failing State = "failing"
)

// Finding is the outcome of one check.
type Finding struct {
	ID    string `json:"id"`
	State State  `json:"state"`
	Text  string `json:"text"`           // what was found
	Next  string `json:"next,omitempty"` // what to do, where State is not OK
	// Stations are those that the finding "versions" is about: all that were heard.
	Stations []live.Running `json:"stations,omitempty"`
}

// Options say what is looked at, and how strictly. Zero limits are the defaults.
type Options struct {
	Data string
	// Version is this program's; "" is compared with nobody's.
	Version string
	Vault   keyring.Store                               // nil: the site's own
	Notify  func(context.Context) (notify.State, error) // nil: this desktop's
	Sound   func(context.Context) sound.State           // nil: this computer's
	// Draws reports whether a font of this computer has a letter; nil: looks.
	Draws func(letter rune) bool

	Skew      time.Duration // between this clock and the server's; 2 s
	Slow      time.Duration // for one round trip; 50 ms
	FreeSpace uint64        // bytes in the site's folder; 1 GiB
	Expiry    time.Duration // of a certificate; 30 days
	BackupAge time.Duration // 24 h
}

func (o Options) complete() Options {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	def(&o.Skew, 2*time.Second)
	def(&o.Slow, 50*time.Millisecond)
	def(&o.Expiry, 30*24*time.Hour)
	def(&o.BackupAge, 24*time.Hour)
	if o.FreeSpace == 0 {
		o.FreeSpace = 1 << 30
	}
	return o
}

// Limit bounds a whole examination.
const Limit = 40 * time.Second

// visit is one examination under way.
type visit struct {
	o     Options
	site  *site.Site
	found []Finding
}

func (v *visit) ok(id, text string) {
	v.found = append(v.found, Finding{ID: id, State: OK, Text: text})
}

func (v *visit) warn(id, text, next string) {
	v.found = append(v.found, Finding{ID: id, State: Warning, Text: text, Next: next})
}

func (v *visit) fail(id, text, next string) {
	v.found = append(v.found, Finding{ID: id, State: Failing, Text: text, Next: next})
}

// Examine runs every check that makes sense after those before it. It changes
// nothing that lasts.
func Examine(ctx context.Context, o Options) []Finding {
	ctx, cancel := context.WithTimeout(ctx, Limit)
	defer cancel()
	v := &visit{o: o.complete()}
	if !v.configuration() {
		return v.found
	}
	defer v.site.Close() //nolint:errcheck // nothing was written
	v.zone()
	v.folder()
	usable := v.keyring(ctx)
	v.secrets(ctx, usable)
	v.record(ctx)
	v.redis(ctx)
	v.certificates()
	v.directory(ctx)
	v.desktop(ctx)
	v.sound(ctx)
	v.fonts()
	return v.found
}

// Worst is the state of the whole: the worst of all findings.
func Worst(found []Finding) State {
	worst := OK
	for _, f := range found {
		if f.State == Failing || f.State == Warning && worst == OK {
			worst = f.State
		}
	}
	return worst
}
