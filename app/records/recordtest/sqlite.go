package recordtest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/wardlight/wardlight/app/records"
)

// migrated is a record that has its schema and nothing else. To make one runs every
// migration; to copy it does not.
var migrated = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "record")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "record.db")
	// It outlives the test that asks first, as the shared server does.
	ctx, cancel := context.WithTimeout(context.Background(), startLimit)
	defer cancel()
	store, err := records.Open(ctx, records.Options{Path: path, Logger: Quiet})
	if err != nil {
		return nil, err
	}
	if err := store.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// SQLite is a record in a file that has its schema.
func SQLite(tb testing.TB) *Record {
	tb.Helper()
	r := EmptySQLite(tb)
	Fill(tb, r.Options.Path)
	return r
}

// Fill makes a file that has a record's schema, and nothing else.
func Fill(tb testing.TB, path string) {
	tb.Helper()
	file, err := migrated()
	if err == nil {
		err = os.WriteFile(path, file, 0o600)
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// EmptySQLite is a record in a file that does not exist yet.
func EmptySQLite(tb testing.TB) *Record {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "record.db")
	return &Record{Engine: "sqlite", Options: records.Options{Path: path, Logger: Quiet},
		driver: "sqlite3", dsn: "file:" + filepath.ToSlash(path) + "?_pragma=busy_timeout(5000)"}
}
