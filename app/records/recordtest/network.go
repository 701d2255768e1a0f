package recordtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
)

// Network is how a server listens on a port of 127.0.0.1.
type Network struct {
	// Files are written beside the server's data, for it alone to read, under
	// these names: certificates and keys.
	Files map[string][]byte
	Conf  []string // lines of postgresql.conf
	HBA   []string // lines of pg_hba.conf
	// Weak lets the server use keys that its library would refuse.
	Weak bool
}

// Listen starts the server anew on a port of 127.0.0.1 as n says, and returns
// the port. Its socket goes on to serve [Admin].
func (s *Server) Listen(ctx context.Context, n Network) (port int, err error) {
	for name, text := range n.Files {
		path := filepath.Join(s.data(), name)
		if err := errors.Join(os.RemoveAll(path), os.WriteFile(path, text, 0o600), handOver(path)); err != nil {
			return 0, err
		}
	}
	s.env = nil
	if n.Weak {
		path := filepath.Join(s.data(), "openssl.cnf")
		text := "openssl_conf = a\n[a]\nssl_conf = b\n[b]\nsystem_default = c\n[c]\nCipherString = DEFAULT@SECLEVEL=0\n"
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			return 0, err
		}
		s.env = []string{"OPENSSL_CONF=" + path}
	}
	rules := strings.Join(append(append([]string{}, n.HBA...), "local all all trust\n"), "\n")
	if err := os.WriteFile(filepath.Join(s.data(), "pg_hba.conf"), []byte(rules), 0o644); err != nil {
		return 0, err
	}
	// A port that is free now may be taken in a moment: then the server ends at
	// once, and another one is tried.
	for range 5 {
		if s.port, err = freePort(ctx); err != nil {
			return 0, err
		}
		conf := fmt.Sprintf("listen_addresses = '127.0.0.1'\nport = %d\n%s\n", s.port, strings.Join(n.Conf, "\n"))
		if err = os.WriteFile(filepath.Join(s.data(), "network.conf"), []byte(conf), 0o644); err != nil {
			return 0, err
		}
		select {
		case <-s.ended:
		default:
			if err = s.Kill(); err != nil {
				return 0, err
			}
		}
		if err = s.Up(ctx); err == nil {
			return s.port, nil
		}
	}
	return 0, err
}

func freePort(ctx context.Context) (int, error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}
