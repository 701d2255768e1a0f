package records

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/wardlight/wardlight/app/patient"
)

// WithFaults puts wrap between the record and its engine's driver.
func WithFaults(o Options, wrap func(driver.Connector) driver.Connector) Options {
	o.wrap = wrap
	return o
}

// WithVFS makes SQLite use the file system that was registered by that name.
func WithVFS(o Options, name string) Options {
	o.vfs = name
	return o
}

// WithStuckLimit changes how long a transaction may wait for its program.
func WithStuckLimit(o Options, d time.Duration) Options {
	o.frees = d
	return o
}

// Reader is one of the connections that read, for its caller alone.
func Reader(ctx context.Context, s *Store) (*sql.Conn, error) { return s.reader.Conn(ctx) }

// MigrateTo brings an empty record to an older schema, as an older program
// would.
func MigrateTo(ctx context.Context, o Options, version int64) error {
	s := &Store{d: sqliteDialect}
	var err error
	if o.DSN != "" {
		s.d = postgresDialect
		s.writer, err = s.postgresPool(o, false)
	} else if err = createPrivate(o.Path); err == nil {
		s.writer, err = s.sqlitePool(o, false)
	}
	if err != nil {
		return err
	}
	defer func() { _ = s.writer.Close() }()
	dir, err := fs.Sub(migrations, s.d.dir)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(s.d.goose, s.writer.DB, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = p.UpTo(ctx, version)
	return err
}

// RecentSets is the query for observation sets on an engine.
func RecentSets(engine, among string) string {
	if engine == "postgres" {
		return postgresDialect.recentSets(among)
	}
	return sqliteDialect.recentSets(among)
}

// ByNumber is the query for a patient by MRN.
const ByNumber = byNumber

// TasksDueOnWard is the query for open tasks, from JOIN on.
const TasksDueOnWard = dueOnWard

// OpenMovesOfWard is the query for open alerts, from FROM on.
const OpenMovesOfWard = openMoves + ` AND a.ward = ?` + inOrder

// WardsOfCode is the query for the wards of a code.
const WardsOfCode = `SELECT ` + wardColumns + ` FROM wards ` + wardsOfCode

// Namesakes is the query for the IDs of all who share one person's surname.
const Namesakes = `SELECT s.id FROM staff s ` + namesakes + `))`

// NewestSchema is the schema this program knows.
func NewestSchema(s *Store) int64 { return s.schema }

// Pragma reads a setting of one of the connections.
func (s *Store) Pragma(ctx context.Context, writer bool, query string) (v string, err error) {
	p := s.reader
	if writer {
		p = s.writer
	}
	err = p.QueryRowContext(ctx, query).Scan(&v)
	return v, err
}

// Plan is how the engine would run a statement.
func (s *Store) Plan(ctx context.Context, query string, args ...any) ([]string, error) {
	explain := "EXPLAIN QUERY PLAN "
	var q querier = s.reader
	if s.d == postgresDialect {
		explain = "EXPLAIN "
		// A test's tables are so small that reading them whole is cheapest: what
		// is asked is whether the index can serve.
		t, err := s.reader.BeginTx(ctx, nil)
		if err != nil {
			return nil, err
		}
		defer func() { _ = t.Rollback() }()
		if _, err := t.ExecContext(ctx, `SET LOCAL enable_seqscan = off`); err != nil {
			return nil, err
		}
		q = reading{t, s.d, nil}
	}
	rows, err := q.QueryContext(ctx, explain+query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var out []string
	for rows.Next() {
		var id, parent, unused any
		var detail string
		into := []any{&detail}
		if len(columns) == 4 {
			into = []any{&id, &parent, &unused, &detail}
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		out = append(out, detail)
	}
	return out, rows.Err()
}

// Row asks the database one question.
func (s *Store) Row(ctx context.Context, query string, to ...any) error {
	return s.reader.QueryRowContext(ctx, query).Scan(to...)
}

// SummariesUnread reads summaries whose query n, from 0, answers with a row that
// cannot be read.
func (s *Store) SummariesUnread(ctx context.Context, n int, ids ...string) error {
	return s.reader.snapshot(ctx, func(q querier) error {
		return summaries(ctx, &spoilt{q, n}, s.d, s.d.among, s.d.list(ids), true, map[string]patient.Summary{})
	})
}

// spoilt answers the query after left others with a row of one column.
type spoilt struct {
	querier
	left int
}

func (u *spoilt) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if u.left--; u.left == -1 {
		return u.querier.QueryContext(ctx, `SELECT 1`)
	}
	return u.querier.QueryContext(ctx, query, args...)
}
