package records

import (
	"context"
	"errors"
)

// metaShowing notes whether all patients of the record came by imports that are for
// showing.
const metaShowing = "for-showing"

// ForShowing reports whether nobody in the record is a patient: there is none, or all
// came by imports that are for showing.
func (s *Store) ForShowing(ctx context.Context) (bool, error) {
	said, err := s.Meta(ctx, metaShowing)
	if err == nil || !errors.Is(err, ErrNotFound) {
		return said == "yes", err
	}
	var some bool
	err = s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM patients)`).Scan(&some)
	return !some, away(err)
}

// Shows notes that an import which is for showing begins, or one which is not: from then
// on the record is a hospital's.
func (s *Store) Shows(ctx context.Context, yes bool) error {
	said, err := s.Meta(ctx, metaShowing)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	is := map[bool]string{true: "yes", false: "no"}[yes]
	if said == is || said == "" && !yes {
		return nil
	}
	return s.Batch(ctx, func(ctx context.Context, b *Batch) error { return b.SetMeta(ctx, metaShowing, is) })
}
