package site

import (
	"crypto"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/trust"
	"github.com/wardlight/wardlight/app/trust/trusttest"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// pemOf is a certificate as a file has it.
func pemOf(c tls.Certificate) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Certificate[0]})
}

func keyOf(t *testing.T, c tls.Certificate) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(c.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

// station prepares a site that dials addr with these certificates.
func station(t *testing.T, addr, master string, ca []byte, own *tls.Certificate) *Site {
	t.Helper()
	dir := t.TempDir()
	text := fmt.Sprintf("alone = true\n[redis]\naddrs = [%q]\nmaster = %q\n[redis.tls]\nca = %q\n", addr, master,
		put(t, string(ca), dir, "ca.crt"))
	if own != nil {
		text += fmt.Sprintf("cert = %q\n", put(t, string(pemOf(*own)), dir, "own.crt"))
	}
	put(t, text, dir, ConfigName)
	s, err := Prepare(Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	s.Vault = keyring.Memory()
	if own != nil {
		if err := s.Vault.Set(t.Context(), RedisKey, keyOf(t, *own)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.OpenRedis(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// serveTLS starts a Redis, or a Sentinel over a Redis, that shows a certificate
// and wants one of ca.
func serveTLS(t *testing.T, sentinel bool, ca *trusttest.Authority, shows, mayAsk tls.Certificate,
	more ...string) (addr, master string) {
	t.Helper()
	dir := t.TempDir()
	cert, key, file := trusttest.Files(t, dir, "server-", shows, ca)
	cfg := redistest.ServerConfig{Dir: dir, Sentinel: sentinel,
		// Only asks whether the server is up: what it shows is bad on purpose.
		TLS: &tls.Config{InsecureSkipVerify: true, Certificates: []tls.Certificate{mayAsk}},
		Config: append([]string{"tls-cert-file " + cert, "tls-key-file " + key, "tls-ca-cert-file " + file,
			"tls-auth-clients yes", "tls-replication yes"}, more...)}
	if sentinel {
		_, port, _ := strings.Cut(watched(t).Addr(), ":")
		master = "ward"
		cfg.Config = append(cfg.Config, "sentinel monitor ward 127.0.0.1 "+port+" 1")
	}
	s, err := redistest.Run(t.Context(), cfg)
	if errors.Is(err, redistest.ErrNoServer) {
		t.Skip(err)
	} else if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s.Addr(), master
}

// watched is what the Sentinel watches. It is never reached.
func watched(t *testing.T) *redistest.TestServer {
	return redistest.Start(t, redistest.Options{})
}

// Each bad certificate is refused at Redis, at a Sentinel and at the record's
// PostgreSQL, with its own reason in one plain sentence, and the good one is not. Red with Strong left out of the
// settings (the weak key is let in), with TLS 1.2 allowed (the old server is), and
// with InsecureSkipVerify (most are).
func TestBadCertificatesAreRefused(t *testing.T) {
	redisx.LogTo(slog.New(slog.DiscardHandler))
	// Debian's OpenSSL does not load a weak key otherwise.
	conf := filepath.Join(t.TempDir(), "openssl.cnf")
	if err := os.WriteFile(conf,
		[]byte("openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\nCipherString = DEFAULT@SECLEVEL=0\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("OPENSSL_CONF", conf)
	ca, other := trusttest.New(t, "Ward CA"), trusttest.New(t, "Other CA")
	good, own, foreign := ca.Issue("redis.example"), ca.Issue("ws"), other.Issue("ws")
	leaf := signedByLeaf(t, ca)
	database := postgres(t)
	for _, c := range []struct {
		name    string
		shows   tls.Certificate
		trusted []byte
		own     *tls.Certificate
		more    []string
		plain   bool
		want    error
		says    string
	}{
		{name: "good", shows: good, own: &own},
		{name: "expired", shows: ca.Issue("redis.example", trusttest.Expired), own: &own, want: trust.ErrExpired,
			says: "expired on"},
		{name: "not yet valid", shows: ca.Issue("redis.example", trusttest.NotYet), own: &own,
			want: trust.ErrNotYetValid, says: "is not valid before"},
		{name: "wrong authority", shows: other.Issue("redis.example"), own: &own, want: trust.ErrWrongAuthority,
			says: "signed by an authority (Other CA)"},
		{name: "wrong name", shows: ca.Issue("redis.example", trusttest.Elsewhere), own: &own, want: trust.ErrWrongName,
			says: "is not for 127.0.0.1"},
		{name: "self-signed", shows: trusttest.SelfSigned(t, "redis.example"), own: &own, want: trust.ErrSelfSigned,
			says: "itself"},
		{name: "weak key", shows: ca.IssueFor(trusttest.WeakKey(t), "redis.example"), own: &own, want: trust.ErrWeak,
			says: "can be forged"},
		{name: "signed by SHA-1", shows: ca.Issue("redis.example", trusttest.Sha1), own: &own, want: trust.ErrWeak,
			says: "can be forged"},
		{name: "no client certificate", shows: good, want: trust.ErrNoClientCertificate, says: "has none to show"},
		{name: "foreign client certificate", shows: good, own: &foreign, want: trust.ErrForeignClientCertificate,
			says: "does not accept this station's certificate"},
		{name: "TLS 1.2 only", shows: good, own: &own, more: []string{`tls-protocols "TLSv1.2"`}, want: trust.ErrOldTLS,
			says: "no longer safe"},
		{name: "plaintext", plain: true, own: &own, want: trust.ErrNoTLS, says: "does not speak TLS"},
		{name: "authority is none", shows: leaf.issued, trusted: leaf.pem, own: &own, want: trust.ErrWrongAuthority,
			says: "does not trust"},
		{name: "wrong key usage", shows: ca.Issue("redis.example", trusttest.ClientOnly), own: &own,
			want: trust.ErrUnfit, says: "not made for a server"},
	} {
		want, says := c.want, c.says
		for _, at := range []string{"redis", "sentinel", "postgres"} {
			name, sentinel := c.name+" at "+at, at == "sentinel"
			var addr, master string
			trusted := c.trusted
			if trusted == nil {
				trusted = ca.PEM
			}
			if at == "postgres" {
				if database == nil {
					continue // said at its start
				}
				check(t, name, knock(t, database, ca, c.shows, trusted, c.own, c.plain, len(c.more) > 0), want, says)
				continue
			}
			if c.plain {
				if addr = watched(t).Addr(); sentinel {
					master = "ward"
				}
			} else {
				addr, master = serveTLS(t, sentinel, ca, c.shows, own, c.more...)
			}
			_, err := station(t, addr, master, trusted, c.own).Redis.Ping(t.Context())
			if c.want == nil && sentinel { // it is let in, and the plain primary behind it is not
				check(t, name, err, trust.ErrNoTLS, "does not speak TLS")
				continue
			}
			check(t, name, err, want, says)
		}
	}
}

// check holds an error against the reason it must have.
func check(t *testing.T, name string, err, want error, says string) {
	t.Helper()
	got := trust.Explain(err)
	if reason := trust.Reason(err); reason != want || !strings.Contains(got, says) || (want == nil) != (err == nil) {
		t.Errorf("%s: %q (%v)\nwant %v", name, got, err, want)
	}
	if strings.Count(got, ". ") > 0 || strings.HasSuffix(got, ".") {
		t.Errorf("%s: more than a sentence: %q", name, got)
	}
}

type byLeaf struct {
	issued tls.Certificate
	pem    []byte
}

// signedByLeaf is a server's certificate that another server's certificate signed,
// which a site takes for its authority.
func signedByLeaf(t *testing.T, ca *trusttest.Authority) byLeaf {
	t.Helper()
	signer := ca.Issue("leaf", func(c *x509.Certificate) { c.BasicConstraintsValid = true })
	parent, err := x509.ParseCertificate(signer.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	template := *parent
	template.RawSubject, template.Subject.CommonName, template.DNSNames = nil, "redis.example",
		[]string{"redis.example"}
	key := ca.Issue("redis.example").PrivateKey.(crypto.Signer)
	der, err := x509.CreateCertificate(rand.Reader, &template, parent, key.Public(), signer.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	return byLeaf{tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pemOf(signer)}
}

// A key that the keyring does not give is said, not passed over in silence.
func TestKeyComesFromTheKeyring(t *testing.T) {
	ca := trusttest.New(t, "Ward CA")
	own, another := ca.Issue("ws"), ca.Issue("ws")
	addr, _ := serveTLS(t, false, ca, ca.Issue("redis.example"), own)
	s := station(t, addr, "", ca.PEM, &own)
	for what, want := range map[string]string{"": "not in the keyring", "no key": "the private key is none",
		keyOf(t, another): "the private key does not belong to the certificate"} {
		_ = s.Vault.Delete(t.Context(), RedisKey)
		if what != "" {
			if err := s.Vault.Set(t.Context(), RedisKey, what); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := s.Redis.Ping(t.Context()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if err := s.Vault.Set(t.Context(), RedisKey, keyOf(t, own)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Redis.Ping(t.Context()); err != nil {
		t.Errorf("with the key, in the same program: %v", err)
	}
}
