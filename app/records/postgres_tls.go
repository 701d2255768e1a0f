package records

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/wardlight/wardlight/app/trust"
)

// unreadable says what is wrong with a connection string. pgx takes a password
// out of its errors, but not what a malformed string may hold elsewhere; of the
// files that the string names it shows no content.
func unreadable(err error) error {
	if e, ok := errors.AsType[*pgconn.ParseConfigError](err); ok &&
		strings.Contains(e.Error(), "failed to configure TLS") {
		return fmt.Errorf("%w: its certificates cannot be used: %w", ErrUnsafe, errors.Unwrap(e))
	}
	return fmt.Errorf("%w: it cannot be read as a PostgreSQL connection string", ErrUnsafe)
}

// private refuses a way to the server that others could read or stand in, and
// shows the station's certificate on the ways that are left. A Unix socket is
// private to the machine.
func private(c *pgx.ConnConfig, own func(context.Context) ([]byte, error)) error {
	check := func(host string, t *tls.Config) error {
		switch {
		case strings.HasPrefix(host, "/"), strings.HasPrefix(host, "@"):
			return nil
		case t == nil, t.InsecureSkipVerify:
			return fmt.Errorf("%w: over a network it must ask for sslmode=verify-full", ErrUnsafe)
		}
		t.MinVersion = tls.VersionTLS13
		t.VerifyConnection = trust.Strong
		if own != nil {
			t.GetClientCertificate = shown(t.Certificates, own)
		}
		return nil
	}
	err := check(c.Host, c.TLSConfig)
	for _, f := range c.Fallbacks {
		err = errors.Join(err, check(f.Host, f.TLSConfig))
	}
	return err
}

// shown is the certificate that its holder gives, else that of the connection
// string, else none.
func shown(other []tls.Certificate, own func(context.Context) ([]byte, error)) func(
	*tls.CertificateRequestInfo) (*tls.Certificate, error) {
	return func(asked *tls.CertificateRequestInfo) (*tls.Certificate, error) {
		pem, err := own(asked.Context())
		switch {
		case err != nil:
			return nil, fmt.Errorf("records: this station's certificate: %w", err)
		case len(pem) > 0:
			pair, err := tls.X509KeyPair(pem, pem)
			if err != nil {
				// The parser's own words may hold a piece of the key.
				return nil, errors.New("records: this station's certificate, or its key, cannot be read")
			}
			return &pair, nil
		case len(other) > 0:
			return &other[0], nil
		}
		return &tls.Certificate{}, nil
	}
}
