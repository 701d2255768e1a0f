package sandbox

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Keyring starts an unlocked gnome-keyring on the bus. Its secrets lie encrypted
// under dataDir, so that a later run with the same password finds them. ctx
// bounds the start only; the keyring ends with the bus.
func Keyring(ctx context.Context, b *Bus, dataDir, password string) error {
	if password == "" {
		return errors.New("sandbox: a keyring needs a password")
	}
	if err := os.MkdirAll(filepath.Join(dataDir, "keyrings"), 0o700); err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	control := filepath.Join(b.Dir, "keyring")
	return b.serve(ctx, secretService, "gnome-keyring-daemon",
		[]string{"XDG_DATA_HOME=" + dataDir, "DISPLAY=", "WAYLAND_DISPLAY="},
		// On standard input: an argument would be seen by every user.
		func(c *exec.Cmd) { c.Stdin = strings.NewReader(password) },
		"--foreground", "--unlock", "--components=secrets", "--control-directory="+control)
}

// DemoPassword returns the password of the demo's keyring, made at random on the
// first call and kept in dataDir, readable by this user alone.
//
// A password in a file beside what it protects protects nothing: whoever reads
// one reads the other. It is acceptable for the demo only, whose patients are
// simulated and whose station would otherwise ask for a second password at every
// start, or remember nothing. A real station uses its user's own keyring, which
// the login unlocks, or remembers nothing.
func DemoPassword(dataDir string) (string, error) {
	if err := os.MkdirAll(dataDir, 0o700); err != nil {
		return "", fmt.Errorf("sandbox: %w", err)
	}
	file := filepath.Join(dataDir, "demo-keyring-password")
	kept, err := os.ReadFile(file)
	switch {
	case err == nil && len(kept) > 0:
		return string(kept), nil
	case err == nil:
		return "", fmt.Errorf("sandbox: %s is empty: remove it and the keyring beside it", file)
	case !errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("sandbox: %w", err)
	}
	password := rand.Text()
	// Linked into place whole: a cut file would lock the keyring for good, and
	// of two runs that start at once the second must use the first's.
	f, err := os.CreateTemp(dataDir, ".password-*") // 0600
	if err != nil {
		return "", fmt.Errorf("sandbox: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(password)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", fmt.Errorf("sandbox: %w", err)
	}
	if err := os.Link(f.Name(), file); errors.Is(err, fs.ErrExist) {
		return DemoPassword(dataDir)
	} else if err != nil {
		return "", fmt.Errorf("sandbox: %w", err)
	}
	return password, nil
}
