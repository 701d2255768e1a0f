package site

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/records"
)

func prepared(t *testing.T, dir string) *Site {
	t.Helper()
	s, err := Prepare(Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	s.Vault = keyring.Memory()
	return s
}

// A new record gets a key and a seal; a record whose key was lost gets no new
// one, which would only hide the loss; the key on paper opens it again.
func TestRecordKeyIsMadeOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	s := prepared(t, dir)
	open := func() (*records.Store, error) { return records.Open(t.Context(), s.RecordOptions(Options{})) }
	r, err := open()
	if err != nil || !r.Encrypted() {
		t.Fatal(err)
	}
	if err := r.Audit(t.Context(), audit.Event{Actor: "it", Action: audit.ReadAudit, Outcome: audit.Done}); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if r, err = open(); err != nil {
		t.Fatal(err)
	}
	trust, err := r.AuditTrust(t.Context())
	report, broken := r.AuditReport(t.Context(), trust)
	if err != nil || broken != nil || len(trust.Keys) != 1 || len(trust.Anchors) != 1 || report.Unsealed != 0 ||
		len(report.Unproven) != 0 {
		t.Fatalf("%+v %+v %v %v", trust, report, err, broken)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	paper, err := s.RecordKeyText(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Vault = keyring.Memory() // a new login
	if _, err := open(); !errors.Is(err, records.ErrKey) {
		t.Fatalf("without the key: %v", err)
	}
	if _, err := s.KeyOfRecord(t.Context()); !errors.Is(err, ErrNoKey) {
		t.Fatalf("a key was made for a record that has another: %v", err)
	}
	if err := s.PutRecordKey(t.Context(), paper[:20]+" "+paper[20:]+"\n"); err != nil {
		t.Fatal(err)
	}
	if r, err = open(); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.PutRecordKey(t.Context(), "too short"); !errors.Is(err, ErrBadKey) {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, RecordName)); err != nil || string(text[:6]) == "SQLite" {
		t.Fatal(err)
	}
}

// A plain record of before stays readable, and gets no key by itself.
func TestPlainRecordStaysReadable(t *testing.T) {
	t.Parallel()
	s := prepared(t, t.TempDir())
	s.Config.Record.Plain = true
	o := s.RecordOptions(Options{})
	for range 2 { // a new one, as the site says; and one that is there
		r, err := records.Open(t.Context(), o)
		if err != nil || r.Encrypted() {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		s.Config.Record.Plain = false
	}
	o.Key = s.MakeRecordKey
	if err := records.Encrypt(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	r, err := records.Open(t.Context(), s.RecordOptions(Options{}))
	if err != nil || !r.Encrypted() {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}
