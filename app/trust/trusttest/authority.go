// Package trusttest makes certificates for tests, good ones and each kind of bad
// one. Keys exist in memory, and in files of the test's own folder where a
// server can read them only from there; they die with the test.
package trusttest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Authority is a certificate authority of one test.
type Authority struct {
	tb   testing.TB
	cert *x509.Certificate
	key  crypto.Signer
	// Pool holds its certificate, for tls.Config.RootCAs.
	Pool *x509.CertPool
	// PEM is its certificate.
	PEM []byte
}

// Change makes a certificate another one than a good one.
type Change func(template *x509.Certificate)

// New makes an authority of that name.
func New(tb testing.TB, name string) *Authority {
	tb.Helper()
	a := &Authority{tb: tb, Pool: x509.NewCertPool()}
	a.key = newKey(tb)
	template := fill(tb, name)
	template.IsCA, template.BasicConstraintsValid = true, true
	template.KeyUsage, template.DNSNames, template.IPAddresses, template.ExtKeyUsage = x509.KeyUsageCertSign,
		nil, nil, nil
	der, err := x509.CreateCertificate(rand.Reader, template, template, a.key.Public(), a.key)
	must(tb, err)
	a.cert, err = x509.ParseCertificate(der)
	must(tb, err)
	a.Pool.AddCert(a.cert)
	a.PEM = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	return a
}

// Issue makes a certificate for a client or a server of that name, and for
// 127.0.0.1.
func (a *Authority) Issue(name string, changes ...Change) tls.Certificate {
	a.tb.Helper()
	return a.IssueFor(newKey(a.tb), name, changes...)
}

// IssueFor is [Authority.Issue] for that key.
func (a *Authority) IssueFor(key crypto.Signer, name string, changes ...Change) tls.Certificate {
	a.tb.Helper()
	template := fill(a.tb, name)
	for _, change := range changes {
		change(template)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	must(a.tb, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// SelfSigned is a certificate that nobody vouches for.
func SelfSigned(tb testing.TB, name string) tls.Certificate {
	tb.Helper()
	template, key := fill(tb, name), newKey(tb)
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	must(tb, err)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// WeakKey is an RSA key that is too short to be trusted, and long enough for
// crypto/tls.
func WeakKey(tb testing.TB) crypto.Signer {
	tb.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 1024)
	must(tb, err)
	return key
}

// Expired ended an hour ago.
func Expired(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Hour) }

// NotYet begins in an hour.
func NotYet(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Hour) }

// ClientOnly is not made for a server.
func ClientOnly(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }

// Sha1 is signed in a way that can be forged.
func Sha1(c *x509.Certificate) { c.SignatureAlgorithm = x509.ECDSAWithSHA1 }

// Elsewhere is for another name and address.
func Elsewhere(c *x509.Certificate) {
	c.DNSNames, c.IPAddresses = []string{"elsewhere.example"}, []net.IP{net.IPv4(192, 0, 2, 7)}
}

// Files writes a certificate, its key and an authority to dir, which others may
// not read, under names that begin with prefix.
func Files(tb testing.TB, dir, prefix string, c tls.Certificate, ca *Authority) (cert, key, authority string) {
	tb.Helper()
	certText, keyText := PEM(tb, c)
	write := func(name string, text []byte) string {
		path := filepath.Join(dir, prefix+name)
		must(tb, os.WriteFile(path, text, 0o600))
		return path
	}
	return write("cert.pem", certText), write("key.pem", keyText), write("ca.pem", ca.PEM)
}

func fill(tb testing.TB, name string) *x509.Certificate {
	tb.Helper()
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	must(tb, err)
	return &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: time.Now().Add(2 * time.Hour),
		DNSNames: []string{name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
}

func newKey(tb testing.TB) crypto.Signer {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(tb, err)
	return key
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatalf("trusttest: %v", err)
	}
}
