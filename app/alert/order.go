package alert

import (
	"slices"
	"time"
)

// compare is the order of an alert list: most urgent first; open ones before
// those in somebody's hands; the oldest first.
func compare(a *Alert, as State, b *Alert, bs State) int {
	if x, y := a.Priority.Rank(), b.Priority.Rank(); x != y {
		return x - y
	}
	if (as == Open) != (bs == Open) {
		if as == Open {
			return -1
		}
		return 1
	}
	if c := a.Received.Compare(b.Received); c != 0 {
		return c
	}
	switch {
	case a.ID < b.ID:
		return -1
	case a.ID > b.ID:
		return 1
	}
	return 0
}

// Arrange orders a list for somebody who is reading it. prev is the order on the
// screen, want the alerts in the order they should have, pinned the one under
// the cursor or the focus ("" for none).
//
// The pinned alert keeps its place: what is new, or now more urgent, goes below
// it, and a place that becomes free above it is filled by the most urgent of
// those below. Without a pin, or when the pinned alert is gone, the order is
// want. Nothing is dropped and nothing comes twice.
func Arrange(prev, want []string, pinned string) []string {
	at := slices.Index(prev, pinned)
	if pinned == "" || at < 0 || !slices.Contains(want, pinned) {
		return slices.Clone(want)
	}
	wanted := make(map[string]bool, len(want))
	for _, id := range want {
		wanted[id] = true
	}
	above := make([]string, 0, len(want))
	placed := map[string]bool{pinned: true}
	for _, id := range prev[:at] {
		if wanted[id] && !placed[id] {
			above, placed[id] = append(above, id), true
		}
	}
	var below []string
	for _, id := range want {
		if placed[id] {
			continue
		}
		placed[id] = true
		if len(above) < at {
			above = append(above, id)
			continue
		}
		below = append(below, id)
	}
	return slices.Concat(above, []string{pinned}, below)
}

// Group is the open alerts of one patient, as a list shows them in a storm: the
// most urgent one, and how many more.
type Group struct {
	Patient string // record ID; "" holds what belongs to no patient
	Top     Card   // the most urgent
	Count   int    // with Top
	High    int
	Oldest  time.Time
	// Unseen are those that this station has not reported as shown yet.
	Unseen []string
}

// StormFrom is how many open alerts make a list be grouped by patient.
const StormFrom = 12

// Groups gathers open cards by patient, in the order of their most urgent ones.
// cards are in their order. Alerts of no patient are one group.
func Groups(cards []Card) []Group {
	var out []Group
	at := map[string]int{}
	for _, c := range cards {
		if c.State != Open {
			continue
		}
		n, had := at[c.Alert.Patient]
		if !had {
			n = len(out)
			at[c.Alert.Patient] = n
			out = append(out, Group{Patient: c.Alert.Patient, Top: c, Oldest: c.Alert.Received})
		}
		out[n].add(&c.Alert)
	}
	return out
}

func (g *Group) add(a *Alert) {
	g.Count++
	if a.Priority.Rank() == High.Rank() {
		g.High++
	}
	if a.Received.Before(g.Oldest) {
		g.Oldest = a.Received
	}
}
