package window

import (
	"context"
	"testing"

	screenstation "github.com/wardlight/wardlight/ui/screen/station"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
)

// The station's screen tells how it stands, what is wrong first, and nothing of a
// patient; who locks the station meanwhile leaves nothing behind. Seen red with
// the place's look left out of drawStation's picture (nothing of Redis was shown).
func TestStationScreen(t *testing.T) {
	o := openWith(t, func(opt *Options) {
		opt.Version = "1.2.3"
		opt.Examine = func(context.Context) []screenstation.Check {
			return []screenstation.Check{{ID: "disk", State: widgets.LinkUp, Text: "41 GB free"},
				{ID: "clock", State: widgets.LinkDown, Text: "41 s behind", Next: "set the clock"}}
		}
	})
	o.signIn("chen", password)
	o.until("OKOYE")
	o.user()
	o.choose("How this station stands")
	o.until("This station, WS-1")
	o.until("Wardlight 1.2.3")
	o.until("answers in")
	o.tap(o.win.Canvas().Content(), "Look everything over")
	o.until("1 of 2 need IT now")
	o.until("→ set the clock")
	o.lock()
	o.wait("the lock", func() bool { return o.shell.Place() == shell.SignIn })
}
