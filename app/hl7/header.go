package hl7

import "bytes"

// sign reports whether a byte can be a delimiter.
func sign(c byte) bool {
	letter := c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
	return c > ' ' && c <= '~' && !letter
}

// headerIn is where in a line an MSH stands that declares its delimiters as one
// does; -1 if none does.
func headerIn(text []byte) int {
	for from := 0; ; {
		n := bytes.Index(text[from:], []byte("MSH"))
		if n < 0 {
			return -1
		}
		if n += from; len(text) > n+8 && sign(text[n+3]) {
			if _, err := declared(string(text[n:min(len(text), n+64)])); err == nil {
				return n
			}
		}
		from = n + 3
	}
}

// wholeHeader reports whether an MSH names a message type and has a control ID:
// a sentence that speaks of MSH does not.
func wholeHeader(text []byte) bool {
	if len(text) < 4 {
		return false
	}
	fields := bytes.SplitN(text, text[3:4], 12)
	return len(fields) > 9 && len(fields[8]) >= 3 && segmentName(string(fields[8][:3])) && len(fields[9]) > 0
}

// segmentLike reports whether a line begins as a segment.
func segmentLike(text []byte) bool {
	return len(text) > 3 && sign(text[3]) && segmentName(string(text[:3]))
}
