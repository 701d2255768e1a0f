package trust

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"time"
)

// leastRSA is the shortest RSA key that is taken, in bits: NIST SP 800-57 holds
// shorter ones for breakable, crypto/tls takes 1024.
const leastRSA = 2048

// weakness names the certificate that can be forged.
type weakness struct {
	cert *x509.Certificate
	what string
}

// Error implements error.
func (w *weakness) Error() string { return "trust: " + w.what }

// Is makes a weakness an [ErrWeak].
func (w *weakness) Is(target error) bool { return target == ErrWeak }

// Strong refuses a connection whose certificates can be forged, as [ErrWeak]. It
// is a [tls.Config]'s VerifyConnection, which runs after the usual checks. The
// authority at the end of the chain is trusted by its presence on this station,
// so that its own signature does not count.
func Strong(state tls.ConnectionState) error {
	for _, chain := range state.VerifiedChains {
		for n, c := range chain {
			switch key := c.PublicKey.(type) {
			case *rsa.PublicKey:
				if key.N.BitLen() < leastRSA {
					return &weakness{c, fmt.Sprintf("an RSA key of %d bits", key.N.BitLen())}
				}
			case *ecdsa.PublicKey:
				if key.Curve.Params().BitSize < 256 {
					return &weakness{c, fmt.Sprintf("an ECDSA key of %d bits", key.Curve.Params().BitSize)}
				}
			}
			if n < len(chain)-1 && forged(c.SignatureAlgorithm) {
				return &weakness{c, "a signature by " + c.SignatureAlgorithm.String()}
			}
		}
	}
	return nil
}

// forged reports whether signatures of that kind can be forged.
func forged(a x509.SignatureAlgorithm) bool {
	switch a {
	case x509.MD2WithRSA, x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1:
		return true
	}
	return false
}

func day(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }
