package records_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// Seen red: with synchronous(normal) in the connection string, and without the
// look at synchronous_commit after connecting.
func TestWhatIsAcknowledgedIsOnTheDisk(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		s := recordtest.SQLite(t).Open(t)
		for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "fullfsync": "1",
			"checkpoint_fullfsync": "1", "foreign_keys": "1"} {
			for _, writer := range []bool{true, false} {
				if got, err := s.Pragma(t.Context(), writer, "PRAGMA "+pragma); err != nil || got != want {
					t.Errorf("%s is %q (writer %v), want %s: %v", pragma, got, writer, want, err)
				}
			}
		}
	})
	t.Run("postgres", func(t *testing.T) {
		r := recordtest.Postgres(t)
		ok(t, r.Exec(t, `DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET synchronous_commit = off'; END $$`))
		s := r.Open(t)
		if got, err := s.Pragma(t.Context(), true, "SHOW synchronous_commit"); err != nil || got != "on" {
			t.Errorf("synchronous_commit is %q: %v", got, err)
		}
		if _, err := s.Pragma(t.Context(), false,
			`UPDATE counters SET value = 0 WHERE name = 'change' RETURNING 'x'`); !errors.Is(err, nil) &&
			!strings.Contains(err.Error(), "25006") {
			t.Errorf("a reader writes: %v", err)
		} else if err == nil {
			t.Error("a reader wrote")
		}
	})
}

func TestUnsafeConnectionStringsAreRefused(t *testing.T) {
	const secret = "canary-91c4"
	for name, dsn := range map[string]string{
		"password":         "postgres://station:" + secret + "@/ward?host=/tmp",
		"password in pair": "host=/tmp user=station password=" + secret,
		"plain text":       "postgres://station@127.0.0.1/ward?sslmode=disable",
		"maybe plain":      "postgres://station@127.0.0.1/ward",
		"any certificate":  "postgres://station@127.0.0.1/ward?sslmode=require",
		"any name":         "postgres://station@127.0.0.1/ward?sslmode=verify-ca",
		"malformed":        "postgres://station:" + secret + "@[::1/ward",
	} {
		_, err := records.Open(t.Context(), records.Options{DSN: dsn})
		if !errors.Is(err, records.ErrUnsafe) {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("%s: the error shows the password", name)
		}
	}
	if _, err := records.Open(t.Context(), records.Options{}); err == nil {
		t.Error("no record named, and opened")
	}
}

// The password reaches the server and no error.
func TestPasswordComesFromItsHolder(t *testing.T) {
	r := recordtest.Postgres(t)
	const secret = "canary-55aa"
	// The tests of this package share one server: the user may be there.
	ok(t, r.Exec(t, `DO $$ BEGIN CREATE ROLE `+recordtest.Locked+
		` SUPERUSER LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$`))
	ok(t, r.Exec(t, `ALTER ROLE `+recordtest.Locked+` PASSWORD '`+secret+`'`))
	o := r.Options
	o.DSN = strings.Replace(o.DSN, "user="+recordtest.Admin, "user="+recordtest.Locked, 1)
	asked := 0
	give := func(word string) func(context.Context) (string, error) {
		return func(context.Context) (string, error) { asked++; return word, nil }
	}
	o.Password = give("wrong-" + secret)
	_, err := records.Open(t.Context(), o)
	if !errors.Is(err, records.ErrAway) || strings.Contains(err.Error(), secret) {
		t.Fatalf("wrong password: %v", err)
	}
	locked := errors.New("keyring is locked")
	o.Password = func(context.Context) (string, error) { return "", locked }
	if _, err := records.Open(t.Context(), o); !errors.Is(err, locked) {
		t.Fatalf("no keyring: %v", err)
	}
	o.Password = give(secret)
	s, err := records.Open(t.Context(), o)
	ok(t, err)
	ok(t, s.Close())
	if asked < 2 {
		t.Fatalf("asked %d times", asked)
	}
}

// A file that its last program did not close is read through before use.
//
// Seen red: with unclean always false the damaged file opens.
func TestDamagedFileIsRefused(t *testing.T) {
	t.Parallel()
	r := recordtest.SQLite(t)
	s := fresh(t, r)
	for n := range 60 {
		_, err := s.AddObservation(t.Context(),
			set(strings.Repeat("x", n+1), "p1", noon.Add(time.Duration(n)*time.Minute)))
		ok(t, err)
	}
	// What a crash leaves: the file and its log, and nobody at them.
	crashed := func(damage bool) records.Options {
		path := filepath.Join(t.TempDir(), "record.db")
		for _, part := range []string{"", "-wal"} {
			text, err := os.ReadFile(r.Options.Path + part)
			ok(t, err)
			if part == "" && len(text) < 4096*4 || part == "-wal" && len(text) == 0 {
				t.Fatalf("%q has %d bytes: nothing to damage", part, len(text))
			}
			if damage && part == "" {
				for page := 4096; page+4096 <= len(text); page += 4096 {
					copy(text[page:], strings.Repeat("\xa5", 100))
				}
			}
			ok(t, os.WriteFile(path+part, text, 0o600))
		}
		return records.Options{Path: path, Logger: recordtest.Quiet}
	}
	ok(t, r.Exec(t, `PRAGMA wal_checkpoint(FULL)`)) // the file itself holds pages
	_, err := s.AddObservation(t.Context(), set("last", "p1", noon))
	ok(t, err)
	whole, err := records.Open(t.Context(), crashed(false))
	ok(t, err)
	ok(t, whole.Check(t.Context()))
	ok(t, whole.Close())
	if _, err := records.Open(t.Context(), crashed(true)); !errors.Is(err, records.ErrDamaged) {
		t.Fatalf("damaged file: %v", err)
	}
}

// A program that is frozen in the middle of a write must not keep every other
// station from writing.
//
// Seen red: with idle_in_transaction_session_timeout left out, the other's save
// fails with a lock timeout after 10 s.
func TestFrozenProgramFreesTheRecord(t *testing.T) {
	t.Parallel()
	r := recordtest.Postgres(t)
	other := fresh(t, r)
	r.Options = records.WithStuckLimit(r.Options, 300*time.Millisecond)
	stuck := r.Open(t)
	inside, thaw, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		done <- stuck.Batch(t.Context(), func(ctx context.Context, b *records.Batch) error {
			if _, err := b.AddObservation(ctx, set("o1", "p1", noon)); err != nil {
				return err
			}
			close(inside)
			<-thaw
			return nil
		})
	}()
	<-inside
	_, err := other.Save(t.Context(), noteSave("a", 0, 1))
	ok(t, err)
	close(thaw)
	if err := <-done; !errors.Is(err, records.ErrAway) {
		t.Fatalf("the frozen program was told %v", err)
	}
	if list, err := other.Observations(t.Context(), "p1", time.Time{}, 5); err != nil || len(list) != 0 {
		t.Fatalf("%d sets of a write that failed: %v", len(list), err)
	}
	_, err = stuck.Save(t.Context(), noteSave("b", 1, 1)) // and it works again
	ok(t, err)
}
