package redisx

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Keys builds every key and channel name. Names are made nowhere else, so the
// rights of an ACL user can be read off this file.
//
// A name is prefix:kind:…{tag}…; the braces are the Cluster hash tag, so all
// keys of one script live in one slot. Parts are escaped: no ID that a caller
// passes can end a hash tag or reach another kind.
type Keys struct{ prefix string }

// part escapes what has a meaning in a name, control characters included. An
// empty part would make Cluster hash the whole key, so it becomes "%".
func part(s string) string {
	if s == "" {
		return "%"
	}
	if !strings.ContainsFunc(s, special) {
		return s
	}
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if special(rune(s[i])) {
			b.WriteByte('%')
			b.WriteByte(digits[s[i]>>4])
			b.WriteByte(digits[s[i]&15])
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func special(r rune) bool {
	return r <= ' ' || r == 0x7f || strings.ContainsRune(`%{}:*?[]\^`, r)
}

// Channel is a plain channel of the caller's own: for [Client.Publish] and
// [Client.Listen].
func (k Keys) Channel(tag, name string) string {
	return k.prefix + ":ch:{" + part(tag) + "}:" + part(name)
}

// probe is the channel on which one listener hears itself. CHANNEL
func (k Keys) probe(tag, listener string) string {
	return k.prefix + ":pr:{" + part(tag) + "}:" + part(listener)
}

// cacheEntry holds the envelope of one cached value. STRING
func (k Keys) cacheEntry(cache, id string) string {
	return k.prefix + ":c:" + part(cache) + ":{" + part(id) + "}"
}

// cacheFill is held by whoever loads a missing value. STRING
func (k Keys) cacheFill(cache, id string) string {
	return k.prefix + ":cf:" + part(cache) + ":{" + part(id) + "}"
}

// cacheChanges announces replaced and invalidated IDs. CHANNEL
func (k Keys) cacheChanges(cache string) string {
	return k.prefix + ":ce:" + part(cache)
}

// lock says who holds it. STRING
func (k Keys) lock(group, name string) string {
	return k.prefix + ":l:{" + part(group) + "}:" + part(name)
}

// lockFence is the last fence handed out for a lock. STRING
func (k Keys) lockFence(group, name string) string {
	return k.prefix + ":lf:{" + part(group) + "}:" + part(name)
}

// lockLine holds who waits for a lock. HASH
func (k Keys) lockLine(group, name string) string {
	return k.prefix + ":lq:{" + part(group) + "}:" + part(name)
}

// lockInbox is where one station hears what concerns its own leases and the
// locks it waits for. CHANNEL
func (k Keys) lockInbox(id string) string { return k.prefix + ":li:{" + part(id) + "}" }

// lockChanges announces locks taken, taken over and released. CHANNEL
func (k Keys) lockChanges(topic string) string {
	return k.prefix + ":le:" + part(topic)
}

// session holds one session; its last part is the SHA-256 of the token. STRING
func (k Keys) session(tag, hash string) string {
	return k.prefix + ":s:{" + tag + "}:" + hash
}

// sessionEpoch ends every session of a person created before it. STRING
func (k Keys) sessionEpoch(tag string) string {
	return k.prefix + ":se:{" + tag + "}"
}

// sessionList holds a person's session hashes by the time they end. ZSET
func (k Keys) sessionList(tag string) string {
	return k.prefix + ":sp:{" + tag + "}"
}

// sessionEnded announces revoked sessions. CHANNEL
func (k Keys) sessionEnded() string { return k.prefix + ":sx" }

// throttle counts failures; the key is hashed so that no name of a person
// stands in Redis. HASH
func (k Keys) throttle(name, key string) string {
	sum := sha256.Sum256([]byte(key))
	return k.prefix + ":t:" + part(name) + ":{" + hex.EncodeToString(sum[:16]) + "}"
}

// feed is the log of events. STREAM
func (k Keys) feed(name string) string { return k.prefix + ":f:{" + part(name) + "}" }

// feedEvent remembers the position of an event ID. STRING
func (k Keys) feedEvent(name, id string) string {
	return k.prefix + ":fd:{" + part(name) + "}:" + part(id)
}

// feedLive carries events the moment they are appended. CHANNEL
func (k Keys) feedLive(name string) string { return k.prefix + ":fe:{" + part(name) + "}" }

// feedItem holds the state of one item. STRING
func (k Keys) feedItem(name, item string) string {
	return k.prefix + ":fs:{" + part(name) + "}:" + part(item)
}

// feedCursor keeps a follower's position. STRING
func (k Keys) feedCursor(name, follower string) string {
	return k.prefix + ":fc:{" + part(name) + "}:" + part(follower)
}

// deadlines holds what is due when (ZSET), the work and who is at it (HASH).
func (k Keys) deadlines(name string) (due, work, claims string) {
	tag := ":{" + part(name) + "}"
	return k.prefix + ":d" + tag, k.prefix + ":dw" + tag, k.prefix + ":dc" + tag
}

// deadlineSet wakes claimants. CHANNEL
func (k Keys) deadlineSet(name string) string { return k.prefix + ":de:{" + part(name) + "}" }

// live holds the newest value of each ID. HASH
func (k Keys) live(name string) string { return k.prefix + ":v:{" + part(name) + "}" }

// liveChanged tells which IDs have new values. CHANNEL
func (k Keys) liveChanged(name string) string { return k.prefix + ":ve:{" + part(name) + "}" }
