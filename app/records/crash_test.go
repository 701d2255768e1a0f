package records_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

const childRecord = "WARDLIGHT_TEST_RECORD"

// TestMain lets this binary be the program that is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv(childRecord); path != "" {
		writeUntilKilled(path)
		return
	}
	os.Exit(recordtest.Main(m))
}

// writeUntilKilled saves notes for ever and says each save it was told is kept.
func writeUntilKilled(path string) {
	ctx := context.Background() // this process has no other end than SIGKILL
	s, err := records.Open(ctx, records.Options{Path: path})
	if err != nil {
		fmt.Println("error", err)
		return
	}
	state, err := s.Sections(ctx, "p1")
	for version := state[chart.Notes].Version; err == nil; version++ {
		var got chart.Saved
		got, err = s.Save(ctx, noteSave(fmt.Sprintf("pid%d-%d", os.Getpid(), version), version, 1))
		fmt.Println("saved", got.Version)
	}
	fmt.Println("error", err)
}

// A program killed in the middle of saving leaves a sound record with every
// save that it had acknowledged.
//
// Seen red: with the acknowledgement printed before the save ("saved N+1"), the
// version found was one behind in most rounds.
func TestKilledWriterLosesNothing(t *testing.T) {
	r := recordtest.SQLite(t)
	s, path := fresh(t, r), r.Options.Path
	for round := range 5 {
		child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
		child.Env = append(os.Environ(), childRecord+"="+path)
		out, err := child.StdoutPipe()
		ok(t, err)
		ok(t, child.Start())
		var acked int64
		lines := 0
		for buf := bufio.NewScanner(out); buf.Scan(); {
			if strings.HasPrefix(buf.Text(), "error") {
				t.Error(buf.Text())
			}
			if n, found := strings.CutPrefix(buf.Text(), "saved "); found {
				acked, err = strconv.ParseInt(n, 10, 64)
				ok(t, err)
			}
			if lines++; lines == 20+round*7 {
				ok(t, child.Process.Kill())
			}
		}
		_ = child.Wait() // killed, as it should be
		ok(t, s.Check(t.Context()))
		state, err := s.Sections(t.Context(), "p1")
		ok(t, err)
		if v := state[chart.Notes].Version; v < acked || int(v) != count(t, s, t.Context(), "p1") {
			t.Fatalf("acknowledged %d, version %d, %d notes", acked, v, count(t, s, t.Context(), "p1"))
		}
	}
}
