package records_test

import (
	"context"
	"crypto/tls"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/trust"
	"github.com/wardlight/wardlight/app/trust/trusttest"
)

// A record over a network: PostgreSQL with TLS, certificates of both sides and a
// password out of the keyring. Whatever is wrong with one of them, nothing is
// read or written, and the reason is told in one plain sentence.
//
// Seen red: with InsecureSkipVerify set after the check of the connection string
// (the expired, foreign, other-named and self-signed servers were let in), without
// trust.Strong (the 1024-bit key), without MinVersion (TLS 1.2), and with Reason
// left out of away (no sentence). Without the second look of telling, the refusal of
// our certificate was a broken link and no more, 1 time of 30 on a busy machine.
func TestPostgresOverTLS(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	server, err := recordtest.Start(ctx, false)
	if errors.Is(err, recordtest.ErrNoServer) {
		t.Skip(err)
	}
	ok(t, err)
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	const secret = "canary-7d20"
	ok(t, server.Exec(ctx, "postgres", `CREATE ROLE station LOGIN PASSWORD '`+secret+`'`))
	ok(t, server.Exec(ctx, "postgres", `CREATE DATABASE ward OWNER station`))
	vault := keyring.Memory()
	ok(t, vault.Set(ctx, "record-password", secret))

	ca, other := trusttest.New(t, "Hospital CA"), trusttest.New(t, "Other CA")
	dir := t.TempDir()
	otherCA := filepath.Join(dir, "other.pem")
	ok(t, os.WriteFile(otherCA, other.PEM, 0o600))
	goodCert, goodKey, caFile := trusttest.Files(t, dir, "station-", ca.Issue("station"), ca)
	type side struct {
		server tls.Certificate // the server's
		conf   []string
		hba    string // "" asks for TLS, password and this user's certificate
		own    *tls.Certificate
		weak   bool   // let the server's library use what it would refuse
		files  bool   // own certificate out of files, as sslcert and sslkey name them
		dsn    string // more of the connection string
	}
	good := ca.Issue("db.ward.example")
	mine := ca.Issue("station")
	issued := func(c tls.Certificate) *tls.Certificate { return &c }
	for _, c := range []struct {
		name string
		side side
		want error
		says string
	}{
		{"certificate from the keyring", side{server: good, own: &mine}, nil, ""},
		{"certificate from files", side{server: good, files: true}, nil, ""},
		{"server expired", side{server: ca.Issue("db", trusttest.Expired), own: &mine}, trust.ErrExpired,
			"expired on 20"},
		{"server not yet valid", side{server: ca.Issue("db", trusttest.NotYet), own: &mine}, trust.ErrNotYetValid,
			"not valid before 20"},
		{"server of another authority", side{server: other.Issue("db"), own: &mine}, trust.ErrWrongAuthority,
			"(Other CA)"},
		{"another CA file", side{server: good, own: &mine, dsn: " sslrootcert=" + otherCA}, trust.ErrWrongAuthority,
			"(Hospital CA)"},
		{"server of another name", side{server: ca.Issue("db", trusttest.Elsewhere), own: &mine}, trust.ErrWrongName,
			"not for 127.0.0.1; it is for elsewhere.example"},
		{"server self-signed", side{server: trusttest.SelfSigned(t, "db"), own: &mine}, trust.ErrSelfSigned, "itself"},
		{"server weak", side{server: ca.IssueFor(trusttest.WeakKey(t), "db"), own: &mine, weak: true}, trust.ErrWeak,
			"forged"},
		{"server signed by SHA-1", side{server: ca.Issue("db", trusttest.Sha1), own: &mine, weak: true}, trust.ErrWeak,
			"forged"},
		{"server's is a client's", side{server: ca.Issue("db", trusttest.ClientOnly), own: &mine}, trust.ErrUnfit,
			"not made for a server"},
		{"no certificate of ours", side{server: good}, trust.ErrNoClientCertificate, "none to show"},
		{"ours of another authority", side{server: good, own: issued(other.Issue("station"))},
			trust.ErrForeignClientCertificate, "does not accept"},
		{"ours for another user", side{server: good, own: issued(ca.Issue("somebody")),
			hba: "hostssl all all 127.0.0.1/32 cert"}, trust.ErrForeignClientCertificate, "does not accept"},
		{"ours expired", side{server: good, own: issued(ca.Issue("station", trusttest.Expired))},
			trust.ErrClientExpired, "has expired"},
		{"TLS 1.2", side{server: good, own: &mine, conf: []string{"ssl_max_protocol_version = 'TLSv1.2'"}},
			trust.ErrOldTLS, "no longer safe"},
		{"server without TLS", side{server: good, own: &mine, conf: []string{"ssl = off"},
			hba: "host all all 127.0.0.1/32 scram-sha-256"},
			trust.ErrNoTLS, "does not speak TLS"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cert, key := trusttest.PEM(t, c.side.server)
			n := recordtest.Network{Weak: c.side.weak,
				Files: map[string][]byte{"server.crt": cert, "server.key": key, "ca.crt": ca.PEM},
				Conf: append([]string{"ssl = on", "ssl_cert_file = 'server.crt'", "ssl_key_file = 'server.key'",
					"ssl_ca_file = 'ca.crt'"}, c.side.conf...),
				HBA: []string{"hostssl all all 127.0.0.1/32 scram-sha-256 clientcert=verify-full"}}
			if c.side.hba != "" {
				n.HBA = []string{c.side.hba}
			}
			port, err := server.Listen(ctx, n)
			ok(t, err)
			where := fmt.Sprintf("host=127.0.0.1 port=%d user=station dbname=ward", port)
			o := records.Options{Logger: recordtest.Quiet,
				DSN:      where + " sslmode=verify-full sslrootcert=" + caFile + c.side.dsn,
				Password: func(ctx context.Context) (string, error) { return vault.Get(ctx, "record-password") }}
			if c.side.files {
				o.DSN += " sslcert=" + goodCert + " sslkey=" + goodKey
			} else {
				o.Certificate = func(context.Context) ([]byte, error) {
					if c.side.own == nil {
						return nil, nil
					}
					cert, key := trusttest.PEM(t, *c.side.own)
					return append(cert, key...), nil
				}
			}
			s, err := records.Open(ctx, o)
			if err == nil {
				defer func() { ok(t, s.Close()) }()
			}
			if c.want == nil {
				ok(t, err)
				var tlsOn, version string
				ok(t, s.Row(ctx, `SELECT CAST(ssl AS TEXT), version FROM pg_stat_ssl WHERE pid = pg_backend_pid()`,
					&tlsOn, &version))
				if tlsOn != "true" || version != "TLSv1.3" {
					t.Errorf("ssl %s, %s", tlsOn, version)
				}
				// The trail names the station by the address that the server saw.
				ok(t, s.Audit(ctx, view("p1")))
				if last, err := s.AuditTail(ctx, 1); err != nil || last[0].Address != "127.0.0.1" {
					t.Errorf("%+v %v", last, err)
				}
				refusesPlaintext(t, where, secret)
				return
			}
			if !errors.Is(err, c.want) || !errors.Is(err, records.ErrAway) {
				t.Fatalf("%v", err)
			}
			says := trust.Explain(err)
			if !strings.Contains(says, c.says) || !strings.Contains(err.Error(), says) {
				t.Errorf("says %q of %v", says, err)
			}
			if strings.Contains(err.Error(), secret) {
				t.Error("the error shows the password")
			}
			t.Log(says)
		})
	}
}

// refusesPlaintext holds from both ends: the record does not ask for it, and the
// server would not have it.
func refusesPlaintext(t *testing.T, where, secret string) {
	t.Helper()
	for _, mode := range []string{"disable", "prefer", "require", "verify-ca"} {
		if _, err := records.Open(t.Context(), records.Options{DSN: where + " sslmode=" + mode}); !errors.Is(err,
			records.ErrUnsafe) {
			t.Errorf("sslmode=%s: %v", mode, err)
		}
	}
	db, err := sql.Open("pgx", where+" sslmode=disable password="+secret)
	ok(t, err)
	err = db.PingContext(t.Context())
	if trust.Reason(err) != trust.ErrPlaintext {
		t.Errorf("a connection without TLS: %v", err)
	}
	ok(t, db.Close())
}

// A file that the connection string names and that is not there, or is no
// certificate, is told as that.
func TestCertificateFilesThatCannotBeUsed(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none.pem")
	empty := filepath.Join(t.TempDir(), "empty.pem")
	ok(t, os.WriteFile(empty, nil, 0o600))
	for want, dsn := range map[string]string{
		none:  "host=127.0.0.1 user=x sslmode=verify-full sslrootcert=" + none,
		"CA":  "host=127.0.0.1 user=x sslmode=verify-full sslrootcert=" + empty,
		"key": "host=127.0.0.1 user=x sslmode=verify-full sslcert=" + empty + " sslkey=" + empty,
	} {
		_, err := records.Open(t.Context(), records.Options{DSN: dsn})
		if !errors.Is(err, records.ErrUnsafe) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v does not name %q", err, want)
		}
	}
}
