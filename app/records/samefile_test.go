package records_test

import (
	"database/sql"
	"errors"
	"os"
	"testing"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// While the file is away a station goes on asking, each time with one more connection if
// the others are busy. None of them may make a file in its place, or stay with one that
// stands there: when the right one is back, every connection reads the right one.
//
// Seen red as it was: a connection made an empty file, and answered "no such table" for as
// long as the station ran. Without ofOneFile the second is red; without "rw" there is a
// moment between its look and the opening, which no test can time.
func TestStatesConnectionsAreToTheRightFile(t *testing.T) {
	for name, meanwhile := range map[string]func(t *testing.T, path string){
		"nothing":    func(*testing.T, string) {},
		"empty file": func(t *testing.T, path string) { ok(t, os.WriteFile(path, nil, 0o600)) },
	} {
		t.Run(name, func(t *testing.T) {
			r := recordtest.SQLite(t)
			s := fresh(t, r)
			ok(t, s.Readable(t.Context()))
			path := r.Options.Path
			ok(t, os.Rename(path, path+".away"))
			meanwhile(t, path)

			for _, c := range readers(t, s) {
				ok(t, c.Close()) // back to the pool, whatever it is connected to
			}
			if _, err := os.Stat(path); name == "nothing" && !errors.Is(err, os.ErrNotExist) {
				t.Errorf("a file was made in its place: %v", err)
			}
			ok(t, os.Rename(path+".away", path))
			again := readers(t, s)
			if len(again) < 2 {
				t.Errorf("%d connections that read", len(again))
			}
			for i, c := range again {
				var n int
				if err := c.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM patients`).Scan(&n); err != nil || n == 0 {
					t.Errorf("connection %d of %d reads %d patients: %v", i+1, len(again), n, err)
				}
			}
		})
	}
}

// readers takes two connections that read at once: one there was, the other is new.
func readers(t *testing.T, s *records.Store) []*sql.Conn {
	t.Helper()
	var all []*sql.Conn
	for range 2 {
		c, err := records.Reader(t.Context(), s)
		if err != nil {
			if !errors.Is(err, records.ErrAway) {
				t.Errorf("a connection is refused with %v", err)
			}
			continue
		}
		t.Cleanup(func() { _ = c.Close() })
		all = append(all, c)
	}
	return all
}
