//go:build !unix

package demo

import (
	"context"
	"os"
)

// lock is the file's existence here: the demonstration runs on Unix, where
// redis-server does.
func lock(path string) (unlock func() error, err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	return func() error { _ = f.Close(); return os.Remove(path) }, nil
}

func endLeftover(context.Context, string, string) error { return nil }
