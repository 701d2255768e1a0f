package trust

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"strings"
	"time"
)

// detail is what a sentence can name. Every field may be empty.
type detail struct {
	cert *x509.Certificate // the server's
	host string            // the name that was asked for
}

// diagnose finds the reason in a chain of errors. Certificates' own errors come
// as types; what the other side says comes as an alert; the rest has only texts.
func diagnose(err error) (found detail, reason error) {
	if err == nil {
		return detail{}, nil
	}
	if m, ok := errors.AsType[*marked](err); ok {
		d, _ := diagnose(m.cause)
		return d, m.reason
	}
	var d detail
	alone := false // the server showed nothing but its own certificate
	if v, ok := errors.AsType[*tls.CertificateVerificationError](err); ok && len(v.UnverifiedCertificates) > 0 {
		d.cert, alone = v.UnverifiedCertificates[0], len(v.UnverifiedCertificates) == 1
	}
	if e, ok := errors.AsType[x509.HostnameError](err); ok {
		return detail{e.Certificate, e.Host}, ErrWrongName
	}
	if e, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		d.cert = e.Cert
		switch {
		// Go reports both ends of the validity as one.
		case e.Reason == x509.Expired && e.Cert != nil && time.Now().Before(e.Cert.NotBefore):
			return d, ErrNotYetValid
		case e.Reason == x509.Expired:
			return d, ErrExpired
		case e.Reason == x509.IncompatibleUsage:
			return d, ErrUnfit
		case e.Reason == x509.CANotAuthorizedForThisName, e.Reason == x509.NameConstraintsWithoutSANs:
			return d, ErrWrongName
		}
		return d, ErrWrongAuthority
	}
	if e, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		if d.cert == nil {
			d.cert = e.Cert
		}
		switch {
		case d.cert != nil && forged(d.cert.SignatureAlgorithm):
			return d, ErrWeak
		case d.cert != nil && alone && selfSigned(d.cert):
			return d, ErrSelfSigned
		}
		return d, ErrWrongAuthority
	}
	if e, ok := errors.AsType[*weakness](err); ok {
		return detail{cert: e.cert}, ErrWeak
	}
	if errors.As(err, new(x509.InsecureAlgorithmError)) {
		return d, ErrWeak
	}
	if errors.As(err, new(tls.RecordHeaderError)) {
		return d, ErrNoTLS
	}
	if reason := alerted(err); reason != nil {
		return d, reason
	}
	for _, one := range all {
		if errors.Is(err, one) {
			return d, one
		}
	}
	return d, told(err)
}

var all = []error{ErrExpired, ErrNotYetValid, ErrWrongAuthority, ErrWrongName, ErrSelfSigned, ErrWeak, ErrUnfit,
	ErrNoClientCertificate, ErrForeignClientCertificate, ErrClientExpired, ErrOldTLS, ErrNoTLS,
	ErrPlaintext, ErrRefused}

// alerts are what the other side says before it hangs up (RFC 8446, 6.2).
var alerts = map[tls.AlertError]error{
	40:  ErrRefused,                  // handshake_failure: no common cipher, or TLS 1.2 without our certificate
	42:  ErrForeignClientCertificate, // bad_certificate
	43:  ErrForeignClientCertificate, // unsupported_certificate
	44:  ErrForeignClientCertificate, // certificate_revoked
	45:  ErrClientExpired,            // certificate_expired
	46:  ErrForeignClientCertificate, // certificate_unknown
	48:  ErrForeignClientCertificate, // unknown_ca
	49:  ErrForeignClientCertificate, // access_denied
	51:  ErrForeignClientCertificate, // decrypt_error
	70:  ErrOldTLS,                   // protocol_version
	71:  ErrRefused,                  // insufficient_security
	112: ErrWrongName,                // unrecognized_name
	116: ErrNoClientCertificate,      // certificate_required
}

// alerted is the reason that the other side's alert gives. crypto/tls keeps the
// alert's type to itself on TCP, but not its text.
func alerted(err error) error {
	e, ok := errors.AsType[*net.OpError](err)
	for ok && e.Op != "remote error" {
		e, ok = errors.AsType[*net.OpError](e.Err)
	}
	if !ok {
		return nil
	}
	for alert, reason := range alerts {
		if e.Err.Error() == alert.Error() {
			return reason
		}
	}
	return nil
}

// told is the reason that only a text gives: crypto/tls has no type for these,
// PostgreSQL one code for all who are not let in.
func told(err error) error {
	text := err.Error()
	has := func(part string) bool { return strings.Contains(text, part) }
	var state interface{ SQLState() string }
	if errors.As(err, &state) && state.SQLState() == "28000" {
		switch {
		case has("valid client certificate"):
			return ErrNoClientCertificate
		case has("certificate authentication failed"):
			return ErrForeignClientCertificate
		case has("no encryption"), has("SSL off"):
			return ErrPlaintext
		}
		return nil
	}
	switch {
	case has("server selected unsupported protocol version"), has("no supported versions satisfy"):
		return ErrOldTLS
	case has("server refused TLS connection"), has("first record does not look like a TLS handshake"):
		return ErrNoTLS
	case has("tls: ") && has("-bit keys are insecure"), has("certificate containing RSA key"):
		return ErrWeak
	case has("tls: failed to parse certificate"):
		return ErrUnfit
	}
	return nil
}

func selfSigned(c *x509.Certificate) bool { return bytes.Equal(c.RawIssuer, c.RawSubject) }
