package hl7

import (
	"bytes"
	"fmt"
)

// draft is a message whose end is not yet known.
type draft struct {
	at       int64
	framed   bool
	mode     lineEnd // what its first line ended with
	last     lineEnd // what its last line ended with
	inside   bool    // a segment has begun since the last CR
	raw      []byte
	warnings []Warning
	tooLong  bool
	runsInto bool // a segment holds the header of another message
}

func (m *draft) warn(segment, text string) {
	m.warnings = append(m.warnings, Warning{Kind: text, Segment: segment, Text: text})
}

func (m *draft) control() string { return controlOf(m.raw) }

func (m *draft) separator() byte {
	if len(m.raw) < 4 {
		return '|'
	}
	return m.raw[3]
}

// continues reports whether the next line continues a segment: after an LF, in
// a message whose segments end in CR.
func (m *draft) continues() bool {
	return m.inside && m.last == endLF && (m.mode == endCR || m.mode == endCRLF)
}

func (m *draft) add(text []byte, end lineEnd) {
	if m.last = end; m.tooLong || len(m.raw)+len(text) > maxMessage {
		m.tooLong, m.raw = true, nil
		return
	}
	m.raw = append(m.raw, text...)
	rest, _ := trimJunk(text)
	m.inside = m.inside || len(rest) > 0
	switch end {
	case endCR:
		m.raw, m.inside = append(m.raw, '\r'), false
	case endLF:
		m.raw = append(m.raw, '\n')
	case endCRLF:
		m.raw, m.inside = append(m.raw, '\r', '\n'), false
	}
}

// piece is the finished message.
func (m *draft) piece(ended bool) (Piece, error) {
	misfit := func(format string, args ...any) (Piece, error) {
		return Piece{}, &Misfit{At: m.at, Control: m.control(), Err: fmt.Errorf(format, args...)}
	}
	if m.tooLong {
		return misfit("%w: more than %d bytes in a message, or %d in a line", ErrTooLong, maxMessage, maxLine)
	}
	if m.runsInto {
		return misfit("%w: a segment runs into the header of another message", ErrSyntax)
	}
	segments := segmentsOf(m.raw)
	if n := m.logged(&segments); n > 0 {
		m.warn("", "lines of a log behind a message, passed over")
		ended = true
	}
	if last := len(segments) - 1; !m.framed && last > 0 {
		m.unended(&segments, ended)
	}
	return Piece{Raw: append(bytes.Join(segments, []byte{'\r'}), '\r'), Warnings: m.warnings}, nil
}

// unended warns of a last segment that may be cut: the stream ended in it, or
// another message began. An OBX is left out, unless it is plain that its value
// is whole: half a number is another number.
func (m *draft) unended(segments *[][]byte, ended bool) {
	all := *segments
	last := len(all) - 1
	soft := m.last == endLF && m.continues() // an LF may end it, or be in its text
	if ended && !soft {
		return
	}
	name := spotOf(all, last, 0).segment
	if bytes.HasPrefix(all[last], []byte("OBX")) && !wholeValue(all[last], m.separator()) {
		m.warn(name, "the last segment has no end: this OBX is left out, its value may be cut")
		*segments = all[:last]
		return
	}
	if !ended {
		m.warn(name, "the last segment has no end: it may be cut")
	}
}

// wholeValue reports whether an OBX that may be cut says all that its value
// means: its status is there, and a time, if it began, has its minutes.
func wholeValue(obx []byte, separator byte) bool {
	fields := bytes.Split(obx, []byte{separator})
	if len(fields) < 12 || len(bytes.TrimSpace(fields[11])) == 0 {
		return false
	}
	return len(fields) != 15 || len(fields[14]) == 0 || len(fields[14]) >= 12
}
