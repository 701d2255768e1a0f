package records_test

import (
	"testing"

	"github.com/wardlight/wardlight/app/records/recordtest"
)

// A program that looked before another was through with a migration cannot do it again: its end is refused, and all
// that it did with it. Seen red without the index: migration 91, done again, took the drafts' newer columns away, and
// the record said for good that it waits to be upgraded.
func TestAMigrationIsDoneOnce(t *testing.T) {
	for name, r := range map[string]*recordtest.Record{"sqlite": recordtest.SQLite(t), "postgres": recordtest.Postgres(t)} {
		s := fresh(t, r)
		applied := "1"
		if name == "postgres" {
			applied = "TRUE"
		}
		if err := r.Exec(t, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (91, `+applied+`)`); err == nil {
			t.Errorf("%s: a migration is done twice", name)
		}
		ok(t, s.Readable(t.Context()))
	}
}
