package redisx

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/redis/go-redis/v9"
)

// States of the server that a program tells its user about. Every error of a
// call that failed at Redis matches exactly one of them under [errors.Is],
// except when the caller cancelled it, which is [context.Canceled].
var (
	// ErrDown means that the server could not be reached or did not answer in
	// time. Whether a write was carried out is unknown.
	ErrDown = errors.New("redis is not answering")
	// ErrLoading means that the server has started and still reads its data.
	ErrLoading = errors.New("redis is loading its data")
	// ErrReadOnly means that the server is a replica: a failover is under way,
	// or the address is wrong.
	ErrReadOnly = errors.New("redis is read-only")
	// ErrNoPermission means that the user or the password was refused, or that
	// the user's ACL lacks a command, key or channel. The text says which.
	ErrNoPermission = errors.New("redis refuses this user")
	// ErrOutOfMemory means that the server is at its memory limit and refuses
	// writes.
	ErrOutOfMemory = errors.New("redis is out of memory")
	// ErrNotReplicated means that too few replicas follow, so the server
	// refused a write or could not confirm one in time.
	ErrNotReplicated = errors.New("redis has too few replicas")
	// ErrRefused means that the server answered with an error that has no name
	// here, such as a key of another type. The text says which.
	ErrRefused = errors.New("redis refuses the call")
	// ErrClosed means that the Client was closed.
	ErrClosed = errors.New("redis client is closed")
)

// Error is a failed call. It unwraps to the state (one of the sentinels, when
// the cause is known) and to the error of the server or the network.
type Error struct {
	Op   string // what was tried, such as "lock acquire"
	Kind error  // a sentinel of this package, or nil
	Raw  error  // what go-redis returned
}

func (e *Error) Error() string {
	if e.Kind == nil {
		return fmt.Sprintf("redisx: %s: %v", e.Op, e.Raw)
	}
	return fmt.Sprintf("redisx: %s: %v: %v", e.Op, e.Kind, e.Raw)
}

// Unwrap lets errors.Is and errors.As see the state and the cause.
func (e *Error) Unwrap() []error {
	if e.Kind == nil {
		return []error{e.Raw}
	}
	return []error{e.Kind, e.Raw}
}

// wrap names the operation and classifies the error. nil stays nil.
func wrap(op string, err error) error {
	if err == nil {
		return nil
	}
	var done *Error
	if errors.As(err, &done) {
		return err
	}
	return &Error{Op: op, Kind: kindOf(err), Raw: err}
}

func kindOf(err error) error {
	var network net.Error
	var certificate *tls.CertificateVerificationError
	var noTLS tls.RecordHeaderError
	switch {
	case errors.Is(err, errSilent), errors.As(err, &certificate), errors.As(err, &noTLS):
		return ErrDown
	case errors.Is(err, errSlow):
		return nil // the receiver's fault, not the server's
	case errors.Is(err, redis.ErrClosed):
		return ErrClosed
	case redis.IsLoadingError(err):
		return ErrLoading
	case redis.IsReadOnlyError(err):
		return ErrReadOnly
	case redis.IsPermissionError(err), redis.IsAuthError(err):
		return ErrNoPermission
	case redis.IsOOMError(err):
		return ErrOutOfMemory
	case redis.IsNoReplicasError(err):
		return ErrNotReplicated
	case redis.IsMasterDownError(err), redis.IsClusterDownError(err), redis.IsMaxClientsError(err),
		redis.IsTryAgainError(err), redis.HasErrorPrefix(err, "BUSY"):
		return ErrDown
	case errors.Is(err, context.Canceled):
		return nil
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, redis.ErrPoolTimeout),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.As(err, &network):
		return ErrDown
	}
	// Errors inside a script keep the server's text but gain a prefix in some
	// versions, and Sentinel reports its failures as plain text.
	text := err.Error()
	switch {
	case strings.Contains(text, "NOPERM"), strings.Contains(text, "WRONGPASS"),
		strings.Contains(text, "NOAUTH"):
		return ErrNoPermission
	case strings.Contains(text, "The user executing the script can't"), // Redis 7.0
		strings.Contains(text, "ACL failure in script"): // later
		return ErrNoPermission
	case strings.Contains(text, "all sentinels"), strings.Contains(text, "connection refused"):
		return ErrDown
	case strings.HasPrefix(text, "redis: "), strings.HasPrefix(text, "strconv."):
		return ErrDown // a reply that was cut short or is none
	}
	return ErrRefused
}
