package enroll_test

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/cmd/internal/enroll"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// A station that is given away keeps nothing in its keyring but the record's key,
// and that only until who has it on paper takes it, too; the trail, still readable
// with it, names each secret that went.
//
// Seen red with the sessions' tokens left out of what is taken, with the trail's keys
// taken before the record was closed (closing it put them back), and with the proof
// not compared (the record's only key went).
func TestStationGivenAwayKeepsNoSecret(t *testing.T) {
	t.Parallel()
	ctx, dir := t.Context(), t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, site.ConfigName), []byte("alone = true\nstation = \"ws-1\"\n"),
		0o600); err != nil {
		t.Fatal(err)
	}
	vault := listed{keyring.Memory(), &sync.Mutex{}, map[string]bool{}}
	prepared := func() *site.Site {
		t.Helper()
		s, err := site.Prepare(site.Options{Data: dir})
		if err != nil {
			t.Fatal(err)
		}
		s.Vault = vault
		return s
	}
	secrets := map[string]string{}
	for _, name := range enroll.Names {
		secrets[name] = "canary " + name
	}
	if _, err := enroll.Enroll(ctx, prepared(), secrets, false); err != nil { // it makes the record and its keys
		t.Fatal(err)
	}
	for _, name := range []string{"ws-1", "old-name"} {
		if err := vault.Set(ctx, staff.TokenName(name), "canary token"); err != nil {
			t.Fatal(err)
		}
	}
	had := vault.now(t)
	if want := len(enroll.Names) + 2 + len(site.AuditEntries("ws-1")) + 1; len(had) != want {
		t.Fatalf("%d entries, want %d: %q", len(had), want, had)
	}
	key, err := prepared().RecordKeyText(ctx)
	if err != nil {
		t.Fatal(err)
	}

	if _, _, err := enroll.Remove(ctx, prepared(), enroll.Removal{RecordKey: true, Proof: "another"}); !errors.Is(err,
		enroll.ErrNoProof) {
		t.Errorf("another key as proof: %v", err)
	}
	if now := vault.now(t); !slices.Equal(now, had) {
		t.Errorf("refused, and yet: %q", now)
	}
	removed, left, err := enroll.Remove(ctx, prepared(), enroll.Removal{Stations: []string{"old-name"}})
	if err != nil || !left || len(removed) != len(had)-1 {
		t.Errorf("%q, key left %v, %v", removed, left, err)
	}
	if now := vault.now(t); !slices.Equal(now, []string{site.RecordKey}) {
		t.Errorf("left in the keyring: %q", now)
	}

	lines := trail(t, prepared())
	for _, name := range append(slices.Clone(enroll.Names), staff.TokenName("ws-1"), staff.TokenName("old-name")) {
		if !slices.ContainsFunc(lines,
			func(e audit.Event) bool { return e.Object == "secret:"+name && e.Reason == "removed" }) {
			t.Errorf("the trail does not tell of %s", name)
		}
	}

	removed, left, err = enroll.Remove(ctx, prepared(),
		enroll.Removal{RecordKey: true, Proof: " " + key[:20] + "\n" + key[20:]})
	if err != nil || left || !slices.Contains(removed, site.RecordKey) {
		t.Errorf("%q, key left %v, %v", removed, left, err)
	}
	if now := vault.now(t); len(now) != 0 {
		t.Errorf("left in the keyring: %q", now)
	}
	// Once more finds nothing, and makes nothing: the record stays as it is, shut.
	removed, _, err = enroll.Remove(ctx, prepared(), enroll.Removal{})
	if len(removed) != 0 || !errors.Is(err, enroll.ErrLink) || len(vault.now(t)) != 0 {
		t.Errorf("%q %v, left %q", removed, err, vault.now(t))
	}
}

// Systemd's secrets are not ours to remove, and a keyring that is locked says so.
func TestRemoveSaysWhatStandsInItsWay(t *testing.T) {
	t.Parallel()
	s := prepare(t, "secrets = \"systemd\"\n")
	if _, _, err := enroll.Remove(t.Context(), s, enroll.Removal{}); !errors.Is(err, enroll.ErrKeyring) ||
		!strings.Contains(err.Error(), "credstore") {
		t.Error(err)
	}
	s = prepare(t, "")
	s.Vault = failing{err: keyring.ErrLocked}
	if _, _, err := enroll.Remove(t.Context(), s, enroll.Removal{}); !errors.Is(err, enroll.ErrKeyring) ||
		!strings.Contains(err.Error(), "it is locked") {
		t.Error(err)
	}
}

func trail(t *testing.T, s *site.Site) []audit.Event {
	t.Helper()
	record, err := records.Open(t.Context(), s.RecordOptions(site.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close() //nolint:errcheck // it was only read
	lines, err := record.AuditTail(t.Context(), 100)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// listed is a keyring that can say what is in it.
type listed struct {
	keyring.Store
	mu    *sync.Mutex
	names map[string]bool
}

func (l listed) Set(ctx context.Context, name, secret string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.names[name] = true
	return l.Store.Set(ctx, name, secret)
}

func (l listed) now(t *testing.T) (names []string) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(l.names)) {
		if _, err := l.Get(t.Context(), name); err == nil {
			names = append(names, name)
		} else if !errors.Is(err, keyring.ErrNotFound) {
			t.Error(err)
		}
	}
	return names
}
