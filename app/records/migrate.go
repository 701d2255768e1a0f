package records

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"time"

	"github.com/google/uuid"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrations embed.FS

// MetaRecordID names the meta entry that holds the record's own identity: a
// station that sees another one has been pointed at another record.
const MetaRecordID = "record-id"

// migrate brings the schema up to date. Several programs may start at once:
// each migration is one transaction, so that one wins and the others find it
// done when they look again.
func (s *Store) migrate(ctx context.Context) error {
	dir, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, s.writer, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("records: migrations: %w", err)
	}
	sources := p.ListSources()
	newest := sources[len(sources)-1].Version

	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for tries := 0; ; tries++ {
		var have int64
		if have, err = p.GetDBVersion(ctx); err == nil {
			if have > newest {
				return fmt.Errorf("%w: schema %d, this program knows %d", ErrTooNew, have, newest)
			}
			if have == newest {
				return s.identify(ctx)
			}
			_, err = p.Up(ctx)
			if err == nil {
				continue
			}
		}
		if tries >= 40 {
			return away(fmt.Errorf("records: migrate: %w", err))
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return away(ctx.Err())
		}
	}
}

// identify gives a new record its identity.
func (s *Store) identify(ctx context.Context) error {
	if _, err := s.Meta(ctx, MetaRecordID); err == nil {
		return nil
	}
	return s.write(ctx, func(t *tx) error {
		_, err := t.exec(ctx, `INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING`,
			MetaRecordID, uuid.NewString())
		return err
	})
}
