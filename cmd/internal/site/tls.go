package site

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/trust"
)

// RedisKey names the secret that is the private key (PEM) of redis.tls.cert.
const RedisKey = "redis-key"

// ErrTLS means that a certificate or a key on this computer cannot be used.
var ErrTLS = errors.New("site: tls")

// redisTLS is how Redis is dialled, nil without TLS. The private key is asked
// for when a server wants the certificate, until the keyring has given it.
func (s *Site) redisTLS() (*tls.Config, error) {
	c := s.Config.Redis.TLS
	if c.CA == "" {
		return nil, nil
	}
	text, err := os.ReadFile(c.CA)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTLS, err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("%w: %s holds no certificate (PEM)", ErrTLS, c.CA)
	}
	out := &tls.Config{MinVersion: tls.VersionTLS13, RootCAs: pool, ServerName: c.Server,
		VerifyConnection: trust.Strong}
	if c.Cert == "" {
		return out, nil
	}
	cert, err := os.ReadFile(c.Cert)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTLS, err)
	}
	pair := &clientPair{site: s, file: c.Cert, cert: cert}
	out.GetClientCertificate = func(r *tls.CertificateRequestInfo) (*tls.Certificate,
		error) {
		return pair.get(r.Context())
	}
	return out, nil
}

// clientPair joins the certificate with its key.
type clientPair struct {
	site *Site
	file string
	cert []byte
	mu   sync.Mutex
	made *tls.Certificate
}

func (p *clientPair) get(ctx context.Context) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.made != nil {
		return p.made, nil
	}
	key, err := p.site.Vault.Get(ctx, RedisKey)
	if err != nil {
		return nil, fmt.Errorf("%w: the private key of %s: %w", ErrTLS, p.file, err)
	}
	pair, err := Pair(p.cert, []byte(key))
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrTLS, p.file, err)
	}
	p.made = &pair
	return p.made, nil
}

// Pair joins a certificate and its private key, both PEM. Its errors say nothing
// of the key.
func Pair(cert, key []byte) (tls.Certificate, error) {
	if b, _ := pem.Decode(cert); b == nil || b.Type != "CERTIFICATE" {
		return tls.Certificate{}, errors.New("the certificate is none (PEM)")
	}
	if b, _ := pem.Decode(key); b == nil {
		return tls.Certificate{}, errors.New("the private key is none (PEM)")
	} else if b.Type == "ENCRYPTED PRIVATE KEY" {
		return tls.Certificate{},
			errors.New("the private key has a passphrase: give it without, the keyring protects it")
	}
	pair, err := tls.X509KeyPair(cert, key)
	if err != nil {
		return tls.Certificate{}, errors.New("the private key does not belong to the certificate")
	}
	return pair, nil
}

// openVault is the store that the configuration names.
func openVault(c Config, dir string) keyring.Store {
	if c.Secrets == FromSystemd {
		return keyring.Credentials(os.Getenv("CREDENTIALS_DIRECTORY"))
	}
	return keyring.Open(KeyringService(dir))
}
