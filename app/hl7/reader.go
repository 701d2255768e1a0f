package hl7

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/unicode"
)

// Limits of one message, and of all messages in one frame. A report with a
// picture inside may be large; what is larger is an attack or a broken sender.
const (
	maxLine    = 4 << 20
	maxMessage = 16 << 20
	maxFrame   = 4 * maxMessage
)

// ErrTooLong means a message is longer than the limit.
var ErrTooLong = errors.New("hl7: message too long")

// Reader parts a stream into messages: in MLLP frames, parted by blank lines,
// one after another, inside of a log. Between messages NUL, form feeds, blanks
// and byte order marks mean nothing; text before an MSH is passed over with a
// warning. File and batch envelopes (FHS, BHS, BTS, FTS) are skipped, and their
// counts checked. A stream in UTF-16 is decoded as a whole.
//
// A frame without its end byte is refused whole: what is left of it may be half
// a number. So is what stands outside of messages and is not of a log.
type Reader struct {
	lines  lines
	begun  bool
	utf    bool
	utf16  bool
	queue  []turn
	msg    *draft
	frame  []turn // complete messages of the frame that is open
	size   int    // of them
	stray  stray
	before []byte // stands on the same line before the frame
	counts envelope
}

type turn struct {
	piece Piece
	err   error
}

// NewReader returns a Reader of r.
func NewReader(r io.Reader) *Reader { return &Reader{lines: lines{r: bufio.NewReaderSize(r, 64<<10)}} }

// Next returns the next piece, and [io.EOF] after the last. On an error that
// wraps [ErrSyntax] or [ErrTooLong] (then it is a [Misfit]) a piece was passed
// over and Next may be called again; any other is the stream's end.
func (r *Reader) Next() (Piece, error) {
	if !r.begun {
		r.begun = true
		r.begin()
	}
	for len(r.queue) == 0 {
		if err := r.step(); err != nil {
			return Piece{}, err
		}
	}
	next := r.queue[0]
	r.queue = r.queue[1:]
	return next.piece, next.err
}

// begin finds out whether the stream is UTF-16, by its byte order mark or by a
// header without one.
func (r *Reader) begin() {
	start, _ := r.lines.r.Peek(256)
	order := unicode.LittleEndian
	switch little, big := bytes.Index(start, []byte("M\x00S\x00H\x00")),
		bytes.Index(start, []byte("\x00M\x00S\x00H")); {
	case bytes.HasPrefix(start, []byte{0xff, 0xfe}), little >= 0 && little%2 == 0 && big%2 != 0:
	case bytes.HasPrefix(start, []byte{0xfe, 0xff}), big >= 0 && big%2 == 0:
		order = unicode.BigEndian
	default:
		return
	}
	r.utf, r.utf16 = true, true
	text := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Reader(r.lines.r)
	r.lines.r = bufio.NewReaderSize(text, 64<<10)
}

// emit hands a piece out: at once, or when the frame that it stands in ends.
func (r *Reader) emit(p Piece, err error) {
	if r.lines.framed {
		if r.size += len(p.Raw); r.size > maxFrame {
			r.frame, p = nil, Piece{}
			err = &Misfit{
				At:  r.lines.frameAt,
				Err: fmt.Errorf("%w: a frame of more than %d bytes", ErrTooLong, maxFrame),
			}
		}
		r.frame = append(r.frame, turn{p, err})
		return
	}
	r.queue = append(r.queue, turn{p, err})
}

// step reads a line and does with it what it asks for.
func (r *Reader) step() error {
	framed := r.lines.framed // before this line
	l, err := r.lines.next()
	if err != nil {
		return err
	}
	text, marked := trimJunk(l.text)
	if marked && (r.msg == nil || bytes.HasPrefix(text, []byte("MSH"))) {
		r.utf = true
	}
	if l.end == endStart && !framed && r.msg == nil && bytes.IndexByte(text, '|') < 0 {
		r.before = text
	} else {
		r.line(l, text)
	}
	switch {
	case l.end == endFrame:
		r.finish(true)
		r.flushStray()
		r.closeFrame(true)
	case l.end == endStart && framed:
		r.closeFrame(false)
	case l.end == endStart:
		r.finish(len(text) == 0)
		r.flushStray()
	case l.end == endStream:
		if framed {
			r.closeFrame(false)
		} else {
			r.finish(len(text) == 0)
		}
		r.flushStray()
		for _, w := range r.counts.open() {
			r.queue = append(r.queue, turn{piece: Piece{Warnings: []Warning{w}}})
		}
		r.counts = envelope{}
	}
	if l.end == endStart {
		r.lines.open()
	}
	return nil
}

// closeFrame hands out what stood in a frame, or refuses it whole.
func (r *Reader) closeFrame(whole bool) {
	r.lines.framed, r.before = false, nil
	if !whole {
		control := ""
		if r.msg != nil {
			control = r.msg.control()
		}
		lost := r.msg != nil || len(r.frame) > 0 || !r.stray.empty()
		r.msg, r.frame, r.stray = nil, nil, stray{}
		if lost {
			r.emit(Piece{}, &Misfit{At: r.lines.frameAt, Control: control,
				Err: fmt.Errorf("%w: a frame without its end byte is refused whole", ErrSyntax)})
		}
	}
	r.queue = append(r.queue, r.frame...)
	r.frame, r.size = nil, 0
}

// line puts one line where it belongs: into a message, before one, or outside.
func (r *Reader) line(l line, text []byte) {
	at := l.at + int64(len(l.text)-len(text))
	if l.long {
		if r.msg != nil {
			r.msg.tooLong = true
		} else if len(text) > 0 {
			r.msg = &draft{at: at, tooLong: true}
		}
		return
	}
	if len(text) == 0 {
		if r.msg != nil && (l.end == endCR || l.end == endLF || l.end == endCRLF) {
			r.msg.add(l.text, l.end)
		}
		return
	}
	continued := r.msg != nil && r.msg.continues()
	switch n := r.header(l, text, continued); {
	case n == 0:
		r.finish(true)
		r.start(at, text, l, nil)
	case n > 0:
		before := bytes.TrimRight(text[:n], "\xef\xbb\xbf \t")
		glued := len(before) < n && bytes.HasSuffix(text[:n], byteOrderMark)
		r.utf = r.utf || glued
		switch {
		case r.msg != nil && (glued || !logLine(before) && bytes.IndexByte(before, r.msg.separator()) >= 0):
			r.msg.add(text[:n], endStream) // the rest of a message that has lost its end
			r.finish(false)
			before = nil
		default:
			r.finish(true)
		}
		r.start(at+int64(n), text[n:], l, before)
	case !continued && envelopeLine(text):
		r.finish(true)
		r.flushStray()
		for _, w := range r.counts.take(text) {
			r.emit(Piece{Warnings: []Warning{w}}, nil)
		}
	case r.msg != nil:
		r.msg.add(l.text, l.end)
	default:
		r.stray.add(at, text)
	}
}

func (r *Reader) start(at int64, text []byte, l line, before []byte) {
	if r.flushStray(); len(r.before) > 0 {
		before, r.before = r.before, nil
	}
	r.counts.messages++
	r.msg = &draft{at: at, framed: l.framed, mode: l.end}
	if len(before) > 0 {
		r.msg.warn("", "text before MSH, passed over")
	}
	r.msg.add(text, l.end)
}

// finish ends the message in hand. ended means that its last segment is known
// to be whole.
func (r *Reader) finish(ended bool) {
	if r.msg == nil {
		return
	}
	m := r.msg
	r.msg = nil
	p, err := m.piece(ended)
	p.utf, p.decoded = r.utf, r.utf16
	r.emit(p, err)
}
