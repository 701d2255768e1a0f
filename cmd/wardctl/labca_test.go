package main

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/wardlight/wardlight/cmd/internal/enroll"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func parseCert(t *testing.T, file string) *x509.Certificate {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := pem.Decode(text)
	c, err := x509.ParseCertificate(b.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLabCA(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "lab")
	ctl(t, dir, "lab-ca", dir, "--server", "redis=localhost,127.0.0.1")
	ctl(t, dir, "lab-ca", dir, "--station", "ws-1") // the same authority again
	pool := x509.NewCertPool()
	pool.AddCert(parseCert(t, filepath.Join(dir, "ca.crt")))
	for name, use := range map[string]x509.ExtKeyUsage{"redis": x509.ExtKeyUsageServerAuth,
		"ws-1": x509.ExtKeyUsageClientAuth} {
		c := parseCert(t, filepath.Join(dir, name+".crt"))
		if _, err := c.Verify(x509.VerifyOptions{Roots: pool, KeyUsages: []x509.ExtKeyUsage{use}}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if left := time.Until(c.NotAfter); left < 360*24*time.Hour || left > 366*24*time.Hour {
			t.Errorf("%s: for %s", name, left)
		}
	}
	if err := parseCert(t, filepath.Join(dir, "redis.crt")).VerifyHostname("127.0.0.1"); err != nil {
		t.Error(err)
	}
	for _, secret := range []string{"ca.key", "redis.key", "ws-1.enroll"} {
		if info, err := os.Stat(filepath.Join(dir, secret)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", secret, info, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "ws-1.key")); err == nil {
		t.Error("the station's key lies there in a second file")
	}
	secrets, err := enroll.Read(filepath.Join(dir, "ws-1.enroll"))
	cert, _ := os.ReadFile(filepath.Join(dir, "ws-1.crt"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := site.Pair(cert, []byte(secrets[site.RedisKey])); err != nil {
		t.Error(err)
	}
	for _, bad := range [][]string{{"--server", "redis=x"}, {"--server", "a/b=x"}, {"--station", "ca"},
		{"--server", "x"}} {
		if _, err := try(t, dir, append([]string{"lab-ca", dir}, bad...)...); err == nil {
			t.Errorf("%v: no error", bad)
		}
	}
}
