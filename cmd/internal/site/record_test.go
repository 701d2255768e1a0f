package site

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(siteVar); dir != "" {
		program(dir)
		return
	}
	os.Exit(recordtest.Main(m))
}

// site.toml chooses the engine, and holds no password.
func TestRecordIsWhereTheConfigurationSays(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none")) // no keyring
	dir := t.TempDir()
	s, err := Open(t.Context(), Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Record.Engine(); got != "sqlite" {
		t.Errorf("without a DSN the record is in %s", got)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := WriteConfig(dir,
		Config{Record: Record{DSN: "postgres://station:secret@db/ward?sslmode=verify-full"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), Options{Data: dir}); !errors.Is(err, ErrConfig) {
		t.Errorf("a password in site.toml: %v", err)
	}
	if err := WriteConfig(dir, Config{Record: Record{DSN: recordtest.Postgres(t).Options.DSN}}); err != nil {
		t.Fatal(err)
	}
	s, err = Open(t.Context(), Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Record.Engine(); got != "postgres" {
		t.Errorf("with a DSN the record is in %s", got)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// The keyring's answer is what is sent.
func TestRecordSecretsComeFromTheKeyring(t *testing.T) {
	vault := keyring.Memory()
	s := &Site{Vault: vault, Config: Config{Record: Record{DSN: "host=/nowhere user=station"}}}
	o := s.RecordOptions(Options{})
	for name, ask := range map[string]func() (string, error){
		RecordPassword: func() (string, error) { return o.Password(t.Context()) },
		RecordCertificate: func() (string, error) {
			text, err := o.Certificate(t.Context())
			return string(text), err
		},
	} {
		if got, err := ask(); got != "" || err != nil {
			t.Errorf("%s without an entry: %q %v", name, got, err)
		}
		if err := vault.Set(t.Context(), name, "canary of "+name); err != nil {
			t.Fatal(err)
		}
		if got, err := ask(); got != "canary of "+name || err != nil {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
}
