package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/records"
)

func TestBackupAndRestoreCommands(t *testing.T) {
	t.Parallel()
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	ctl(t, data, "seed", "demo")
	var snap records.Snapshot
	if err := json.Unmarshal([]byte(ctl(t, data, "backup", file)), &snap); err != nil || snap.Change == 0 ||
		snap.AuditLines == 0 {
		t.Fatalf("%+v %v", snap, err)
	}
	ctl(t, data, "restore", "--check", file)
	if out, _ := try(t, data, "doctor"); !strings.Contains(out, "the last backup is 0s old") {
		t.Error(out)
	}
	ctl(t, data, "staff", "add", "later", "--surname", "Later")
	if _, err := try(t, data, "restore", file); err == nil || !strings.Contains(err.Error(), "newer") {
		t.Fatalf("over a newer record: %v", err)
	}
	var done records.Restored
	if err := json.Unmarshal([]byte(ctl(t, data, "restore", "--discard-newer", file)), &done); err != nil ||
		done.First <= snap.Change {
		t.Fatalf("%+v %v", done, err)
	}
	if out := ctl(t, data, "audit", "export"); !strings.Contains(out, `"restore"`) || strings.Contains(out, `"later"`) {
		t.Error(out)
	}
	fresh := t.TempDir() // a new machine
	ctl(t, fresh, "restore", file)
	if out := ctl(t, fresh, "wards"); !strings.Contains(out, "4B") {
		t.Error(out)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("the backup's rights: %v %v", info.Mode(), err)
	}
}
