package window

import (
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/wardlight/wardlight/app/chart"
	"github.com/wardlight/wardlight/ui/screen/patient"
)

// typing is a text as it is typed in a section of p1.
func typing(s chart.Section, text string) chart.Draft {
	field := map[chart.Section]string{chart.Observations: "rr", chart.Notes: patient.NoteField}[s]
	return chart.Draft{Patient: "p1", Section: s, Fields: map[string]string{field: text}}
}

// written is what the record keeps of what somebody has typed in a section of p1; "" if nothing.
func (o *opened) written(staffID string, s chart.Section) string {
	o.t.Helper()
	list, err := o.store.Drafts(o.t.Context(), staffID)
	must(o.t, err)
	for _, d := range list {
		for _, text := range d.Fields {
			if d.Section == s && text != "" {
				return text
			}
		}
	}
	return ""
}

// running counts the goroutines that are in all of these functions.
func running(in ...string) (n int) {
	stacks := make([]byte, 4<<20)
	for one := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
		if !slices.ContainsFunc(in, func(f string) bool { return !strings.Contains(one, f) }) {
			n++
		}
	}
	return n
}

// The newest text is what is kept, whoever writes it down: one that began earlier and hung, at another
// section or at another text of the same one, writes nothing older over it, and what hung and failed is
// written by the one that waited for it; also where the section is left meanwhile.
//
// Seen red with keepOne handing over the text as it stood when keep began: the older stayed.
func TestTheNewestTextIsWhatIsKept(t *testing.T) {
	for name, c := range map[string]struct {
		same bool  // what hangs is an older text of the section in which she types on
		end  error // how that ends
		left bool
	}{
		"behind another section":     {},
		"behind the same":            {same: true},
		"behind one that fails":      {same: true, end: errors.New("the record is away")},
		"left behind another":        {left: true},
		"left behind the same":       {left: true, same: true},
		"left behind one that fails": {left: true, same: true, end: errors.New("the record is away")},
	} {
		o, h := openHalting(t, nil)
		o.writing("chen", chart.Notes)
		o.edit("p1", chart.Observations)
		o.wait("the form", func() bool { return o.chart.Phase(chart.Observations) == patient.Editing })
		var first atomic.Value
		come, release := h.next("SaveDraft", func(of any) bool { first.Store(of.(chart.Draft).Section); return true })
		o.mu.Lock() // both, before either is written down
		for key, ed := range o.editor.edits {
			ed.typed, ed.text = typing(key.section, "12").Fields, ed.text+1
		}
		o.mu.Unlock()
		o.comes(name+": the first write", come)
		on := first.Load().(chart.Section)
		if !c.same {
			on = map[chart.Section]chart.Section{chart.Notes: chart.Observations, chart.Observations: chart.Notes}[on]
		}
		o.changed(typing(on, "123"))
		var ended atomic.Bool
		if c.left {
			o.closeEdits()
		}
		o.background(func() {
			_ = o.handedBack(o.ctx)
			o.keep(o.ctx)
			ended.Store(true)
		})
		o.wait(name+": it waits, or has written", func() bool {
			return ended.Load() || running("sync.(*Mutex).Lock", ".KeepNewest(") > 0
		})
		release(c.end)
		o.wait(name+": the newest", func() bool { return ended.Load() && o.written("chen", on) == "123" })
		o.quits() // and whatever still wrote has
		if got := o.written("chen", on); got != "123" {
			t.Errorf("%s: kept %q", name, got)
		}
	}
}
