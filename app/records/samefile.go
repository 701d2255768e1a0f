package records

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"
)

// stillThere looks whether the file of a SQLite record is the one that was opened: what
// is written to one that was moved away or replaced is lost to all others. On Unix it opens
// nothing: to close a second handle would end the locks of the first on some systems.
func (s *Store) stillThere() error {
	if s.opened == nil {
		return nil
	}
	now, err := os.Stat(s.at.Path)
	if err == nil && !os.SameFile(s.opened, now) {
		err = fmt.Errorf("%w: another file stands in its place", ErrAway)
	}
	return err
}

// ofOneFile connects to the file that the record was opened with and to no other. The
// pool opens connections whenever it needs one more, also while somebody has the file
// moved away: one to a file that stands there meanwhile would be kept, and would answer
// from that file long after the right one is back.
type ofOneFile struct {
	driver.Connector
	s *Store
}

// Connect implements [driver.Connector].
func (f ofOneFile) Connect(ctx context.Context) (driver.Conn, error) {
	if err := f.s.stillThere(); err != nil {
		return nil, away(err)
	}
	c, err := f.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := f.s.stillThere(); err != nil {
		return nil, errors.Join(away(err), c.Close())
	}
	return c, nil
}
