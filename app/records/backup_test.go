package records_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

var by = audit.Event{Actor: "it", Station: "WS-1"}

// options of a record with a key, or without.
func secured(t testing.TB, encrypted bool) *recordtest.Record {
	t.Helper()
	r := recordtest.EmptySQLite(t)
	r.Options.Writer, r.Options.Seal = "WS-1", newSeal()
	if encrypted {
		r.Options.Key = func(context.Context) ([]byte, error) {
			return []byte(strings.Repeat("k", records.KeySize)),
				nil
		}
	}
	return r
}

func eachCrypt(t *testing.T, test func(t *testing.T, r *recordtest.Record)) {
	for name, encrypted := range map[string]bool{"plain": false, "encrypted": true} {
		t.Run(name, func(t *testing.T) { t.Parallel(); test(t, secured(t, encrypted)) })
	}
}

// A backup that is made while two writers run holds one moment: every save that
// was acknowledged before it began, and of each later one all or nothing.
func TestBackupWhileWritersRun(t *testing.T) {
	t.Parallel()
	eachCrypt(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx, stop := context.WithCancel(t.Context())
		var acked atomic.Int64
		ended := make(chan error, 1)
		go func() {
			for n := int64(0); ctx.Err() == nil; n++ {
				if _, err := s.Save(t.Context(), noteSave(fmt.Sprint(n), n, 1)); err != nil {
					ended <- err
					return
				}
				acked.Add(1)
			}
			ended <- nil
		}()
		dir := t.TempDir()
		rounds := 8
		if full {
			rounds = 100
		}
		for n := range rounds {
			for acked.Load() < int64(10*n) && len(ended) == 0 {
				time.Sleep(time.Millisecond)
			}
			before := acked.Load()
			path := filepath.Join(dir, fmt.Sprint(n))
			snap, err := s.Backup(t.Context(), path, by, audit.Trust{})
			ok(t, err)
			if snap.Encrypted != (r.Options.Key != nil) || snap.AuditLines < before {
				t.Fatalf("%+v, %d saves", snap, before)
			}
			o := r.Options
			o.Path, o.Seal = path, nil
			copied, err := records.Open(t.Context(), o)
			ok(t, err)
			have := int64(count(t, copied, t.Context(), "p1"))
			states, err := copied.Sections(t.Context(), "p1")
			ok(t, err)
			if have < before || have > acked.Load()+1 || states[chart.Notes].Version != have {
				t.Fatalf("%d notes at version %d; %d were saved before, %d after", have, states[chart.Notes].Version,
					before, acked.Load())
			}
			ok(t, copied.Check(t.Context()))
			ok(t, copied.Close())
		}
		stop()
		ok(t, <-ended)
		if at, err := s.LastBackup(t.Context()); err != nil || time.Since(at).Abs() > time.Minute {
			t.Fatal(at, err)
		}
		t.Logf("%d backups, %d saves meanwhile", rounds, acked.Load())
		if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) > 0 {
			t.Fatal(left)
		}
		if _, err := s.Backup(t.Context(), filepath.Join(dir, "0"), by, audit.Trust{}); !errors.Is(err, os.ErrExist) {
			t.Fatalf("over another file: %v", err)
		}
	})
}

// After a restore no number comes again: a station that followed the lost record
// hears of everything, and an editor that was opened before does not save.
//
// Seen red: without the jump the station hears nothing, and the old editor's
// save at version 3 goes through although another person wrote that version.
func TestNoNumberComesAgainAfterARestore(t *testing.T) {
	t.Parallel()
	eachCrypt(t, func(t *testing.T, r *recordtest.Record) {
		s, err := records.Open(t.Context(), r.Options)
		ok(t, err)
		furnish(t, s)
		ok(t, second(s.Save(t.Context(), noteSave("a", 0, 10))))
		file := filepath.Join(t.TempDir(), "backup")
		ok(t, second(s.Backup(t.Context(), file, by, audit.Trust{})))
		for n, key := range []string{"b", "c"} { // these are lost
			ok(t, second(s.Save(t.Context(), noteSave(key, int64(n+1), 11))))
		}
		ok(t, s.PutPatient(t.Context(), person("p2", "02")))
		pos, err := s.LastSeq(t.Context())
		ok(t, err)
		was, err := s.Summaries(t.Context(), []string{"p1"})
		ok(t, err)

		if _, err := records.Restore(t.Context(), file, r.Options, records.RestoreOptions{By: by}); !errors.Is(err,
			records.ErrInUse) {
			t.Fatalf("while it is open: %v", err)
		}
		ok(t, s.Close())
		if _, err := records.Restore(t.Context(), file, r.Options, records.RestoreOptions{By: by}); !errors.Is(err,
			records.ErrNewer) {
			t.Fatalf("over a newer record: %v", err)
		}
		done, err := records.Restore(t.Context(), file, r.Options, records.RestoreOptions{By: by, Discard: true})
		ok(t, err)
		if done.Was == nil || done.Was.Change != pos || done.First <= pos ||
			done.Backup.Encrypted != (r.Options.Key != nil) {
			t.Fatalf("%+v", done)
		}
		kept := r.Options
		kept.Path, kept.Seal = done.Aside, nil
		if snap, err := records.InspectBackup(t.Context(), done.Aside, kept, audit.Trust{}); err != nil ||
			snap.Change != pos {
			t.Fatalf("what was there is kept: %+v %v", snap, err)
		}

		s = r.Open(t)
		changes, err := s.ChangesAfter(t.Context(), pos, 1000)
		ok(t, err)
		heard := map[string]bool{}
		for _, c := range changes {
			heard[string(c.Kind)+" "+c.Ward+" "+c.Patient] = true
		}
		if !heard["patient 4B p1"] || !heard["ward 4B "] {
			t.Errorf("a station at change %d hears of %v", pos, heard)
		}
		now, err := s.Summaries(t.Context(), []string{"p1"})
		ok(t, err)
		if now["p1"].Revision <= was["p1"].Revision {
			t.Errorf("revision %d after %d", now["p1"].Revision, was["p1"].Revision)
		}
		// Somebody writes what the lost record had as version 2 and 3.
		states, err := s.Sections(t.Context(), "p1")
		ok(t, err)
		v := states[chart.Notes].Version
		fence := uint64(time.Now().Add(time.Minute).UnixMicro())
		ok(t, second(s.Save(t.Context(), noteSave("d", v, fence))))
		ok(t, second(s.Save(t.Context(), noteSave("e", v+1, fence))))
		if _, err := s.Save(t.Context(), noteSave("old editor", 3, fence)); !errors.Is(err, chart.ErrConflict) {
			t.Errorf("an editor of before the restore: %v", err)
		}
		trust, err := s.AuditTrust(t.Context())
		ok(t, err)
		report, err := s.AuditReport(t.Context(), trust)
		ok(t, err)
		tail, err := s.AuditTail(t.Context(), 20)
		ok(t, err)
		told := false
		for _, e := range tail {
			told = told || e.Action == audit.Restore && e.Version == done.First
		}
		if !told || len(trust.Anchors) != 1 {
			t.Errorf("the trail does not tell of the restore: %+v %+v", report, tail)
		}
		left, _ := filepath.Glob(r.Options.Path + ".restoring*")
		if len(left) > 0 {
			t.Errorf("left: %v", left)
		}
	})
}

// A backup that is damaged, changed, foreign or of another key does not replace
// a record.
func TestBadBackupsAreRefused(t *testing.T) {
	t.Parallel()
	eachCrypt(t, func(t *testing.T, r *recordtest.Record) {
		s, err := records.Open(t.Context(), r.Options)
		ok(t, err)
		furnish(t, s)
		for n := range 30 {
			ok(t, second(s.Save(t.Context(), noteSave(fmt.Sprint(n), int64(n), 1))))
		}
		dir := t.TempDir()
		file := filepath.Join(dir, "backup")
		ok(t, second(s.Backup(t.Context(), file, by, audit.Trust{})))
		ok(t, s.Close())
		before, err := os.ReadFile(r.Options.Path)
		ok(t, err)
		text, err := os.ReadFile(file)
		ok(t, err)
		cut := filepath.Join(dir, "cut")
		ok(t, os.WriteFile(cut, text[:len(text)/2], 0o600))
		flipped := filepath.Join(dir, "flipped")
		for n := 8192; n+4096 <= len(text); n += 4096 {
			text[n+2000] ^= 0x55
			text[n+5] ^= 0x55
		}
		ok(t, os.WriteFile(flipped, text, 0o600))
		if r.Options.Key == nil { // its audit trail edited, by somebody who knows SQL
			changed := filepath.Join(dir, "changed")
			whole, err := os.ReadFile(file)
			ok(t, err)
			ok(t, os.WriteFile(changed, whole, 0o600))
			db, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(changed))
			ok(t, err)
			ok(t, second(db.ExecContext(t.Context(),
				`DROP TRIGGER audit_no_update; UPDATE audit SET actor = 'mdiaz' WHERE seq = 9`)))
			ok(t, db.Close())
			if _, err := records.Restore(t.Context(), changed, r.Options,
				records.RestoreOptions{By: by, Discard: true}); !errors.Is(err, records.ErrAuditBroken) {
				t.Errorf("changed: %v", err)
			}
		}
		another := secured(t, r.Options.Key != nil)
		o := fresh(t, another)
		foreign := filepath.Join(dir, "foreign")
		ok(t, second(o.Backup(t.Context(), foreign, by, audit.Trust{})))
		for name, path := range map[string]string{"cut": cut, "flipped": flipped, "foreign": foreign,
			"absent": filepath.Join(dir, "no")} {
			if _, err := records.Restore(t.Context(), path, r.Options,
				records.RestoreOptions{By: by, Discard: name != "foreign"}); err == nil {
				t.Errorf("%s: restored", name)
			} else {
				t.Logf("%s: %v", name, err)
			}
		}
		if after, err := os.ReadFile(r.Options.Path); err != nil || string(after) != string(before) {
			t.Errorf("the record was changed: %v", err)
		}
		if r.Options.Key != nil {
			bad := r.Options
			bad.Key = func(context.Context) ([]byte, error) { return make([]byte, records.KeySize), nil }
			if _, err := records.InspectBackup(t.Context(), file, bad, audit.Trust{}); !errors.Is(err, records.ErrKey) {
				t.Errorf("another key: %v", err)
			}
			bad.Key = nil
			if _, err := records.Open(t.Context(), bad); !errors.Is(err, records.ErrKey) {
				t.Errorf("no key: %v", err)
			}
		}
		ok(t, r.Open(t).Check(t.Context()))
	})
}

// A damaged record is what a restore is for, with its log and all; one whose key
// is not at hand just now is left alone.
func TestUnreadableRecordIsReplacedAndKept(t *testing.T) {
	t.Parallel()
	eachCrypt(t, func(t *testing.T, r *recordtest.Record) {
		s, err := records.Open(t.Context(), r.Options)
		ok(t, err)
		furnish(t, s)
		ok(t, second(s.Save(t.Context(), noteSave("a", 0, 1))))
		file := filepath.Join(t.TempDir(), "backup")
		ok(t, second(s.Backup(t.Context(), file, by, audit.Trust{})))
		ok(t, s.Close())
		if r.Options.Key != nil {
			locked := r.Options
			tries := 0
			locked.Key = func(ctx context.Context) ([]byte, error) {
				if tries++; tries > 1 { // the backup's is given, then the keyring locks
					return nil, errors.New("locked")
				}
				return r.Options.Key(ctx)
			}
			before, err := os.ReadFile(r.Options.Path)
			ok(t, err)
			if _, err := records.Restore(t.Context(), file, locked, records.RestoreOptions{By: by}); !errors.Is(err,
				records.ErrKey) {
				t.Fatalf("keyring locked: %v", err)
			}
			if after, err := os.ReadFile(r.Options.Path); err != nil || string(after) != string(before) {
				t.Fatal("the record was changed", err)
			}
		}
		text, err := os.ReadFile(r.Options.Path)
		ok(t, err)
		for n := range text[:8192] {
			text[n] ^= 0x5a
		}
		if r.Options.Key == nil {
			copy(text, "SQLite format 3\x00")
		}
		ok(t, os.WriteFile(r.Options.Path, text, 0o600))
		ok(t, os.WriteFile(r.Options.Path+"-wal", text[:100], 0o600))
		done, err := records.Restore(t.Context(), file, r.Options, records.RestoreOptions{By: by})
		ok(t, err)
		if kept, err := os.ReadFile(done.Aside); err != nil || string(kept) != string(text) || done.Was != nil {
			t.Fatalf("%+v: the damaged file is not kept: %v", done, err)
		}
		s = r.Open(t)
		ok(t, s.Check(t.Context()))
		if n := count(t, s, t.Context(), "p1"); n != 1 {
			t.Fatalf("%d notes", n)
		}
	})
}

func TestServersBackUpTheirOwn(t *testing.T) {
	s := recordtest.Postgres(t).Open(t)
	if at, err := s.LastBackup(t.Context()); err != nil || !at.IsZero() { // this server archives nothing
		t.Fatal(at, err)
	}
	if _, err := s.Backup(t.Context(), filepath.Join(t.TempDir(), "x"), by, audit.Trust{}); !errors.Is(err,
		records.ErrServersBackup) {
		t.Fatal(err)
	}
}
