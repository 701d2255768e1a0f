package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"

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
func (in intake) Once(ctx context.Context, o hl7.Origin, f func() (string, error)) (kept string, ran bool, err error) {
	t := in.t
	err = t.QueryRowContext(ctx, `SELECT kept FROM messages WHERE key = ?`, o.Key).Scan(&kept)
	if !errors.Is(err, sql.ErrNoRows) {
		return kept, false, err
	}
	err = t.try(ctx, "message", func() error {
		var err error
		if kept, err = f(); err != nil {
			return err
		}
		if err = t.touchLate(ctx); err != nil {
			return err
		}
		sent := int64(0)
		if !o.Sent.IsZero() {
			sent = o.Sent.UnixMicro()
		}
		_, err = t.exec(ctx,
			`INSERT INTO messages (key, kept, at, source, control, kind, sent) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			o.Key, kept, t.at.UnixMicro(), o.Source, o.Control, o.Kind, sent)
		return err
	})
	if err != nil {
		return "", false, refused(err)
	}
	return kept, true, nil
}

// try runs f behind a savepoint. If it fails, nothing that it wrote is kept, nor
// what the transaction noted of it: numbers of changes, lines of the trail.
func (t *tx) try(ctx context.Context, name string, f func() error) error {
	if _, err := t.exec(ctx, `SAVEPOINT `+name); err != nil {
		return err
	}
	later, numbered, wrote := maps.Clone(t.later), t.numbered, t.wrote
	if err := f(); err != nil {
		t.later, t.numbered, t.wrote = later, numbered, wrote
		clear(t.survivors)
		clear(t.places)
		if _, undo := t.exec(ctx, `ROLLBACK TO SAVEPOINT `+name); undo != nil {
			return errors.Join(err, undo)
		}
		return err
	}
	_, err := t.exec(ctx, `RELEASE SAVEPOINT `+name)
	return err
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
