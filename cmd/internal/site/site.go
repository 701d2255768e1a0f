// Package site opens the installation that a program works on: one folder with
// the record and a configuration without secrets, the keyring that holds the
// secrets, and Redis if the configuration names one.
package site

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/desktop/sessionbus"
	"github.com/wardlight/wardlight/app/live"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/redisx"
)

// RecordName is the record's file in a site's folder.
const RecordName = "record.db"

// RedisPassword names the secret with which this site signs in to Redis.
const RedisPassword = "redis-password"

// SentinelPassword names the secret with which this site signs in to the Sentinels.
const SentinelPassword = "sentinel-password"

// RecordPassword names the secret with which this site signs in to PostgreSQL.
const RecordPassword = "record-password"

// RecordCertificate names the certificate and its key (PEM) that this station
// shows to PostgreSQL.
const RecordCertificate = "record-certificate"

// DefaultDir is the site's folder where nobody names another.
func DefaultDir() string {
	if dir, err := os.UserConfigDir(); err == nil {
		return filepath.Join(dir, "wardlight")
	}
	return ".wardlight"
}

// Options say which site is opened.
type Options struct {
	Data   string       // the site's folder; made, for its owner only, if missing
	Logger *slog.Logger // nil: discard
	// UpgradeRecord lets Open change the schema of a shared record that an older
	// program made: see [records.Options].
	UpgradeRecord bool
}

// Site is an open installation. Its parts are safe for concurrent use.
type Site struct {
	Dir    string // absolute
	Config Config
	From   Sources // which file made which setting
	Record *records.Store
	Redis  *redisx.Client // nil if the site has none
	Vault  keyring.Store

	logger   *slog.Logger
	mu       sync.Mutex
	password string // of Redis, once the keyring gave it
}

// Open opens a site. It does not dial Redis and does not ask the keyring for it:
// both may be away and the record is worked on all the same. A record in
// PostgreSQL is dialled, with its password from the keyring.
func Open(ctx context.Context, o Options) (*Site, error) {
	s, err := Prepare(o)
	if err != nil {
		return nil, err
	}
	if s.Record, err = records.Open(ctx, s.RecordOptions(o)); err != nil {
		return nil, err
	}
	if len(s.Config.Redis.Addrs) > 0 {
		if err = s.OpenRedis(); err != nil {
			return nil, errors.Join(err, s.Record.Close())
		}
	}
	return s, nil
}

// OpenRedis makes the site's client, for those who prepared the site; it does
// not dial.
func (s *Site) OpenRedis() error {
	cfg, err := s.RedisConfig()
	if err != nil {
		return err
	}
	if s.Redis, err = redisx.Open(cfg); err != nil {
		return fmt.Errorf("%w: redis: %w", ErrConfig, err)
	}
	return nil
}

// Prepare is [Open] without the record and Redis, for those who replace the
// record. It opens nothing that must be closed.
func Prepare(o Options) (*Site, error) {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	dir, err := filepath.Abs(o.Data)
	if err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("site: %w", err)
	}
	s := &Site{Dir: dir, logger: o.Logger}
	if s.Config, s.From, err = LoadConfig(dir); err != nil {
		return nil, err
	}
	useBus(s.Config.KeyringBus)
	s.Vault = openVault(s.Config, dir)
	if s.Config.Station == "" {
		s.Config.Station, _ = os.Hostname() // a nameless computer stays nameless
	}
	return s, nil
}

// RecordOptions say where the site's record is, and give it its keys.
func (s *Site) RecordOptions(o Options) records.Options {
	out := records.Options{Logger: o.Logger, DSN: s.Config.Record.DSN, Upgrade: o.UpgradeRecord,
		Authority: s.Config.Here.Authority,
		Writer:    s.Config.Station, Seal: seal{s.Vault, s.Config.Station}}
	if out.DSN == "" {
		out.Path = filepath.Join(s.Dir, RecordName)
		out.Key = func(ctx context.Context) ([]byte, error) { return s.recordKey(ctx, out.Path) }
		return out
	}
	out.Password = func(ctx context.Context) (string, error) { return s.recordSecret(ctx, RecordPassword) }
	out.Certificate = func(ctx context.Context) ([]byte, error) {
		text, err := s.recordSecret(ctx, RecordCertificate)
		return []byte(text), err
	}
	return out
}

// HasRecord reports whether there is a record to open: a shared one, or this
// folder's.
func (s *Site) HasRecord() bool {
	if s.Config.Record.DSN != "" {
		return true
	}
	info, err := os.Stat(filepath.Join(s.Dir, RecordName))
	return err == nil && info.Size() > 0
}

// recordSecret is asked for each new connection to PostgreSQL: a password, or a
// certificate with its key. Without an answer none is sent: the server may know
// the station by the other one or by its user, and says so if it does not.
func (s *Site) recordSecret(ctx context.Context, name string) (string, error) {
	secret, err := s.Vault.Get(ctx, name)
	if err != nil && !errors.Is(err, keyring.ErrNotFound) {
		s.logger.WarnContext(ctx, "secret for the record", "name", name, "err", err)
	}
	return secret, ctx.Err()
}

// RedisConfig is how this site dials Redis, secrets from the keyring included.
func (s *Site) RedisConfig() (redisx.Config, error) {
	c := s.Config.Redis
	secure, err := s.redisTLS()
	if err != nil {
		return redisx.Config{}, err
	}
	cfg := redisx.Config{Addrs: c.Addrs, MasterName: c.Master, Cluster: c.Cluster, TLS: secure,
		Username: c.Username, SentinelUsername: c.SentinelUsername, Name: s.Config.Station, Logger: s.logger}
	if c.Username != "" {
		cfg.Password = s.redisPassword
	}
	if c.SentinelUsername != "" {
		cfg.SentinelPassword = func() string { return s.secret(SentinelPassword) }
	}
	return cfg, nil
}

// redisPassword is asked for each new connection. The keyring is asked until it
// has answered once: it may be locked when the program starts. A rotated
// password is met by a restart.
func (s *Site) redisPassword() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.password != "" {
		return s.password
	}
	s.password = s.secret(RedisPassword)
	return s.password
}

// secret asks the keyring once; "" if it has no answer.
func (s *Site) secret(name string) string {
	// The dial that asks has no context to give; the keyring has its own limit.
	ctx, cancel := context.WithTimeout(context.Background(), keyring.Limit)
	defer cancel()
	secret, err := s.Vault.Get(ctx, name)
	if err != nil {
		s.logger.Warn("a secret is missing", "secret", name, "err", err)
	}
	return secret
}

// Close closes what Open opened.
func (s *Site) Close() error {
	var err error
	if s.Redis != nil {
		err = s.Redis.Close()
	}
	if s.Record != nil {
		err = errors.Join(err, s.Record.Close())
	}
	return err
}

// KeyringService names the keyring entries of the site in dir: two sites of one
// user do not see each other's secrets.
func KeyringService(dir string) string {
	sum := sha256.Sum256([]byte(dir))
	return "wardlight:" + hex.EncodeToString(sum[:6])
}

// useBus points this process at the site's own session bus while that is there.
// It goes before the login's bus: only a site whose login has no keyring names
// one, and a login may well have a bus without a keyring on it.
func useBus(address string) {
	path, ok := strings.CutPrefix(address, "unix:path=")
	if !ok {
		return
	}
	path, _, _ = strings.Cut(path, ",")
	if info, err := os.Stat(path); err == nil && info.Mode()&os.ModeSocket != 0 {
		_ = os.Setenv(sessionbus.EnvAddress, address) // fails for a NUL only, which no path holds
	}
}

// IntakeChannel is where other systems publish a ward's alerts.
func IntakeChannel(k redisx.Keys, ward string) string { return live.Intake(k, ward) }

// Events is the stream that carries a ward's alert moves.
func Events(c *redisx.Client, ward string) *redisx.Feed { return live.Feed(c, ward) }

// Kick tells whoever relays that the record has something new. It is a hint
// only: without it the relay looks by itself within its interval.
func (s *Site) Kick(ctx context.Context) error {
	if s.Redis == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	return s.Redis.Publish(ctx, live.KickChannel(s.Redis), nil)
}
