// Package sessionbus finds and connects to the desktop's D-Bus session bus
// without ever starting one.
//
// The D-Bus library runs dbus-launch where it finds no bus: every process of a
// station without a desktop session would leave a stray daemon behind, and the
// second call on it was seen to hang. Whoever talks to the session bus in this
// program therefore asks here first.
package sessionbus

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/godbus/dbus/v5"
)

// ErrNone means that this login has no session bus.
var ErrNone = errors.New("no D-Bus session bus")

// EnvAddress is the environment variable that names the bus.
const EnvAddress = "DBUS_SESSION_BUS_ADDRESS"

// Address returns the session bus's address from the environment or from its
// usual socket, or [ErrNone]. It starts nothing and connects to nothing.
func Address() (string, error) {
	if a := os.Getenv(EnvAddress); a != "" && a != "autolaunch:" {
		return a, nil
	}
	dirs := []string{os.Getenv("XDG_RUNTIME_DIR"), "/run/user/" + strconv.Itoa(os.Getuid())}
	for _, dir := range dirs {
		if !filepath.IsAbs(dir) {
			continue
		}
		socket := filepath.Join(dir, "bus")
		if info, err := os.Stat(socket); err == nil && info.Mode()&os.ModeSocket != 0 {
			return "unix:path=" + dbus.EscapeBusAddressValue(socket), nil
		}
	}
	return "", ErrNone
}

// Connect opens a private connection to the session bus. ctx bounds the
// connecting only; the caller closes the connection. It is private because on a
// shared one every user receives every other's signals.
func Connect(ctx context.Context) (*dbus.Conn, error) {
	address, err := Address()
	if err != nil {
		return nil, err
	}
	return ConnectTo(ctx, address)
}

// ConnectTo is [Connect] for a bus at a known address.
func ConnectTo(ctx context.Context, address string) (*dbus.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	// A stopped daemon accepts the connection and never answers the greeting:
	// cancelling the connection's own context closes the socket under it.
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	disarm := context.AfterFunc(ctx, end)
	conn, err := dbus.Connect(address, dbus.WithContext(life))
	intime := disarm()
	switch {
	case err != nil:
		end()
		if ctx.Err() != nil {
			return nil, fmt.Errorf("session bus: %w", ctx.Err())
		}
		return nil, fmt.Errorf("session bus: %w", err)
	case !intime:
		_ = conn.Close()
		return nil, fmt.Errorf("session bus: %w", ctx.Err())
	}
	return conn, nil
}

// Owned reports whether name has an owner on the bus, or, if startable is set,
// could be started by it on demand.
func Owned(ctx context.Context, conn *dbus.Conn, name string, startable bool) (bool, error) {
	var owned bool
	const bus = "org.freedesktop.DBus."
	if err := conn.BusObject().CallWithContext(ctx, bus+"NameHasOwner", 0, name).Store(&owned); err != nil {
		return false, fmt.Errorf("session bus: %w", err)
	}
	if owned || !startable {
		return owned, nil
	}
	var names []string
	if err := conn.BusObject().CallWithContext(ctx, bus+"ListActivatableNames", 0).Store(&names); err != nil {
		return false, fmt.Errorf("session bus: %w", err)
	}
	for _, n := range names {
		if n == name {
			return true, nil
		}
	}
	return false, nil
}
