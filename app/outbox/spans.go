package outbox

import "slices"

// spans is a set of numbers as stretches without gaps, in order. A stream that is
// heard whole is one stretch, however long.
type spans []span

type span struct{ from, to int64 } // both in it

// spanLimit is how many stretches are kept at most.
const spanLimit = 1024

// add puts n in and reports whether it is new.
func (s *spans) add(n int64) bool {
	list := *s
	i, in := slices.BinarySearchFunc(list, n, func(x span, n int64) int {
		switch {
		case x.to < n:
			return -1
		case x.from > n:
			return 1
		}
		return 0
	})
	if in {
		return false
	}
	before := i > 0 && list[i-1].to == n-1
	after := i < len(list) && list[i].from == n+1
	switch {
	case before && after:
		list[i-1].to = list[i].to
		*s = slices.Delete(list, i, i+1)
	case before:
		list[i-1].to = n
	case after:
		list[i].from = n
	default:
		list = slices.Insert(list, i, span{n, n})
		*s = list[max(0, len(list)-spanLimit):]
	}
	return true
}

// drop takes out all up to n.
func (s *spans) drop(n int64) {
	list := *s
	for len(list) > 0 && list[0].to <= n {
		list = list[1:]
	}
	if len(list) > 0 && list[0].from <= n {
		list[0].from = n + 1
	}
	if len(list) == 0 {
		list = nil // lets go of the memory of a long time away
	}
	*s = list
}
