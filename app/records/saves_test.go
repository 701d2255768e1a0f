package records_test

import (
	"errors"
	"testing"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

func TestConflictSaysWasIsAndMine(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		for n, key := range []string{"a", "b", "c"} {
			_, err := s.Save(t.Context(), noteSave(key, int64(n), 2))
			ok(t, err)
		}
		mine := noteSave("d", 1, 2)
		_, err := s.Save(t.Context(), mine)
		var c *records.ConflictError
		if !errors.As(err, &c) || !errors.Is(err, chart.ErrConflict) {
			t.Fatalf("%v", err)
		}
		if c.Was != 1 || c.Is.Version != 3 || c.Is.By != "Nguyen, T" || c.Mine.Note.Text != mine.Entry.Note.Text {
			t.Fatalf("%+v", c)
		}
		if len(c.Since) != 2 || c.Since[0].Note.ID != "note-b" || c.Since[1].Note.Text != "text of c" {
			t.Fatalf("since: %+v", c.Since)
		}
		_, err = s.Save(t.Context(), noteSave("e", 3, 1))
		if !errors.As(err, &c) || !errors.Is(err, chart.ErrStaleFence) || errors.Is(err, chart.ErrConflict) {
			t.Fatalf("older fence: %v", err)
		}
		hers := set("o1", "p1", noon)
		save := chart.Save{Patient: "p1", Section: chart.Observations, Key: "o1", Staff: "tnguyen", Ward: "4B",
			Entry: chart.Entry{Observation: &hers}}
		_, err = s.Save(t.Context(), save)
		ok(t, err)
		rr := 24.0
		his := hers
		his.RR, save.Key, save.Entry.Observation = &rr, "o2", &his
		_, err = s.Amend(t.Context(), save, "counted again")
		ok(t, err)
		save.Key = "o3"
		_, err = s.Amend(t.Context(), save, "and again")
		if !errors.As(err, &c) || len(c.Since) != 1 || c.Since[0].Observation.ID != "o1" ||
			*c.Since[0].Observation.SpO2 != 96.5 || *c.Since[0].Observation.RR != 24 {
			t.Fatalf("observations: %v %+v", err, c)
		}
	})
}

// Seen red: with the update of the entry alone (no row in amendments) the
// history is empty; with Amend past the guard the stale one is taken.
func TestSignedEntriesAreAmendedWithHistory(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		_, err := s.Save(ctx, noteSave("a", 0, 1))
		ok(t, err)
		amend := noteSave("a", 1, 1)
		amend.Key, amend.Staff = "amend-1", "mdiaz"
		amend.Entry.Note.Text, amend.Entry.Note.ByName = "left, not right", "Diaz, M"
		if _, err := s.Amend(ctx, amend, ""); !errors.Is(err, records.ErrInvalid) {
			t.Fatalf("no reason: %v", err)
		}
		first, err := s.Amend(ctx, amend, "wrong side")
		ok(t, err)
		again, err := s.Amend(ctx, amend, "wrong side")
		ok(t, err)
		if first != again || first.Version != 2 {
			t.Fatalf("first %+v, again %+v", first, again)
		}
		stale := amend
		stale.Key = "amend-2"
		if _, err := s.Amend(ctx, stale, "once more"); !errors.Is(err, chart.ErrConflict) {
			t.Fatalf("stale: %v", err)
		}
		other := amend
		other.Key, other.Version, other.Entry.Note = "amend-3", 2, &chart.Note{ID: "of nobody", Text: "x"}
		if _, err := s.Amend(ctx, other, "r"); !errors.Is(err, records.ErrNotFound) {
			t.Fatalf("no such entry: %v", err)
		}
		notes, err := s.Notes(ctx, "p1", 5)
		ok(t, err)
		if len(notes) != 1 || notes[0].Text != "left, not right" || notes[0].By != "tnguyen" {
			t.Fatalf("%+v", notes)
		}
		history, err := s.Amendments(ctx, "note-a")
		ok(t, err)
		if len(history) != 1 || history[0].Was.Note.Text != "text of a" ||
			history[0].Became.Note.Text != "left, not right" ||
			history[0].By != "mdiaz" || history[0].Reason != "wrong side" || history[0].N != 1 {
			t.Fatalf("%+v", history)
		}
		for _, q := range []string{`UPDATE amendments SET reason = 'x'`, `DELETE FROM amendments`} {
			if err := r.Exec(t, q); err == nil {
				t.Errorf("%s went through", q)
			}
		}

		hers := set("o1", "p1", noon)
		save := chart.Save{Patient: "p1", Section: chart.Observations, Key: "o1", Staff: "tnguyen", Ward: "4B",
			Entry: chart.Entry{Observation: &hers}}
		_, err = s.Save(ctx, save)
		ok(t, err)
		right := hers
		rr := 24.0
		right.RR = &rr
		save.Key, save.Entry.Observation = "o1-amend", &right
		_, err = s.Amend(ctx, save, "counted again")
		ok(t, err)
		all, err := s.Summaries(ctx, []string{"p1"})
		ok(t, err)
		if got := *all["p1"].Recent[0].RR; got != 24 {
			t.Fatalf("the board shows %v", got)
		}
		history, err = s.Amendments(ctx, "o1")
		ok(t, err)
		if *history[0].Was.Observation.RR != 18 {
			t.Fatalf("%+v", history)
		}
	})
}

// What one engine cannot hold, neither takes.
func TestTextsThatAreNone(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		for _, bad := range []string{"a\x00b", "\xff\xfe"} {
			save := noteSave("a", 0, 1)
			save.Entry.Note.Text = bad
			if _, err := s.Save(t.Context(), save); !errors.Is(err, records.ErrInvalid) {
				t.Errorf("note %q: %v", bad, err)
			}
			m := raise("alert" + bad)
			m.ID, m.Alert.ID, m.Alert.Text = "m", "a", bad
			got, err := s.AppendMove(t.Context(), m)
			if err != nil || got.Alert.Text == bad || got.Alert.Text == "" {
				t.Errorf("an alert must be heard: %q %v", got.Alert.Text, err)
			}
		}
	})
}
