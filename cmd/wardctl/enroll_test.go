package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/cmd/internal/enroll"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// Without a keyring enroll says so in 3 s and leaves the one-time file alone.
func TestEnrollWithoutKeyring(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "none"))
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "x.enroll")
	if err := enroll.Write(file, map[string]string{site.RedisPassword: "canary"}); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	out, err := tryWith(t, data, "", "enroll", "--from", file)
	if !errors.Is(err, enroll.ErrKeyring) || time.Since(began) > 3*time.Second ||
		strings.Contains(out+err.Error(), "canary") {
		t.Errorf("%v %s after %v", err, out, time.Since(began))
	}
	if _, err := os.Stat(file); err != nil {
		t.Error("the one-time file is gone, and its secret with it")
	}
}
