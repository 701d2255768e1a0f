package hl7

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// The frame of the minimal lower layer protocol (MLLP).
const (
	frameStart = 0x0b
	frameEnd   = 0x1c
)

// lineEnd is what a line ended with.
type lineEnd int

const (
	endStream lineEnd = iota
	endCR
	endLF
	endCRLF
	endFrame // 0x1C
	endStart // 0x0B: a frame begins
)

// line is what stands before a CR, an LF or a byte of a frame.
type line struct {
	text   []byte
	at     int64 // of its first byte in the stream
	end    lineEnd
	framed bool // it stands in a frame
	long   bool // more than maxLine: its text is not kept
}

// lines parts a stream.
type lines struct {
	r       *bufio.Reader
	at      int64
	framed  bool
	frameAt int64
	ended   bool
}

// open begins a frame.
func (s *lines) open() { s.framed, s.frameAt = true, s.at-1 }

// next is the next line. After the one that ends with the stream it is [io.EOF].
func (s *lines) next() (line, error) {
	l := line{at: s.at, framed: s.framed}
	for {
		c, err := s.r.ReadByte()
		switch {
		case errors.Is(err, io.EOF) && s.ended:
			return l, io.EOF
		case errors.Is(err, io.EOF):
			s.ended = true
			return l, nil
		case err != nil:
			return l, err
		}
		s.at++
		switch {
		case c == frameEnd:
			l.end = endFrame
			return l, nil
		case c == frameStart && s.begins(l.text):
			l.end = endStart
			return l, nil
		case c == '\r':
			l.end = endCR
			if next, _ := s.r.Peek(1); len(next) > 0 && next[0] == '\n' {
				_, _ = s.r.Discard(1)
				s.at++
				l.end = endCRLF
			}
			return l, nil
		case c == '\n':
			l.end = endLF
			return l, nil
		case len(l.text) >= maxLine:
			l.long = true
		default:
			l.text = append(l.text, c)
		}
	}
}

// begins reports whether the frame byte that was just read begins a frame. It
// is also the vertical tab, which some word processors put between lines: in
// the middle of a line outside of a frame it needs a header behind it.
func (s *lines) begins(before []byte) bool {
	if rest, _ := trimJunk(before); s.framed || len(rest) == 0 {
		return true
	}
	next, _ := s.r.Peek(32)
	next, _ = trimJunk(next)
	return bytes.HasPrefix(next, []byte("MSH")) || envelopeLine(next)
}
