package redisx

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"time"
)

// handshake makes a connection secure within ctx's deadline. It ends a little
// earlier if the other side says nothing, to ask whether that is because it
// speaks Redis in the clear.
func handshake(ctx context.Context, conn net.Conn, settings *tls.Config) (net.Conn, error) {
	limited := ctx
	if end, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		limited, cancel = context.WithDeadline(ctx, end.Add(-time.Until(end)/4))
		defer cancel()
	}
	// The connection goes on after a handshake that was given up: its deadline is
	// ours, not the context's.
	secure := tls.Client(conn, settings)
	if at, ok := limited.Deadline(); ok {
		_ = conn.SetDeadline(at) // fails on a closed connection only, which the handshake says
	}
	stop := context.AfterFunc(ctx, func() { _ = conn.Close() })
	defer stop()
	err := secure.HandshakeContext(context.WithoutCancel(limited))
	if err != nil {
		var timeout net.Error
		if errors.As(err, &timeout) && timeout.Timeout() && ctx.Err() == nil && plain(ctx, conn) {
			return nil, tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake", Conn: conn}
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, err
	}
	_ = conn.SetDeadline(time.Time{})
	return &refusable{secure}, nil
}

// longestLine is above what Redis takes for a line (PROTO_INLINE_MAX_SIZE, 64 KiB).
const longestLine = 65 << 10

// plain goes on sending to a server that did not answer the handshake until a Redis
// in the clear, which took it for the start of a line, finds the line too long,
// and reports whether it answers like one.
func plain(ctx context.Context, conn net.Conn) bool {
	end, ok := ctx.Deadline()
	if !ok {
		end = time.Now().Add(time.Second)
	}
	if conn.SetDeadline(end) != nil {
		return false
	}
	if _, err := conn.Write(make([]byte, longestLine)); err != nil {
		return false
	}
	var first [1]byte
	_, err := conn.Read(first[:])
	return err == nil && first[0] == '-'
}

// refusable says why a server hung up on the first thing that was written. With
// TLS 1.3 a server looks at the client's certificate after the client is done
// with the handshake: its refusal arrives instead of the first answer, and what
// was written meanwhile only finds a closed connection.
type refusable struct{ *tls.Conn }

func (c *refusable) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	if err == nil {
		return n, nil
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		return n, err
	}
	if c.SetReadDeadline(time.Now().Add(50*time.Millisecond)) != nil {
		return n, err
	}
	var first [1]byte
	_, told := c.Read(first[:])
	var alert *net.OpError
	if errors.As(told, &alert) && alert.Op == "remote error" {
		return n, told
	}
	return n, err
}
