package hl7

import (
	"bytes"
	"fmt"
	"strings"
)

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

// header is where in a line a message begins, -1 if nowhere. Three things hold
// the header of a message without being one: a text in a frame that quotes it,
// and a line of a message that has lost its end or quotes without escapes; the
// last two cannot be told apart, so that their message is refused.
func (r *Reader) header(l line, text []byte, continued bool) int {
	n := 0
	if !(bytes.HasPrefix(text, []byte("MSH")) && (len(text) == 3 || sign(text[3]))) {
		n = headerIn(text)
	}
	if n < 0 || r.msg == nil || n == 0 && !continued {
		return n
	}
	before := text[:n]
	switch {
	case n > 0 && !continued && !segmentLike(text):
		return n // the text before it belongs to no message
	case l.framed || !wholeHeader(text[n:]):
		return -1
	case bytes.HasSuffix(before, byteOrderMark):
		return n
	case continued && (l.end == endCR || l.end == endCRLF) && (n == 0 || logLine(before)):
		return n // one message on a line, with its segments parted by CR
	}
	r.msg.runsInto = true
	return -1
}

// controlOf is MSH-10 of a header, as far as it can be read.
func controlOf(header []byte) string {
	if len(header) < 4 {
		return ""
	}
	if fields := bytes.SplitN(header, header[3:4], 11); len(fields) > 9 {
		control, _, _ := strings.Cut(string(fields[9]), "\r")
		return fmt.Sprintf("%.40s", strings.ToValidUTF8(control, ""))
	}
	return ""
}
