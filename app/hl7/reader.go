package hl7

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// Limits of one message. A report with a picture inside may be large; what is
// larger is an attack or a broken sender.
const (
	maxLine    = 4 << 20
	maxMessage = 16 << 20
)

// The frame of the minimal lower layer protocol (MLLP).
const (
	frameStart = 0x0b
	frameEnd   = 0x1c
)

// ErrTooLong means a message is longer than the limit.
var ErrTooLong = errors.New("hl7: message too long")

// Reader parts a stream into messages. Segments may end in CR, LF or both;
// messages may stand in MLLP frames, be parted by blank lines, or follow each
// other. File and batch envelopes (FHS, BHS, BTS, FTS) are skipped.
type Reader struct {
	r    *bufio.Reader
	held []byte // the MSH line of the next message, read already
}

// NewReader returns a Reader of r.
func NewReader(r io.Reader) *Reader { return &Reader{r: bufio.NewReaderSize(r, 64<<10)} }

// Next returns the next message with segments parted by CR alone, and [io.EOF]
// after the last. On an error that wraps [ErrSyntax] or [ErrTooLong] the piece
// was passed over and Next may be called again; any other is the stream's end.
func (r *Reader) Next() ([]byte, error) {
	msg := r.held
	r.held = nil
	var tooLong bool
	for {
		line, framed, err := r.line()
		switch {
		case errors.Is(err, ErrTooLong) && framed:
			return finish(msg, true)
		case errors.Is(err, ErrTooLong):
			tooLong = true
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		}
		start := bytes.HasPrefix(line, []byte("MSH"))
		switch {
		case len(line) == 0 || envelope(line):
		case start && (len(msg) > 0 || tooLong):
			r.held = append(append([]byte{}, line...), '\r')
			return finish(msg, tooLong)
		case len(msg)+len(line) > maxMessage:
			tooLong = true
		default:
			msg = append(append(msg, line...), '\r')
		}
		if (len(msg) > 0 || tooLong) && (framed || err != nil) {
			return finish(msg, tooLong)
		}
		if err != nil {
			return nil, io.EOF
		}
	}
}

func finish(msg []byte, tooLong bool) ([]byte, error) {
	if tooLong {
		return nil, fmt.Errorf("%w: more than %d bytes", ErrTooLong, maxMessage)
	}
	if !bytes.HasPrefix(msg, []byte("MSH")) {
		return nil, fmt.Errorf("%w: text outside of a message", ErrSyntax)
	}
	return msg, nil
}

func envelope(line []byte) bool {
	for _, name := range []string{"FHS", "BHS", "BTS", "FTS"} {
		if bytes.HasPrefix(line, []byte(name)) {
			return true
		}
	}
	return false
}

// line reads up to the next CR, LF or frame byte. framed is true if a frame
// ended there. At the end of the stream it returns what is left with io.EOF.
func (r *Reader) line() (line []byte, framed bool, err error) {
	var long bool
	for {
		c, err := r.r.ReadByte()
		switch {
		case err != nil:
			if long {
				return nil, false, ErrTooLong
			}
			return line, false, err
		case c == frameStart && len(line) == 0:
		case c == frameEnd:
			if long {
				return nil, true, ErrTooLong
			}
			return line, true, nil
		case c == '\r' || c == '\n':
			if long {
				return nil, false, ErrTooLong
			}
			return line, false, nil
		case len(line) >= maxLine:
			long = true
		default:
			line = append(line, c)
		}
	}
}
