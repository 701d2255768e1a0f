package keyring

import (
	"os"

	"github.com/wardlight/wardlight/app/desktop/sessionbus"
)

// ready answers whether there is a session bus at all. Without one the library
// would run dbus-launch and leave its daemon behind.
func ready() error {
	address, err := sessionbus.Address()
	if err != nil {
		return err
	}
	// The library knows fewer places to look than Address does and would launch
	// a bus beside the one that runs; it sets this variable itself as well.
	if os.Getenv(sessionbus.EnvAddress) != address {
		return os.Setenv(sessionbus.EnvAddress, address)
	}
	return nil
}
