package records

import (
	"context"
	"time"
)

const erasable = `FROM parked p WHERE p.state <> 'waiting' AND p.erased IS NULL AND p.at <= ?`

// EraseParked erases the texts of what was decided longer than keep ago, with the
// name and date of birth in them; what waits is never erased. It returns how many.
// Without any it only reads.
func (s *Store) EraseParked(ctx context.Context, keep time.Duration) (erased int64, err error) {
	var some bool
	before := s.now().Add(-keep).UnixMicro()
	if err := s.reader.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 `+erasable+`)`, before).Scan(&some); err != nil ||
		!some {
		return 0, away(err)
	}
	err = s.write(ctx, func(t *tx) error {
		const old = `state <> 'waiting' AND erased IS NULL AND at <= ?`
		erased, err = t.exec(ctx, `UPDATE parked SET raw = '', name = '', born = '', erased = ? WHERE `+old,
			t.at.UnixMicro(), before)
		return err
	})
	return erased, err
}
