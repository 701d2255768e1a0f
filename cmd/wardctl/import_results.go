package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// codesShown is how many codes of results are named.
const codesShown = 12

// printResults names the codes of what is kept and is no vital sign, the most frequent
// first: a feed whose codes Wardlight does not know fills no board, and must not look as
// if it did.
func printResults(out io.Writer, results map[string]int) {
	if len(results) == 0 {
		return
	}
	codes := slices.SortedFunc(maps.Keys(results), func(a, b string) int {
		return cmp.Or(cmp.Compare(results[b], results[a]), cmp.Compare(a, b))
	})
	total := 0
	for _, n := range results {
		total += n
	}
	var parts []string
	for _, code := range codes[:min(codesShown, len(codes))] {
		parts = append(parts, fmt.Sprintf("%s %d", cmp.Or(code, "(no code)"), results[code]))
	}
	if more := len(codes) - len(parts); more > 0 {
		parts = append(parts, "and "+many(more, "other code"))
	}
	fmt.Fprintf(out, "%s kept as results, which no screen shows yet, not as vital signs of the board: %s\n", areMany(total, "value"),
		strings.Join(parts, ", "))
}
