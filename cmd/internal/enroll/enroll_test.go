package enroll_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/cmd/internal/enroll"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx/redistest"
)

func prepare(t *testing.T, config string) *site.Site {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, site.ConfigName),
		[]byte("alone = true\nstation = \"ws-1\"\nrecord.plain = true\n"+config), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := site.Prepare(site.Options{Data: dir})
	if err != nil {
		t.Fatal(err)
	}
	s.Vault = keyring.Memory()
	return s
}

// What a link refuses is not kept; what works is, with a line in the audit trail
// that does not hold it. Red with the links not tried: the wrong password is kept.
func TestOnlyWorkingSecretsAreKept(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, redistest.Options{Users: []string{"ws on >canary-right ~* &* +@all"}})
	s := prepare(t, "redis = { addrs = [\""+server.Addr()+"\"], username = \"ws\" }\n")
	if got := enroll.Needed(s.Config); len(got) != 1 || got[0] != site.RedisPassword {
		t.Error(got)
	}
	_, err := enroll.Enroll(t.Context(), s, map[string]string{site.RedisPassword: "canary-wrong"}, false)
	if !errors.Is(err, enroll.ErrLink) || strings.Contains(err.Error(), "canary") {
		t.Errorf("a wrong password: %v", err)
	}
	if kept, err := s.Vault.Get(t.Context(), site.RedisPassword); !errors.Is(err, keyring.ErrNotFound) {
		t.Errorf("a wrong password was kept: %v %v", kept != "", err)
	}
	s = again(t, s)
	links, err := enroll.Enroll(t.Context(), s, map[string]string{site.RedisPassword: "canary-right"}, false)
	if err != nil || len(links) != 2 {
		t.Fatalf("%v %v", links, err)
	}
	if kept, err := s.Vault.Get(t.Context(), site.RedisPassword); err != nil || kept != "canary-right" {
		t.Errorf("not kept: %v", err)
	}
	vault := s.Vault
	s, err = site.Open(t.Context(), site.Options{Data: s.Dir})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	s.Vault = vault
	found := 0
	lines, err := s.Record.AuditTail(t.Context(), 50)
	for _, e := range lines {
		if e.Action == audit.ChangeConfig && e.Object == "secret:"+site.RedisPassword && e.Station == "ws-1" {
			found++
		}
	}
	if err != nil || found != 1 {
		t.Errorf("%d lines in the audit trail, %v", found, err)
	}
	server.Kill()
	s2 := again(t, s)
	if _, err := enroll.Enroll(t.Context(), s2, map[string]string{site.RedisPassword: "later"}, true); err != nil {
		t.Errorf("forced, while Redis is away: %v", err)
	}
}

// again prepares the same site with the same keyring.
func again(t *testing.T, s *site.Site) *site.Site {
	t.Helper()
	next, err := site.Prepare(site.Options{Data: s.Dir})
	if err != nil {
		t.Fatal(err)
	}
	next.Vault = s.Vault
	return next
}

// stuck is a keyring that does not answer, as [keyring.Open] gives it.
type stuck struct{ keyring.Store }

func (stuck) Get(ctx context.Context, _ string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, keyring.Limit)
	defer cancel()
	<-ctx.Done()
	return "", keyring.ErrTimeout
}

type failing struct {
	keyring.Store
	err error
}

func (f failing) Get(context.Context, string) (string, error) { return "", f.err }

// Without a usable keyring the answer is clear and comes in 3 s. (That a real
// keyring which is absent, locked or hanging ends as these errors in that time is
// proven in app/desktop/keyring.)
func TestKeyringThatTakesNothing(t *testing.T) {
	t.Parallel()
	for want, vault := range map[string]keyring.Store{
		"it is locked":       failing{err: keyring.ErrLocked},
		"this login has":     failing{err: keyring.ErrAbsent},
		"it does not answer": stuck{},
	} {
		s := prepare(t, "")
		s.Vault = vault
		began := time.Now()
		_, err := enroll.Enroll(t.Context(), s, map[string]string{site.RedisPassword: "canary"}, true)
		if !errors.Is(err, enroll.ErrKeyring) || !strings.Contains(err.Error(), want) ||
			strings.Contains(err.Error(), "canary") {
			t.Errorf("%v, want %s", err, want)
		}
		if took := time.Since(began); took > keyring.Limit+time.Second {
			t.Errorf("%s: after %v", want, took)
		}
	}
	s := prepare(t, "secrets = \"systemd\"\n")
	if _, err := enroll.Enroll(t.Context(), s, nil, true); !errors.Is(err, enroll.ErrKeyring) ||
		!strings.Contains(err.Error(), "systemd-creds") {
		t.Error(err)
	}
}

func TestOneTimeFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "ws.enroll")
	secrets := map[string]string{site.RedisPassword: "canary \"quoted\"", site.RedisKey: "-----BEGIN\nmany\nlines"}
	if err := enroll.Write(file, secrets); err != nil {
		t.Fatal(err)
	}
	if err := enroll.Write(file, secrets); err == nil {
		t.Error("a file was replaced")
	}
	got, err := enroll.Read(file)
	if err != nil || got[site.RedisPassword] != secrets[site.RedisPassword] ||
		got[site.RedisKey] != secrets[site.RedisKey] {
		t.Errorf("%v", err)
	}
	refused := func(what, want string) {
		t.Helper()
		if _, err := enroll.Read(file); !errors.Is(err, enroll.ErrFile) || !strings.Contains(err.Error(), want) ||
			strings.Contains(err.Error(), "canary") {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := os.Chmod(file, 0o644); err != nil {
		t.Fatal(err)
	}
	refused("readable by others", "others may read")
	link := filepath.Join(dir, "held") // a second name shows what Shred leaves
	_ = os.Chmod(file, 0o600)
	if err := os.Link(file, link); err != nil {
		t.Skip(err)
	}
	if err := enroll.Shred(file); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(link); err != nil || strings.Contains(string(text), "canary") {
		t.Errorf("overwritten? %v", err)
	}
	if _, err := os.Lstat(file); err == nil {
		t.Error("the file is still there")
	}
	for text, want := range map[string]string{"redis-password = 4": "does not hold lines",
		"pasword = \"canary\"": "unknown secret", "": "is empty",
		"redis-password = \"\"": "must have 1 to", "canary": "does not hold lines"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		refused(text, want)
	}
	_ = os.Remove(file)
	if err := os.Symlink(link, file); err == nil {
		refused("a link", "not a plain file")
	}
}
