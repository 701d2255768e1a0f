package enroll

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/trust"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// Errors of Enroll.
var (
	// ErrKeyring means that the keyring takes no secrets now; the text says what
	// to do.
	ErrKeyring = errors.New("enroll: keyring")
	// ErrLink means that a link does not work with these secrets, so that
	// nothing was kept.
	ErrLink = errors.New("enroll: link")
)

// Needed are the secrets that a site's configuration asks for.
func Needed(c site.Config) []string {
	var names []string
	if c.Redis.Username != "" {
		names = append(names, site.RedisPassword)
	}
	if c.Redis.TLS.Cert != "" {
		names = append(names, site.RedisKey)
	}
	if c.Redis.SentinelUsername != "" {
		names = append(names, site.SentinelPassword)
	}
	if c.Directory.URL != "" {
		names = append(names, site.DirectoryPassword)
	}
	return names
}

// Ready says whether the keyring takes secrets, within [keyring.Limit].
func Ready(ctx context.Context, s *site.Site) error {
	if s.Config.Secrets == site.FromSystemd {
		return fmt.Errorf(
			"%w: this site's secrets come from systemd: encrypt each with systemd-creds and name it in the service's LoadCredentialEncrypted=", ErrKeyring)
	}
	switch keyring.Probe(ctx, s.Vault) {
	case keyring.OK:
		return nil
	case keyring.Locked:
		return fmt.Errorf("%w: it is locked: unlock it, or sign in to the desktop with a password", ErrKeyring)
	case keyring.Hanging:
		return fmt.Errorf("%w: it does not answer: answer its unlock prompt, or restart it", ErrKeyring)
	}
	return fmt.Errorf("%w: this login has none: install and start a Secret Service (gnome-keyring), or use systemd's credentials (`wardctl config explain secrets`)", ErrKeyring)
}

// Link is one link that was tried.
type Link struct {
	Name string
	Err  error // nil: it works
}

// Enroll tries each link with the secrets and, if all work or force is set, puts
// them into the keyring and writes that down in the record's audit trail. Nothing
// is kept of secrets that a link refuses. It closes what it opens; s is prepared,
// not open.
func Enroll(ctx context.Context, s *site.Site, secrets map[string]string, force bool) ([]Link, error) {
	if err := Ready(ctx, s); err != nil {
		return nil, err
	}
	if key, has := secrets[site.RedisKey]; has && s.Config.Redis.TLS.Cert != "" {
		cert, err := os.ReadFile(s.Config.Redis.TLS.Cert)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrLink, err)
		}
		if _, err := site.Pair(cert, []byte(key)); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrLink, s.Config.Redis.TLS.Cert, err)
		}
	}
	kept := s.Vault
	s.Vault = overlay{kept, secrets}
	defer func() { s.Vault = kept }()
	defer s.Close() //nolint:errcheck // nothing was written through it but the audit, which says so itself
	links, err := try(ctx, s)
	if err != nil && !force {
		return links, err
	}
	for _, name := range Names {
		secret, has := secrets[name]
		if !has {
			continue
		}
		if err := kept.Set(ctx, name, secret); err != nil {
			return links, fmt.Errorf("%w: %w", ErrKeyring, err)
		}
	}
	return links, note(ctx, s, secrets)
}

// try opens the record and Redis. Both are left open in s.
func try(ctx context.Context, s *site.Site) (links []Link, err error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	s.Record, err = records.Open(ctx, s.RecordOptions(site.Options{}))
	links = append(links, Link{"record", err})
	if len(s.Config.Redis.Addrs) > 0 {
		err = s.OpenRedis()
		if err == nil {
			_, err = s.Redis.Ping(ctx)
		}
		links = append(links, Link{"redis", err})
	}
	switch d, err := s.OpenDirectory(); {
	case err != nil:
		links = append(links, Link{"directory", err})
	case d != nil:
		links = append(links, Link{"directory", d.Check(ctx)})
	}
	for _, l := range links {
		if l.Err == nil {
			continue
		}
		if sentence := trust.Explain(l.Err); sentence != "" {
			return links, fmt.Errorf("%w: %s: %s (%w)", ErrLink, l.Name, sentence, l.Err)
		}
		return links, fmt.Errorf("%w: %s: %w", ErrLink, l.Name, l.Err)
	}
	return links, nil
}

// note writes the enrolment down: which secrets, never what they are.
func note(ctx context.Context, s *site.Site, secrets map[string]string) error {
	if s.Record == nil {
		return fmt.Errorf(
			"%w: the record is away: this enrolment stands in no audit trail; enroll again when it is back", ErrLink)
	}
	var names []string
	for name := range secrets {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := s.Record.Audit(ctx, audit.Event{At: time.Now().UTC(), Actor: "wardctl", Station: s.Config.Station,
			Action: audit.ChangeConfig, Object: "secret:" + name, Outcome: audit.Done,
			Purpose: audit.SystemRun}); err != nil {
			return fmt.Errorf("enroll: audit: %w", err)
		}
	}
	return nil
}

// overlay answers with the new secrets before they are kept.
type overlay struct {
	keyring.Store
	secrets map[string]string
}

func (o overlay) Get(ctx context.Context, name string) (string, error) {
	if secret, has := o.secrets[name]; has {
		return secret, nil
	}
	return o.Store.Get(ctx, name)
}
