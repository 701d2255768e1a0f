package board

import (
	"cmp"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/app/ward"
)

// inOrder returns the beds in the order of the ward's corridor, by name: whoever has no
// bed stands first, two in one bed beside each other.
func inOrder(beds []ward.Bed) []ward.Bed {
	sorted := slices.Clone(beds)
	slices.SortStableFunc(sorted, func(a, b ward.Bed) int {
		return cmp.Or(compareBeds(a.Name, b.Name), strings.Compare(a.Patient, b.Patient))
	})
	return sorted
}

// lying counts who lies in each bed.
func lying(beds []ward.Bed) map[string]int {
	n := make(map[string]int, len(beds))
	for _, b := range beds {
		if b.Patient != "" && b.Name != "" {
			n[b.Name]++
		}
	}
	return n
}

// compareBeds orders "2" before "10", "07" as 7, and "A2" before "A10". It
// allocates nothing: boards are sorted with every picture.
func compareBeds(a, b string) int {
	x, y := strings.TrimSpace(a), strings.TrimSpace(b)
	for x != "" && y != "" {
		if digit(x[0]) && digit(y[0]) {
			var m, n string
			m, x = number(x)
			n, y = number(y)
			if c := cmp.Or(cmp.Compare(len(m), len(n)), cmp.Compare(m, n)); c != 0 {
				return c
			}
			continue
		}
		if x[0] != y[0] {
			return cmp.Compare(x[0], y[0])
		}
		x, y = x[1:], y[1:]
	}
	return cmp.Or(cmp.Compare(len(x), len(y)), cmp.Compare(a, b))
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// number cuts the digits off the front of s, without leading zeros.
func number(s string) (digits, rest string) {
	end := 0
	for end < len(s) && digit(s[end]) {
		end++
	}
	return strings.TrimLeft(s[:end], "0"), s[end:]
}
