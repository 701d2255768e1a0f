package task

import (
	"slices"
	"strings"
)

// classes are what the names of one class of medicines hold, however it is spelt: to whoever reacts
// to one of them the others are the same substance here. least is how many letters stand before it:
// neither April nor prilocaine is an ACE inhibitor.
var classes = []struct {
	names []string
	least int
}{{[]string{"cillin", "zillin"}, 0}, {[]string{"pril"}, 2}, {[]string{"cain", "kain"}, 2}}

// ofClass reports whether a word names a medicine of a class, or the class, in English or German.
func ofClass(word string, n int) bool {
	return slices.ContainsFunc(classes[n].names, func(name string) bool {
		return stem(word) == name || strings.LastIndex(word, name) >= classes[n].least
	})
}

// isClass reports whether a stem is the name of a class by itself.
func isClass(stemmed string) bool {
	for _, c := range classes {
		if slices.Contains(c.names, stemmed) {
			return true
		}
	}
	return false
}
