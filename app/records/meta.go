package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Meta reads a small fact about the record itself, never about a patient.
// [ErrNotFound] if it was never set.
func (s *Store) Meta(ctx context.Context, key string) (string, error) {
	var v string
	err := s.reader.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = ?`, key).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("meta %q: %w", key, ErrNotFound)
	}
	return v, away(err)
}

// SetMeta writes such a fact. Secrets do not belong here.
func (s *Store) SetMeta(ctx context.Context, key, value string) error {
	return s.aside(ctx, func(t *tx) error { return t.setMeta(ctx, key, value) })
}

func (t *tx) setMeta(ctx context.Context, key, value string) error {
	_, err := t.exec(ctx, `INSERT INTO meta (key, value) VALUES (?, ?)
		ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}
