package hl7

import (
	"bytes"
	"regexp"
)

// junk are bytes that mean nothing where a segment or a message begins: blanks,
// ends of lines, NUL, form feed and other control characters, but not ESC,
// which begins a text of ISO 2022.
func junk(c byte) bool { return c <= ' ' && c != 0x1b || c == 0x7f }

var byteOrderMark = []byte("\xef\xbb\xbf")

// trimJunk takes away what comes before a segment, and says whether a byte
// order mark was there.
func trimJunk(line []byte) (rest []byte, marked bool) {
	for len(line) > 0 {
		switch {
		case junk(line[0]):
			line = line[1:]
		case bytes.HasPrefix(line, byteOrderMark):
			line, marked = line[3:], true
		default:
			return line, marked
		}
	}
	return nil, marked
}

// segmentsOf parts one message into its segments. How its first line ends says
// what ends a segment:
//
//   - CR: a CR, with or without an LF behind it. Any other LF is text.
//   - CRLF: the same, but an LF before what begins as a segment ends one too:
//     files that were put together from parts have both.
//   - LF: CR, LF or both.
func segmentsOf(raw []byte) [][]byte {
	raw, _ = trimJunk(raw)
	first := bytes.IndexAny(raw, "\r\n")
	var out [][]byte
	add := func(line []byte) {
		line, _ = trimJunk(line)
		if line = bytes.TrimRight(line, "\x00\n"); len(line) > 0 {
			out = append(out, line)
		}
	}
	if first < 0 {
		add(raw)
		return out
	}
	lineFeeds := raw[first] == '\n'
	mixed := raw[first] == '\r' && first+1 < len(raw) && raw[first+1] == '\n'
	start := 0
	for n, c := range raw {
		ends := c == '\r' || c == '\n' && (lineFeeds || mixed && beginsSegment(raw[n+1:], raw))
		if ends {
			add(raw[start:n])
			start = n + 1
		}
	}
	add(raw[start:])
	return out
}

// beginsSegment reports whether text begins as a segment of the message does: a
// name of three letters and the message's field separator.
func beginsSegment(text, message []byte) bool {
	return len(text) > 3 && len(message) > 3 && text[3] == message[3] && segmentName(string(text[:3]))
}

// stamp is how a log writes a moment.
const stamp = `(?:\d{4}[-/.]?\d\d[-/.]?\d\d[T ,_;|]+\d\d:\d\d` + // 2026-03-10 08:00
	`|\d\d[-/.](?:\d\d|\w{3})[-/.]\d{2,4}[T ,_;|]+\d\d:\d\d` + // 10.03.2026 08:00, 10-Mar-2026 08:00
	`|\w{3},? +\d{1,2},? +(?:\w{3} +)?(?:\d{4} +)?\d\d:\d\d:\d\d` + // Mar 10 08:00:00
	`|\d\d:\d\d:\d\d)`

// logged is how the lines of a log begin: with a time of day, a level, or signs
// alone. Only they are known not to be the rest of a text that broke its line.
var logged = regexp.MustCompile(`^[^\w\r\n]{0,3}(?:` + stamp +
	`|` + level + `\]` + // [INFO]
	`|` + level + `\W+\d{4}-\d\d-\d\d\b` + // INFO 2026-03-10
	`|[-=*#_+~<>/ ]+$` +
	`)`)

// machine is how only a program writes: a level, or the name of a thread, behind the
// time, or the words of a receiver.
var machine = regexp.MustCompile(`^[^\w\r\n]{0,3}(?:` + stamp + `[\d:.,Z+-]*[ |\t]+(?:\[[^\]\r\n]*\]|` + level + `\b)` +
	`|` + level + `\]|` + level + `\W+\d{4}-\d\d-\d\d\b)` +
	`|(?i)\b(?:mllp|received message|message received|sent message|message sent)\b`)

const level = `(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL)`

// embedded is a segment in the middle of a line.
var embedded = regexp.MustCompile(`(?:^|[^A-Za-z0-9])[A-Z][A-Z0-9]{2}[|]`)

// logLine reports whether a line is one of a log, and holds no part of a message.
func logLine(line []byte) bool { return logged.Match(line) && !embedded.Match(line) }
