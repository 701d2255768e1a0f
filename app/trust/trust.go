// Package trust says in plain words why a TLS connection was not made: which
// rule the certificate broke, whose it is, and what a person can do about it.
// The record's PostgreSQL and Redis are explained by the same words.
//
// It looks at errors from the side that connects: "the server's certificate" is
// the one that the other side showed, "this station's certificate" is our own.
package trust

import (
	"errors"
	"fmt"
)

// Reasons why a connection was not made, see [Reason].
var (
	// ErrExpired means the server's certificate is past its last day.
	ErrExpired = errors.New("trust: the server's certificate has expired")
	// ErrNotYetValid means the server's certificate is before its first day, or
	// this station's clock is wrong.
	ErrNotYetValid = errors.New("trust: the server's certificate is not valid yet")
	// ErrWrongAuthority means an authority signed that this station does not
	// trust.
	ErrWrongAuthority = errors.New(
		"trust: the server's certificate is from an authority that this station does not trust")
	// ErrWrongName means the certificate is another server's.
	ErrWrongName = errors.New("trust: the server's certificate is for another name")
	// ErrSelfSigned means the server signed its certificate itself.
	ErrSelfSigned = errors.New("trust: the server signed its certificate itself")
	// ErrWeak means a key or a signature that can be forged.
	ErrWeak = errors.New("trust: the server's certificate is too weak")
	// ErrUnfit means a certificate that was made for something else, or one that
	// cannot be read.
	ErrUnfit = errors.New("trust: the server's certificate is not one for a server")
	// ErrNoClientCertificate means that the server asks for a certificate of
	// this station, and none was shown.
	ErrNoClientCertificate = errors.New("trust: the server asks for this station's certificate")
	// ErrForeignClientCertificate means that the server does not accept the
	// certificate that this station showed.
	ErrForeignClientCertificate = errors.New("trust: the server does not accept this station's certificate")
	// ErrClientExpired means that this station's own certificate has expired, by
	// the server's clock.
	ErrClientExpired = errors.New("trust: this station's certificate has expired")
	// ErrOldTLS means that the two sides know no common version of TLS that is
	// still safe.
	ErrOldTLS = errors.New("trust: the server speaks only versions of TLS that are no longer safe")
	// ErrNoTLS means that the server does not speak TLS there.
	ErrNoTLS = errors.New("trust: the server does not speak TLS")
	// ErrPlaintext means that the server takes no connection without TLS, and
	// this one was without.
	ErrPlaintext = errors.New("trust: the server takes only encrypted connections")
	// ErrRefused means that the server broke the handshake off without saying
	// enough to tell why.
	ErrRefused = errors.New("trust: the server refused the secure connection")
)

// Reason is the one of this package's errors that says why a connection was not
// made, nil if TLS was not the cause.
func Reason(err error) error {
	_, reason := diagnose(err)
	return reason
}

// Explain says in one sentence, without a full stop at its end, why a connection
// was not made and what to do. It is empty if TLS was not the cause. It names
// servers, authorities and days, and nothing else.
func Explain(err error) string {
	detail, reason := diagnose(err)
	if reason == nil {
		return ""
	}
	return sentence(reason, detail)
}

// Mark adds the reason to err's chain, with its sentence, so that errors.Is
// finds it. It returns err itself if TLS was not the cause, or if it is marked.
func Mark(err error) error {
	detail, reason := diagnose(err)
	if _, done := errors.AsType[*marked](err); done || reason == nil {
		return err
	}
	return &marked{reason, sentence(reason, detail), err}
}

// marked says the sentence first and the cause behind it.
type marked struct {
	reason   error
	sentence string
	cause    error
}

// Error implements error.
func (m *marked) Error() string { return fmt.Sprintf("%s (%v)", m.sentence, m.cause) }

// Unwrap gives errors.Is the reason and the cause.
func (m *marked) Unwrap() []error { return []error{m.reason, m.cause} }
