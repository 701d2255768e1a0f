package task

import "slices"

// Ordered are tasks as a chart lists them: what is open by its time, then what was closed, the last
// first. Whoever makes a page orders it so: a screen does not sort.
func Ordered(tasks []Task) []Task {
	out := slices.Clone(tasks)
	slices.SortStableFunc(out, func(a, b Task) int {
		switch {
		case a.IsOpen() && b.IsOpen():
			return a.Due.Compare(b.Due)
		case a.IsOpen():
			return -1
		case b.IsOpen():
			return 1
		}
		return b.Closed.Compare(a.Closed)
	})
	return out
}
