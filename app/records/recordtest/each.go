package recordtest

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	_ "github.com/ncruces/go-sqlite3/driver" // registers "sqlite3"

	"github.com/wardlight/wardlight/app/records"
)

const startLimit = 60 * time.Second

// shared is the test binary's server, started when first asked for.
var shared struct {
	sync.Mutex
	server *Server
	err    error
}

const template = "template_record"

// Main runs a package's tests and ends the server that they started. TestMain
// passes its result to os.Exit. A binary that does not call it leaves the server
// to end with its process.
func Main(m *testing.M) int {
	code := m.Run()
	shared.Lock()
	defer shared.Unlock()
	if shared.server != nil {
		if err := shared.server.Close(); err != nil {
			slog.Error("recordtest: the server was not ended", "err", err)
			return max(code, 1)
		}
	}
	return code
}

// Shared is the test binary's server; the test is skipped where there is no
// PostgreSQL.
func Shared(tb testing.TB) *Server {
	tb.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil && shared.err == nil {
		// The server outlives the test that asks first.
		ctx, cancel := context.WithTimeout(context.Background(), startLimit)
		defer cancel()
		if shared.server, shared.err = Start(ctx, false, "local all "+Locked+" scram-sha-256"); shared.err == nil {
			shared.err = fill(ctx, shared.server)
		}
	}
	switch {
	case errors.Is(shared.err, ErrNoServer):
		tb.Skip(shared.err)
	case shared.err != nil:
		tb.Fatal(shared.err)
	}
	return shared.server
}

// Locked is a user of the shared server that must give a password. Tests make
// it.
const Locked = "locked"

// fill makes the template that fresh records are copies of.
func fill(ctx context.Context, s *Server) error {
	if err := s.Exec(ctx, "postgres", "CREATE DATABASE "+template); err != nil {
		return err
	}
	store, err := records.Open(ctx, records.Options{DSN: s.DSN(template), Logger: Quiet})
	if err != nil {
		return err
	}
	return store.Close()
}

// Quiet is a logger that says nothing.
var Quiet = slog.New(slog.DiscardHandler)

// Record is a fresh record of one test.
type Record struct {
	Engine  string // "sqlite" or "postgres"
	Options records.Options
	driver  string
	dsn     string
}

// Open opens the record, as one more program would, and closes it with the test.
func (r *Record) Open(tb testing.TB) *records.Store {
	tb.Helper()
	s, err := records.Open(tb.Context(), r.Options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// Exec changes the database behind the record's back.
func (r *Record) Exec(tb testing.TB, query string) error {
	tb.Helper()
	db := r.Raw(tb)
	_, err := db.ExecContext(tb.Context(), query)
	return errors.Join(err, db.Close())
}

// Raw opens the database past the record.
func (r *Record) Raw(tb testing.TB) *sql.DB {
	tb.Helper()
	db, err := sql.Open(r.driver, r.dsn)
	if err != nil {
		tb.Fatal(err)
	}
	return db
}

// Postgres is a record in a database that has its schema.
func Postgres(tb testing.TB) *Record { return postgres(tb, template) }

// EmptyPostgres is a record in a database that has nothing.
func EmptyPostgres(tb testing.TB) *Record { return postgres(tb, "") }

func postgres(tb testing.TB, from string) *Record {
	tb.Helper()
	s := Shared(tb)
	name, err := s.Database(tb.Context(), from)
	if err != nil {
		tb.Fatal(err)
	}
	return At(s.DSN(name))
}

// At is the record in a database that is there.
func At(dsn string) *Record {
	return &Record{Engine: "postgres", Options: records.Options{DSN: dsn, Logger: Quiet}, driver: "pgx", dsn: dsn}
}

// Each runs a test on both engines, each time with a fresh record.
func Each(t *testing.T, test func(t *testing.T, r *Record)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

// EachEmpty is [Each] with databases that have no schema yet.
func EachEmpty(t *testing.T, test func(t *testing.T, r *Record)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, EmptySQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, EmptyPostgres(t)) })
}
