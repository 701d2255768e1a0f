// Package keyring keeps the station's few secrets in the operating system's
// keyring: Secret Service on Linux, Credential Manager on Windows, the login
// keychain on macOS.
//
// The library underneath has no context, waits for an unlock prompt for ever and
// may panic on odd daemons. [Open] wraps it: every call is bounded by [Limit],
// one call runs at a time in the whole process, and a call that was given up
// leaves no secret behind. A secret never appears in an error, a log or a file.
//
// What this protects against is other users of the machine. Any program of the
// same user can read an unlocked keyring; on Linux the secret crosses the
// user's own bus in the clear.
package keyring

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// Store keeps secrets by name.
type Store interface {
	// Get returns the secret, or [ErrNotFound].
	Get(ctx context.Context, name string) (string, error)
	// Set stores the secret, replacing an earlier one. After an error the
	// earlier secret may be gone but the new one is not kept.
	Set(ctx context.Context, name, secret string) error
	// Delete removes the secret, or returns [ErrNotFound].
	Delete(ctx context.Context, name string) error
}

// Errors of every Store; test with errors.Is. Other errors mean that the
// keyring failed in a way this package does not know.
var (
	// ErrNotFound means that nothing is stored under the name.
	ErrNotFound = errors.New("not in the keyring")
	// ErrLocked means that the keyring is there and stayed locked.
	ErrLocked = errors.New("keyring is locked")
	// ErrAbsent means that this login has no keyring.
	ErrAbsent = errors.New("no keyring")
	// ErrTimeout means that the keyring did not answer in time; it may be
	// waiting for its user to answer an unlock prompt.
	ErrTimeout = errors.New("keyring does not answer")
	// ErrTooBig means that the secret exceeds [MaxSecret].
	ErrTooBig = errors.New("secret too big for the keyring")
	// ErrName means that the name is empty, too long or not plain text.
	ErrName = errors.New("not a name for a secret")
)

// Bounds that hold on every system: Windows refuses secrets above 2,560 bytes,
// macOS above about 3,000.
const (
	MaxSecret = 2000 // bytes
	MaxName   = 200  // bytes
	// Limit is how long one call may take, waiting for its turn included. A
	// shorter deadline of the caller wins.
	Limit = 3 * time.Second
)

// check refuses what some system's keyring would cut, misread or refuse.
func check(name, secret string) error {
	if name == "" || len(name) > MaxName || !utf8.ValidString(name) ||
		strings.IndexFunc(name, unicode.IsControl) >= 0 {
		return ErrName
	}
	if len(secret) > MaxSecret {
		return fmt.Errorf("%w: %d bytes, at most %d", ErrTooBig, len(secret), MaxSecret)
	}
	return nil
}

// Memory returns a store that keeps secrets in this process alone and forgets
// them with it: "do not remember", and shared workstations.
func Memory() Store {
	return &memory{secrets: make(map[string]string)}
}

type memory struct {
	mu      sync.Mutex
	secrets map[string]string
}

func (m *memory) Get(ctx context.Context, name string) (string, error) {
	if err := errors.Join(ctx.Err(), check(name, "")); err != nil {
		return "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	secret, ok := m.secrets[name]
	if !ok {
		return "", ErrNotFound
	}
	return secret, nil
}

func (m *memory) Set(ctx context.Context, name, secret string) error {
	if err := errors.Join(ctx.Err(), check(name, secret)); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.secrets[name] = secret
	return nil
}

func (m *memory) Delete(ctx context.Context, name string) error {
	if err := errors.Join(ctx.Err(), check(name, "")); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, ok := m.secrets[name]; !ok {
		return ErrNotFound
	}
	delete(m.secrets, name)
	return nil
}
