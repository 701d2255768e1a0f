package hl7

import (
	"fmt"
)

// stray is text outside of messages.
type stray struct {
	at   int64
	some bool
	bad  bool // some of it is not of a log
	n    int
}

func (s *stray) empty() bool { return !s.some }

func (s *stray) add(at int64, text []byte) {
	if !s.some {
		s.at, s.some = at, true
	}
	s.n++
	s.bad = s.bad || !logLine(text)
}

func (r *Reader) flushStray() {
	s := r.stray
	r.stray = stray{}
	switch {
	case s.bad:
		r.emit(Piece{}, &Misfit{At: s.at, Err: fmt.Errorf("%w: text outside of a message", ErrSyntax)})
	case s.some:
		r.emit(Piece{Warnings: []Warning{{Kind: "lines of a log outside of messages",
			Text: fmt.Sprintf("%d lines of a log outside of messages, passed over (at byte %d)", s.n, s.at+1)}}}, nil)
	}
}
