package records

import (
	"context"
	"os"
	"time"
)

// inUse is this program's share of a lock on a file beside the database. The
// operating system takes it back from a program that dies, so that whoever opens
// the record next can tell "another program works on it" from "a program died
// over it". The lock keeps nobody out.
type inUse struct{ f *os.File }

// use takes the lock: alone, if nobody has it (first), so that others wait for
// the check that follows, or else shared with those that do.
func use(ctx context.Context, path string) (u *inUse, first bool, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, false, err
	}
	u = &inUse{f}
	wait := time.NewTicker(10 * time.Millisecond)
	defer wait.Stop()
	for {
		if ok, err := tryLock(f, true); ok || err != nil {
			return u, ok, err
		}
		if ok, err := tryLock(f, false); ok || err != nil {
			return u, false, err
		}
		select { // another program checks the file just now
		case <-wait.C:
		case <-ctx.Done():
			return u, false, ctx.Err()
		}
	}
}

// share lets others in.
func (u *inUse) share() error {
	_, err := tryLock(u.f, false)
	return err
}

// end gives the lock back; nil has none.
func (u *inUse) end() error {
	if u == nil {
		return nil
	}
	return u.f.Close()
}
