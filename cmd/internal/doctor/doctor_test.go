package doctor_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/desktop/keyring"
	"github.com/wardlight/wardlight/app/desktop/notify"
	"github.com/wardlight/wardlight/app/desktop/sound"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
	"github.com/wardlight/wardlight/app/staff"
	"github.com/wardlight/wardlight/app/trust/trusttest"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/cmd/internal/acl"
	"github.com/wardlight/wardlight/cmd/internal/doctor"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// patient is a healthy site, to be made sick.
type patient struct {
	t       *testing.T
	dir     string
	config  string
	vault   keyring.Store
	options doctor.Options
	secret  map[string]string
}

// healthy is a site in which no check finds anything, Redis being of the version
// that it is.
func healthy(t *testing.T) *patient {
	t.Helper()
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	p := &patient{t: t, dir: dir, vault: keyring.Memory(), secret: map[string]string{}}
	p.options = doctor.Options{Data: dir,
		Notify:    func(context.Context) (notify.State, error) { return notify.State{Kind: notify.OK}, nil },
		Sound:     func(context.Context) sound.State { return sound.State{Kind: sound.OK, Device: "d", Volume: 60} },
		FreeSpace: 1,
		Draws:     func(rune) bool { return true }}
	recordtest.Fill(t, filepath.Join(p.dir, site.RecordName))
	p.record(func(r *records.Store) {
		must(t, r.PutWard(t.Context(), ward.Ward{ID: "4B", Name: "4B"}))
		must(t, r.PutStaff(t.Context(), staff.Staff{ID: "chen", Surname: "Chen", Role: staff.Nurse, Active: true}, "x"))
	})
	p.config = "record.plain = true\n"
	return p
}

// record opens the site's record for a change.
func (p *patient) record(change func(*records.Store)) {
	p.t.Helper()
	r, err := records.Open(p.t.Context(),
		records.Options{Path: filepath.Join(p.dir, site.RecordName), Logger: slog.New(slog.DiscardHandler)})
	must(p.t, err)
	change(r)
	must(p.t, r.Close())
}

// server is a Redis as it should be, and the site's configuration for it.
func (p *patient) server(config ...string) *redistest.TestServer {
	p.t.Helper()
	k := keys(p.t)
	var users []string
	for _, role := range acl.Roles {
		users = append(users,
			strings.TrimPrefix(acl.User{Name: role, Role: role, Hash: acl.HashOf("word")}.Line(k), "user "))
	}
	s := redistest.Start(p.t, redistest.Options{AppendOnly: true, Users: users, Config: config})
	p.at(s.Addr(), "username = \"workstation\"\n")
	p.secret[site.RedisPassword] = "word"
	return s
}

func (p *patient) at(addr, more string) {
	p.config += fmt.Sprintf("[redis]\naddrs = [%q]\n%s", addr, more)
}

func (p *patient) examine() []doctor.Finding {
	p.t.Helper()
	must(p.t, os.WriteFile(filepath.Join(p.dir, site.ConfigName), []byte("alone = true\nstation = \"ws-1\"\n"+p.config),
		0o600))
	for name, secret := range p.secret {
		must(p.t, p.vault.Set(p.t.Context(), name, secret))
	}
	p.options.Vault = p.vault
	return doctor.Examine(p.t.Context(), p.options)
}

func (p *patient) tls(ca *trusttest.Authority, shows tls.Certificate, own tls.Certificate) {
	p.t.Helper()
	dir := p.t.TempDir()
	cert, key, file := trusttest.Files(p.t, dir, "server-", shows, ca)
	s, err := redistest.Run(p.t.Context(), redistest.ServerConfig{Dir: dir, AppendOnly: true,
		TLS: &tls.Config{InsecureSkipVerify: true, Certificates: []tls.Certificate{own}}, // asks whether it is up
		Config: []string{"tls-cert-file " + cert, "tls-key-file " + key, "tls-ca-cert-file " + file,
			"tls-auth-clients yes"}})
	must(p.t, err)
	p.t.Cleanup(func() { _ = s.Close() })
	p.trusting(s.Addr(), ca, own)
}

func (p *patient) trusting(addr string, ca *trusttest.Authority, own tls.Certificate) {
	p.t.Helper()
	dir := p.t.TempDir()
	cert, key, file := trusttest.Files(p.t, dir, "own-", own, ca)
	text, err := os.ReadFile(key)
	must(p.t, err)
	p.secret[site.RedisKey] = string(text)
	p.at(addr, fmt.Sprintf("[redis.tls]\nca = %q\ncert = %q\n", file, cert))
}

func keys(t *testing.T) redisx.Keys {
	t.Helper()
	c, err := redisx.Open(redisx.Config{})
	must(t, err)
	defer c.Close()
	return c.Keys()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// stuck answers late, as a keyring that waits for its prompt.
type stuck struct {
	keyring.Store
	err error
}

func (s stuck) Get(context.Context, string) (string, error) { return "", s.err }

// Each planted fault is found by its name; a healthy site has none. Seen red with the
// check of the eviction policy, and with that of the rights, taken out. A clock that is
// wrong and a disk that is full are planted as limits that no computer keeps.
func TestPlantedFaults(t *testing.T) {
	redisx.LogTo(slog.New(slog.DiscardHandler))
	ca, other := trusttest.New(t, "Ward CA"), trusttest.New(t, "Other CA")
	good, own := ca.Issue("redis.example"), ca.Issue("ws")
	faults := []struct {
		name  string
		plant func(p *patient)
		id    string
		says  string
		state doctor.State
	}{
		{"misspelt setting", func(p *patient) { p.config += "staion = \"x\"\n" }, "config", `did you mean "station"`,
			doctor.Failing},
		{"password in a file", func(p *patient) { p.config += "[redis]\npassword = \"x\"\n" }, "config",
			"looks like a secret", doctor.Failing},
		{"settings open to others", func(p *patient) {
			p.t.Setenv(site.EnvMachine, p.dir)
			must(p.t, os.WriteFile(filepath.Join(p.dir, site.FileName), nil, 0o600))
			must(p.t, os.Chmod(filepath.Join(p.dir, site.FileName), 0o666))
		}, "config-rights", "others may change", doctor.Failing},
		{"folder open to others", func(p *patient) { must(p.t, os.Chmod(p.dir, 0o755)) }, "folder-rights",
			"may look into", doctor.Failing},
		{"disk nearly full", func(p *patient) { p.options.FreeSpace = 1 << 60 }, "disk", "MB free", doctor.Failing},
		{"no keyring", func(p *patient) { p.vault = stuck{p.vault, keyring.ErrAbsent} }, "keyring",
			"this login has none", doctor.Failing},
		{"locked keyring", func(p *patient) { p.vault = stuck{p.vault, keyring.ErrLocked} }, "keyring", "locked",
			doctor.Failing},
		{"hanging keyring", func(p *patient) { p.vault = stuck{p.vault, keyring.ErrTimeout} }, "keyring",
			"does not answer", doctor.Failing},
		{"no credentials of systemd", func(p *patient) {
			p.config = "secrets = \"systemd\"\n" + p.config
			p.vault = keyring.Credentials("")
		}, "keyring", "systemd", doctor.Failing},
		{"secret missing", func(p *patient) { p.server(); delete(p.secret, site.RedisPassword) },
			"secret-redis-password", "not there", doctor.Failing},
		{"damaged record", func(p *patient) {
			must(p.t, os.WriteFile(filepath.Join(p.dir, site.RecordName), []byte(strings.Repeat("garbage ", 999)),
				0o600))
		}, "record", "", doctor.Failing},
		{"database away", func(p *patient) {
			p.config = "record.dsn = \"postgres://ws@127.0.0.1:1/ward?sslmode=disable\"\n"
		}, "record", "", doctor.Failing},
		{"unknown ward", func(p *patient) { p.config = "ward = \"9Z\"\n" + p.config }, "wards", "not in the record",
			doctor.Failing},
		{"nobody can sign in", func(p *patient) {
			p.record(func(r *records.Store) {
				must(t, r.PutStaff(t.Context(), staff.Staff{ID: "chen", Surname: "Chen", Role: staff.Nurse}, "x"))
			})
		}, "staff", "nobody can sign in", doctor.Warning},
		{"record not encrypted", func(p *patient) { p.config = "" }, "encryption", "not encrypted", doctor.Warning},
		{"no backup", func(p *patient) {}, "backup", "there is none", doctor.Warning},
		{"name that nobody knows", func(p *patient) { p.at("nowhere.invalid:6379", "plaintext = true\n") }, "redis-dns",
			"nobody knows", doctor.Failing},
		{"plaintext allowed", func(p *patient) { p.at("nowhere.invalid:6379", "plaintext = true\n") },
			"redis-plaintext", "the network can read", doctor.Warning},
		{"closed port", func(p *patient) { p.at(closed(t), "") }, "redis-tcp", "takes no connection", doctor.Failing},
		{"silent server", func(p *patient) { p.at(silent(t), "") }, "redis-silent", "does not answer", doctor.Failing},
		{"expired certificate", func(p *patient) { p.tls(ca, ca.Issue("redis.example", trusttest.Expired), own) },
			"redis-tls", "expired on", doctor.Failing},
		{"foreign certificate", func(p *patient) { p.tls(ca, other.Issue("redis.example"), own) }, "redis-tls",
			"does not trust", doctor.Failing},
		{"server in the clear",
			func(p *patient) { p.trusting(redistest.Start(p.t, redistest.Options{}).Addr(), ca, own) }, "redis-tls",
			"does not speak TLS", doctor.Failing},
		{"own certificate near its end", func(p *patient) { p.tls(ca, good, own) }, "certificate", "expires in",
			doctor.Failing},
		{"authority near its end", func(p *patient) { p.tls(ca, good, own) }, "authority", "expires in",
			doctor.Failing},
		{"authority's file holds none", func(p *patient) {
			p.tls(ca, good, own)
			must(p.t, os.WriteFile(quoted(p.config, "ca = "), []byte("nothing"), 0o600))
		}, "redis-tls", "holds no certificate", doctor.Failing},
		{"wrong password", func(p *patient) { p.server(); p.secret[site.RedisPassword] = "wrong" }, "redis-sign-in",
			"refuses", doctor.Failing},
		{"rights missing",
			func(p *patient) { do(p.t, p.server(), "acl", "setuser", "workstation", "-set", "clearselectors") },
			"redis-rights", "refuses this station locks", doctor.Failing},
		{"info refused", func(p *patient) { do(p.t, p.server(), "acl", "setuser", "workstation", "-info") },
			"redis-health", "does not say", doctor.Warning},
		{"anybody let in",
			func(p *patient) { do(p.t, p.server(), "acl", "setuser", "default", "on", "nopass", "+ping") },
			"redis-users", "lets anybody in", doctor.Failing},
		{"no users", func(p *patient) { p.at(redistest.Start(p.t, redistest.Options{AppendOnly: true}).Addr(), "") },
			"redis-users", "without a user", doctor.Warning},
		{"replica", func(p *patient) { do(p.t, p.server(), "replicaof", "127.0.0.1", "1") }, "redis-primary", "replica",
			doctor.Failing},
		{"eviction", func(p *patient) { p.server("maxmemory 100mb", "maxmemory-policy volatile-lru") },
			"redis-eviction", "volatile-lru", doctor.Failing},
		{"memory full", func(p *patient) { do(p.t, p.server(), "config", "set", "maxmemory", "1000") }, "redis-memory",
			"limit", doctor.Failing},
		{"no persistence", func(p *patient) { do(p.t, p.server(), "config", "set", "appendonly", "no") },
			"redis-persistence", "forgets", doctor.Warning},
		{"no replicas", func(p *patient) {
			set := redistest.StartSentinels(p.t, 0)
			p.config += fmt.Sprintf("[redis]\naddrs = [%q]\nmaster = \"ward\"\n", set.Addrs()[0])
		}, "redis-replicas", "no replica", doctor.Failing},
		{"unknown primary", func(p *patient) {
			set := redistest.StartSentinels(p.t, 0)
			p.config += fmt.Sprintf("[redis]\naddrs = [%q]\nmaster = \"wrad\"\n", set.Addrs()[0])
		}, "redis-sentinel", "name no primary", doctor.Failing},
		{"clocks apart", func(p *patient) { p.server(); p.options.Skew = 1 }, "clock", "apart", doctor.Failing},
		{"slow network", func(p *patient) {
			s := p.server()
			proxy := redistest.NewProxy(p.t, s.Addr())
			proxy.Delay(60 * time.Millisecond)
			p.config = strings.ReplaceAll(p.config, s.Addr(), proxy.Addr())
		}, "redis-latency", "a round trip takes", doctor.Warning},
		{"no notifications", func(p *patient) {
			p.options.Notify = func(context.Context) (notify.State,
				error) {
				return notify.State{Kind: "absent", Reason: "none"}, nil
			}
		}, "notifications", "absent", doctor.Warning},
		{"sound turned off", func(p *patient) {
			p.options.Sound = func(context.Context) sound.State {
				return sound.State{Kind: sound.Muted,
					Reason: "turned off"}
			}
		}, "sound", "muted", doctor.Warning},
		{"no Korean font", func(p *patient) { p.options.Draws = func(r rune) bool { return r != '김' } }, "fonts",
			"marks: Korean", doctor.Warning},
	}
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			p := healthy(t)
			f.plant(p)
			found := p.examine()
			for _, got := range found {
				if got.ID == f.id && got.State == f.state && strings.Contains(got.Text, f.says) {
					if got.Next == "" {
						t.Errorf("%s says nothing to do", got.ID)
					}
					if strings.Contains(fmt.Sprint(found), "PRIVATE KEY") {
						t.Error("a secret is shown")
					}
					return
				}
			}
			t.Errorf("not found: %s %q\n%+v", f.id, f.says, found)
		})
	}
	t.Logf("%d faults planted", len(faults))

	p := healthy(t)
	p.server()
	for _, f := range p.examine() {
		switch f.ID {
		case "backup", "redis-version": // there is none; Debian repairs without a new number
		case "opengl":
		default:
			if f.State != doctor.OK {
				t.Errorf("healthy: %+v", f)
			}
		}
	}
}

func do(t *testing.T, s *redistest.TestServer, args ...string) {
	t.Helper()
	_, err := s.Do(args...)
	must(t, err)
}

// closed is a port at which nobody listens any more.
func closed(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, l.Close())
	return l.Addr().String()
}

// silent takes connections and says nothing.
func silent(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	t.Cleanup(func() { _ = l.Close() })
	return l.Addr().String()
}

// quoted is the value of a line of TOML.
func quoted(text, key string) string {
	_, rest, _ := strings.Cut(text, key+"\"")
	value, _, _ := strings.Cut(rest, "\"")
	return value
}
