package records

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/pressly/goose/v3"
)

// The two folders hold the same migrations, one by one: what is one table here
// is one there, with the same columns. The engines' types differ too much for
// one text; a test compares the schemas they end with.
//
//go:embed migrations/sqlite/*.sql migrations/postgres/*.sql
var migrations embed.FS

// MetaRecordID names the meta entry that holds the record's own identity: a
// station that sees another one has been pointed at another record.
const MetaRecordID = "record-id"

// migrate brings the schema up to this program's, if it may, or says why it
// must not be used. Several programs may start at once: each migration is one
// transaction that can be done once, so that one wins and the others find it done
// when they look again, and a migration that was cut short was never begun.
func (s *Store) migrate(ctx context.Context, upgrade bool) error {
	dir, err := fs.Sub(migrations, s.d.dir)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(s.d.goose, s.writer.DB, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("records: migrations: %w", err)
	}
	sources := p.ListSources()
	s.schema = sources[len(sources)-1].Version

	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for tries := 0; ; tries++ {
		var have int64
		if have, err = s.schemaNow(ctx); err == nil {
			if have == s.schema {
				if err := s.foldNames(ctx); err != nil {
					return err
				}
				return s.identify(ctx)
			}
			if err := s.knows(have); have > s.schema || have > 0 && s.d.shared && !upgrade && s.used(ctx) {
				return err
			}
			if err = s.eachOnce(ctx, p); err == nil {
				_, err = p.Up(ctx)
			}
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

// eachOnce has the engine refuse a migration that was done, with all that it did: a program that
// looked before another was through would do it again, over what newer ones made of its tables.
func (s *Store) eachOnce(ctx context.Context, p *goose.Provider) error {
	if _, err := p.GetDBVersion(ctx); err != nil { // makes the table
		return err
	}
	for _, do := range []string{
		`DELETE FROM goose_db_version WHERE id NOT IN (SELECT MIN(id) FROM goose_db_version GROUP BY version_id)`,
		`CREATE UNIQUE INDEX IF NOT EXISTS each_version_once ON goose_db_version (version_id)`,
	} {
		if _, err := s.writer.ExecContext(ctx, do); err != nil {
			return err
		}
	}
	return nil
}

// Schema is the newest form of the record that this program knows. A program that
// knows less than the record has cannot write any more.
func (s *Store) Schema() int64 { return s.schema }

// used reports whether the record was ever whole. One that was cut short while it
// was made has no identity yet, and no data of anybody.
func (s *Store) used(ctx context.Context) bool {
	_, err := s.Meta(ctx, MetaRecordID)
	return !errors.Is(err, ErrNotFound)
}

// knows reports whether this program may write under that schema. Each write
// asks, because another program may have changed the record since Open.
func (s *Store) knows(schema int64) error {
	switch {
	case schema > s.schema:
		return fmt.Errorf("%w: schema %d, this program knows %d", ErrTooNew, schema, s.schema)
	case schema < s.schema:
		return fmt.Errorf("%w: schema %d, this program needs %d", ErrTooOld, schema, s.schema)
	}
	return nil
}

// schemaNow is the newest migration that was done; 0 for a new record. It only
// reads, so that a program without the right to change the schema can ask.
func (s *Store) schemaNow(ctx context.Context) (have int64, err error) {
	err = s.writer.QueryRowContext(ctx,
		`SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version WHERE is_applied`).Scan(&have)
	if err != nil && absent(err) {
		return 0, nil
	}
	return have, err
}

// absent reports whether err says that there is no such table.
func absent(err error) bool {
	text := err.Error()
	return strings.Contains(text, "no such table") || strings.Contains(text, "SQLSTATE 42P01")
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
