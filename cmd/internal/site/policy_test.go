package site

import (
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// said is a policy as a registry holds it.
type said map[string]any

func (s said) values() (map[string]any, error) { return s, nil }

// unreadable is one that the system does not show.
type unreadable struct{}

func (unreadable) values() (map[string]any, error) { return nil, errors.New("access denied") }

// A policy has the last word, setting by setting, and is named as where they come
// from; a demonstration, which stands alone, has none. Seen red with the policy read
// before the files, and with it read for a site that stands alone.
func TestPolicyHasTheLastWord(t *testing.T) {
	_, user, dir := place(t)
	put(t, "ward = \"1A\"\nnotify.names = true\nstation = \"mine\"\n", user, FileName)
	put(t, "redis.addrs = [\"127.0.0.1:1\"]\nward = \"2A\"\n", dir, ConfigName)
	p := said{"ward": "4B", "notify.names": uint64(0), "session.lock": "3m",
		"redis.addrs":   []string{"127.0.0.1:7", "127.0.0.1:8"},
		"redis.cluster": uint64(1), "keyring_bus": "CN=a \"b\" \\ c\x01ü"}
	c, from, err := loadConfig(dir, p)
	if err != nil {
		t.Fatal(err)
	}
	if c.Ward != "4B" || c.Notify.Names || c.Station != "mine" || time.Duration(c.Session.Lock) != 3*time.Minute ||
		!c.Redis.Cluster ||
		!slices.Equal(c.Redis.Addrs, []string{"127.0.0.1:7", "127.0.0.1:8"}) || c.KeyringBus != "CN=a \"b\" \\ c\x01ü" {
		t.Errorf("%+v", c)
	}
	for name := range p {
		if want := (Source{Policy, PolicyKey, -1}); from[name] != want ||
			from[name].String() != `policy: HKLM\Software\Policies\Wardlight` {
			t.Errorf("%s from %+v", name, from[name])
		}
	}
	if want := (Source{User, filepath.Join(user, FileName), 3}); from["station"] != want {
		t.Errorf("station from %+v", from["station"])
	}

	put(t, "alone = true\nward = \"demo\"\n", dir, ConfigName)
	if c, _, err := loadConfig(dir, p); err != nil || !reflect.DeepEqual(c, Config{Ward: "demo", Alone: true}) {
		t.Errorf("alone: %+v %v", c, err)
	}
}

// On other systems than Windows the policy is a file of the machine's folder.
// Seen red with the file left out of the list.
func TestPolicyFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the registry is Windows's")
	}
	machine, user, dir := place(t)
	put(t, "ward = \"1A\"\n", user, FileName)
	put(t, "ward = \"2A\"\n", dir, ConfigName)
	file := put(t, "# IT's\nward = \"4B\"\n", machine, PolicyName)
	c, from, err := LoadConfig(dir)
	if err != nil || c.Ward != "4B" || from["ward"].String() != "policy: "+file+":2" {
		t.Errorf("%q from %v: %v", c.Ward, from["ward"], err)
	}
	put(t, "alone = true\n", machine, PolicyName)
	if _, _, err := LoadConfig(dir); err == nil ||
		!strings.Contains(err.Error(), PolicyName+":1: alone stands in site.toml only") {
		t.Errorf("alone in the policy: %v", err)
	}
}

// What is wrong in a policy is refused with its name and a hint, and never repeated.
// Seen red with the lookup of names off (a name that is TOML then set two things), and
// with numbers above 1 taken for true.
func TestBadPolicyIsRefused(t *testing.T) {
	_, _, dir := place(t)
	const at = PolicyKey + ": "
	for name, c := range map[string]struct {
		policy policy
		want   string
	}{
		"misspelt":       {said{"staion": "x"}, at + `unknown key "staion": did you mean "station"?`},
		"other case":     {said{"Ward": "4B"}, at + `unknown key "Ward": did you mean "ward"?`},
		"a section":      {said{"redis": "x"}, at + `"redis" is a section`},
		"TOML in a name": {said{"ward = \"x\"\nstation": "x"}, at + "unknown key"},
		"password":       {said{"redis.password": "canary-secret"}, at + `"redis.password" looks like a secret`},
		"private key": {said{"station": "-----BEGIN PRIVATE KEY-----\ncanary-secret"},
			at + "station is a private key"},
		"dsn password": {said{"record.dsn": "postgres://s:canary-secret@db/ward?sslmode=verify-full"},
			at + "record.dsn holds a password"},
		"number for text": {said{"ward": uint64(4)}, at + `ward must be a text, a REG_SZ (for example "4B")`},
		"text for flag": {said{"redis.cluster": "true"},
			at + "redis.cluster must be true or false, a REG_DWORD of 1 or 0 (for example true)"},
		"two for flag": {said{"redis.cluster": uint64(2)}, at + "redis.cluster must be true or false"},
		"text for list": {said{"redis.addrs": "127.0.0.1:1"},
			at + "redis.addrs must be a list of texts, a REG_MULTI_SZ"},
		"odd kind": {said{"ward": nil}, at + "ward must be a text, a REG_SZ"},
		"no port":  {said{"redis.addrs": []string{"127.0.0.1"}}, at + "redis.addrs entry 1 is not host:port"},
		"no time": {said{"session.lock": "soon"},
			at + "session.lock must be a length of time in quotes (for example"},
		"too long":       {said{"session.lock": "9h"}, at + "session.lock "},
		"alone":          {said{"alone": uint64(1)}, at + "alone stands in site.toml only"},
		"cannot be read": {unreadable{}, PolicyKey + ": access denied"},
	} {
		_, _, err := loadConfig(dir, c.policy)
		if !errors.Is(err, ErrConfig) || !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%s: %v\nwant %s", name, err, c.want)
		}
		if strings.Contains(fmt.Sprint(err), "canary-secret") {
			t.Errorf("%s: the secret stands in the error: %v", name, err)
		}
	}
}
