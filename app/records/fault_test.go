package records_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"sync"
)

var errCut = errors.New("the program ended here")

// cut stands between a record and its driver, and ends the program's life, as
// far as the database can see, before the at-th step: nothing more gets through,
// and what was not committed is rolled back by the engine.
type cut struct {
	at   int
	then func() // called once, when it happens

	mu    sync.Mutex
	steps int
}

func (c *cut) step() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.steps++
	if c.at < 0 || c.steps < c.at {
		return nil
	}
	if c.steps == c.at {
		c.then()
	}
	return errCut
}

func (c *cut) wrap(next driver.Connector) driver.Connector { return &cutConnector{next, c} }

type cutConnector struct {
	driver.Connector
	c *cut
}

func (x *cutConnector) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := x.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &cutConn{conn, x.c}, nil
}

type cutConn struct {
	driver.Conn
	c *cut
}

func (x *cutConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	e, can := x.Conn.(driver.ExecerContext)
	if !can {
		return nil, driver.ErrSkip
	}
	if err := x.c.step(); err != nil {
		return nil, err
	}
	return e.ExecContext(ctx, query, args)
}

func (x *cutConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	q, can := x.Conn.(driver.QueryerContext)
	if !can {
		return nil, driver.ErrSkip
	}
	if err := x.c.step(); err != nil {
		return nil, err
	}
	return q.QueryContext(ctx, query, args)
}

func (x *cutConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	if err := x.c.step(); err != nil {
		return nil, err
	}
	return x.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
}

func (x *cutConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if err := x.c.step(); err != nil {
		return nil, err
	}
	t, err := x.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
	return &cutTx{t, x}, err
}

func (x *cutConn) CheckNamedValue(v *driver.NamedValue) error {
	if n, can := x.Conn.(driver.NamedValueChecker); can {
		return n.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

type cutTx struct {
	driver.Tx
	conn *cutConn
}

func (x *cutTx) Commit() error {
	if err := x.conn.c.step(); err != nil {
		return err
	}
	return x.Tx.Commit()
}
