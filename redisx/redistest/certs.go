package redistest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"time"
)

// Authority is a certificate authority made for one test. Its key exists in
// memory only.
type Authority struct {
	tb   TB
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pem  []byte
	// Pool holds the authority's certificate, for tls.Config.RootCAs.
	Pool *x509.CertPool
}

// NewAuthority makes an authority whose certificates hold for an hour.
func NewAuthority(tb TB) *Authority {
	tb.Helper()
	a := &Authority{tb: tb, Pool: x509.NewCertPool()}
	template := &x509.Certificate{
		Subject: pkix.Name{CommonName: "redistest authority"}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign,
	}
	der, key := a.sign(template)
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		tb.Fatalf("redistest: %v", err)
	}
	a.cert, a.key, a.pem = cert, key, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	a.Pool.AddCert(cert)
	return a
}

// sign completes a template and signs it: with itself if a has no key yet.
func (a *Authority) sign(template *x509.Certificate) (der []byte, key *ecdsa.PrivateKey) {
	a.tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.tb.Fatalf("redistest: %v", err)
	}
	if template.SerialNumber, err = rand.Int(rand.Reader, big.NewInt(1<<62)); err != nil {
		a.tb.Fatalf("redistest: %v", err)
	}
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Minute), time.Now().Add(time.Hour)
	parent, signer := a.cert, a.key
	if signer == nil {
		parent, signer = template, key
	}
	if der, err = x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer); err != nil {
		a.tb.Fatalf("redistest: %v", err)
	}
	return der, key
}

// Certificate is one for clients or servers of that name, and for 127.0.0.1.
func (a *Authority) Certificate(name string) tls.Certificate {
	a.tb.Helper()
	der, key := a.sign(&x509.Certificate{
		Subject: pkix.Name{CommonName: name}, DNSNames: []string{name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	})
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// Client is what a client of that name connects with: it trusts this authority
// alone and shows a certificate of it.
func (a *Authority) Client(name string) *tls.Config {
	a.tb.Helper()
	return &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: a.Pool,
		Certificates: []tls.Certificate{a.Certificate(name)}}
}

// serverFiles writes what redis-server reads, which takes its certificate, its
// key and the authority from files only. The key is worth nothing: it dies with
// the test's directory.
func (a *Authority) serverFiles(dir string) (cert, key, ca string) {
	a.tb.Helper()
	made := a.Certificate("localhost")
	der, err := x509.MarshalPKCS8PrivateKey(made.PrivateKey)
	if err != nil {
		a.tb.Fatalf("redistest: %v", err)
	}
	write := func(name string, text []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, text, 0o600); err != nil {
			a.tb.Fatalf("redistest: %v", err)
		}
		return path
	}
	return write("server.crt", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: made.Certificate[0]})),
		write("server.key", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
		write("ca.crt", a.pem)
}
