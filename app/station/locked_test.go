package station_test

import (
	"database/sql"
	"path/filepath"
	"testing"

	_ "github.com/ncruces/go-sqlite3/driver" // registers "sqlite3"
)

// lockRecord holds the record's write lock as another program would, until the
// returned function is called.
func lockRecord(t *testing.T, path string) (free func()) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(path)+"?_txlock=immediate&_pragma=busy_timeout(5000)")
	must(t, err)
	tx, err := db.Begin()
	must(t, err)
	return func() { _ = tx.Rollback(); _ = db.Close() }
}
