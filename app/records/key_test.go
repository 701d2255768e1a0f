package records_test

import (
	"errors"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// A key is of one change: of a patient, a person, an entry and, where one is amended, of why. The same again is
// answered as before; with anything of it another, nothing is
// written and nobody is told that it was. Seen red with each of these left out of the digest.
func TestAKeyIsOfOneChange(t *testing.T) {
	recordtest.Each(t, func(t *testing.T, r *recordtest.Record) {
		s := fresh(t, r)
		ctx := t.Context()
		first, err := s.Save(ctx, noteSave("a", 0, 1))
		ok(t, err)
		hers := set("o1", "p1", noon)
		sets := chart.Save{Patient: "p1", Section: chart.Observations, Key: "o", Staff: "tnguyen", Ward: "4B",
			Entry: chart.Entry{Observation: &hers}}
		_, err = s.Save(ctx, sets)
		ok(t, err)
		reason := func(why string) func(chart.Save) (chart.Saved, error) {
			return func(c chart.Save) (chart.Saved, error) { c.Key = "amend"; return s.Amend(ctx, c, why) }
		}
		amend := noteSave("a", 1, 1)
		_, err = reason("wrong side")(amend)
		ok(t, err)
		save := func(c chart.Save) (chart.Saved, error) { return s.Save(ctx, c) }
		for name, c := range map[string]struct {
			of     chart.Save
			change func(*chart.Save)
			do     func(chart.Save) (chart.Saved, error)
		}{
			"patient": {noteSave("a", 0, 1), func(c *chart.Save) { c.Patient = "p2" }, save},
			"staff":   {noteSave("a", 0, 1), func(c *chart.Save) { c.Staff = "mdiaz" }, save},
			"text":    {noteSave("a", 0, 1), func(c *chart.Save) { c.Entry.Note.Text += "." }, save},
			"kind": {noteSave("a", 0, 1), func(c *chart.Save) {
				c.Section, c.Entry = chart.Observations, chart.Entry{Observation: &hers}
			}, save},
			"time": {sets, func(c *chart.Save) {
				later := hers
				later.Taken = noon.Add(time.Minute)
				c.Entry.Observation = &later
			}, save},
			"reason": {amend, func(*chart.Save) {}, reason("wrong patient")},
			"entry":  {amend, func(c *chart.Save) { c.Entry.Note.ID = "note-b" }, reason("wrong side")},
		} {
			another := c.of
			if n := another.Entry.Note; n != nil {
				note := *n
				another.Entry.Note = &note
			}
			c.change(&another)
			if saved, err := c.do(another); !errors.Is(err, records.ErrKeyReused) ||
				!errors.Is(err, chart.ErrSavedBefore) {
				t.Errorf("another %s: %+v, %v", name, saved, err)
			}
		}
		again := noteSave("a", 7, 9) // the circumstances are not of it
		again.Station, again.At = "WS-2", noon.Add(time.Hour)
		if got, err := s.Save(ctx, again); err != nil || got != first {
			t.Errorf("the same again: %+v, %v; was %+v", got, err, first)
		}
		if notes, err := s.Notes(ctx, "p1", 9); err != nil || len(notes) != 1 {
			t.Errorf("%d notes: %v", len(notes), err)
		}
	})
}
