package records

import (
	"context"
	"crypto/rand"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/ncruces/go-sqlite3"
	sqlite "github.com/ncruces/go-sqlite3/driver"
	"github.com/ncruces/go-sqlite3/vfs/mvcc"
)

// ErrDamaged means the database file failed its integrity check: it must be
// restored from a backup, not worked on.
var ErrDamaged = errors.New("records: the database file is damaged")

// openSQLite opens the file. If nobody else has it open and the last program to
// have it did not close it (its write-ahead log is still there), SQLite's
// quick_check reads the file through before anything is written: it finds torn
// and foreign pages and broken rows in a time that grows with the file (about a
// second per 300 MB). What it leaves out, whether each index matches its table,
// is [Store.Check]'s.
func (s *Store) openSQLite(ctx context.Context, o Options) error {
	if err := createPrivate(o.Path); err != nil {
		return away(err)
	}
	var first bool
	var err error
	if s.opened, err = os.Stat(o.Path); err != nil {
		return away(err)
	}
	os.SameFile(s.opened, s.opened) // on Windows it is read from the path at the first comparison which file it is
	if s.using, first, err = use(ctx, o.Path+"-use"); err != nil {
		return away(err)
	}
	if err := s.unlock(ctx, &o); err != nil {
		return err
	}
	s.at = o
	wal, err := os.Stat(o.Path + "-wal")
	unclean := first && err == nil && wal.Size() > 0
	if err = s.sqlitePools(o); err != nil {
		return err
	}
	if s.cipher != nil {
		if err := s.reader.QueryRowContext(ctx, `SELECT COUNT(*) FROM sqlite_schema`).Scan(new(int)); errors.Is(err,
			sqlite3.NOTADB) {
			return fmt.Errorf("%w: it is another one, or the file is damaged: %w", ErrKey, err)
		}
	}
	if unclean {
		s.log.InfoContext(ctx, "record was not closed: checking it")
		if err := s.verdict(ctx, `PRAGMA quick_check(1)`); err != nil {
			return err
		}
	}
	return away(s.using.share())
}

// sqlitePools opens one connection that writes, and some that read.
func (s *Store) sqlitePools(o Options) (err error) {
	if s.writer, err = s.sqlitePool(o, false); err != nil {
		return away(err)
	}
	s.writer.SetMaxOpenConns(1)
	s.writer.SetMaxIdleConns(1)
	if s.reader, err = s.sqlitePool(o, true); err != nil {
		return away(err)
	}
	readers := max(2, min(8, runtime.GOMAXPROCS(0)*2))
	s.reader.SetMaxOpenConns(readers)
	s.reader.SetMaxIdleConns(readers)
	return nil
}

// openMemory makes a record that several connections of this process see, as they
// would a file: each has the moment at which it began to read, and a reader keeps
// nobody from writing.
func (s *Store) openMemory(o Options) error {
	name := rand.Text()
	o.Path, o.vfs = "/"+name, "mvcc"
	s.at = o
	mvcc.Create(name, mvcc.Snapshot{}) // it would else end with its last connection
	s.inMemory = name
	return s.sqlitePools(o)
}

func (s *Store) sqlitePool(o Options, readOnly bool) (*pool, error) {
	var c driver.Connector
	c, err := (&sqlite.SQLite{}).OpenConnector(dsn(o, readOnly))
	if err != nil {
		return nil, err
	}
	c = ofOneFile{prepared{c}, s}
	if o.wrap != nil {
		c = o.wrap(c)
	}
	return &pool{sql.OpenDB(c), s.d}, nil
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

// closeRights gives the -shm file, which holds page numbers only, the rights of
// the database: the driver does so for the -wal file alone ("modeof").
func closeRights(path string) error {
	if runtime.GOOS == "windows" { // knows no such rights, and others may hold the file
		return nil
	}
	err := os.Chmod(path+"-shm", 0o600)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return away(err)
}

// dsn is the connection string. The busy timeout comes first, as the driver
// asks; fullfsync makes macOS flush the disk's own cache. A file that is away is not made
// anew ("rw"): [createPrivate] alone makes one.
func dsn(o Options, readOnly bool) string {
	q := url.Values{"modeof": {o.Path}, "mode": {"rw"}}
	q["_pragma"] = []string{
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()),
		"journal_mode(wal)", "synchronous(full)", "fullfsync(1)", "checkpoint_fullfsync(1)",
		"foreign_keys(1)", "cache_size(-16000)",
	}
	if o.crypt != nil {
		// Before everything else, as the file system asks; it is no key, only
		// the wish for the one that the file system holds.
		q["_pragma"] = append([]string{"textkey(record)"}, q["_pragma"]...)
		q["_pragma"] = append(q["_pragma"], "temp_store(memory)")
		q.Set("vfs", o.crypt.vfs)
	} else if o.vfs != "" {
		q.Set("vfs", o.vfs)
	}
	if readOnly {
		// There are several readers, and what they read lies in the writer's cache
		// and the system's: 4 MB each are enough.
		q["_pragma"] = append(q["_pragma"], "query_only(1)", "cache_size(-4000)")
	} else {
		q.Set("_txlock", "immediate")
	}
	return uri(o.Path, q)
}

// uri names a file as SQLite reads it.
func uri(path string, q url.Values) string {
	u := url.URL{Scheme: "file", RawQuery: q.Encode()}
	slashed := filepath.ToSlash(path)
	if strings.HasPrefix(slashed, "/") {
		u.Path = slashed
	} else { // relative, or on a Windows drive: the driver takes file:C:/x, not file:///C:/x
		u.Opaque = (&url.URL{Path: slashed}).EscapedPath()
	}
	return u.String()
}

// Check runs SQLite's whole integrity check, indexes included; [ErrDamaged]
// says what it found. On PostgreSQL it reads every table through, which meets
// every page's checksum where the server keeps them.
func (s *Store) Check(ctx context.Context) error {
	if s.d == sqliteDialect {
		return s.verdict(ctx, `PRAGMA integrity_check(1)`)
	}
	_, err := s.Count(ctx)
	return err
}

func (s *Store) verdict(ctx context.Context, pragma string) error {
	var verdict string
	if err := s.reader.QueryRowContext(ctx, pragma).Scan(&verdict); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, away(err))
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, verdict)
	}
	return nil
}
