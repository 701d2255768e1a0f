//go:build !windows

package doctor

import "golang.org/x/sys/unix"

// freeSpace is what a user may still write, in bytes.
func freeSpace(dir string) (uint64, error) {
	var s unix.Statfs_t
	err := unix.Statfs(dir, &s)
	return uint64(s.Bavail) * uint64(s.Bsize), err //nolint:unconvert // the types differ by system
}
