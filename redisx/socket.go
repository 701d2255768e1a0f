package redisx

import (
	"net"
	"sync/atomic"
	"syscall"
	"time"
)

// socket is a connection that go-redis looks at before each use: has the server
// closed it? A command on a closed one would fail, and commands are not
// repeated here.
//
// It answers without a system call when the server was heard a moment ago, which
// saves 2 us on each command of a burst. And it answers for TLS too, by the
// socket beneath, where go-redis itself does not look: between two commands a
// server has nothing to say there but that it closes.
type socket struct {
	net.Conn
	beneath syscall.Conn
	heard   atomic.Int64 // when the server was last heard, ns since start
}

// lately is how long a server that was heard counts as there. It may as well
// close between the look and the command.
const lately = time.Millisecond

// watched wraps conn, which runs over raw.
func watched(conn, raw net.Conn) net.Conn {
	beneath, ok := raw.(syscall.Conn)
	if !ok {
		return conn
	}
	return &socket{Conn: conn, beneath: beneath}
}

// Read implements net.Conn.
func (s *socket) Read(p []byte) (int, error) {
	n, err := s.Conn.Read(p)
	if n > 0 {
		s.heard.Store(int64(time.Since(start)))
	}
	return n, err
}

// SyscallConn implements syscall.Conn.
func (s *socket) SyscallConn() (syscall.RawConn, error) {
	if int64(time.Since(start))-s.heard.Load() < int64(lately) {
		return unasked{}, nil
	}
	return s.beneath.SyscallConn()
}

// unasked is a socket at which nobody needs to look.
type unasked struct{}

func (unasked) Control(func(uintptr)) error    { return nil }
func (unasked) Read(func(uintptr) bool) error  { return nil }
func (unasked) Write(func(uintptr) bool) error { return nil }
