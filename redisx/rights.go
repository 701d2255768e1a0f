package redisx

import (
	"cmp"
	"slices"
	"strings"
)

// Right is what some use of this package needs on the server: commands on keys
// and channels. Together with others it makes an ACL user (Redis 7): each Right
// is a selector of its own, so that a command reaches the keys of its use only.
//
// A subscription names its channel and that of its probe in one command, which one
// selector must allow: each right with channels has the probes, too.
//
// What Redis checks a script for: EVALSHA with its keys, and every command in it
// as if the user had sent it. Nobody gets EVAL: only scripts whose SHA-1 stands in
// the Right can be run, though any text may be loaded.
type Right struct {
	Use      string   // what for, in words
	Commands []string // in lower case, with "|" before a subcommand
	Keys     []string // patterns
	Channels []string // patterns
}

// Rule is the right as a selector of ACL SETUSER, brackets included.
func (r Right) Rule() string {
	var words []string
	for _, c := range r.Commands {
		words = append(words, "+"+c)
	}
	for _, k := range r.Keys {
		words = append(words, "~"+k)
	}
	for _, c := range r.Channels {
		words = append(words, "&"+c)
	}
	return "(" + strings.Join(words, " ") + ")"
}

// runs are rules for running scripts of this package.
func runs(names ...string) []string {
	hashes := ScriptHashes()
	var rules []string
	for _, n := range names {
		rules = append(rules, "evalsha|"+cmp.Or(hashes[n], "no such script "+n))
	}
	return rules
}

// kind is the pattern of all names of a kind.
func (k Keys) kind(kinds ...string) []string {
	out := make([]string, len(kinds))
	for i, name := range kinds {
		out[i] = k.prefix + ":" + name + ":*"
	}
	return out
}

// ConnectRight is for every client: to connect, also to a Cluster or by
// Sentinels, to load scripts, and to prove that the server is there.
func (k Keys) ConnectRight() Right {
	return Right{Use: "connect", Commands: []string{"ping", "time", "script|load",
		"cluster|slots", "command", "wait"}}
}

// HealthRight is for [Client.Health].
func (k Keys) HealthRight() Right { return Right{Use: "health", Commands: []string{"info"}} }

// ListenRight is for hearing and publishing on channels of the caller's own
// ([Keys.Channel]).
func (k Keys) ListenRight() Right {
	return Right{Use: "channels", Commands: []string{"subscribe", "publish"}, Channels: k.kind("ch", "pr")}
}

// CacheRights are for a [Cache].
func (k Keys) CacheRights() []Right {
	keys := k.kind("c", "cf")
	return []Right{
		{Use: "cache", Commands: append(runs("cache_put", "cache_drop", "cache_invalidate"), "get", "mget", "set",
			"del"), Keys: keys},
		{Use: "cache changes", Commands: []string{"subscribe", "publish"}, Channels: k.kind("ce", "pr")},
	}
}

// LockRights are for [Locks].
func (k Keys) LockRights() []Right {
	return []Right{
		{Use: "locks", Keys: k.kind("l", "lf", "lq"),
			Commands: append(runs("lock_acquire", "lock_release", "lock_renew", "lock_line"),
				"get", "mget", "set", "del", "exists", "pexpire", "pttl", "hget", "hset", "hdel", "hgetall", "hvals")},
		{Use: "lock changes", Commands: []string{"subscribe", "publish"}, Channels: k.kind("li", "le", "pr")},
	}
}

// SessionRights are for [Sessions].
func (k Keys) SessionRights() []Right {
	return []Right{
		{Use: "sessions", Keys: k.kind("s", "se", "sp"),
			Commands: append(runs("session_create", "session_check", "session_revoke", "session_revoke_all"),
				"get", "mget", "set", "del", "pexpire", "pttl", "zadd", "zrem", "zremrangebyscore", "zrange")},
		{Use: "ended sessions", Commands: []string{"subscribe", "publish"},
			Channels: append(k.kind("pr"), k.sessionEnded())},
	}
}

// ThrottleRights are for a [Throttle].
func (k Keys) ThrottleRights() []Right {
	return []Right{{Use: "throttles", Keys: k.kind("t"),
		Commands: append(runs("throttle_try", "throttle_fail", "throttle_wait"), "hget", "hset", "hincrby",
			"pexpire", "del")}}
}

// FeedRights are for a [Feed], its states and cursors.
func (k Keys) FeedRights() []Right {
	return []Right{
		{Use: "feeds", Keys: k.kind("f", "fd", "fs", "fc"),
			Commands: append(runs("feed_append", "feed_move", "feed_probe"),
				"get", "mget", "set", "pexpire", "xadd", "xrange", "xrevrange")},
		{Use: "live events", Commands: []string{"subscribe", "publish"}, Channels: k.kind("fe", "pr")},
	}
}

// DeadlineRights are for [Deadlines].
func (k Keys) DeadlineRights() []Right {
	return []Right{
		{Use: "deadlines", Keys: k.kind("d", "dw", "dc"),
			Commands: append(runs("deadline_set", "deadline_claim", "deadline_settle"),
				"hget", "hset", "hdel", "zadd", "zrem", "zscore", "zrange", "zrangebyscore")},
		{Use: "set deadlines", Commands: []string{"subscribe", "publish"}, Channels: k.kind("de", "pr")},
	}
}

// LiveRights are for [Live].
func (k Keys) LiveRights() []Right {
	return []Right{
		{Use: "live values", Keys: k.kind("v"),
			Commands: append(runs("live_put"), "hget", "hset", "hlen", "hmget", "hgetall", "pexpire")},
		{Use: "changes of live values", Commands: []string{"subscribe", "publish"}, Channels: k.kind("ve", "pr")},
	}
}

// SentinelRights are for a client on the Sentinels themselves, which have users
// of their own.
func SentinelRights() []Right {
	return []Right{
		{Use: "find the primary", Commands: []string{"ping", "sentinel|get-master-addr-by-name", "sentinel|sentinels",
			"sentinel|replicas", "subscribe"}},
		{Use: "hear of failovers", Commands: []string{"subscribe"},
			Channels: []string{"+switch-master", "+replica-reconf-done"}},
	}
}

// Rules are the selectors of all rights, for one line of an ACL file. Those
// without keys and channels become plain rules, which hold for all.
func Rules(rights []Right) string {
	var plain, selectors []string
	for _, r := range rights {
		if len(r.Keys)+len(r.Channels) > 0 {
			selectors = append(selectors, r.Rule())
			continue
		}
		for _, c := range r.Commands {
			if rule := "+" + c; !slices.Contains(plain, rule) {
				plain = append(plain, rule)
			}
		}
	}
	return strings.Join(append(plain, selectors...), " ")
}
