//go:build unix

package demo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// lock keeps a second demonstration out of the folder: two servers on one
// append-only file would ruin it. The kernel lets go of it however we end.
func lock(path string) (unlock func() error, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}

// endLeftover ends the server of a demonstration that was killed. A process is
// ended only if it works in our own redis folder: the number may have been given
// to another since.
func endLeftover(ctx context.Context, pidFile, dir string) error {
	text, err := os.ReadFile(pidFile)
	if err != nil {
		return nil // none was left
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil || pid <= 1 {
		return nil
	}
	proc := fmt.Sprintf("/proc/%d/cwd", pid)
	own, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return err
	}
	for asked := false; ; asked = true {
		if cwd, err := os.Readlink(proc); err != nil || cwd != own {
			return nil
		}
		if !asked {
			if err := syscall.Kill(pid, syscall.SIGTERM); err != nil {
				return fmt.Errorf("redis-server left over from before (process %d): %w", pid, err)
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("redis-server left over from before (process %d) does not end: %w", pid, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
