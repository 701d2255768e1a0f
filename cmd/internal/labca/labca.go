// Package labca is a certificate authority for trying a secured site out: ECDSA
// P-256, a year, its key in a file. A hospital has an authority of its own, whose
// key lies in no file.
package labca

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// Valid is how long certificates hold.
const Valid = 365 * 24 * time.Hour

// Names of the authority's files in its folder.
const (
	CertFile = "ca.crt"
	KeyFile  = "ca.key"
)

// ErrName means that something cannot be called so.
var ErrName = errors.New("lab authority: not a name")

// CA is an opened authority.
type CA struct {
	dir  string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// Open opens the authority in dir, or makes one there.
func Open(dir string) (*CA, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("lab authority: %w", err)
	}
	a := &CA{dir: dir}
	key, err := os.ReadFile(filepath.Join(dir, KeyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return a, a.make()
	} else if err != nil {
		return nil, fmt.Errorf("lab authority: %w", err)
	}
	cert, err := os.ReadFile(filepath.Join(dir, CertFile))
	if err != nil {
		return nil, fmt.Errorf("lab authority: %w", err)
	}
	return a, a.load(cert, key)
}

func (a *CA) load(certText, keyText []byte) error {
	c, _ := pem.Decode(certText)
	k, _ := pem.Decode(keyText)
	if c == nil || k == nil {
		return fmt.Errorf("lab authority: %s holds none", a.dir)
	}
	cert, err := x509.ParseCertificate(c.Bytes)
	if err != nil {
		return fmt.Errorf("lab authority: %w", err)
	}
	key, err := x509.ParsePKCS8PrivateKey(k.Bytes)
	if err != nil {
		return errors.New("lab authority: the key cannot be read")
	}
	own, ok := key.(*ecdsa.PrivateKey)
	if !ok || !own.PublicKey.Equal(cert.PublicKey) || !cert.IsCA {
		return fmt.Errorf("lab authority: %s and %s do not belong together", CertFile, KeyFile)
	}
	a.cert, a.key = cert, own
	return nil
}

func (a *CA) make() error {
	template, key, err := fill("Wardlight lab authority, not for care")
	if err != nil {
		return err
	}
	template.IsCA, template.BasicConstraintsValid, template.MaxPathLenZero = true, true, true
	template.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return fmt.Errorf("lab authority: %w", err)
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		return fmt.Errorf("lab authority: %w", err)
	}
	a.key = key
	return a.write("ca", der, key)
}

var fileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,60}$`)

// Server makes NAME.crt and NAME.key for a server that is reached by hosts: names
// and addresses. Servers also show it to each other, as replicas do.
func (a *CA) Server(name string, hosts []string) error {
	return a.issue(name, hosts, x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth)
}

// Client makes NAME.crt and NAME.key for a station.
func (a *CA) Client(name string) error { return a.issue(name, nil, x509.ExtKeyUsageClientAuth) }

func (a *CA) issue(name string, hosts []string, uses ...x509.ExtKeyUsage) error {
	if !fileName.MatchString(name) || name == "ca" {
		return fmt.Errorf("%w: %q: letters, digits, dots and dashes", ErrName, name)
	}
	template, key, err := fill(name)
	if err != nil {
		return err
	}
	template.KeyUsage, template.ExtKeyUsage = x509.KeyUsageDigitalSignature, uses
	if template.NotAfter.After(a.cert.NotAfter) {
		template.NotAfter = a.cert.NotAfter
	}
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else if fileName.MatchString(h) {
			template.DNSNames = append(template.DNSNames, h)
		} else {
			return fmt.Errorf("%w: %q is no host and no address", ErrName, h)
		}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	if err != nil {
		return fmt.Errorf("lab authority: %w", err)
	}
	return a.write(name, der, key)
}

func fill(name string) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("lab authority: %w", err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, nil, fmt.Errorf("lab authority: %w", err)
	}
	now := time.Now()
	return &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: name},
		NotBefore: now.Add(-5 * time.Minute), NotAfter: now.Add(Valid)}, key, nil
}

// write makes both files and replaces none.
func (a *CA) write(name string, der []byte, key *ecdsa.PrivateKey) error {
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return fmt.Errorf("lab authority: %w", err)
	}
	if err := a.file(name+".key", 0o600, "PRIVATE KEY", secret); err != nil {
		return err
	}
	return a.file(name+".crt", 0o644, "CERTIFICATE", der)
}

func (a *CA) file(name string, mode fs.FileMode, kind string, der []byte) error {
	f, err := os.OpenFile(filepath.Join(a.dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("lab authority: %w", err)
	}
	err = pem.Encode(f, &pem.Block{Type: kind, Bytes: der})
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("lab authority: %w", err)
	}
	return nil
}
