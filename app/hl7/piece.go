package hl7

import (
	"bytes"
	"fmt"
)

// Piece is one message of a stream, or, where Raw is nil, what there is to say
// of the stream itself: a count that does not agree, lines of a log.
type Piece struct {
	// Raw is the message with segments parted by CR alone; an LF in it is text.
	Raw      []byte
	Warnings []Warning
	utf      bool // the stream says that it is UTF-8, by a byte order mark
	decoded  bool // the stream was UTF-16
}

// Message parses the piece, as [Parse] does. The piece's own warnings stand
// before those of the message.
func (p Piece) Message() (*Message, error) {
	if n := bytes.Index(p.Raw, []byte("\ufffd")); p.decoded && n >= 0 {
		return nil, fmt.Errorf("%w: byte %d of the message, read as UTF-8, is not UTF-16", ErrCharset, n+1)
	}
	m, err := parse(p.Raw, p.utf)
	if m != nil {
		m.Warnings = append(p.Warnings[:len(p.Warnings):len(p.Warnings)], m.Warnings...)
	}
	return m, err
}

// Misfit is an error of [Reader.Next] that says where in the stream a piece
// stands that was passed over.
type Misfit struct {
	At      int64  // of its first byte, from 0; of the text, if the stream is UTF-16
	Control string // MSH-10, if the piece has one
	Err     error  // wraps [ErrSyntax] or [ErrTooLong]
}

// Error says the reason and the place.
func (m *Misfit) Error() string { return fmt.Sprintf("%v (at byte %d)", m.Err, m.At+1) }

// Unwrap is the reason.
func (m *Misfit) Unwrap() error { return m.Err }
