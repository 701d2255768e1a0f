package station_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/app/vitals"
)

// What is saved or discarded is no draft afterwards, also where a draft of an older text
// is being written down at the same moment, or was kept under the key of an earlier text.
//
// Seen red with Keep not waiting for the save, and with drop looking for the last key
// only.
func TestDraftsAreGoneOnceSaved(t *testing.T) {
	h := build(t)
	store := h.store()
	d := h.open("WS-1")
	s, err := d.Staff.SignIn(t.Context(), "chen", "correct horse")
	must(t, err)
	ctx := t.Context()
	left := func(what string) {
		t.Helper()
		if list, err := store.Drafts(ctx, "chen"); err != nil || len(list) > 0 {
			t.Fatalf("%s: %+v %v", what, list, err)
		}
	}
	typed := func(section chart.Section, text string) (map[string]string, chart.Entry) {
		rr := float64(len(text))
		if section == chart.Observations {
			return map[string]string{"rr": text}, chart.Entry{Observation: &vitals.Observation{RR: &rr}}
		}
		return map[string]string{"note": text}, chart.Entry{Note: &chart.Note{Text: text}}
	}
	for _, section := range []chart.Section{chart.Observations, chart.Notes} {
		for n := range 20 {
			e, err := d.Desk("4B").Edit(ctx, s, "4B", "p1", section)
			must(t, err)
			older, _ := typed(section, "left")
			fields, entry := typed(section, fmt.Sprint("left leg", n))
			must(t, e.Keep(ctx, older))
			var both sync.WaitGroup
			for range 3 {
				both.Go(func() { _ = e.Keep(ctx, older) })
			}
			_, err = e.Save(ctx, fields, entry)
			must(t, err)
			both.Wait()
			left(string(section))
		}
		// Left behind, found again, typed on and saved or discarded before it is kept anew.
		for _, discard := range []bool{false, true} {
			e, err := d.Desk("4B").Edit(ctx, s, "4B", "p1", section)
			must(t, err)
			fields, _ := typed(section, "left")
			must(t, e.Keep(ctx, fields))
			e.Close(ctx)
			e, err = d.Desk("4B").Edit(ctx, s, "4B", "p1", section)
			must(t, err)
			fields, entry := typed(section, "left leg")
			if discard {
				must(t, e.Discard(ctx))
			} else {
				_, err = e.Save(ctx, fields, entry)
				must(t, err)
			}
			left(fmt.Sprint(section, " again, discarded ", discard))
		}
	}
}
