// Package enroll brings a station's secrets from a one-time file or a prompt into
// the keyring, tries each link with them, and writes down that it did.
package enroll

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// Names are the secrets that a station may have.
var Names = []string{site.RedisPassword, site.RedisKey, site.SentinelPassword, site.RecordPassword,
	site.RecordCertificate, site.DirectoryPassword}

// ErrFile means that a one-time file cannot be used; the text never holds what
// is in it.
var ErrFile = errors.New("enroll: file")

// Write makes a one-time file that its owner alone may read. It replaces none.
func Write(file string, secrets map[string]string) error {
	text, err := toml.Marshal(secrets)
	if err != nil {
		return fmt.Errorf("%w: %s cannot be written", ErrFile, file)
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFile, err)
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Sync(), f.Close())
}

// Read takes the secrets from a one-time file. One that others may read, or that
// is a link, is refused: who knows who has read it.
func Read(file string) (map[string]string, error) {
	info, err := os.Lstat(file)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%w: %s is not a plain file", ErrFile, file)
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf(
			"%w: others may read %s, so its secrets must be taken for known: make new ones (or chmod 600 it if nobody else could)", ErrFile, file)
	case info.Size() > 64<<10:
		return nil, fmt.Errorf("%w: %s is too big", ErrFile, file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	defer clear(text)
	secrets := map[string]string{}
	if err := toml.NewDecoder(bytes.NewReader(text)).Decode(&secrets); err != nil {
		return nil, fmt.Errorf("%w: %s does not hold lines of the form redis-password = \"…\"", ErrFile, file)
	}
	for name, secret := range secrets {
		if !slices.Contains(Names, name) {
			return nil, fmt.Errorf("%w: %s: unknown secret %q: use %s", ErrFile, file, name, strings.Join(Names, ", "))
		}
		if secret == "" || len(secret) > keyring.MaxSecret {
			return nil, fmt.Errorf("%w: %s: %s must have 1 to %d bytes", ErrFile, file, name, keyring.MaxSecret)
		}
	}
	if len(secrets) == 0 {
		return nil, fmt.Errorf("%w: %s is empty", ErrFile, file)
	}
	return secrets, nil
}

// Shred overwrites a one-time file and removes it. On flash storage and on file
// systems that copy, the old bytes may stay for a while: passwords that travelled
// on such a medium are best changed.
func Shred(file string) error {
	f, err := os.OpenFile(file, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("%w: %w", ErrFile, err)
	}
	info, err := f.Stat()
	if err == nil {
		noise := make([]byte, info.Size())
		rand.Read(noise) //nolint:errcheck // it never fails
		_, err = f.WriteAt(noise, 0)
	}
	return errors.Join(err, f.Sync(), f.Close(), os.Remove(file))
}
