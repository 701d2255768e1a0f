package window

import (
	"context"
	"strings"
	"testing"

	screenstation "github.com/wardlight/wardlight/ui/screen/station"
	"github.com/wardlight/wardlight/ui/shell"
	"github.com/wardlight/wardlight/ui/widgets"
	"github.com/wardlight/wardlight/ui/words"
)

// The station's screen tells how it stands, what is wrong first, and nothing of a
// patient. What stands over every screen stands over sign-in, the cover and the lock,
// too.
func TestStationScreen(t *testing.T) {
	o := openWith(t, func(opt *Options) {
		opt.Version = "1.2.3"
		opt.Always = words.Message{What: "DEMO: nothing is kept, not for care."}
		opt.Examine = func(context.Context) []screenstation.Check {
			return []screenstation.Check{{ID: "disk", State: widgets.LinkUp, Text: "41 GB free"},
				{ID: "clock", State: widgets.LinkDown, Text: "41 s behind", Next: "set the clock"}}
		}
	})
	demo := func(where string) {
		t.Helper()
		if !strings.Contains(strings.Join(strings.Fields(o.text()), " "), "DEMO: nothing is kept, not for care.") {
			t.Errorf("%s does not say that it is a demonstration:\n%s", where, o.text())
		}
	}
	demo("sign-in")
	o.signIn("chen", password)
	o.until("OKOYE")
	o.user()
	o.choose("How this station stands")
	o.until("This station, WS-1")
	demo("the station's screen")
	o.until("Wardlight 1.2.3")
	o.until("answers in")
	o.tap(o.win.Canvas().Content(), "Look everything over")
	o.until("1 of 2 need IT now")
	o.until("→ set the clock")
	o.coverNow()
	demo("the cover")
	o.lock()
	o.wait("the lock", func() bool { return o.shell.Place() == shell.SignIn })
	demo("the lock")
}
