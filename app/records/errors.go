package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	"github.com/ncruces/go-sqlite3"

	"github.com/wardlight/wardlight/app/chart"
)

// Errors of the record.
var (
	// ErrNotFound means the record holds no such thing.
	ErrNotFound = errors.New("records: not found")
	// ErrAway means the record cannot be read or written now: locked for too
	// long, disk full, unreachable, or the deadline passed. A write may be
	// tried again with the same idempotency key. It is a
	// [chart.ErrRecordAway].
	ErrAway = fmt.Errorf("records: away: %w", chart.ErrRecordAway)
	// ErrTooNew means a newer program has changed the record's schema: this
	// one must not write to it.
	ErrTooNew = errors.New("records: written by a newer version of the program")
	// ErrBedTaken means another patient lies in that bed.
	ErrBedTaken = errors.New("records: bed is taken")
	// ErrAmbiguous means a number belongs to more than one patient.
	ErrAmbiguous = errors.New("records: more than one patient has this number")
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
	switch {
	case err == nil, errors.Is(err, ErrAway):
		return err
	case errors.Is(err, sql.ErrConnDone), errors.Is(err, sql.ErrTxDone),
		errors.Is(err, context.DeadlineExceeded), errors.As(err, new(*fs.PathError)):
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	if err.Error() == "sql: database is closed" { // database/sql exports no value for it
		return fmt.Errorf("%w: %w", ErrAway, err)
	}
	if e, ok := errors.AsType[*sqlite3.Error](err); ok {
		switch e.Code() {
		case sqlite3.BUSY, sqlite3.LOCKED, sqlite3.IOERR, sqlite3.FULL, sqlite3.CANTOPEN,
			sqlite3.READONLY, sqlite3.CORRUPT, sqlite3.NOTADB, sqlite3.PROTOCOL, sqlite3.NOMEM, sqlite3.INTERRUPT:
			return fmt.Errorf("%w: %w", ErrAway, err)
		}
	}
	return err
}

// taken reports whether err is a broken UNIQUE or PRIMARY KEY rule.
func taken(err error) bool {
	return errors.Is(err, sqlite3.CONSTRAINT_UNIQUE) || errors.Is(err, sqlite3.CONSTRAINT_PRIMARYKEY)
}
