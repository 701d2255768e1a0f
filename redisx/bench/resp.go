package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
)

// raw is the floor: RESP over a bare socket, with no pool, no deadline, no
// context and a reused buffer. A library that does any of these is above it.
type raw struct {
	conn net.Conn
	in   *bufio.Reader
	out  []byte
	bulk []byte
}

func dialRaw(addr string) (*raw, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	return &raw{conn: conn, in: bufio.NewReaderSize(conn, 256<<10)}, nil
}

func (r *raw) close() { _ = r.conn.Close() }

// send writes one command.
func (r *raw) send(args ...string) error {
	b := append(r.out[:0], '*')
	b = strconv.AppendInt(b, int64(len(args)), 10)
	for _, a := range args {
		b = append(b, "\r\n$"...)
		b = strconv.AppendInt(b, int64(len(a)), 10)
		b = append(b, "\r\n"...)
		b = append(b, a...)
	}
	r.out = append(b, "\r\n"...)
	_, err := r.conn.Write(r.out)
	return err
}

// do sends one command and reads its reply, whatever it is.
func (r *raw) do(args ...string) error {
	if err := r.send(args...); err != nil {
		return err
	}
	return r.skip()
}

// text is do for a command that answers with a bulk string.
func (r *raw) text(args ...string) (string, error) {
	err := r.do(args...)
	return string(r.bulk), err
}

// skip reads one reply; the last bulk string of it stays in r.bulk.
func (r *raw) skip() error {
	line, err := r.in.ReadSlice('\n')
	if err != nil {
		return err
	}
	if len(line) < 3 {
		return io.ErrUnexpectedEOF
	}
	kind, rest := line[0], line[1:len(line)-2]
	switch kind {
	case '+', ':':
		return nil
	case '-':
		return errors.New(string(rest))
	}
	n, err := strconv.Atoi(string(rest))
	if err != nil {
		return err
	}
	switch kind {
	case '$':
		if n < 0 {
			return nil
		}
		if cap(r.bulk) < n+2 {
			r.bulk = make([]byte, n+2)
		}
		r.bulk = r.bulk[:n+2]
		if _, err := io.ReadFull(r.in, r.bulk); err != nil {
			return err
		}
		r.bulk = r.bulk[:n]
	case '*':
		for range n {
			if err := r.skip(); err != nil {
				return err
			}
		}
	default:
		return fmt.Errorf("reply %q", line)
	}
	return nil
}
