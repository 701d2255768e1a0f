package keyring

import (
	"errors"
	"os/exec"
	"strings"

	"github.com/godbus/dbus/v5"
	"github.com/zalando/go-keyring"

	"github.com/wardlight/wardlight/app/desktop/sessionbus"
)

// classify names what the library's error means, or returns nil if it does not
// know. The library has three sentinels; everything else is text.
func classify(err error) error {
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooBig
	case errors.Is(err, keyring.ErrUnsupportedPlatform), errors.Is(err, sessionbus.ErrNone):
		return ErrAbsent
	}
	var tool *exec.ExitError
	if errors.As(err, &tool) {
		return classifyExit(tool.ExitCode())
	}
	text := err.Error()
	var reply dbus.Error
	if errors.As(err, &reply) {
		text = reply.Name + " " + text
	}
	for _, known := range texts {
		for _, part := range known.parts {
			if strings.Contains(text, part) {
				return known.kind
			}
		}
	}
	return nil
}

// texts are the Secret Service's failures as godbus, dbus-daemon 1.14 and
// gnome-keyring 42 word them.
var texts = []struct {
	kind  error
	parts []string
}{
	{ErrLocked, []string{
		"failed to unlock correct collection", // no prompter, or dismissed
		"org.freedesktop.Secret.Error.IsLocked",
		"Cannot create an item in a locked collection",
		"Cannot get secret of a locked object",
	}},
	{ErrNotFound, []string{"org.freedesktop.Secret.Error.NoSuchObject"}},
	{ErrAbsent, []string{
		"was not provided by any .service files",
		"org.freedesktop.DBus.Error.ServiceUnknown",
		"org.freedesktop.DBus.Error.NameHasNoOwner",
		"org.freedesktop.DBus.Error.NoReply", // ended during the call
		"org.freedesktop.DBus.Error.Disconnected",
		"org.freedesktop.DBus.Error.Spawn.",
		"org.freedesktop.DBus.Error.TimedOut", // could not be started
		"couldn't determine address of session bus",
		"dbus-launch",
		"dial unix",
		"connection refused",
		"connection closed by user",
		"broken pipe",
		"no such file or directory",
	}},
}

// classifyExit reads the exit code of macOS's security tool: the low byte of an
// OSStatus (SecBase.h).
func classifyExit(code int) error {
	switch code {
	case 36, 51, 128: // errSecInteractionNotAllowed, errSecAuthFailed, errSecUserCanceled
		return ErrLocked
	case 44: // errSecItemNotFound
		return ErrNotFound
	case 37, 50: // errSecNoDefaultKeychain, errSecNoSuchKeychain
		return ErrAbsent
	}
	return nil
}
