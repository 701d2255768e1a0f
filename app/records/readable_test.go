package records_test

import (
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// What a program still has in its caches proves nothing of the record.
//
// Seen red with the cache kept (the zeroed file was readable), and with stillThere left
// out (the file that was moved away was).
func TestStatesReadableIsProvedPastTheCaches(t *testing.T) {
	r := recordtest.SQLite(t)
	s := fresh(t, r)
	ctx := t.Context()
	path := r.Options.Path
	ok(t, s.Readable(ctx))
	ok(t, r.Exec(t, `PRAGMA wal_checkpoint(TRUNCATE)`)) // all of it is in the file itself
	ok(t, s.Readable(ctx))

	away := func(what string) {
		t.Helper()
		if _, err := s.LastSeq(ctx); err != nil {
			t.Logf("%s: its changes are not told either: %v", what, err)
		}
		if err := s.Readable(ctx); !errors.Is(err, records.ErrAway) {
			t.Errorf("%s: %v", what, err)
		}
	}
	moved := path + ".away"
	ok(t, os.Rename(path, moved))
	away("moved away")
	ok(t, os.WriteFile(path, nil, 0o600))
	away("replaced")
	ok(t, os.Rename(moved, path))
	ok(t, s.Readable(ctx))

	whole, err := os.ReadFile(path)
	ok(t, err)
	write := func(b []byte) { // the same file
		t.Helper()
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		ok(t, err)
		_, err = f.WriteAt(b, 0)
		ok(t, errors.Join(err, f.Close()))
	}
	write(make([]byte, len(whole)))
	away("zeroed")
	write(whole)
	ok(t, s.Readable(ctx))
}

// On PostgreSQL a table that somebody locked for a change is one that cannot be read,
// while the changes are still told. Seen red with patients left out of oneOfEach.
func TestStatesReadableMeetsALockedTable(t *testing.T) {
	r := recordtest.Postgres(t)
	s := fresh(t, r)
	ok(t, s.Readable(t.Context()))
	lock, err := r.Raw(t).BeginTx(t.Context(), nil)
	ok(t, err)
	_, err = lock.ExecContext(t.Context(), `LOCK TABLE patients IN ACCESS EXCLUSIVE MODE`)
	ok(t, err)
	if _, err := s.LastSeq(t.Context()); err != nil {
		t.Error(err)
	}
	soon, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if err := s.Readable(soon); !errors.Is(err, records.ErrAway) {
		t.Errorf("locked: %v", err)
	}
	ok(t, lock.Rollback())
	ok(t, s.Readable(t.Context()))
}
