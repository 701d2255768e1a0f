package records

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/ncruces/go-sqlite3"
)

// prepared keeps each connection's statements compiled, as the driver for
// PostgreSQL does by itself: compiling took half of the time of a short
// statement. The statements are the program's own texts, so their number is
// bounded.
type prepared struct{ driver.Connector }

// Connect implements [driver.Connector].
func (p prepared) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	full, is := c.(sqliteConn)
	if !is {
		return nil, errors.Join(errors.New("records: not the driver that was expected"), c.Close())
	}
	return &preparedConn{full, map[string]*preparedStmt{}, map[string]*sqlite3.Stmt{}}, nil
}

// sqliteConn is what the driver's connections do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.NamedValueChecker
	Raw() *sqlite3.Conn
}

type preparedConn struct {
	sqliteConn
	all map[string]*preparedStmt
	raw map[string]*sqlite3.Stmt // those that are read past database/sql
}

// statement is that query, compiled, for whoever reads it column by column. The
// reader resets it.
func (c *preparedConn) statement(query string) (*sqlite3.Stmt, error) {
	if had := c.raw[query]; had != nil {
		return had, nil
	}
	s, _, err := c.Raw().Prepare(query)
	if err == nil {
		c.raw[query] = s
	}
	return s, err
}

// PrepareContext implements [driver.ConnPrepareContext]. database/sql uses a
// connection from one goroutine at a time.
func (c *preparedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if had := c.all[query]; had != nil && !had.busy {
		had.busy = true
		return had, nil
	}
	s, err := c.sqliteConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	full, is := s.(sqliteStmt)
	if !is || c.all[query] != nil { // busy: a second one, for once
		return s, nil
	}
	c.all[query] = &preparedStmt{full, true}
	return c.all[query], nil
}

// Close closes the statements and the connection.
func (c *preparedConn) Close() error {
	var err error
	for _, s := range c.all {
		err = errors.Join(err, s.sqliteStmt.Close())
	}
	for _, s := range c.raw {
		err = errors.Join(err, s.Close())
	}
	clear(c.all)
	clear(c.raw)
	return errors.Join(err, c.sqliteConn.Close())
}

// sqliteStmt is what the driver's statements do.
type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
	driver.NamedValueChecker
}

type preparedStmt struct {
	sqliteStmt
	busy bool
}

// Close gives the statement back for its next use. The driver has reset it: at
// the end of a change, or when its rows were closed.
func (s *preparedStmt) Close() error {
	s.busy = false
	return nil
}
