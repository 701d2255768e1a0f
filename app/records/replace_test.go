package records_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

const (
	replacePath = "WARDLIGHT_TEST_REPLACE_PATH"
	replaceFrom = "WARDLIGHT_TEST_REPLACE_FROM"
)

// TestReplacer is the program that is killed below: it encrypts a record and
// restores it, for ever.
func TestReplacer(t *testing.T) {
	path := os.Getenv(replacePath)
	if path == "" {
		t.Skip("run by TestKilledReplacementLeavesARecord")
	}
	o := secured(t, true).Options
	o.Path = path
	for n := 0; ; n++ {
		if n == 0 && os.Getenv(replaceFrom) == "" {
			fmt.Println("begin")
			ok(t, records.Encrypt(t.Context(), o))
			return
		}
		fmt.Println("begin")
		ok(t, second(records.Restore(t.Context(), os.Getenv(replaceFrom), o,
			records.RestoreOptions{By: by, Discard: true})))
	}
}

// A restore or an encryption that is killed at any moment leaves a whole record
// under its name: the old one or the new one.
//
// Seen red: with the record put aside by a rename (and 20 ms before the new one
// takes its name, to be met by a kill at all) a round finds no record.
func TestKilledReplacementLeavesARecord(t *testing.T) {
	t.Parallel()
	rounds := 6
	if full {
		rounds = 300
	}
	random := rand.New(rand.NewPCG(3, 5))
	for _, restore := range []bool{true, false} {
		t.Run(map[bool]string{true: "restore", false: "encrypt"}[restore], func(t *testing.T) {
			whole := map[bool]int{}
			r := secured(t, false)
			s, err := records.Open(t.Context(), r.Options)
			ok(t, err)
			furnish(t, s)
			for n := range 50 {
				ok(t, second(s.Save(t.Context(), noteSave(fmt.Sprint(n), int64(n), 1))))
			}
			file := filepath.Join(t.TempDir(), "backup")
			ok(t, second(s.Backup(t.Context(), file, by, audit.Trust{})))
			ok(t, s.Close())
			text, err := os.ReadFile(r.Options.Path)
			ok(t, err)
			for range rounds {
				dir := t.TempDir()
				path := filepath.Join(dir, "record.db")
				ok(t, os.WriteFile(path, text, 0o600))
				limit, cancel := context.WithTimeout(t.Context(), 30*time.Second)
				child := exec.CommandContext(limit, os.Args[0], "-test.run=^TestReplacer$")
				child.Env = append(os.Environ(), replacePath+"="+path)
				if restore {
					child.Env = append(child.Env, replaceFrom+"="+file)
				}
				out, err := child.StdoutPipe()
				ok(t, err)
				ok(t, child.Start())
				lines := bufio.NewScanner(out)
				for lines.Scan() && lines.Text() != "begin" {
				}
				time.Sleep(time.Duration(random.IntN(150_000)) * time.Microsecond) // the moment of the kill, not a wait
				_ = child.Process.Kill()                                           // it may have ended
				_ = child.Wait()
				cancel()
				if info, err := os.Stat(path); err != nil || info.Size() == 0 {
					t.Fatalf("no record: %v", err)
				}
				o := secured(t, true).Options
				o.Path, o.Seal, o.Logger = path, nil, recordtest.Quiet
				s, err := records.Open(t.Context(), o)
				ok(t, err)
				whole[s.Encrypted()]++
				ok(t, s.Check(t.Context()))
				if _, err := s.VerifyAudit(t.Context()); err != nil {
					t.Fatal(err)
				}
				if n := count(t, s, t.Context(), "p1"); n != 50 {
					t.Fatalf("%d notes", n)
				}
				ok(t, s.Close())
			}
			t.Logf("%d kills: %d found the record as it was, %d as it became", rounds, whole[false], whole[true])
		})
	}
}
