package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/wardlight/wardlight/cmd/internal/enroll"
	"github.com/wardlight/wardlight/cmd/internal/site"
	"github.com/wardlight/wardlight/redisx"
	"github.com/wardlight/wardlight/redisx/redistest"
)

// tryWith is try with something else on the standard input.
func tryWith(t *testing.T, data, input string, args ...string) (string, error) {
	t.Helper()
	var out bytes.Buffer
	root := newRoot()
	root.SetArgs(append([]string{"--data", data}, args...))
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetIn(strings.NewReader(input))
	err := root.ExecuteContext(t.Context())
	return out.String(), err
}

// The file is one that a server takes; the check passes with it, names a hole
// that is made in it, and a server that lets anybody in.
func TestACLFileOnALiveServer(t *testing.T) {
	t.Setenv(site.EnvMachine, t.TempDir())
	data, dir := t.TempDir(), t.TempDir()
	file := filepath.Join(dir, "users.acl")
	ctl(t, data, "acl", "write", "--out", file, "--secrets", dir, "--station", "ws-1", "--station", "ws-2")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if info, _ := os.Stat(file); info.Mode().Perm() != 0o600 {
		t.Error(info.Mode())
	}
	server := redistest.Start(t, redistest.Options{Config: []string{"aclfile " + file}})
	write(t, filepath.Join(data, site.ConfigName), "redis = { addrs = [\""+server.Addr()+"\"] }\n")
	secrets, err := enroll.Read(filepath.Join(dir, "operations.enroll"))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), secrets[site.RedisPassword]) {
		t.Error("a password stands in the ACL file")
	}
	check := []string{"acl", "check", "--station", "ws-1", "--station", "ws-2"}
	if out, err := tryWith(t, data, secrets[site.RedisPassword]+"\n", check...); err != nil ||
		!strings.Contains(out, "nothing else") {
		t.Errorf("%s %v", out, err)
	}
	if _, err := tryWith(t, data, "wrong\n", check...); err == nil {
		t.Error("a wrong password was taken")
	}

	// The next release: passwords stay, a new station gets one.
	next := filepath.Join(dir, "next.acl")
	if _, err := try(t, data, "acl", "write", "--keep", file, "--out", next, "--station", "ws-3"); err == nil ||
		!strings.Contains(err.Error(), "--secrets") {
		t.Errorf("a new user without a place for its password: %v", err)
	}
	ctl(t, data, "acl", "write", "--keep", file, "--out", next, "--station", "ws-1", "--station", "ws-2")
	if again, _ := os.ReadFile(next); string(again) != string(text) {
		t.Error("the file changed though nothing did")
	}

	// Two releases at once: the scripts of the other one can be run, too.
	other := filepath.Join(dir, "other.acl")
	write(t, other, strings.ReplaceAll(string(text), "+evalsha|", "+evalsha|0"))
	if out := ctl(t, data, "acl", "write", "--keep", other, "--both", "--station", "ws-1", "--station",
		"ws-2"); strings.Count(out, "+evalsha|0") < 20 ||
		!strings.Contains(out, "+evalsha|"+redisx.ScriptHashes()["lock_acquire"]) {
		t.Error(out)
	}

	hole := strings.Replace(string(text), "user gateway", "user stranger on nopass +@all\nuser gateway", 1)
	hole = strings.Replace(hole, "user default off resetpass resetkeys resetchannels -@all",
		"user default on nopass -@all +ping", 1)
	hole = strings.Replace(hole, "+ping", "+ping +keys", 2) // of the default user and of ws-1
	if err := os.WriteFile(file, []byte(hole), 0o600); err != nil {
		t.Fatal(err)
	}
	server.Restart(false)
	out, err := tryWith(t, data, secrets[site.RedisPassword]+"\n", check...)
	for _, want := range []string{"ws-1: keys: is not needed and allowed", "default: ping: the server lets anybody in",
		"not checked: stranger"} {
		if err == nil || !strings.Contains(out, want) {
			t.Errorf("%v: %s\nwant %s", err, out, want)
		}
	}
}
