package trust_test

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/trust"
	"github.com/wardlight/wardlight/app/trust/trusttest"
)

// serve answers TLS, or plain text with a nil config, until the test ends.
func serve(t *testing.T, c *tls.Config) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	t.Cleanup(func() { _ = l.Close(); <-done })
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
			if c != nil {
				conn = tls.Server(conn, c)
			}
			_, _ = io.WriteString(conn, "+hello, I am not a handshake\r\n")
			// What the other side said is read, or it would be told of a broken
			// link in place of our alert.
			if n, ok := conn.(*tls.Conn); ok {
				_ = n.CloseWrite()
				_, _ = io.Copy(io.Discard, n.NetConn())
			}
			_ = conn.Close()
		}
	}()
	return l.Addr().String()
}

// call connects and reads, since TLS 1.3 lets a client hear only then that its
// certificate was refused.
func call(address string, c *tls.Config) error {
	conn, err := tls.DialWithDialer(&net.Dialer{Timeout: 5 * time.Second}, "tcp", address, c)
	if err != nil {
		return err
	}
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	_, err = io.ReadAll(conn)
	return errors.Join(err, conn.Close())
}

// Each way to fail has its own reason and sentence, on a real connection, and
// the good one has none.
//
// Seen red: with UnknownAuthorityError taken for a wrong authority always, the
// self-signed server; without Strong, the 1024-bit key was let in; with
// CertificateInvalidError's Expired taken as it is, the certificate of tomorrow.
func TestEachReason(t *testing.T) {
	ca, other := trusttest.New(t, "Ward CA"), trusttest.New(t, "Other CA")
	good := ca.Issue("db.example")
	mutual := func(c tls.Certificate) *tls.Config {
		return &tls.Config{Certificates: []tls.Certificate{c}, ClientCAs: ca.Pool,
			ClientAuth: tls.RequireAndVerifyClientCert}
	}
	plain := func(c tls.Certificate) *tls.Config { return &tls.Config{Certificates: []tls.Certificate{c}} }
	station := func(c ...tls.Certificate) *tls.Config {
		return &tls.Config{RootCAs: ca.Pool, ServerName: "db.example", Certificates: c, MinVersion: tls.VersionTLS12,
			VerifyConnection: trust.Strong}
	}
	old := plain(good)
	old.MinVersion, old.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	for _, c := range []struct {
		name   string
		server *tls.Config
		client *tls.Config
		want   error
		says   string
	}{
		{"good", mutual(good), station(ca.Issue("st1")), nil, ""},
		{"expired", plain(ca.Issue("db.example", trusttest.Expired)), station(), trust.ErrExpired,
			"(db.example, 127.0.0.1) expired on 20"},
		{"not yet valid", plain(ca.Issue("db.example", trusttest.NotYet)), station(), trust.ErrNotYetValid,
			"is not valid before 20"},
		{"wrong authority", plain(other.Issue("db.example")), station(), trust.ErrWrongAuthority,
			"authority (Other CA)"},
		{"wrong name", plain(ca.Issue("db.example", trusttest.Elsewhere)), station(), trust.ErrWrongName,
			"not for db.example; it is for elsewhere.example, 192.0.2.7"},
		{"self-signed", plain(trusttest.SelfSigned(t, "db.example")), station(), trust.ErrSelfSigned, "itself"},
		{"weak", plain(ca.IssueFor(trusttest.WeakKey(t), "db.example")), station(), trust.ErrWeak, "forged"},
		{"signed by SHA-1", plain(ca.Issue("db.example", trusttest.Sha1)), station(), trust.ErrWeak, "forged"},
		{"not for a server", plain(ca.Issue("db.example", trusttest.ClientOnly)), station(), trust.ErrUnfit,
			"not made for a server"},
		{"no client certificate", mutual(good), station(), trust.ErrNoClientCertificate, "enroll"},
		{"foreign client certificate", mutual(good), with(station(), other.Issue("st1")),
			trust.ErrForeignClientCertificate, "does not accept"},
		{"client certificate expired", mutual(good), station(ca.Issue("st1", trusttest.Expired)),
			trust.ErrClientExpired, "has expired"},
		{"old TLS", old, station(), trust.ErrOldTLS, "no longer safe"},
		{"no TLS", nil, station(), trust.ErrNoTLS, "does not speak TLS"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := call(serve(t, c.server), c.client)
			wrapped := fmt.Errorf("outer: %w", err)
			switch {
			case c.want == nil && err != nil:
				t.Fatal(err)
			case c.want == nil:
				return
			}
			if got := trust.Reason(wrapped); got != c.want {
				t.Errorf("%v of %v", got, err)
			}
			says := trust.Explain(wrapped)
			if !strings.Contains(says, c.says) || strings.ContainsAny(says, "\n\r") || strings.HasSuffix(says, ".") {
				t.Errorf("says %q", says)
			}
			marked := trust.Mark(wrapped)
			if !errors.Is(marked, c.want) || !errors.Is(marked, err) ||
				trust.Explain(fmt.Errorf("x: %w", marked)) != says ||
				trust.Mark(marked) != marked || !strings.HasPrefix(marked.Error(), says) {
				t.Errorf("marked %v", marked)
			}
			t.Log(says)
		})
	}
}

// with shows a certificate whether or not the server asks for its authority.
func with(c *tls.Config, cert tls.Certificate) *tls.Config {
	c.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return &cert, nil }
	return c
}

// What has nothing to do with trust is not explained by it.
func TestOthersAreLeftAlone(t *testing.T) {
	for _, err := range []error{nil, io.EOF, errors.New("trust me"),
		&net.OpError{Op: "dial", Err: errors.New("connection refused")}} {
		if trust.Reason(err) != nil || trust.Explain(err) != "" || trust.Mark(err) != err {
			t.Errorf("%v: %v %q", err, trust.Reason(err), trust.Explain(err))
		}
	}
}

// Each sentinel explains itself, with nothing else known.
func TestSentinelsExplainThemselves(t *testing.T) {
	seen := map[string]error{}
	for _, err := range []error{trust.ErrExpired, trust.ErrNotYetValid, trust.ErrWrongAuthority, trust.ErrWrongName,
		trust.ErrSelfSigned,
		trust.ErrWeak, trust.ErrUnfit, trust.ErrNoClientCertificate, trust.ErrForeignClientCertificate,
		trust.ErrClientExpired,
		trust.ErrOldTLS, trust.ErrNoTLS, trust.ErrPlaintext, trust.ErrRefused} {
		says := trust.Explain(fmt.Errorf("open: %w", err))
		if says == "" || seen[says] != nil || trust.Reason(err) != err {
			t.Errorf("%v: %q, as %v", err, says, seen[says])
		}
		seen[says] = err
	}
}

// A certificate is foreign text: what it says stays one short line of plain
// signs.
func TestHostileNames(t *testing.T) {
	bad := "evil\x1b[2J\n\u202eelpmaxe" + strings.Repeat("A", 500)
	err := x509.HostnameError{Certificate: &x509.Certificate{DNSNames: []string{bad}}, Host: "db.example"}
	says := trust.Explain(err)
	if strings.ContainsAny(says, "\x1b\n\u202e") || len(says) > 400 {
		t.Errorf("%q", says)
	}
}
