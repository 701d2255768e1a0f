package keyring_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/desktop/keyring"
)

func TestCredentials(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, text := range map[string]string{"redis-password": "canary\n",
		"big": strings.Repeat("x", keyring.MaxSecret+1)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o400); err != nil {
			t.Fatal(err)
		}
	}
	s := keyring.Credentials(filepath.Join(dir))
	if got, err := s.Get(t.Context(), "redis-password"); got != "canary" || err != nil {
		t.Errorf("%q %v", got, err)
	}
	for name, want := range map[string]error{"nothing": keyring.ErrNotFound,
		"../" + filepath.Base(dir) + "/redis-password": keyring.ErrNotFound,
		"session-token:WS": keyring.ErrNotFound, "big": keyring.ErrTooBig, "": keyring.ErrName} {
		if _, err := s.Get(t.Context(), name); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", name, err, want)
		}
	}
	if err := s.Set(t.Context(), "redis-password", "x"); !errors.Is(err, keyring.ErrReadOnly) {
		t.Error(err)
	}
	if err := s.Delete(t.Context(), "redis-password"); !errors.Is(err, keyring.ErrReadOnly) {
		t.Error(err)
	}
	if _, err := keyring.Credentials("").Get(t.Context(), "x"); !errors.Is(err, keyring.ErrAbsent) {
		t.Error(err)
	}
}
