package directory_test

import (
	"context"
	"crypto/tls"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/directory"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/trust"
	"github.com/wardlight/wardlight/app/trust/trusttest"
	"github.com/wardlight/wardlight/app/ward"
)

func good(ca *trusttest.Authority) tls.Certificate { return ca.Issue("ldap.example") }

func (s *slapd) settings(url string) directory.Settings {
	return directory.Settings{URL: url, Base: base, BindDN: binder,
		TLS:    &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: s.ca.Pool, VerifyConnection: trust.Strong},
		Secret: func(context.Context) (string, error) { return secret, nil }, GroupBase: "ou=groups," + base,
		Roles: map[string]staff.Role{"cn=nurses,OU=groups," + base: staff.Nurse,
			"cn=charge,ou=groups," + base: staff.ChargeNurse},
		Wards: map[string][]string{"cn=4B,ou=groups," + base: {"4B"}}}
}

func open(t *testing.T, set directory.Settings) *directory.Directory {
	t.Helper()
	d, err := directory.New(set)
	must(t, err)
	return d
}

// Over ldaps and StartTLS: who is who they say, who is not, and no way around the
// filter. Seen red without ldap.EscapeFilter ("ac*n" signs in as achen with her
// password, and ")(uid=*" is an error of the link), without the look at an empty
// password (the library refuses it, as an error of the link), without disabled
// (gone signs in), and with the first of several taken (a twin signs in).
func TestPasswordsOfADirectory(t *testing.T) {
	t.Parallel()
	s := start(t, good)
	ctx := t.Context()
	for _, url := range []string{s.over, s.plain} {
		d := open(t, s.settings(url))
		must(t, d.Check(ctx))
		who, err := d.Verify(ctx, "achen", "right horse")
		if err != nil || who.ID != "achen" || who.Name() != "Chen, Amy" || who.Role != staff.ChargeNurse ||
			!slices.Equal(who.Wards, []string{"4B"}) || !who.Active {
			t.Fatalf("%s: %+v %v", url, who, err)
		}
		if who, err = d.Verify(ctx, `a*(b)\`, "right horse"); err != nil || who.Surname != "Star" ||
			who.Role != staff.Nurse {
			t.Errorf("an ID made of signs: %+v %v", who, err)
		}
		for _, bad := range [][2]string{{"achen", "wrong"}, {"achen", ""}, {"nobody", "right horse"},
			{"", "right horse"}, {"gone", "right horse"},
			{"ghost", "right horse"}, {"twin", "right horse"}, {"*", "right horse"}, {"a*", "right horse"},
			{"ac*n", "right horse"},
			{"achen)(uid=*", "right horse"}, {"*)(|(uid=achen)", "right horse"}, {"achen\x00", "right horse"},
			{"uid=achen,ou=people," + base, "right horse"},
			{strings.Repeat("x", 4000), "right horse"}, {"station", secret}} {
			if who, err := d.Verify(ctx, bad[0], bad[1]); !errors.Is(err, staff.ErrBadCredentials) {
				t.Errorf("%.40q %q: %+v %v", bad[0], bad[1], who, err)
			}
		}
		if _, err := d.Find(ctx, "ghost"); !errors.Is(err, staff.ErrUnknownStaff) {
			t.Errorf("who has no role: %v", err)
		}
		if who, err := d.Find(ctx, "GONE"); err != nil || who.Active || who.ID != "gone" {
			t.Errorf("who is disabled: %+v %v", who, err)
		}
	}
	wrong := s.settings(s.over)
	wrong.Secret = func(context.Context) (string, error) { return "another-canary", nil }
	if err := open(t, wrong).Check(ctx); !errors.Is(err, directory.ErrAway) || strings.Contains(err.Error(), "canary") {
		t.Errorf("a wrong bind password: %v", err)
	}
}

// What a directory must show before a password goes to it. Seen red with
// InsecureSkipVerify in the settings.
func TestFalseDirectoriesGetNoPassword(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		cert func(*trusttest.Authority) tls.Certificate
		want error
	}{
		"expired": {func(ca *trusttest.Authority) tls.Certificate { return ca.Issue("x", trusttest.Expired) },
			trust.ErrExpired},
		"elsewhere": {func(ca *trusttest.Authority) tls.Certificate { return ca.Issue("x", trusttest.Elsewhere) },
			trust.ErrWrongName},
		"stranger": {func(*trusttest.Authority) tls.Certificate { return trusttest.New(t, "stranger").Issue("x") },
			trust.ErrWrongAuthority},
		"weak": {func(ca *trusttest.Authority) tls.Certificate { return ca.IssueFor(trusttest.WeakKey(t), "x") },
			trust.ErrWeak},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, c.cert)
			for _, url := range []string{s.over, s.plain} {
				set, asked := s.settings(url), false
				set.Secret = func(context.Context) (string, error) { asked = true; return secret, nil }
				_, err := open(t, set).Verify(t.Context(), "achen", "right horse")
				// With StartTLS the library keeps the reason to itself, but for its text.
				if !errors.Is(err, directory.ErrAway) || url == s.over && !errors.Is(err, c.want) || asked {
					t.Errorf("%s: asked for the password %v: %v", url, asked, err)
				}
			}
		})
	}
	for name, change := range map[string]func(*directory.Settings){
		"plain text":   func(s *directory.Settings) { s.TLS = nil },
		"http":         func(s *directory.Settings) { s.URL = "http://x" },
		"no place":     func(s *directory.Settings) { s.Filter = "(uid=x)" },
		"two places":   func(s *directory.Settings) { s.Filter = "(|(uid=%s)(cn=%s))" },
		"a bad filter": func(s *directory.Settings) { s.Filter = "(uid=%s" },
		"a bad group":  func(s *directory.Settings) { s.Roles = map[string]staff.Role{"nurses": staff.Nurse} },
	} {
		set := directory.Settings{URL: "ldaps://x", TLS: &tls.Config{MinVersion: tls.VersionTLS12}, Base: base,
			BindDN: binder}
		change(&set)
		if _, err := directory.New(set); !errors.Is(err, directory.ErrSettings) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A directory that hangs costs the limit, not the station: sign-in says that it
// cannot be asked, and who had only locked the station is let in by the password
// that opened the session, and by no other.
func TestDirectoryAway(t *testing.T) {
	t.Parallel()
	s := start(t, good)
	ctx := t.Context()
	record, err := records.Open(ctx, records.Options{Path: filepath.Join(t.TempDir(), "record.db")})
	must(t, err)
	defer record.Close() //nolint:errcheck // nothing is written after the test
	must(t, record.PutWard(ctx, ward.Ward{ID: "4B", Name: "4B"}))
	service := &staff.Service{Directory: record, Sessions: &staff.LocalSessions{}, Throttle: patient{}, Audit: quiet{},
		Passwords: open(t, s.settings(s.over)), Roster: record}
	sess, err := service.SignIn(ctx, "  AChen ", "right horse")
	must(t, err)
	if p, _, err := record.StaffByID(ctx, "achen"); err != nil || p.Role != staff.ChargeNurse ||
		!slices.Equal(p.Wards, []string{"4B"}) {
		t.Fatalf("in the record: %+v %v", p, err)
	}
	must(t, service.StillOn(ctx, sess))
	must(t, s.process.Process.Signal(syscall.SIGSTOP))
	began := time.Now()
	if _, err := service.SignIn(ctx, "achen", "right horse"); !errors.Is(err, staff.ErrDirectoryAway) {
		t.Errorf("signed in anew: %v", err)
	}
	if took := time.Since(began); took > directory.Limit+3*time.Second {
		t.Errorf("waited %v", took)
	}
	must(t, service.Unlock(ctx, sess, "right horse"))
	if err := service.Unlock(ctx, sess, "wrong"); !errors.Is(err, staff.ErrBadCredentials) {
		t.Errorf("unlocked: %v", err)
	}
	must(t, s.process.Process.Signal(syscall.SIGCONT))
	must(t, service.Unlock(ctx, sess, "right horse"))
	p, _, err := record.StaffByID(ctx, "achen")
	must(t, err)
	p.Active = false
	must(t, record.PutStaff(ctx, p, ""))
	if _, err := service.SignIn(ctx, "achen", "right horse"); !errors.Is(err, staff.ErrBadCredentials) {
		t.Errorf("disabled here: %v", err)
	}
	if err := service.StillOn(ctx, sess); !errors.Is(err, staff.ErrSessionEnded) {
		t.Errorf("disabled here, and still on: %v", err)
	}
}

// Who is unknown, disabled, in no group, or mistyped is refused no sooner than any
// other: how long the directory took tells nothing.
func TestDirectoryTimeTellsNobody(t *testing.T) {
	t.Parallel()
	s := start(t, good)
	record, err := records.Open(t.Context(), records.Options{Path: filepath.Join(t.TempDir(), "record.db")})
	must(t, err)
	defer record.Close() //nolint:errcheck // nothing is written after the test
	service := &staff.Service{Directory: record, Sessions: &staff.LocalSessions{}, Throttle: patient{}, Audit: quiet{},
		Passwords: open(t, s.settings(s.over)), Roster: record}
	n := 4
	if os.Getenv("WARDLIGHT_LONG") != "" {
		n = 100
	}
	took := map[string][]time.Duration{}
	for range n {
		for _, id := range []string{"achen", "nobody", "gone", "ghost"} {
			began := time.Now()
			if _, err := service.SignIn(t.Context(), id, "wrong"); !errors.Is(err, staff.ErrBadCredentials) {
				t.Fatal(id, err)
			}
			took[id] = append(took[id], time.Since(began))
		}
	}
	var least, most time.Duration
	for id, list := range took {
		slices.Sort(list)
		if list[0] < staff.RefuseAfter {
			t.Errorf("%s was refused after %v", id, list[0])
		}
		if m := list[len(list)/2]; least == 0 || m < least {
			least = m
		}
		most = max(most, list[len(list)/2])
	}
	t.Logf("medians of %d from %v to %v", n, least, most)
}

type patient struct{}

func (patient) Try(context.Context, string) (time.Duration, error) { return 0, nil }
func (patient) Clear(context.Context, string) error                { return nil }

type quiet struct{}

func (quiet) Audit(context.Context, audit.Event) error { return nil }
