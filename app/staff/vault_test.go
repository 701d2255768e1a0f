package staff_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"github.com/alexedwards/argon2id"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
)

// box is a keyring in memory.
type box map[string]string

func (b box) Get(_ context.Context, name string) (string, error) {
	if b[name] == "" {
		return "", errors.New("not found")
	}
	return b[name], nil
}

func (b box) Set(_ context.Context, name, secret string) error { b[name] = secret; return nil }
func (b box) Delete(_ context.Context, name string) error      { delete(b, name); return nil }

// A sign-out that comes late leaves the token of whoever signed in since: after a crash it is theirs
// to resume. In its time it deletes its own.
//
// Seen red with whatever token is kept deleted.
func TestALateSignOutLeavesTheNextToken(t *testing.T) {
	record, err := records.Open(t.Context(), records.Options{Path: filepath.Join(t.TempDir(), "record.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer record.Close()
	hash, err := argon2id.CreateHash("a long password",
		&argon2id.Params{Memory: 1024, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	if err != nil {
		t.Fatal(err)
	}
	kept := box{}
	s := &staff.Service{Directory: record, Sessions: &staff.LocalSessions{}, Throttle: open{}, Audit: unwritten{},
		Vault: kept, Station: "WS-1"}
	var sessions []staff.Session
	for _, id := range []string{"chen", "diaz"} {
		if err := record.PutStaff(t.Context(), staff.Staff{ID: id, Surname: id, Role: staff.Nurse, Wards: []string{},
			Active: true}, hash); err != nil {
			t.Fatal(err)
		}
		sess, err := s.SignIn(t.Context(), id, "a long password")
		if err != nil {
			t.Fatal(err)
		}
		sessions = append(sessions, sess)
	}
	for n, want := range []string{sessions[1].Token, ""} {
		if err := s.SignOut(t.Context(), sessions[n]); err != nil {
			t.Fatal(err)
		}
		if got := kept[staff.TokenName("WS-1")]; got != want {
			t.Errorf("after the sign-out of %s the token is %q, want %q", sessions[n].Staff.ID, got, want)
		}
	}
}
