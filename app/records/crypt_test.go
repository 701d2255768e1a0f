package records_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// canaries are texts of a patient that stand nowhere else.
var canaries = []string{"Canary-Quetzal", "canary note of the night", "canary draft text", "canary-allergen",
	"7009911canary"}

// showCanaries writes them by every way in.
func showCanaries(t testing.TB, s *records.Store) {
	t.Helper()
	p := person("p3", "03")
	p.Patient.Surname, p.Patient.MRN, p.Allergic[0].Substance = canaries[0], canaries[4], canaries[3]
	p.Patient.Identifiers[0].Value = canaries[4]
	ok(t, s.PutPatient(t.Context(), p))
	save := noteSave("canary", 0, 1)
	save.Patient, save.Entry.Note.Text = "p3", canaries[1]
	ok(t, second(s.Save(t.Context(), save)))
	ok(t, s.SaveDraft(t.Context(), chart.Draft{Staff: "tnguyen", Patient: "p3", Section: chart.Notes,
		Fields: map[string]string{"text": canaries[2]}, Saved: noon}))
}

// found is how many of the canaries stand in any file of a folder.
func found(t testing.TB, dir string) (n, files int) {
	t.Helper()
	ok(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		files++
		for _, c := range canaries {
			if bytes.Contains(text, []byte(c)) {
				n++
			}
		}
		return err
	}))
	return n, files
}

// No file of an encrypted record shows a patient: not while it is open, with its
// write-ahead log, nor closed, nor its backup. A plain one shows all, so that the
// scan is known to find them; encrypting it takes them away.
//
// Seen red: with the key off (the plain half of this test is that).
func TestDiskShowsNoPatient(t *testing.T) {
	t.Parallel()
	eachCrypt(t, func(t *testing.T, r *recordtest.Record) {
		encrypted := r.Options.Key != nil
		dir := filepath.Dir(r.Options.Path)
		s, err := records.Open(t.Context(), r.Options)
		ok(t, err)
		furnish(t, s)
		showCanaries(t, s)
		if s.Encrypted() != encrypted {
			t.Fatal("encrypted:", s.Encrypted())
		}
		look := func(when string) {
			t.Helper()
			n, files := found(t, dir)
			if encrypted && n != 0 || !encrypted && n < len(canaries) || files < 2 {
				t.Errorf("%s: %d canaries in %d files", when, n, files)
			}
		}
		look("open")
		ok(t, second(s.Backup(t.Context(), filepath.Join(dir, "backup"), by, audit.Trust{})))
		look("with a backup")
		ok(t, s.Close())
		look("closed")
		if encrypted {
			return
		}
		ok(t, os.Remove(filepath.Join(dir, "backup")))
		r.Options.Key = secured(t, true).Options.Key
		encrypted = true
		ok(t, records.Encrypt(t.Context(), r.Options))
		look("encrypted afterwards")
		s = r.Open(t)
		if notes, err := s.Notes(t.Context(), "p3", 5); err != nil || len(notes) != 1 || notes[0].Text != canaries[1] ||
			!s.Encrypted() {
			t.Fatalf("%+v %v", notes, err)
		}
		ok(t, s.Check(t.Context()))
		if _, err := s.VerifyAudit(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}
