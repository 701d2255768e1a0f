package records

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/ncruces/go-sqlite3"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/trust"
)

// Errors of the record.
var (
	// ErrNotFound means the record holds no such thing.
	ErrNotFound = errors.New("records: not found")
	// ErrAway means the record cannot be read or written now: locked for too
	// long, disk full, unreachable, or the deadline passed. A write may be
	// tried again with the same idempotency key. It is a
	// [chart.ErrRecordAway]. Where TLS is the cause, the chain holds the reason
	// of package trust.
	ErrAway = fmt.Errorf("records: away: %w", chart.ErrRecordAway)
	// ErrTooNew means a newer program has changed the record's schema: this
	// one must not write to it.
	ErrTooNew = errors.New("records: written by a newer version of the program")
	// ErrTooOld means the record's schema is older than this program's and
	// others share it: it must be upgraded on purpose ([Options].Upgrade).
	ErrTooOld = errors.New("records: waits to be upgraded to this version of the program")
	// ErrBedTaken means another patient lies in that bed.
	ErrBedTaken = errors.New("records: bed is taken")
	// ErrAmbiguous means a number belongs to more than one patient.
	ErrAmbiguous = fmt.Errorf("records: %w", patient.ErrShared)
	// ErrMerged means the patient has been merged into another and takes no
	// more entries.
	ErrMerged = errors.New("records: patient was merged into another")
	// ErrInvalid means an entry that no chart can hold.
	ErrInvalid = errors.New("records: invalid entry")
	// ErrKeyReused means an idempotency key came again with other content.
	ErrKeyReused = errors.New("records: idempotency key used for something else")
)

// away turns what the database reports about itself into ErrAway and leaves
// every other error as it is. The cause stays in the chain.
func away(err error) error {
	if err == nil || errors.Is(err, ErrAway) {
		return err
	}
	if trust.Reason(err) != nil {
		return fmt.Errorf("%w: %w", ErrAway, trust.Mark(err))
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch {
		case e.Code == "22021": // a text that is not UTF-8, or holds NUL
			return fmt.Errorf("%w: %w", ErrInvalid, err)
		case awayStates[e.Code[:min(2, len(e.Code))]], awayStates[e.Code]:
			return fmt.Errorf("%w: %w", ErrAway, err)
		}
		return err
	}
	if e, ok := errors.AsType[*sqlite3.Error](err); ok {
		switch e.Code() {
		case sqlite3.BUSY, sqlite3.LOCKED, sqlite3.IOERR, sqlite3.FULL, sqlite3.CANTOPEN,
			sqlite3.READONLY, sqlite3.CORRUPT, sqlite3.NOTADB, sqlite3.PROTOCOL, sqlite3.NOMEM, sqlite3.INTERRUPT:
			return fmt.Errorf("%w: %w", ErrAway, err)
		}
		return err
	}
	for _, one := range []error{sql.ErrConnDone, sql.ErrTxDone, driver.ErrBadConn, context.DeadlineExceeded,
		io.EOF, io.ErrUnexpectedEOF, net.ErrClosed} {
		if errors.Is(err, one) {
			return fmt.Errorf("%w: %w", ErrAway, err)
		}
	}
	switch {
	case errors.As(err, new(*fs.PathError)), errors.As(err, new(net.Error)), errors.As(err, new(*pgconn.ConnectError)),
		pgconn.SafeToRetry(err),
		// Neither package exports a value for these.
		err.Error() == "sql: database is closed", err.Error() == "conn closed":
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	return err
}

// awayStates are SQLSTATE classes, and codes of other classes, that tell of the
// server and not of the statement.
var awayStates = map[string]bool{
	"08":    true, // connection
	"28":    true, // not let in
	"3D":    true, // no such database
	"40":    true, // rolled back: deadlock, serialization
	"53":    true, // out of disk, memory, connections
	"55P03": true, // lock timeout
	"57":    true, // shut down, cancelled
	"58":    true, // the server's own I/O failed
	"XX":    true, // damaged data, internal
	"25006": true, // read only: a standby
	"25P03": true, // the transaction waited too long for this program
}

// taken reports whether err is a broken UNIQUE or PRIMARY KEY rule.
func taken(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == "23505"
	}
	return errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) || errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY)
}

// broken reports whether err is a broken rule of the schema.
func broken(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return len(e.Code) == 5 && e.Code[:2] == "23"
	}
	return errors.Is(err, sqlite3.CONSTRAINT)
}
