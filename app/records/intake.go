package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/wardlight/wardlight/app/hl7"
)

var _ hl7.Sink = (*Store)(nil)

// ImportBatch implements [hl7.Sink].
func (s *Store) ImportBatch(ctx context.Context, f func(context.Context, hl7.Writer) error) error {
	return s.write(ctx, func(t *tx) error { return f(ctx, intake{&Batch{t}}) })
}

// intake is a transaction as an import sees it.
type intake struct{ *Batch }

// Once implements [hl7.Writer]. A savepoint lets a refused message go without
// the others of the transaction.
func (in intake) Once(ctx context.Context, key string, f func() (string, error)) (kept string, ran bool, err error) {
	t := in.t
	err = t.QueryRowContext(ctx, `SELECT kept FROM messages WHERE key = ?`, key).Scan(&kept)
	if !errors.Is(err, sql.ErrNoRows) {
		return kept, false, err
	}
	if _, err := t.exec(ctx, `SAVEPOINT message`); err != nil {
		return "", false, err
	}
	if kept, err = f(); err == nil {
		err = t.touchLate(ctx)
	}
	if err == nil {
		_, err = t.exec(ctx, `INSERT INTO messages (key, kept, at) VALUES (?, ?, ?)`, key, kept, t.at.UnixMicro())
	}
	if err != nil {
		clear(t.later)
		if _, undo := t.exec(ctx, `ROLLBACK TO SAVEPOINT message`); undo != nil {
			return "", false, errors.Join(err, undo)
		}
		return "", false, refused(err)
	}
	_, err = t.exec(ctx, `RELEASE SAVEPOINT message`)
	return kept, true, err
}

// refused marks what concerns one message alone.
func refused(err error) error {
	for _, one := range []error{ErrAmbiguous, ErrMerged, ErrBedTaken, ErrNotFound, ErrInvalid, ErrKeyReused} {
		if errors.Is(err, one) {
			return fmt.Errorf("%w: %w", hl7.ErrRefused, err)
		}
	}
	if err := away(err); broken(err) || errors.Is(err, ErrInvalid) {
		return fmt.Errorf("%w: %w", hl7.ErrRefused, err)
	}
	return err
}
