package window

import (
	"sync"
	"testing"

	"github.com/wardlight/wardlight/app/chart"
)

// A draft is written down each second, also while a conflict is decided: the version that its save starts from is
// told to both. Seen red, with the race detector, with Rebase setting a field that no lock guards.
func TestAConflictIsDecidedWhileADraftIsKept(t *testing.T) {
	o := open(t)
	c := beside(t, o.store, "diaz")
	ed, err := c.Desk("4B").Edit(t.Context(), c.s, "4B", "p1", chart.Notes)
	must(t, err)
	var keeping sync.WaitGroup
	keeping.Go(func() { _ = ed.Keep(t.Context(), typing(chart.Notes, "left").Fields) })
	ed.Rebase(7)
	keeping.Wait()
	must(t, ed.Keep(t.Context(), typing(chart.Notes, "left leg").Fields))
	drafts, err := o.store.Drafts(t.Context(), "diaz")
	must(t, err)
	if len(drafts) != 1 || drafts[0].Version != 7 {
		t.Errorf("kept: %+v", drafts)
	}
}
