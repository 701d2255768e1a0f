// Package records is the system of record: what the ward must not lose, in
// SQL. It is the guard of every write: a stale version, an older fencing
// number, a second accept or a second use of an idempotency key is refused or
// answered here, in one transaction, whatever Redis or a station believes.
//
// The record is a SQLite file that several processes on one machine may share,
// or a PostgreSQL database that the stations of a hospital share. Both hold one
// truth: the same statements run on both, and the same tests. What was
// acknowledged survives a power cut on either. Times are kept as whole
// microseconds, UTC; texts are UTF-8 without NUL.
//
// Write transactions run one after the other, on SQLite because it has one
// writer, on PostgreSQL because each takes the lock of one row first (see
// [Store] and migrations/postgres). This is what makes the numbers of changes
// follow the order of commits, and it keeps read-then-write rules (one winner,
// one sequence of audit) as simple on the one as on the other. The price is that
// one hospital's commits do not overlap: hundreds a second, where a thousand
// beds need tens.
package records

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/ncruces/go-sqlite3/vfs/mvcc"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/place"
)

// busyTimeout is how long a connection waits for another program's transaction
// before it reports the record as away.
const busyTimeout = 10 * time.Second

// Options say where the record is: Path, DSN or Memory.
type Options struct {
	// Path is the SQLite database file. It is created, readable by its owner
	// only, if it is not there; its folder must exist.
	Path string
	// Memory makes an empty SQLite record in this process's memory, which ends with
	// the Store: for a demonstration, never for care.
	Memory bool
	// DSN is a PostgreSQL connection string, as a URL or as key=value pairs,
	// without a password. Over a network it must ask for sslmode=verify-full.
	DSN string
	// Password is asked for each new connection to PostgreSQL; nil is no
	// password (the server knows the program by its certificate or its user).
	// What it returns goes into no log and no error.
	Password func(ctx context.Context) (string, error)
	// Certificate gives this station's certificate and its key (PEM, one after
	// the other) for connections to PostgreSQL over a network, asked for each; nil
	// or an empty text is that of the DSN's sslcert and sslkey, if it has any.
	Certificate func(ctx context.Context) ([]byte, error)
	// Upgrade lets Open change the schema of a PostgreSQL record that an older
	// program made. Stations of that older program can then no longer write, so
	// it is the decision of whoever updates the hospital, not of the first
	// station that starts. An empty database is always filled, and a SQLite
	// file is always upgraded: its programs are those of one machine.
	Upgrade bool
	// Key gives the key of an encrypted SQLite record, [KeySize] bytes; nil, or an
	// empty one, is none. A new record is encrypted if there is a key.
	Key func(ctx context.Context) ([]byte, error)
	// Authority is the site's own, whose numbers count before another's of the same
	// digits; "" is none.
	Authority string
	// Writer names this station in the lines it adds to the audit trail, and
	// Seal signs the trail in its name; nil leaves that to others.
	Writer string
	Seal   audit.Seal
	Logger *slog.Logger     // nil: slog.Default
	Now    func() time.Time // nil: time.Now

	wrap  func(driver.Connector) driver.Connector // tests put faults here
	crypt *cipher                                 // once the file is known to be encrypted
	anew  bool                                    // being restored: the seal's anchor is of later lines
	vfs   string                                  // of SQLite; tests put faults here
	frees time.Duration                           // see stuckLimit; 0 is that
}

// Store is an open record. Its methods are safe for concurrent use. Every
// method returns [ErrAway] while the record cannot be reached, and honours its
// context's deadline.
type Store struct {
	d      *dialect
	writer *pool // one connection: there is one writer at a time
	reader *pool
	log    *slog.Logger
	now    func() time.Time
	schema int64  // that this program knows
	using  *inUse // nil on PostgreSQL
	trail  *trail
	cipher *cipher // nil: the file is plain
	at     Options // of SQLite
	// opened is the file of a SQLite record, as it was found; nil of one without.
	opened    fs.FileInfo
	authority string
	// inMemory names a record in memory; "" is one in a file.
	inMemory string
}

// Open opens the record. It returns [ErrTooNew] for a record that a newer
// program has changed, and [ErrTooOld] for a shared one that waits to be
// upgraded; neither is written to.
func Open(ctx context.Context, o Options) (*Store, error) {
	s := &Store{log: o.Logger, now: o.Now, trail: newTrail(o), authority: o.Authority}
	if s.log == nil {
		s.log = slog.Default()
	}
	if s.now == nil {
		s.now = time.Now
	}
	var err error
	switch {
	case o.Memory && o.Path == "" && o.DSN == "":
		s.d = sqliteDialect
		err = s.openMemory(o)
	case (o.Path == "") == (o.DSN == "") || o.Memory:
		return nil, errors.New("records: either a path or a DSN is needed")
	case o.DSN != "":
		s.d = postgresDialect
		err = s.openPostgres(ctx, o)
	default:
		s.d = sqliteDialect
		err = s.openSQLite(ctx, o)
	}
	if err == nil {
		err = s.migrate(ctx, o.Upgrade)
	}
	if err == nil && s.using != nil {
		err = closeRights(o.Path)
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.startSealing(ctx)
	return s, nil
}

// Engine names the database: "sqlite" or "postgres".
func (s *Store) Engine() string { return s.d.name }

// Close waits for running transactions and closes the record.
func (s *Store) Close() error {
	s.endSealing()
	var err error
	for _, p := range []*pool{s.reader, s.writer} {
		if p != nil {
			err = errors.Join(err, p.Close())
		}
	}
	s.cipher.end()
	if s.inMemory != "" {
		mvcc.Delete(s.inMemory)
	}
	return errors.Join(err, s.using.end())
}

// Ping reports whether the record answers a read.
func (s *Store) Ping(ctx context.Context) error {
	_, err := s.counter(ctx, "change")
	return err
}

// querier is what reads need: the reader pool or a running transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// tx is one running write transaction.
type tx struct {
	reading
	at  time.Time // the record's time of this transaction
	now func() time.Time
	// later holds patients whose revision is to be raised once at the end, so
	// that a report of twenty results is one change and not twenty.
	later map[string]bool
	// waits holds wards on which what waits to be assigned changed: told once.
	waits map[string]bool
	// places are what was said of where patients are, for those of whom it was read.
	places map[string][]place.Event
	// numbered is the newest change number that this transaction took, 0 if it
	// took none; policies and survivors are what it has read once.
	numbered  int64
	policies  map[string]alert.Policy
	survivors map[string]string
	trail     *trail
	wrote     mark // of the audit trail
	// address is where this program is, as the record's server sees it.
	address string
}

// machine is the name of this machine, for a record without a network between.
var machine = sync.OnceValue(func() string {
	name, err := os.Hostname()
	if err != nil || !utf8.ValidString(name) || strings.IndexByte(name, 0) >= 0 {
		return "localhost"
	}
	return name
})

// exec runs a statement and returns how many rows it changed. A text that one
// of the engines cannot hold is refused on both.
func (t *tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	for _, a := range args {
		if s, is := a.(string); is && (strings.IndexByte(s, 0) >= 0 || !utf8.ValidString(s)) {
			return 0, fmt.Errorf("%w: text is not UTF-8 without NUL", ErrInvalid)
		}
	}
	r, err := t.ExecContext(ctx, t.d.bind(query), args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// write runs f in one write transaction: all of it, or nothing. No other write
// of any program runs meanwhile, and none by a program that does not know the
// record's schema.
func (s *Store) write(ctx context.Context, f func(*tx) error) error {
	return s.transact(ctx, s.d.lock, func(t *tx) error {
		if err := f(t); err != nil {
			return err
		}
		if err := t.touchLate(ctx); err != nil {
			return err
		}
		if err := t.tellParked(ctx); err != nil {
			return err
		}
		return t.keepNumbers(ctx)
	})
}

// aside runs f in a transaction that need not wait for others: one statement
// that guards itself, tells nobody and stands in no order with the rest.
func (s *Store) aside(ctx context.Context, f func(*tx) error) error {
	return s.transact(ctx, "", f)
}

func (s *Store) transact(ctx context.Context, lock string, f func(*tx) error) error {
	sqltx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return away(err)
	}
	// After a commit this does nothing; after a failure its own error adds
	// nothing to the first.
	defer func() { _ = sqltx.Rollback() }()
	t := &tx{reading: reading{sqltx, s.d, nil}, at: s.now().UTC(), now: s.now, later: map[string]bool{},
		waits: map[string]bool{}, trail: s.trail}
	var schema int64
	if err := t.QueryRowContext(ctx, `SELECT schema, `+s.d.seenFrom()+` FROM gate WHERE id = 1`+lock).Scan(&schema,
		&t.address); err != nil {
		return away(err)
	}
	if t.address == "" {
		t.address = machine()
	}
	if err := s.knows(schema); err != nil {
		return err
	}
	if err := f(t); err != nil {
		return away(err)
	}
	if err := sqltx.Commit(); err != nil {
		return away(err)
	}
	s.trail.committed(t.wrote)
	return nil
}
