package place_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/wardlight/wardlight/app/place"
)

// deed is what truly happened to a patient, as the ward saw it.
type deed struct {
	kind  place.Kind
	visit int
	at    time.Time
	to    place.Where
	void  bool // it was taken back
}

// truth is where a patient is after what happened, in the order in which it did:
// who is admitted is nowhere else, who moved or left is of the visit that was open.
func truth(deeds []deed) place.Where {
	at := map[int]place.Where{}
	for _, d := range deeds {
		_, here := at[d.visit]
		switch {
		case d.void:
		case d.kind == place.Admit:
			clear(at)
			at[d.visit] = d.to
		case d.kind == place.Discharge:
			delete(at, d.visit)
		case here:
			at[d.visit] = d.to
		}
	}
	for _, w := range at {
		return w
	}
	return place.Where{}
}

// life draws what happens to one patient, and what is said of it: each event with
// its own time, cancels, other visits' events, and in the end in any order, some of
// it twice.
func life(t *rapid.T, numbered bool) ([]place.Event, []deed) {
	var deeds []deed
	var events []place.Event
	now := time.Date(2026, 3, 10, 8, 0, 0, 0, time.UTC)
	visit, visits, open, undone := 0, 0, false, false
	where := func() place.Where {
		return place.Where{Ward: rapid.SampledFrom([]string{"6N", "7S"}).Draw(t, "ward"),
			Bed: rapid.SampledFrom([]string{"", "01", "02", "03"}).Draw(t, "bed")}
	}
	say := func(k place.Kind, v int, class string, to place.Where) *place.Event {
		e := place.Event{ID: fmt.Sprintf("e%03d", len(events)), Kind: k, At: now, Recorded: now.Add(3 * time.Second),
			Sent: now.Add(5 * time.Second), Class: class, To: to}
		if numbered {
			e.Visit.Value = fmt.Sprint("V", v)
		}
		events = append(events, e)
		return &events[len(events)-1]
	}
	misdate := func(e *place.Event) { // in EVN-6
		if numbered && rapid.IntRange(0, 5).Draw(t, "misdated") == 0 {
			e.At = e.At.AddDate(-1, 0, 0)
		}
	}
	last := func(k place.Kind) int {
		for i := len(deeds) - 1; i >= 0; i-- {
			if deeds[i].kind == k && !deeds[i].void {
				return i
			}
		}
		return -1
	}
	for range rapid.IntRange(1, 14).Draw(t, "deeds") {
		now = now.Add(time.Duration(rapid.IntRange(1, 600).Draw(t, "minutes")) * time.Minute)
		switch what := rapid.IntRange(0, 9).Draw(t, "what"); {
		case what == 0 || !open && what < 4: // admitted, the discharge before it told or not
			visits++
			visit, open, undone = visits, true, false
			to := where()
			to.Bed = fmt.Sprint("adm", visit) // not the bed of the last admission again
			deeds = append(deeds, deed{place.Admit, visit, now, to, false})
			say(place.Admit, visit, "I", to)
		case what < 4 && open:
			k := rapid.SampledFrom([]place.Kind{place.Transfer, place.Transfer, place.Update}).Draw(t, "kind")
			to := where()
			deeds = append(deeds, deed{k, visit, now, to, false})
			misdate(say(k, visit, "I", to))
		case what == 4 && open:
			open = false
			deeds = append(deeds, deed{place.Discharge, visit, now, place.Where{}, false})
			misdate(say(place.Discharge, visit, "I", place.Where{}))
		case what == 5: // a clinic's visit moves nobody
			k := rapid.SampledFrom([]place.Kind{place.Register, place.Update, place.Discharge}).Draw(t, "kind")
			say(k, 900, "O", place.Where{Ward: "EYE"})
		case what == 6 && numbered: // nor does another visit's end
			say(rapid.SampledFrom([]place.Kind{place.Discharge, place.CancelAdmit}).Draw(t, "kind"), 901, "I",
				place.Where{})
		case what == 6 && open: // even without a number, if it says when its stay began
			e := say(rapid.SampledFrom([]place.Kind{place.Discharge, place.CancelAdmit}).Draw(t, "kind"), 0, "I",
				place.Where{Ward: "DAY"})
			e.Admitted = now.AddDate(0, 0, -40)
		case what == 7 && open: // one of the transfers did not happen
			var moves []int
			for i, d := range deeds {
				if d.kind == place.Transfer && d.visit == visit && !d.void {
					moves = append(moves, i)
				}
			}
			if len(moves) > 0 {
				i := rapid.SampledFrom(moves).Draw(t, "which")
				deeds[i].void = true
				e := say(place.CancelTransfer, visit, "I", place.Where{})
				e.Occurred = deeds[i].at
			}
		case what == 8 && !open: // the discharge did not
			if i := last(place.Discharge); i >= 0 && deeds[i].visit == visit && visit > 0 {
				deeds[i].void, open = true, true
				e := say(place.CancelDischarge, visit, "I", place.Where{})
				if rapid.Bool().Draw(t, "EVN-6") {
					e.Occurred = deeds[i].at
				}
			}
		case what == 9 && open: // the admission did not: the one before stands again
			// Twice without an admission between, and without a number: only the time
			// tells a second mistake from the first one told again.
			again := undone && !numbered
			undone = true
			was := truth(deeds)
			for i := range deeds {
				if deeds[i].visit == visit {
					deeds[i].void = true
				}
			}
			e := say(place.CancelAdmit, visit, "I", was)
			for i := range deeds {
				if deeds[i].visit == visit && deeds[i].kind == place.Admit && (rapid.Bool().Draw(t, "EVN-6") || again) {
					e.Occurred = deeds[i].at
				}
			}
			open = false
			for i := len(deeds) - 1; i >= 0 && !open; i-- {
				visit, open = deeds[i].visit, !deeds[i].void && truth(deeds).Ward != ""
			}
			if !open {
				visit = -1 // nobody knows which: the next is another
			}
		}
	}
	return events, deeds
}

// Whatever the order in which it is told, and how often, a patient is where what
// happened leads. Seen red: with events in the order of arrival (the sort taken
// out), with cancels that take back the newest event whatever time they name, with
// misdated events at the time they name, and with those of another stay, without a
// number, taken for the stay that is open.
func TestAnyOrderEndsAsItHappened(t *testing.T) {
	ok(t, flag.Set("rapid.checks", "10000"))
	defer func() { ok(t, flag.Set("rapid.checks", "100")) }()
	rapid.Check(t, func(t *rapid.T) {
		events, deeds := life(t, rapid.Bool().Draw(t, "numbered"))
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 1))
		var told []place.Event
		for _, e := range events {
			for range 1 + r.IntN(2) {
				told = append(told, e)
			}
		}
		want := truth(deeds)
		straight := place.Fold(events)
		r.Shuffle(len(told), func(i, j int) { told[i], told[j] = told[j], told[i] })
		h := place.Fold(told)
		if a, b := written(straight), written(h); a != b {
			t.Fatalf("in order  %s\nshuffled  %s", a, b)
		}
		if got := h.Here(); got != want {
			t.Fatalf("is at %+v, and what happened leads to %+v\n%s\n%+v", got, want, written(h), events)
		}
		here := 0
		for _, v := range h.Visits {
			if v.Now().Ward != "" {
				here++
			}
			if !slices.IsSortedFunc(v.Stays, func(a, b place.Stay) int { return a.Since.Compare(b.Since) }) {
				t.Fatalf("%s", written(h))
			}
		}
		if here > 1 {
			t.Fatalf("in %d places: %s", here, written(h))
		}
	})
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A patient of whom thousands of things were said costs milliseconds.
func TestLongStayIsCheap(t *testing.T) {
	var events []place.Event
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := range 5000 {
		e := place.Event{ID: fmt.Sprint(n), Kind: place.Update, At: at.Add(time.Duration(n) * time.Minute), Class: "I",
			To: place.Where{Ward: "6N", Bed: fmt.Sprint(n % 7)}}
		switch {
		case n == 0:
			e.Kind = place.Admit
		case n%20 == 10:
			e.Kind = place.Transfer
		case n%20 == 11:
			e.Kind = place.CancelTransfer
		}
		events = append(events, e)
	}
	var h place.History
	best := time.Hour // of several: the machine has other work too
	for range 10 {
		began := time.Now()
		h = place.Fold(events)
		best = min(best, time.Since(began))
	}
	if best > 300*time.Millisecond {
		t.Errorf("a fold of %d events takes %v", len(events), best)
	}
	if h.Here().Ward != "6N" {
		t.Errorf("%+v", h.Here())
	}
}
