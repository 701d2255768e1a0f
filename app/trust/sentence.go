package trust

import (
	"crypto/x509"
	"strings"
)

// sentence is what a person is told of a reason.
func sentence(reason error, d detail) string {
	var name, from, first, last, by string
	if d.cert != nil {
		if names := namesOf(d.cert); names != "" {
			name = " (" + names + ")"
			from = "it is for " + names
		}
		first, last = " before "+day(d.cert.NotBefore), " on "+day(d.cert.NotAfter)
		if issuer := clean(d.cert.Issuer.CommonName); issuer != "" {
			by = " (" + issuer + ")"
		}
	}
	switch reason {
	case ErrExpired:
		return "the server's certificate" + name + " expired" + last +
			": its owner must renew it, or this station's clock is wrong"
	case ErrNotYetValid:
		return "the server's certificate" + name + " is not valid" + or(first,
			" yet") + ": this station's clock is wrong, or the server has the wrong certificate"
	case ErrWrongAuthority:
		return "the server's certificate" + name + " was signed by an authority" + by +
			" that this station does not trust: compare the site's CA file, and do not go on before you know why"
	case ErrWrongName:
		asked := or(clean(d.host), "the name in the configuration")
		return "the server's certificate is not for " + asked + or(prefix("; ", from),
			"") + ": connect by a name that the certificate holds"
	case ErrSelfSigned:
		return "the server signed its certificate" + name +
			" itself, nobody vouches for it: use one of the site's authority"
	case ErrWeak:
		return "the server's certificate" + name +
			" has a key or a signature that can be forged: it must be made anew (RSA of 2048 bits or more, or ECDSA; SHA-256)"
	case ErrUnfit:
		return "the server's certificate" + name + " is not made for a server: its owner must use one that is"
	case ErrNoClientCertificate:
		return "the server asks for this station's certificate, and this station has none to show: enroll the station"
	case ErrForeignClientCertificate:
		return "the server does not accept this station's certificate: it is from another authority, for another user, or revoked; enroll the station again"
	case ErrClientExpired:
		return "this station's certificate has expired: enroll the station again"
	case ErrOldTLS:
		return "the server speaks only versions of TLS that are no longer safe: it must be set to TLS 1.2 or newer (1.3 for the record)"
	case ErrNoTLS:
		return "the server does not speak TLS there: turn it on, or correct the port"
	case ErrPlaintext:
		return "the server takes only encrypted connections, and this one was not: ask for TLS in the configuration"
	default:
		return "the server refused the secure connection without saying why: its log does; most often this station's certificate is missing, or no cipher is common"
	}
}

// namesOf are the names that a certificate holds, five at most.
func namesOf(c *x509.Certificate) string {
	names := append([]string{}, c.DNSNames...)
	for _, ip := range c.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		names = append(names, c.Subject.CommonName)
	}
	if len(names) > 5 {
		names = append(names[:5], "...")
	}
	return clean(strings.Join(names, ", "))
}

// clean keeps what a foreign certificate says to one short line of plain signs.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, s)
	return s[:min(len(s), 120)]
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func prefix(with, s string) string {
	if s == "" {
		return ""
	}
	return with + s
}
