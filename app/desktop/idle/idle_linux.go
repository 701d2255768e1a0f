package idle

import (
	"context"
	"fmt"
	"time"

	"github.com/godbus/dbus/v5"

	"github.com/wardlight/wardlight/app/desktop/sessionbus"
)

// GNOME's window manager says it in milliseconds. org.freedesktop.ScreenSaver has a
// call for it, too, of which one desktop answers in seconds and another in
// milliseconds: it is not asked, as a station must not lock by a guess.
const (
	mutter     = "org.gnome.Mutter.IdleMonitor"
	mutterPath = dbus.ObjectPath("/org/gnome/Mutter/IdleMonitor/Core")
)

// System is the desktop's own probe.
func System() Probe { return On("") }

// On is the probe of the session bus at an address; "" is the login's own.
func On(address string) Probe {
	var conn *dbus.Conn
	return func(ctx context.Context) (time.Duration, error) {
		if conn == nil || !conn.Connected() {
			var err error
			if address == "" {
				conn, err = sessionbus.Connect(ctx)
			} else {
				conn, err = sessionbus.ConnectTo(ctx, address)
			}
			if err != nil {
				conn = nil
				return 0, fmt.Errorf("%w: %w", ErrUnknown, err)
			}
		}
		var ms uint64
		err := conn.Object(mutter, mutterPath).CallWithContext(ctx, mutter+".GetIdletime",
			dbus.FlagNoAutoStart).Store(&ms)
		if err != nil {
			return 0, fmt.Errorf("%w: %w", ErrUnknown, err)
		}
		return time.Duration(min(ms, uint64((1<<63-1)/time.Millisecond))) * time.Millisecond, nil
	}
}
