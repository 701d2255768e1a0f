package alert

import "time"

// StormFrom is how many open alerts make a list be grouped by patient.
const StormFrom = 12

// Group is the open alerts of one patient, as a list shows them in a storm: the
// most urgent one, what else came, and how many more.
type Group struct {
	Patient string // record ID; "" holds what belongs to no patient
	Top     Card   // the most urgent
	// Also are those behind the top one that its card says by their words.
	Also   []Alert
	Count  int // with Top
	High   int
	Oldest time.Time
	// Unseen are those that this station has not reported as shown yet.
	Unseen []string
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

// also chooses which of a group's alerts its card says beside the top one: the newest, which
// nobody has read yet, and the most urgent one that says something else again; of several as
// urgent, the newest. The others say what is said already, or are less urgent: they are counted.
func also(top *Alert, all []*Alert) (out []Alert) {
	newest := pick(all, top, nil, later)
	if newest == nil {
		return nil
	}
	other := pick(all, top, newest, newer)
	if other != nil {
		return []Alert{*newest, *other}
	}
	return []Alert{*newest}
}

// pick is the one before all others that is not the top one and, where one stands beside it
// already, says something else than those two.
func pick(all []*Alert, top, beside *Alert, before func(a, b *Alert) bool) (got *Alert) {
	for _, a := range all {
		switch {
		case a.ID == top.ID, beside != nil && (a.says(top) || a.says(beside)), got != nil && !before(a, got):
			continue
		}
		got = a
	}
	return got
}

// says reports whether two alerts of a group read alike.
func (a *Alert) says(b *Alert) bool {
	return a.Priority == b.Priority && a.Bed == b.Bed && a.Words() == b.Words()
}

// later reports whether a came after b.
func later(a, b *Alert) bool {
	if c := a.Received.Compare(b.Received); c != 0 {
		return c > 0
	}
	return a.ID > b.ID
}
