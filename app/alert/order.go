package alert

import "slices"

// compare is the order of an alert list: what waits for somebody before what is in somebody's hands, however urgent
// that is; of each the most urgent first, then the oldest.
func compare(a *Alert, as State, b *Alert, bs State) int {
	if (as == Open) != (bs == Open) {
		if as == Open {
			return -1
		}
		return 1
	}
	if x, y := a.Priority.Rank(), b.Priority.Rank(); x != y {
		return x - y
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
