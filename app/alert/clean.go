package alert

import "github.com/wardlight/wardlight/app/foreign"

// Clean makes foreign text safe to show, in one line of at most limit letters:
// see [foreign.Line].
func Clean(s string, limit int) string { return foreign.Line(s, limit) }
