// Package records is the system of record: what the ward must not lose, in
// SQL. It is the guard of every write: a stale version, an older fencing
// number, a second accept or a second use of an idempotency key is refused or
// answered here, in one transaction, whatever Redis or a station believes.
//
// The record is a SQLite file that several processes on one machine may share
// (WAL, synchronous=FULL: what was acknowledged survives a power cut). Times
// are kept as whole microseconds, UTC.
package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	_ "github.com/ncruces/go-sqlite3/driver" // registers "sqlite3"
)

// busyTimeout is how long a connection waits for another process's
// transaction before it reports the record as away.
const busyTimeout = 10 * time.Second

// Options say where the record is.
type Options struct {
	// Path is the database file. It is created, readable by its owner only,
	// if it is not there; its folder must exist.
	Path   string
	Logger *slog.Logger     // nil: slog.Default
	Now    func() time.Time // nil: time.Now
}

// Store is an open record. Its methods are safe for concurrent use. Every
// method returns [ErrAway] while the record cannot be reached, and honours its
// context's deadline.
type Store struct {
	writer *sql.DB // one connection: SQLite has one writer at a time
	reader *sql.DB
	log    *slog.Logger
	now    func() time.Time
}

// Open opens the record and brings its schema up to this program's. It returns
// [ErrTooNew] for a record that a newer program has written.
func Open(ctx context.Context, o Options) (*Store, error) {
	if o.Path == "" {
		return nil, errors.New("records: no path")
	}
	s := &Store{log: o.Logger, now: o.Now}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.now == nil {
		s.now = time.Now
	}
	if err := createPrivate(o.Path); err != nil {
		return nil, away(err)
	}
	var err error
	if s.writer, err = sql.Open("sqlite3", dsn(o.Path, false)); err != nil {
		return nil, away(err)
	}
	s.writer.SetMaxOpenConns(1)
	s.writer.SetMaxIdleConns(1)
	if s.reader, err = sql.Open("sqlite3", dsn(o.Path, true)); err != nil {
		return nil, errors.Join(away(err), s.writer.Close())
	}
	readers := max(2, min(8, runtime.GOMAXPROCS(0)*2))
	s.reader.SetMaxOpenConns(readers)
	s.reader.SetMaxIdleConns(readers)

	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	// The driver gives the -wal file the rights of the database ("modeof") but
	// not the -shm file, which holds page numbers only.
	// Windows has no such rights, and its file may be held by others.
	if runtime.GOOS != "windows" {
		if err := os.Chmod(o.Path+"-shm", 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, errors.Join(away(err), s.Close())
		}
	}
	return s, nil
}

// createPrivate makes an absent file with owner-only rights before SQLite would
// make it with the process's umask.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// dsn is the connection string. The busy timeout comes first, as the driver
// asks; fullfsync makes macOS flush the disk's own cache.
func dsn(path string, readOnly bool) string {
	q := url.Values{"modeof": {path}}
	q["_pragma"] = []string{
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()),
		"journal_mode(wal)", "synchronous(full)", "fullfsync(1)", "checkpoint_fullfsync(1)",
		"foreign_keys(1)", "cache_size(-16000)",
	}
	if readOnly {
		q["_pragma"] = append(q["_pragma"], "query_only(1)")
	} else {
		q.Set("_txlock", "immediate")
	}
	u := url.URL{Scheme: "file", RawQuery: q.Encode()}
	slashed := filepath.ToSlash(path)
	if strings.HasPrefix(slashed, "/") {
		u.Path = slashed
	} else { // relative, or on a Windows drive: the driver takes file:C:/x, not file:///C:/x
		u.Opaque = (&url.URL{Path: slashed}).EscapedPath()
	}
	return u.String()
}

// Close waits for running transactions and closes the record.
func (s *Store) Close() error {
	return errors.Join(s.reader.Close(), s.writer.Close())
}

// Ping reports whether the record answers a read.
func (s *Store) Ping(ctx context.Context) error {
	var n int64
	return away(s.reader.QueryRowContext(ctx, `SELECT value FROM counters WHERE name = 'change'`).Scan(&n))
}

// Check runs the database's own integrity check.
func (s *Store) Check(ctx context.Context) error {
	var verdict string
	if err := s.reader.QueryRowContext(ctx, `PRAGMA integrity_check`).Scan(&verdict); err != nil {
		return away(err)
	}
	if verdict != "ok" {
		return fmt.Errorf("records: integrity check: %s", verdict)
	}
	return nil
}

// querier is what reads need: the reader pool or a running transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// tx is one running write transaction.
type tx struct {
	*sql.Tx
	at time.Time // the record's time of this transaction
	// later holds patients whose revision is to be raised once at the end, so
	// that a report of twenty results is one change and not twenty.
	later map[string]bool
}

// exec runs a statement and returns how many rows it changed.
func (t *tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	r, err := t.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// write runs f in one write transaction: all of it, or nothing.
func (s *Store) write(ctx context.Context, f func(*tx) error) error {
	sqltx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return away(err)
	}
	// After a commit this does nothing; after a failure its own error adds
	// nothing to the first.
	defer func() { _ = sqltx.Rollback() }()
	t := &tx{Tx: sqltx, at: s.now().UTC(), later: map[string]bool{}}
	if err := f(t); err != nil {
		return away(err)
	}
	if err := t.touchLate(ctx); err != nil {
		return away(err)
	}
	return away(sqltx.Commit())
}
