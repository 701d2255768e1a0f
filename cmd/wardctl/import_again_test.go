package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/hl7"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// The command that goes on after Ctrl-C has every flag that says where and how the files
// are read.
func TestImportGoesOnWithItsFlags(t *testing.T) {
	t.Parallel()
	root := newRoot()
	c, _, err := root.Find([]string{"import", "hl7"})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.ParseFlags([]string{"--data", "/tmp/the ward's", "--time-zone", "Europe/London", "--authority",
		"OAK", "--training",
		"--json", "--details", "--from", "7", "--rebase", "now"}); err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)
	run := importRun{cmd: c, newest: map[string]time.Time{"big.hl7": at}, options: hl7.ImportOptions{Shift: time.Hour}}
	want := `wardctl import hl7 --authority OAK --data '/tmp/the ward'\''s' --details --json --rebase 2026-03-10T09:00:00Z` +
		` --time-zone Europe/London --training --from 2176 big.hl7`
	if got := run.again([]string{"big.hl7"}, 2176); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

// What is only for showing is kept out of a hospital's record.
func TestRebaseIsKeptOutOfALiveRecord(t *testing.T) {
	t.Parallel()
	data, file := t.TempDir(), fileOf(t, admission(1, "P"))
	if err := site.WriteConfig(data, site.Config{Record: site.Record{DSN: "postgres://s@127.0.0.1:1/w"}}); err != nil {
		t.Fatal(err)
	}
	for _, flags := range [][]string{{"--rebase", "now"}, {"--training"}} {
		if _, said, status := importHL7(t, data, append(flags, file)...); status != 1 ||
			!strings.Contains(said, "--into-live-record") {
			t.Errorf("%v: %d %s", flags, status, said)
		}
	}
	if _, said, _ := importHL7(t, data, "--rebase", "now", "--into-live-record", file); strings.Contains(said,
		"for showing") {
		t.Error(said)
	}
	if _, said, status := importHL7(t, t.TempDir(), "--rebase", "2026-03-10T08:00:00Z", file); status != 0 {
		t.Errorf("%d %s", status, said)
	}
}

// What is for showing comes to no record with patients who came otherwise. Seen red: it
// was taken beside them.
func TestRebaseIsKeptFromPatients(t *testing.T) {
	t.Parallel()
	file := fileOf(t, admission(1, "P"))
	for _, flags := range [][]string{{"--rebase", "2026-03-10T08:00:00Z"}, {"--training"}} {
		data := t.TempDir()
		again := append(flags, file)
		for range 2 { // what is for showing may come again
			if _, said, status := importHL7(t, data, again...); status != 0 {
				t.Errorf("%v, first: %d %s", flags, status, said)
			}
		}
		if _, said, status := importHL7(t, data, fileOf(t, admission(2, "P"))); status != 0 {
			t.Errorf("%d %s", status, said)
		}
		if _, said, status := importHL7(t, data, again...); status != 1 || !strings.Contains(said, "--into-live-record") {
			t.Errorf("%v, beside patients: %d %s", flags, status, said)
		}
		if _, said, status := importHL7(t, data, append(again, "--into-live-record")...); status != 0 {
			t.Errorf("%v, told to: %d %s", flags, status, said)
		}
	}
	live, shown := t.TempDir(), t.TempDir()
	importHL7(t, live, fileOf(t, admission(2, "P")))
	if _, said, status := importHL7(t, live, "--rebase", "now", file); status != 1 ||
		!strings.Contains(said, "patients who came otherwise") {
		t.Errorf("%d %s", status, said)
	}
	ctl(t, shown, "seed", "demo")
	if _, said, status := importHL7(t, shown, "--rebase", "now", file); status != 0 {
		t.Errorf("a demonstration: %d %s", status, said)
	}
}

// Parked messages of one reason fold as warnings do, and a file that cannot be read is
// named as such.
func TestImportFoldsParkedMessages(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for n := range 30 {
		fmt.Fprintf(&text,
			"MSH|^~\\&|LAB|OAK|||20260310081200+0000||ORU^R01|%d|P|2.5\rPID|1||W%d^^^X^MR\rOBR|1||F1|V\r"+
				"OBX|1|NM|8867-4^HR^LN||71|/min|||||F|||20260310080000+0000\r", n, n)
	}
	_, said, status := importHL7(t, t.TempDir(), fileOf(t, text.String()))
	if status != 3 || strings.Count(said, ": parked: ") != perKind ||
		!strings.Contains(said, "and 20 more parked messages like: nobody has this number") {
		t.Errorf("%d %s", status, said)
	}
	folder := filepath.Join(t.TempDir(), "d")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, said, _ := importHL7(t, t.TempDir(), folder); !strings.Contains(said, folder+": is a folder") ||
		strings.Contains(said, "record") {
		t.Error(said)
	}
}
