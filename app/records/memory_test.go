package records_test

import (
	"sync"
	"testing"

	"github.com/wardlight/wardlight/app/records"
)

// A record in memory is one for all connections of its Store, keeps the record's
// rules, lets read and write at once, and is nobody else's.
func TestRecordInMemory(t *testing.T) {
	open := func() *records.Store {
		s, err := records.Open(t.Context(), records.Options{Memory: true})
		ok(t, err)
		t.Cleanup(func() { ok(t, s.Close()) })
		return s
	}
	s, other := open(), open()
	furnish(t, s)
	if _, err := other.Ward(t.Context(), "4B"); err == nil {
		t.Error("another record in memory holds this one's ward")
	}
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 50 {
				if _, err := s.Summaries(t.Context(), []string{"p1"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for n := range 20 {
		if _, err := s.Save(t.Context(), noteSave(string(rune('a'+n)), int64(n), 1)); err != nil {
			t.Fatal(err)
		}
	}
	group.Wait()
	if _, err := s.Save(t.Context(), noteSave("stale", 3, 1)); err == nil {
		t.Error("a stale version was saved")
	}
	if got, err := s.Notes(t.Context(), "p1", 50); err != nil || len(got) != 20 {
		t.Errorf("%d notes: %v", len(got), err)
	}
	if _, err := records.Open(t.Context(), records.Options{Memory: true, Path: t.TempDir() + "/x"}); err == nil {
		t.Error("in memory and in a file")
	}
}
