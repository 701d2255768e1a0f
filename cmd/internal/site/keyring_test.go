package site

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/cmd/internal/sandbox"
)

// siteVar makes this test binary a program of the site in that folder: the
// keyring's library keeps one bus a process.
const siteVar = "SITE_TEST_DIR"

// program opens the site's record with the login's own keyring, as a station
// does, writes a line into its trail, and says how everything stands.
func program(dir string) {
	// The process is the test's own and ends with it.
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	if err := work(ctx, dir); err != nil {
		kind := "error"
		switch {
		case errors.Is(err, keyring.ErrAbsent):
			kind = "keyring absent"
		case errors.Is(err, keyring.ErrLocked):
			kind = "keyring locked"
		case errors.Is(err, records.ErrKey):
			kind = "no key"
		}
		fmt.Printf("%s: %v\n", kind, err)
	}
}

func work(ctx context.Context, dir string) error {
	s, err := Open(ctx, Options{Data: dir})
	if err != nil {
		return err
	}
	defer func() { _ = s.Record.Close() }() // the second time does nothing
	err = s.Record.Audit(ctx, audit.Event{Actor: "it", Action: audit.ReadAudit, Outcome: audit.Done})
	if err != nil {
		return err
	}
	if err := s.Record.SealAudit(ctx); err != nil {
		return err
	}
	trust, err := s.Record.AuditTrust(ctx)
	if err != nil {
		return err
	}
	report, err := s.Record.AuditReport(ctx, trust)
	if err != nil {
		return err
	}
	fmt.Printf("encrypted %v, %d keys, %d anchors, %d not sealed, %d unproven, %d lines\n", s.Record.Encrypted(),
		len(trust.Keys), len(trust.Anchors), report.Unsealed, len(report.Unproven), report.Lines)
	secrets := [][]byte{}
	key, err := s.KeyOfRecord(ctx)
	if err != nil {
		return err
	}
	secrets = append(secrets, key, []byte(base64.StdEncoding.EncodeToString(key)), fmt.Appendf(nil, "%x", key))
	private, err := (seal{s.Vault, s.Config.Station}).Key(ctx)
	if err != nil {
		return err
	}
	secrets = append(secrets, private.Seed(), []byte(base64.StdEncoding.EncodeToString(private.Seed())))
	return errors.Join(s.Record.Close(), filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		for _, secret := range secrets {
			if bytes.Contains(text, secret) {
				return fmt.Errorf("a key lies in %s", d.Name())
			}
		}
		if d.Name() == RecordName && bytes.HasPrefix(text, []byte("SQLite format 3")) {
			return errors.New("the record is not encrypted")
		}
		return err
	}))
}

// The keys of the record and of its audit trail lie in a real keyring: made once,
// found by every later program and after the next login, in no file; while the
// keyring is away or locked the record is not opened, and no new key is made in
// the old one's place.
//
// Seen red: with recordKey taking every error of the keyring for "no entry" (a
// station without its keyring said that the key was another one), and with the
// key written beside the record.
func TestKeysLieInTheKeyring(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("a Secret Service is Linux's")
	}
	for _, name := range []string{"dbus-daemon", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(err)
		}
	}
	dir, home := t.TempDir(), t.TempDir()
	login := func(password string) *sandbox.Bus {
		t.Helper()
		b, err := sandbox.NewBus(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = b.Close() })
		if password != "" {
			if err := sandbox.Keyring(t.Context(), b, home, password); err != nil {
				t.Fatal(err)
			}
		}
		return b
	}
	run := func(b *sandbox.Bus) string {
		t.Helper()
		self, err := os.Executable()
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), self)
		cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, siteVar + "=" + dir}, b.Env()...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v\n%s%s", err, out, stderr.Bytes())
		}
		return strings.TrimSpace(string(out))
	}
	want := func(got, want string) {
		t.Helper()
		if failure, _, failed := strings.Cut(got, ":"); got != want && !(failed && failure == want) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	first := login("its password")
	// A line for the new key, one of the program, and at the next start one more.
	want(run(first), "encrypted true, 1 keys, 1 anchors, 0 not sealed, 0 unproven, 2 lines")
	want(run(first), "encrypted true, 1 keys, 1 anchors, 0 not sealed, 0 unproven, 3 lines")
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	want(run(login("")), "keyring absent")
	want(run(login("another password")), "keyring locked")
	want(run(login("its password")), "encrypted true, 1 keys, 1 anchors, 0 not sealed, 0 unproven, 4 lines")
}
