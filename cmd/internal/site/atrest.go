package site

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/records"
)

// RecordKey names the keyring's entry with the key of the record's file, base64.
const RecordKey = "record-key"

// ErrNoKey means that the keyring holds no key of the record.
var ErrNoKey = errors.New("site: the keyring holds no key of the record")

// ErrBadKey means that a text is no key of a record.
var ErrBadKey = errors.New("site: not a key of a record")

// recordKey gives the key of the record's file; none if there is none. It is
// made for a new record only: one that was lost is not replaced by another.
func (s *Site) recordKey(ctx context.Context, path string) ([]byte, error) {
	key, err := s.KeyOfRecord(ctx)
	if !errors.Is(err, ErrNoKey) {
		return key, err
	}
	if info, err := os.Stat(path); s.Config.Record.Plain || err == nil && info.Size() > 0 {
		return nil, nil
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return s.MakeRecordKey(ctx)
}

// KeyOfRecord is the key in the keyring, or [ErrNoKey].
func (s *Site) KeyOfRecord(ctx context.Context) ([]byte, error) {
	text, err := s.Vault.Get(ctx, RecordKey)
	if errors.Is(err, keyring.ErrNotFound) {
		return nil, ErrNoKey
	}
	if err != nil {
		return nil, err
	}
	return parseKey(text)
}

// MakeRecordKey puts a new key into the keyring if there is none, and gives the
// one that is there.
func (s *Site) MakeRecordKey(ctx context.Context) ([]byte, error) {
	if key, err := s.KeyOfRecord(ctx); !errors.Is(err, ErrNoKey) {
		return key, err
	}
	key := make([]byte, records.KeySize)
	rand.Read(key) //nolint:errcheck // it never fails
	if err := s.Vault.Set(ctx, RecordKey, base64.StdEncoding.EncodeToString(key)); err != nil {
		return nil, err
	}
	// Two programs may start at once: the key that is kept counts.
	return s.KeyOfRecord(ctx)
}

// PutRecordKey puts a key that was kept on paper into the keyring.
func (s *Site) PutRecordKey(ctx context.Context, text string) error {
	key, err := parseKey(text)
	if err != nil {
		return err
	}
	return s.Vault.Set(ctx, RecordKey, base64.StdEncoding.EncodeToString(key))
}

// parseKey reads what [Site.RecordKeyText] wrote, whatever spaces came between.
func parseKey(text string) ([]byte, error) {
	key, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	if err != nil || len(key) != records.KeySize {
		return nil, fmt.Errorf("%w: it must be %d bytes in base64", ErrBadKey, records.KeySize)
	}
	return key, nil
}

// RecordKeyText is the key as it is written on paper.
func (s *Site) RecordKeyText(ctx context.Context) (string, error) {
	key, err := s.KeyOfRecord(ctx)
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(key), nil
}
