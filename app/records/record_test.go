package records_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/alert"
	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/patient"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/ward"
)

func TestSummaryComesBackWhole(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		for n := range 30 {
			_, err := s.AddObservation(t.Context(),
				set(string(rune('a'+n%26))+string(rune('a'+n/26)), "p1", noon.Add(time.Duration(n)*time.Minute)))
			ok(t, err)
		}
		_, err := s.Save(t.Context(), noteSave("a", 0, 1))
		ok(t, err)
		all, err := s.Summaries(t.Context(), []string{"p1", "nobody"})
		ok(t, err)
		if len(all) != 1 {
			t.Fatalf("%d summaries, want 1", len(all))
		}
		got := all["p1"]
		if len(got.Recent) != patient.RecentSets || !got.Recent[0].Taken.Equal(noon.Add(29*time.Minute)) {
			t.Fatalf("%d recent sets, newest %v", len(got.Recent), got.Recent[0].Taken)
		}
		if got.Recent[0].Pulse != nil || *got.Recent[0].SpO2 != 96.5 || *got.Recent[0].Oxygen {
			t.Fatalf("set changed: %+v", got.Recent[0])
		}
		want := person("p1", "01")
		want.Recent, want.Revision, want.Versions = got.Recent, got.Revision, map[string]int64{"notes": 1}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
		found, err := s.FindPatient(t.Context(), "700p1")
		ok(t, err)
		if found.ID != "p1" {
			t.Fatal("found the wrong patient")
		}
		if _, err := s.FindPatient(t.Context(), ""); !errors.Is(err, records.ErrNotFound) {
			t.Fatalf("empty MRN: %v", err)
		}
	})
}

// A row that cannot be read is an error of the read, not the end of the station:
// so it is where a call's time ends between a row's coming and its reading.
//
// Seen red with the errors of Scan looked at only after the patient was looked up:
// a nil pointer, and a real station on a busy machine ended by it.
func TestUnreadableRowIsAnError(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		for n := range 7 {
			if err := s.SummariesUnread(t.Context(), n, "p1"); err == nil {
				t.Errorf("query %d: no error", n)
			}
		}
		ok(t, s.SummariesUnread(t.Context(), 7, "p1"))
	})
}

// Seen red: with a touch of the section version in AddObservation the nurse's
// save from version 0 is a conflict.
func TestDevicesDoNotDisturbEditors(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		r1, err := s.AddObservation(t.Context(), set("o1", "p1", noon))
		ok(t, err)
		r2, err := s.AddObservation(t.Context(), set("o1", "p1", noon))
		ok(t, err)
		if r1 != r2 {
			t.Fatalf("the same set again: revision %d, then %d", r1, r2)
		}
		hers := set("o2", "p1", noon)
		got, err := s.Save(t.Context(), chart.Save{Patient: "p1", Section: chart.Observations, Key: "k", Fence: 3,
			Staff: "tnguyen", Ward: "4B", Entry: chart.Entry{Observation: &hers}})
		ok(t, err)
		if got.Version != 0 || got.Revision != r2+1 { // what only adds makes nobody's change a conflict
			t.Fatalf("saved %+v after revision %d", got, r2)
		}
		list, err := s.Observations(t.Context(), "p1", time.Time{}, 10)
		ok(t, err)
		if len(list) != 2 {
			t.Fatalf("%d sets", len(list))
		}
		sections, err := s.Sections(t.Context(), "p1")
		ok(t, err)
		if by := sections[chart.Observations].By; by != "Nguyen, T" {
			t.Fatalf("saved by %q", by)
		}
	})
}

func TestOneBedOnePatient(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		if err := s.PutPatient(t.Context(), person("p2", "01")); !errors.Is(err, records.ErrBedTaken) {
			t.Fatalf("second patient in a bed: %v", err)
		}
		ok(t, s.PutPatient(t.Context(), person("p2", "02")))
		ok(t, s.Discharge(t.Context(), "p1"))
		ok(t, s.PutPatient(t.Context(), person("p2", "01")))
		beds, err := s.Beds(t.Context(), "4B")
		ok(t, err)
		if beds[0].Patient != "p2" || beds[1].Patient != "" || len(beds) != 3 {
			t.Fatalf("beds %+v", beds)
		}
		here, err := s.WardPatients(t.Context(), "4B")
		ok(t, err)
		if !reflect.DeepEqual(here, []string{"p2"}) {
			t.Fatalf("on the ward: %v", here)
		}
		stolen := person("p3", "03")
		stolen.Patient.Identifiers = person("p2", "").Patient.Identifiers
		if err := s.PutPatient(t.Context(), stolen); !errors.Is(err, records.ErrAmbiguous) {
			t.Fatalf("somebody else's number: %v", err)
		}
	})
}

func TestMergeKeepsBothHistories(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		ok(t, s.PutPatient(ctx, person("p2", "02")))
		ok(t, s.PutPatient(ctx, person("p3", "03")))
		_, err := s.AddObservation(ctx, set("o1", "p1", noon))
		ok(t, err)
		_, err = s.Save(ctx, noteSave("a", 0, 1))
		ok(t, err)
		_, err = s.AppendMove(ctx, raise("a1"))
		ok(t, err)
		ok(t, s.SaveDraft(ctx, chart.Draft{Staff: "tnguyen", Patient: "p1", Section: chart.Notes, Version: 1,
			Fields: map[string]string{"text": "half a note"}, Saved: noon}))
		ok(t, s.Merge(ctx, "p2", "p1"))
		ok(t, s.Merge(ctx, "p2", "p1")) // again changes nothing
		ok(t, s.Merge(ctx, "p3", "p2")) // and the survivor is merged in its turn
		if err := s.Merge(ctx, "p3", "p3"); err == nil {
			t.Fatal("merged with itself")
		}
		if err := s.Merge(ctx, "p1", "p3"); !errors.Is(err, records.ErrMerged) {
			t.Fatalf("merge into a merged patient: %v", err)
		}
		all, err := s.Summaries(ctx, []string{"p1", "p3"})
		ok(t, err)
		if m := all["p1"]; m.Patient.MergedInto != "p3" || m.Ward != "" || m.Bed != "" || len(m.Recent) != 0 {
			t.Fatalf("merged patient %+v", m)
		}
		if n := len(all["p3"].Recent); n != 1 || count(t, s, ctx, "p3") != 1 {
			t.Fatalf("survivor has %d sets", n)
		}
		moves, err := s.OpenMoves(ctx, "4B")
		ok(t, err)
		if moves[0].Alert.Patient != "p3" {
			t.Fatalf("alert stayed with %s", moves[0].Alert.Patient)
		}
		if d, have, err := recordtest.Draft(ctx, s, "tnguyen", "p3", chart.Notes); err != nil || !have ||
			d.Fields["text"] != "half a note" {
			t.Fatalf("draft: %v %v %+v", err, have, d)
		}
		found, err := s.FindPatient(ctx, "700p1")
		ok(t, err)
		if found.ID != "p3" {
			t.Fatalf("the merged number finds %s", found.ID)
		}
		if _, err := s.Save(ctx, noteSave("b", 2, 2)); !errors.Is(err, records.ErrMerged) {
			t.Fatalf("save to a merged patient: %v", err)
		}
		late := set("o2", "p1", noon)
		_, err = s.AddObservation(ctx, late)
		ok(t, err)
		list, err := s.Observations(ctx, "p3", time.Time{}, 10)
		ok(t, err)
		if len(list) != 2 {
			t.Fatalf("a late set did not follow the merge: %d sets", len(list))
		}
	})
}

func TestMovesAndOutboxAreOneSequence(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		before, err := s.LastSeq(ctx)
		ok(t, err)
		first, err := s.AppendMove(ctx, raise("a1"))
		ok(t, err)
		twin := raise("a1")
		twin.ID = "another" // the same alert raised by a second path
		again, err := s.AppendMove(ctx, twin)
		ok(t, err)
		if again.ID != first.ID || again.Seq != first.Seq {
			t.Fatalf("raised twice: %+v", again)
		}
		strange := raise("a2")
		strange.Alert.Priority, strange.Alert.Patient = "urgent!", "nobody we know"
		second, err := s.AppendMove(ctx, strange)
		ok(t, err)
		if second.Alert.Priority != alert.High {
			t.Fatalf("unknown priority became %q", second.Alert.Priority)
		}
		got, err := s.AppendMove(ctx, step(alert.Accepted, "a1", "achen"))
		ok(t, err)
		if got.Alert.Text != first.Alert.Text || first.Seq != before+1 || got.Seq != before+3 {
			t.Fatalf("accepted %+v, raised at %d", got, first.Seq)
		}
		changes, err := s.ChangesAfter(ctx, before, 10)
		ok(t, err)
		if len(changes) != 3 {
			t.Fatalf("%d changes", len(changes))
		}
		for n, c := range changes {
			var m alert.Move
			ok(t, json.Unmarshal(c.Payload, &m))
			if c.Seq != before+int64(n)+1 || m.Seq != c.Seq || c.Kind != records.ChangeAlert {
				t.Fatalf("change %+v carries move %d", c, m.Seq)
			}
		}
		moves, err := s.MovesAfter(ctx, "4B", first.Seq, 10)
		ok(t, err)
		byID, err := s.MoveByID(ctx, got.ID)
		ok(t, err)
		if len(moves) != 2 || !reflect.DeepEqual(moves[1], got) || !reflect.DeepEqual(byID, got) {
			t.Fatalf("moves %+v", moves)
		}
		other, err := s.MovesAfter(ctx, "5A", 0, 10)
		ok(t, err)
		if len(other) != 0 {
			t.Fatal("another ward's moves")
		}
		for _, seq := range []int64{first.Seq, got.Seq, first.Seq, got.Seq + 100} {
			ok(t, s.MarkRelayed(ctx, seq))
		}
		relayed, err := s.Relayed(ctx)
		ok(t, err)
		if relayed != got.Seq {
			t.Fatalf("relayed %d, want %d", relayed, got.Seq)
		}
	})
}

func TestDraftsSurviveAndAreOnesOwn(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		d := chart.Draft{Staff: "tnguyen", Patient: "p1", Section: chart.Notes, Version: 4,
			Fields: map[string]string{"text": "\u202e نص \x00 \"quoted\" 🫀"}, Saved: noon,
			Typed: noon.Add(-time.Hour), Key: "k", Tried: true,
			Writer: "w1", Station: "WS-1"}
		ok(t, s.SaveDraft(ctx, d))
		late := d
		late.Fields, late.Saved = map[string]string{"text": "older"}, noon.Add(-time.Second)
		ok(t, s.SaveDraft(ctx, late))
		got, have, err := recordtest.Draft(ctx, s, "tnguyen", "p1", chart.Notes)
		ok(t, err)
		if !have || !reflect.DeepEqual(got, d) {
			t.Fatalf("got %+v", got)
		}
		if _, have, _ := recordtest.Draft(ctx, s, "mdiaz", "p1", chart.Notes); have {
			t.Fatal("somebody else's draft")
		}
		ok(t, s.DropDraft(ctx, "tnguyen", "p1", chart.Notes, "of another edit"))
		if _, have, _ := recordtest.Draft(ctx, s, "tnguyen", "p1", chart.Notes); !have {
			t.Fatal("what was typed elsewhere since was dropped")
		}
		ok(t, s.DropDraft(ctx, "tnguyen", "p1", chart.Notes, "w1"))
		ok(t, s.DropDraft(ctx, "tnguyen", "p1", chart.Notes, "w1"))
		list, err := s.Drafts(ctx, "tnguyen")
		ok(t, err)
		if len(list) != 0 {
			t.Fatal("draft not dropped")
		}
	})
}

func TestStaff(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		p, hash, err := s.StaffByID(t.Context(), "tnguyen")
		ok(t, err)
		if hash != "hash" || !reflect.DeepEqual(p.Wards, []string{"4B", "5A"}) {
			t.Fatalf("%+v %s", p, hash)
		}
		p.Active = false
		ok(t, s.PutStaff(t.Context(), p, ""))
		p, hash, err = s.StaffByID(t.Context(), "tnguyen")
		ok(t, err)
		if hash != "hash" || p.Active {
			t.Fatal("an empty hash must keep the old one, inactive must hold")
		}
		if _, _, err := s.StaffByID(t.Context(), "x"); !errors.Is(err, records.ErrNotFound) {
			t.Fatal(err)
		}
	})
}

func TestAuditTrailIsAppendOnly(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		for range 3 {
			ok(t, s.Audit(t.Context(),
				audit.Event{At: noon, Actor: "achen", Action: audit.ViewChart, Patient: "p1", Outcome: audit.Done}))
		}
		for _, q := range []string{`UPDATE audit SET actor = 'x'`, `DELETE FROM audit`} {
			if err := r.Exec(t, q); err == nil {
				t.Fatalf("%s went through", q)
			}
		}
		n, err := s.VerifyAudit(t.Context())
		ok(t, err)
		if n != 3 {
			t.Fatalf("%d lines", n)
		}
		// Whoever owns the file can drop the triggers; the chain still tells.
		drop := map[string]string{"sqlite": `DROP TRIGGER audit_no_update`,
			"postgres": `DROP TRIGGER audit_no_update ON audit`}
		ok(t, r.Exec(t, drop[r.Engine]))
		ok(t, r.Exec(t, `UPDATE audit SET patient = 'p9' WHERE seq = 2`))
		if _, err := s.VerifyAudit(t.Context()); !errors.Is(err, records.ErrAuditBroken) {
			t.Fatalf("edited trail: %v", err)
		}
	})
}

func TestNewerSchemaIsNotTouched(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ok(t, s.Ping(t.Context()))
		ok(t, r.Exec(t, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, '1')`))
		if _, err := records.Open(t.Context(), r.Options); !errors.Is(err, records.ErrTooNew) {
			t.Fatalf("newer schema: %v", err)
		}
	})
}

func TestManyOpenAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "record.db")
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			s, err := records.Open(t.Context(), records.Options{Path: path})
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestAwayIsSaidSo(t *testing.T) {
	if _, err := records.Open(t.Context(),
		records.Options{Path: filepath.Join(t.TempDir(), "no", "such", "folder.db")}); !errors.Is(err,
		records.ErrAway) {
		t.Fatalf("no folder: %v", err)
	}
	s, err := records.Open(t.Context(), records.Options{Path: filepath.Join(t.TempDir(), "record.db")})
	ok(t, err)
	ok(t, s.Close())
	if _, err := s.Save(t.Context(), noteSave("a", 0, 1)); !errors.Is(err, chart.ErrRecordAway) ||
		!errors.Is(err, records.ErrAway) {
		t.Fatalf("save to a closed record: %v", err)
	}
	if _, err := s.Wards(t.Context()); !errors.Is(err, records.ErrAway) {
		t.Fatalf("read of a closed record: %v", err)
	}
}

func TestFilesAreTheOwnersOnly(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("rights are set by the folder's ACL")
	}
	r := recordtest.SQLite(t)
	fresh(t, r)
	path := r.Options.Path
	files, err := filepath.Glob(path + "*")
	ok(t, err)
	for _, f := range files {
		st, err := os.Stat(f)
		ok(t, err)
		if st.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", filepath.Base(f), st.Mode())
		}
	}
}

func TestWards(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ok(t, s.PutWard(t.Context(), ward.Ward{ID: "5A", Name: "5A Surgery"}))
		all, err := s.Wards(t.Context())
		ok(t, err)
		one, err := s.Ward(t.Context(), "5A")
		ok(t, err)
		if len(all) != 2 || one != all[1] {
			t.Fatalf("%+v", all)
		}
		if _, err := s.Ward(t.Context(), "9Z"); !errors.Is(err, records.ErrNotFound) {
			t.Fatal(err)
		}
		if id, err := s.Meta(t.Context(), records.MetaRecordID); err != nil || len(id) != 36 {
			t.Fatalf("record identity %q: %v", id, err)
		}
	})
}
