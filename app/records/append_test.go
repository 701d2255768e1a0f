package records_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

func setSave(key string, version int64, fence uint64, at time.Time) chart.Save {
	o := set(key, "p1", at)
	o.By = "tnguyen"
	return chart.Save{Patient: "p1", Section: chart.Observations, Version: version, Fence: fence, Key: key,
		Staff: "tnguyen", Station: "WS-1", Session: "s1", At: noon, Ward: "4B",
		Entry: chart.Entry{Observation: &o}}
}

// A set is taken whatever version and fence it carries, once, in the order of its time,
// and makes no change of another entry a conflict.
//
// Seen red with the guard of notes before a set, too: the second one was a conflict.
func TestSetsAppendPastVersionAndFence(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		for _, save := range []chart.Save{setSave("b", 0, 9, noon), setSave("c", 0, 2, noon.Add(time.Minute)),
			setSave("a", 7, 0, noon.Add(-time.Hour))} {
			first, err := s.Save(ctx, save)
			ok(t, err)
			save.Version, save.Fence, save.Station = 3, 1, "WS-2" // sent again from elsewhere
			again, err := s.Save(ctx, save)
			ok(t, err)
			if first != again || first.Version != 0 {
				t.Errorf("%s: first %+v, again %+v", save.Key, first, again)
			}
		}
		sets, err := s.Observations(ctx, "p1", time.Time{}, 10)
		ok(t, err)
		if len(sets) != 3 || sets[0].ID != "c" || sets[1].ID != "b" || sets[2].ID != "a" {
			t.Fatalf("%+v", sets)
		}
		other := setSave("b", 0, 9, noon.Add(time.Second))
		if _, err := s.Save(ctx, other); !errors.Is(err, chart.ErrSavedBefore) || !errors.Is(err,
			records.ErrKeyReused) {
			t.Errorf("the key with another set: %v", err)
		}
		amend := setSave("b", 0, 9, noon)
		amend.Key = "change"
		_, err = s.Amend(ctx, amend, "counted again") // from before the other two
		ok(t, err)
		amend.Key = "change again"
		if _, err := s.Amend(ctx, amend, "and again"); !errors.Is(err, chart.ErrConflict) {
			t.Errorf("two changes of one set: %v", err)
		}
	})
}

// Sets that are saved at once, each of them twice, all stand once.
func TestSetsAppendAtOnce(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s, other := fresh(t, r), r.Open(t)
		var wg sync.WaitGroup
		for n := range 16 {
			for _, store := range []*records.Store{s, other} {
				wg.Go(func() {
					at := noon.Add(time.Duration(n) * time.Second)
					if _, err := store.Save(t.Context(), setSave(fmt.Sprint("set", n), 0, uint64(n), at)); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		sets, err := s.Observations(t.Context(), "p1", time.Time{}, 100)
		ok(t, err)
		if len(sets) != 16 {
			t.Errorf("%d sets stand", len(sets))
		}
	})
}

// A save takes its draft along, and one that is written down late is none; what was
// typed after the try, or elsewhere, stays.
//
// Seen red without dropSaved and without standingDraft: the set was there to be saved
// again.
func TestDraftsOfWhatIsSavedDoNotComeBack(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		d := chart.Draft{Staff: "tnguyen", Patient: "p1", Section: chart.Observations, Key: "a", Writer: "w1",
			Fields: map[string]string{"rr": "24"}, Saved: noon, Typed: noon.Add(-time.Hour)}
		left := func() []chart.Draft {
			list, err := s.Drafts(ctx, "tnguyen")
			ok(t, err)
			one, have, err := recordtest.Draft(ctx, s, "tnguyen", "p1", chart.Observations)
			ok(t, err)
			if have != (len(list) == 1) || have && one.Key != list[0].Key {
				t.Fatalf("listed %+v, read %+v", list, one)
			}
			return list
		}
		ok(t, s.SaveDraft(ctx, d))
		save := setSave("a", 0, 0, noon)
		save.Draft = "w1"
		_, err := s.Save(ctx, save)
		ok(t, err)
		if got := left(); len(got) != 0 {
			t.Fatalf("saved, and still a draft: %+v", got)
		}
		ok(t, s.SaveDraft(ctx, d)) // the station did not know yet
		if got := left(); len(got) != 0 {
			t.Fatalf("came back: %+v", got)
		}
		d.Fields, d.Saved, d.Tried = map[string]string{"rr": "25"}, noon.Add(time.Second), true
		ok(t, s.SaveDraft(ctx, d))
		if got := left(); len(got) != 1 || got[0].Fields["rr"] != "25" {
			t.Fatalf("what was typed after the try: %+v", got)
		}
		ok(t, s.DropDraft(ctx, "tnguyen", "p1", chart.Observations, "w1"))
		d.Key, d.Writer, d.Saved, d.Tried = "elsewhere", "w2", noon.Add(2*time.Second), false
		ok(t, s.SaveDraft(ctx, d))
		save = setSave("b", 0, 0, noon)
		save.Draft = "w1"
		_, err = s.Save(ctx, save)
		ok(t, err)
		if got := left(); len(got) != 1 || got[0].Key != "elsewhere" {
			t.Fatalf("what was typed elsewhere: %+v", got)
		}
	})
}

// A note that was typed earlier stands at its own time, with when the record took it.
func TestDraftsOfNotesKeepTheirTime(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		late, now := noteSave("late", 0, 1), noteSave("now", 1, 1)
		late.Entry.Note.Written, late.Entry.Note.Received = noon.Add(-80*time.Minute), noon
		now.Entry.Note.Written, now.Entry.Note.Received = noon, noon
		for _, save := range []chart.Save{late, now} {
			_, err := s.Save(t.Context(), save)
			ok(t, err)
		}
		notes, err := s.Notes(t.Context(), "p1", 5)
		ok(t, err)
		if len(notes) != 2 || !notes[0].Received.IsZero() || !notes[1].Written.Equal(noon.Add(-80*time.Minute)) ||
			!notes[1].Received.Equal(noon) {
			t.Errorf("%+v", notes)
		}
	})
}
