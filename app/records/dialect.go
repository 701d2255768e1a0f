package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"strconv"
	"strings"
	"sync"

	"github.com/pressly/goose/v3"
)

// dialect is where the engines differ. Every statement of the record is written
// once, in the SQL that both speak (upserts, RETURNING, partial indexes, TRUE
// and FALSE); what is left to tell apart is here, in the migrations, and in the
// mapping of errors. Times are whole microseconds on both, so that a moment
// reads back as it was written on either.
type dialect struct {
	name string
	// goose and dir name the migrations.
	goose goose.Dialect
	dir   string
	// numbered asks for $1, $2, ... in place of "?".
	numbered bool
	// lock ends the statement that opens a write transaction, so that write
	// transactions run one after the other. SQLite does so by BEGIN IMMEDIATE.
	lock string
	// lateral asks for the newest sets patient by patient. PostgreSQL may else
	// look for the oldest wanted once for every set there is: 20 s for 1,000
	// patients where this takes a tenth of one. SQLite has no LATERAL.
	lateral bool
	// among ends "x " with "x is one of a list", which is one argument made by
	// list: the statement stays one text whatever the list's length.
	among string
	list  func([]string) any
	// micros is the database's own clock in microseconds, the same for all its
	// stations.
	micros string
	// snapshot makes several reads see one moment.
	snapshot sql.TxOptions
	// shared means that the record has more than one machine's programs on it:
	// its schema is changed only by somebody who means to.
	shared bool
}

var (
	sqliteDialect = &dialect{name: "sqlite", goose: goose.DialectSQLite3, dir: "migrations/sqlite",
		among: "IN (SELECT value FROM json_each(?))", list: jsonList, snapshot: sql.TxOptions{ReadOnly: true},
		micros: "CAST(unixepoch('subsec') * 1000000 AS INTEGER)"}
	postgresDialect = &dialect{name: "postgres", goose: goose.DialectPostgres, dir: "migrations/postgres",
		numbered: true, lock: " FOR UPDATE", shared: true, lateral: true,
		among: "= ANY(?)", list: func(list []string) any { return append([]string{}, list...) }, // nil would be NULL
		micros:   "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)",
		snapshot: sql.TxOptions{ReadOnly: true, Isolation: sql.LevelRepeatableRead}}
)

// seenFrom asks where this program is: its network address, empty without a network.
func (d *dialect) seenFrom() string {
	if d == postgresDialect {
		return "COALESCE(host(inet_client_addr()), '')"
	}
	return "''"
}

func jsonList(list []string) any {
	b, _ := json.Marshal(append([]string{}, list...)) // texts always marshal; nil would be null
	return string(b)
}

// bound holds statements with numbered placeholders by their text with "?". It
// is bounded by the program's own statements.
var bound sync.Map

// bind writes a statement for the engine. No statement of the record holds a
// "?" that is not a placeholder.
func (d *dialect) bind(query string) string {
	if !d.numbered || !strings.Contains(query, "?") {
		return query
	}
	if had, ok := bound.Load(query); ok {
		return had.(string)
	}
	var b strings.Builder
	for n, part := range strings.Split(query, "?") {
		if n > 0 {
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(n))
		}
		b.WriteString(part)
	}
	out := b.String()
	bound.Store(query, out)
	return out
}

// pool is a pool of connections that speaks the record's statements.
type pool struct {
	*sql.DB
	d *dialect
}

// QueryContext is as that of [sql.DB].
func (p *pool) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return p.DB.QueryContext(ctx, p.d.bind(query), args...)
}

// QueryRowContext is as that of [sql.DB].
func (p *pool) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return p.DB.QueryRowContext(ctx, p.d.bind(query), args...)
}

// snapshot runs f on a transaction in which all reads see one moment.
func (p *pool) snapshot(ctx context.Context, f func(querier) error) error {
	// On PostgreSQL the pool begins: it tries again where a connection turns out
	// to be one of a server that has ended.
	begin := p.BeginTx
	var c *sql.Conn
	if p.d == sqliteDialect {
		var err error
		if c, err = p.Conn(ctx); err != nil {
			return away(err)
		}
		defer func() { _ = c.Close() }() // gives it back to the pool
		begin = c.BeginTx
	}
	t, err := begin(ctx, &p.d.snapshot)
	if err != nil {
		return away(err)
	}
	defer func() { _ = t.Rollback() }() // nothing was written
	return away(f(reading{t, p.d, c}))
}

// reading is a running transaction that speaks the record's statements.
type reading struct {
	*sql.Tx
	d    *dialect
	conn *sql.Conn // that it runs on, if it is SQLite's and reads
}

// QueryContext is as that of [sql.Tx].
func (r reading) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return r.Tx.QueryContext(ctx, r.d.bind(query), args...)
}

// QueryRowContext is as that of [sql.Tx].
func (r reading) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	return r.Tx.QueryRowContext(ctx, r.d.bind(query), args...)
}
