package site

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/desktop/keyring"
)

// The keyring's entries of the audit trail; each is followed by a mark of the
// station's name, so that a station that is renamed gets a key of its own.
const (
	AuditKey  = "audit-key"  // the private key's seed, base64
	AuditKept = "audit-kept" // the newest checkpoint, JSON
)

// seal keeps in the keyring what signs the audit trail ([audit.Seal]).
type seal struct {
	vault   keyring.Store
	station string
}

func (s seal) name(entry string) string {
	sum := sha256.Sum256([]byte(s.station))
	return entry + "-" + hex.EncodeToString(sum[:4])
}

// AuditEntries are the keyring's entries of a station's audit trail.
func AuditEntries(station string) []string {
	s := seal{station: station}
	return []string{s.name(AuditKey), s.name(AuditKept)}
}

// Key implements [audit.Seal].
func (s seal) Key(ctx context.Context) (ed25519.PrivateKey, error) {
	text, err := s.vault.Get(ctx, s.name(AuditKey))
	if errors.Is(err, keyring.ErrNotFound) {
		seed := make([]byte, ed25519.SeedSize)
		rand.Read(seed) //nolint:errcheck // it never fails
		if err := s.vault.Set(ctx, s.name(AuditKey), base64.StdEncoding.EncodeToString(seed)); err != nil {
			return nil, err
		}
		// Two programs may start at once: the one that is kept counts.
		text, err = s.vault.Get(ctx, s.name(AuditKey))
	}
	if err != nil {
		return nil, err
	}
	seed, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("site: the keyring's entry %s is not a key", s.name(AuditKey))
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// Keep implements [audit.Seal].
func (s seal) Keep(ctx context.Context, c audit.Checkpoint) error {
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return s.vault.Set(ctx, s.name(AuditKept), string(text))
}

// Kept implements [audit.Seal].
func (s seal) Kept(ctx context.Context) (c audit.Checkpoint, err error) {
	text, err := s.vault.Get(ctx, s.name(AuditKept))
	if errors.Is(err, keyring.ErrNotFound) {
		return c, audit.ErrNothingKept
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &c)
	}
	return c, err
}
