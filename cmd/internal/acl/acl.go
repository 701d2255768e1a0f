// Package acl is who may do what on a site's Redis: the users that a release
// needs, the file that tells the server, and the proof that the server obeys.
package acl

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/wardlight/wardlight/redisx"
)

// The roles.
const (
	Workstation = "workstation" // a station, and wardctl on it
	Gateway     = "gateway"     // a service beside the interface engine: no sessions
	Login       = "login"       // a service that signs people in and out, and nothing else
	Operations  = "operations"  // who watches the server: sees no key, changes nothing
	Replica     = "replica"     // a replica at its primary
	Sentinel    = "sentinel"    // a Sentinel at the servers it watches
)

// Roles are all of them, in the order of the file.
var Roles = []string{Workstation, Gateway, Login, Operations, Replica, Sentinel}

// Rights are what a role needs. What is not in them is refused.
func Rights(k redisx.Keys, role string) []redisx.Right {
	connect := []redisx.Right{k.ConnectRight(), k.HealthRight()}
	switch role {
	case Workstation:
		return slices.Concat(connect, []redisx.Right{k.ListenRight()}, k.CacheRights(), k.LockRights(),
			k.SessionRights(), k.ThrottleRights(), k.FeedRights(), k.DeadlineRights(), k.LiveRights())
	case Gateway:
		return slices.Concat(connect, []redisx.Right{k.ListenRight()}, k.CacheRights(), k.LockRights(),
			k.FeedRights(), k.DeadlineRights(), k.LiveRights())
	case Login:
		return slices.Concat(connect, k.SessionRights(), k.ThrottleRights())
	case Operations:
		// Not SLOWLOG GET and MONITOR, which show values; not CONFIG GET, which
		// shows passwords.
		return append(connect,
			redisx.Right{Use: "operations", Commands: []string{"slowlog|len", "latency|latest", "client|list",
				"client|kill", "client|no-evict", "acl|log", "acl|whoami", "acl|dryrun", "acl|users", "memory|stats",
				"role", "lastsave", "cluster|info"}})
	case Replica: // redis.io, "ACL rules for Sentinel and Replicas"
		return []redisx.Right{{Use: "replicate", Commands: []string{"psync", "replconf", "ping"}}}
	case Sentinel:
		return []redisx.Right{{Use: "watch",
			Commands: []string{"multi", "slaveof", "ping", "exec", "config|rewrite", "role", "info",
				"client|setname", "client|kill", "script|kill"}},
			{Use: "greet", Commands: []string{"subscribe", "publish"}, Channels: []string{"__sentinel__:hello"}}}
	}
	panic("acl: no role " + role)
}

// User is one user of the file.
type User struct {
	Name, Role string
	Hash       string // SHA-256 of the password, hex
	// Also are further rules: the scripts of an earlier release ([Scripts]).
	Also []string
}

// Password makes a password and its hash. It is as long as it need be: Redis
// hashes without salt and lets anybody try, tens of thousands of times a second.
func Password() (password, hash string) {
	password = rand.Text() + rand.Text()
	return password, HashOf(password)
}

// HashOf is how Redis writes a password down.
func HashOf(password string) string {
	sum := sha256.Sum256([]byte(password))
	return hex.EncodeToString(sum[:])
}

// Line is a user as an ACL file has it, and redis.conf.
func (u User) Line(k redisx.Keys) string {
	line := fmt.Sprintf("user %s on #%s resetchannels -@all %s", u.Name, u.Hash, redisx.Rules(Rights(k, u.Role)))
	return strings.Join(append([]string{line}, u.Also...), " ")
}

// File is the text of an ACL file. The default user, as whom everybody connects
// at first, is off.
func File(k redisx.Keys, users []User) string {
	var b strings.Builder
	b.WriteString("user default off resetpass resetkeys resetchannels -@all\n")
	for _, u := range users {
		b.WriteString(u.Line(k) + "\n")
	}
	return b.String()
}

var kept = regexp.MustCompile(`(?m)^user (\S+) on #([0-9a-f]{64})\b`)

// Hashes reads the users and their hashes from the file of an earlier release.
func Hashes(file string) map[string]string {
	out := map[string]string{}
	for _, m := range kept.FindAllStringSubmatch(file, -1) {
		out[m[1]] = m[2]
	}
	return out
}

var running = regexp.MustCompile(`\([^()]*\+evalsha\|[^()]*\)`)

// Scripts reads from the file of an earlier release, for each user, the rules by
// which that release's scripts run: stations of both may be at work for a while.
func Scripts(file string) map[string][]string {
	out := map[string][]string{}
	for line := range strings.Lines(file) {
		if words := strings.Fields(line); len(words) > 1 && words[0] == "user" {
			out[words[1]] = running.FindAllString(line, -1)
		}
	}
	return out
}

var userName = regexp.MustCompile(`^[A-Za-z0-9._-]{1,60}$`)

// ValidName reports whether a user may be called so.
func ValidName(name string) bool { return userName.MatchString(name) && name != "default" }
