package records

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// pgx is used through database/sql and not by its own interface: the record is
// one set of statements, and one way to run and scan them is worth more here
// than the few microseconds a call that the other interface would save.

// ErrUnsafe means the connection string would send patients' data, or a
// password, where others can read them.
var ErrUnsafe = errors.New("records: unsafe connection string")

// stuckLimit is how long a transaction may wait for its own program. A station
// that is frozen, asleep or cut off in the middle of a write holds the lock that
// every write needs; the server ends its transaction after this time and the
// others go on. The station's commit then fails: nothing was saved.
const stuckLimit = 5 * time.Second

// openPostgres prepares the connections; none is made yet.
func (s *Store) openPostgres(ctx context.Context, o Options) error {
	var err error
	if s.writer, err = s.postgresPool(o, false); err != nil {
		return err
	}
	// As on SQLite, one writer a program: commits of one hospital do not
	// overlap, so that a second connection would only wait at the server.
	s.writer.SetMaxOpenConns(1)
	s.writer.SetMaxIdleConns(1)
	if s.reader, err = s.postgresPool(o, true); err != nil {
		return err
	}
	// A server has hundreds of connections, not thousands, and a hospital has
	// hundreds of stations.
	s.reader.SetMaxOpenConns(4)
	s.reader.SetMaxIdleConns(2)
	s.reader.SetConnMaxIdleTime(5 * time.Minute)

	var encoding, fsync string
	err = s.reader.QueryRowContext(ctx, `SELECT current_setting('server_encoding'), current_setting('fsync')`).
		Scan(&encoding, &fsync)
	if err != nil {
		return away(err)
	}
	if encoding != "UTF8" {
		return fmt.Errorf("records: the database holds %s, not UTF8", encoding)
	}
	if fsync != "on" {
		s.log.WarnContext(ctx, "the database server runs with fsync off: a power cut loses what was saved")
	}
	return nil
}

func (s *Store) postgresPool(o Options, readOnly bool) (*pool, error) {
	c, err := pgx.ParseConfig(o.DSN)
	if err != nil {
		return nil, unreadable(err)
	}
	if c.Password != "" {
		return nil, fmt.Errorf(
			"%w: the password belongs in the keyring, not in the connection string, PGPASSWORD or a password file",
			ErrUnsafe)
	}
	if err := private(c, o.Certificate); err != nil {
		return nil, err
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = 5 * time.Second
	}
	stuck := o.frees
	if stuck == 0 {
		stuck = stuckLimit
	}
	p := c.RuntimeParams
	p["application_name"] = "wardlight"
	p["timezone"] = "UTC"
	p["lock_timeout"] = millis(busyTimeout)
	p["statement_timeout"] = millis(2 * busyTimeout)
	// Compiling a board's query takes ten times as long as running it.
	p["jit"] = "off"
	p["idle_in_transaction_session_timeout"] = millis(stuck)
	if readOnly {
		p["default_transaction_read_only"] = "on"
	}
	var out driver.Connector = stdlib.GetConnector(*c,
		stdlib.OptionBeforeConnect(func(ctx context.Context, c *pgx.ConnConfig) (err error) {
			if o.Password != nil {
				c.Password, err = o.Password(ctx)
			}
			return err
		}),
		stdlib.OptionAfterConnect(durable))
	out = telling{out, c}
	if o.wrap != nil {
		out = o.wrap(out)
	}
	return &pool{sql.OpenDB(out), s.d}, nil
}

// durable sees to it that a commit that the server acknowledges is on its disk
// (and on its standbys, where it has synchronous ones), whatever the default of
// the database or the role. A stricter setting is left alone.
func durable(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, `SELECT set_config('synchronous_commit', 'on', false)
		WHERE current_setting('synchronous_commit') IN ('off', 'local')`)
	return err
}

func millis(d time.Duration) string { return strconv.FormatInt(d.Milliseconds(), 10) }
