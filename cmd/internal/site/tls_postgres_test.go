package site

import (
	"crypto/tls"
	"errors"
	"fmt"
	"testing"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/trust/trusttest"
)

// postgres starts the server of the matrix; nil where there is none, and the test
// says so at its end.
func postgres(t *testing.T) *recordtest.Server {
	t.Helper()
	s, err := recordtest.Start(t.Context(), false)
	if errors.Is(err, recordtest.ErrNoServer) {
		t.Logf("without PostgreSQL's column: %v", err)
		return nil
	} else if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	for _, sql := range []string{"CREATE ROLE ws LOGIN", "CREATE DATABASE ward OWNER ws"} {
		if err := s.Exec(t.Context(), "postgres", sql); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// knock opens the record as a station does: its settings in a file, its
// certificate out of the keyring.
func knock(t *testing.T, server *recordtest.Server, ca *trusttest.Authority, shows tls.Certificate, trusted []byte,
	own *tls.Certificate, plain, old bool) error {
	t.Helper()
	n := recordtest.Network{Weak: true, Files: map[string][]byte{"ca.crt": ca.PEM},
		Conf: []string{"ssl = off"}, HBA: []string{"host all all 127.0.0.1/32 trust"}}
	if !plain {
		n.Files["server.crt"], n.Files["server.key"] = trusttest.PEM(t, shows)
		n.Conf = []string{"ssl = on", "ssl_cert_file = 'server.crt'", "ssl_key_file = 'server.key'",
			"ssl_ca_file = 'ca.crt'"}
		n.HBA = []string{"hostssl all all 127.0.0.1/32 trust clientcert=verify-full"}
	}
	if old {
		n.Conf = append(n.Conf, "ssl_max_protocol_version = 'TLSv1.2'")
	}
	port, err := server.Listen(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put(t, fmt.Sprintf("alone = true\nrecord.dsn = \"host=127.0.0.1 port=%d user=ws dbname=ward sslmode=verify-full sslrootcert=%s\"\n",
		port, put(t, string(trusted), dir, "ca.crt")), dir, ConfigName)
	s, err := Prepare(Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	s.Vault = keyring.Memory()
	if own != nil {
		if err := s.Vault.Set(t.Context(), RecordCertificate, string(pemOf(*own))+keyOf(t, *own)); err != nil {
			t.Fatal(err)
		}
	}
	record, err := records.Open(t.Context(), s.RecordOptions(Options{Logger: recordtest.Quiet}))
	if err == nil {
		err = record.Close()
	}
	return err
}
