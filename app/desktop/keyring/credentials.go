package keyring

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// ErrReadOnly means that this store is filled by IT and not by programs.
var ErrReadOnly = errors.New("this store of secrets is read only")

// Credentials reads the secrets that systemd hands to a service in dir
// ($CREDENTIALS_DIRECTORY), one file each: a kiosk has no keyring that somebody
// could unlock. systemd keeps them encrypted (LoadCredentialEncrypted=) and shows
// them to this service alone, in memory that is not swapped. With an empty dir
// there is no store: [ErrAbsent].
func Credentials(dir string) Store { return credentials(dir) }

type credentials string

func (c credentials) Get(ctx context.Context, name string) (string, error) {
	if err := errors.Join(ctx.Err(), check(name, "")); err != nil {
		return "", err
	}
	if c == "" {
		return "", fmt.Errorf("keyring get: %w: systemd gave this service no credentials", ErrAbsent)
	}
	if strings.ContainsAny(name, `/\:`) || strings.HasPrefix(name, ".") {
		return "", ErrNotFound // no file of that name can have been handed over
	}
	text, err := os.ReadFile(filepath.Join(string(c), name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", ErrNotFound
	case err != nil:
		return "", fmt.Errorf("keyring get: %w", err)
	case len(text) > MaxSecret:
		return "", fmt.Errorf("keyring get: %w", ErrTooBig)
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}

func (c credentials) Set(context.Context, string, string) error {
	return fmt.Errorf("keyring set: %w", ErrReadOnly)
}

func (c credentials) Delete(context.Context, string) error {
	return fmt.Errorf("keyring delete: %w", ErrReadOnly)
}
