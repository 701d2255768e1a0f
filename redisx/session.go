package redisx

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// ErrNoSession means that there is no such session: never made, idle too long,
// at its end, or revoked. It is on purpose that one cannot tell which.
var ErrNoSession = errors.New("no such session")

// SessionOptions are the limits of a session, kept by the server's clock.
type SessionOptions struct {
	Idle     time.Duration // ends this long after the last Check; default 15 min
	Absolute time.Duration // ends this long after Create at the latest; default 12 h
	Probe    time.Duration // how often Watch proves its link; default 500 ms
}

// Session is a signed-in person. Times are in this computer's clock, computed
// from what was left by the server's.
type Session[T any] struct {
	ID        string // public: the first 16 hex digits of the token's hash
	Person    string
	Value     T
	Started   time.Time // server's clock
	IdleUntil time.Time // ends then, unless checked before
	Ends      time.Time // ends then in any case
}

// Sessions keeps sessions with a value of type T, stored as JSON. Redis holds
// only the SHA-256 of a token, so reading Redis gives nobody a session. It is
// safe for concurrent use.
type Sessions[T any] struct {
	c *Client
	o SessionOptions
}

var (
	sessionCreate    = script("session_create")
	sessionCheck     = script("session_check")
	sessionRevoke    = script("session_revoke")
	sessionRevokeAll = script("session_revoke_all")
)

// NewSessions makes the sessions of a Client; all share one name space.
func NewSessions[T any](c *Client, o SessionOptions) *Sessions[T] {
	if o.Idle <= 0 {
		o.Idle = 15 * time.Minute
	}
	if o.Absolute <= 0 {
		o.Absolute = 12 * time.Hour
	}
	o.Idle = min(o.Idle, o.Absolute)
	if o.Probe <= 0 {
		o.Probe = defaultProbe
	}
	return &Sessions[T]{c: c, o: o}
}

// A token is "tag.secret". The tag is a hash of the person, so that all keys of
// a person share a Cluster slot and a token finds them; it is no secret. The
// secret has 256 random bits.
func personTag(person string) string {
	sum := sha256.Sum256([]byte("person:" + person))
	return hex.EncodeToString(sum[:8])
}

func newToken(person string) string {
	var secret [32]byte
	_, _ = rand.Read(secret[:]) // never fails: crypto/rand ends the program instead
	return personTag(person) + "." + base64.RawURLEncoding.EncodeToString(secret[:])
}

// readToken gives the keys' tag and the hash of a token.
func readToken(token string) (tag, hash string, ok bool) {
	tag, secret, found := strings.Cut(token, ".")
	if !found || len(tag) != 16 || len(secret) != 43 {
		return "", "", false
	}
	if _, err := hex.DecodeString(tag); err != nil {
		return "", "", false
	}
	sum := sha256.Sum256([]byte(token))
	return tag, hex.EncodeToString(sum[:]), true
}

// publicID is what may be shown and logged of a session.
func publicID(hash string) string { return hash[:16] }

// Create makes a session and returns its token, which is stored nowhere: only
// its holder can name the session again.
func (s *Sessions[T]) Create(ctx context.Context, person string, value T) (string, Session[T], error) {
	var none Session[T]
	raw, err := json.Marshal(value)
	if err != nil {
		return "", none, fmt.Errorf("redisx: session create: %w", err)
	}
	token := newToken(person)
	tag, hash, _ := readToken(token)
	k, asked := s.c.keys, time.Now()
	reply, err := s.c.run(ctx, sessionCreate,
		[]string{k.session(tag, hash), k.sessionList(tag), k.sessionEpoch(tag)},
		len(person), person+string(raw), s.o.Idle.Milliseconds(), s.o.Absolute.Milliseconds(), hash).Slice()
	if err != nil {
		return "", none, wrap("session create", err)
	}
	return token, Session[T]{ID: publicID(hash), Person: person, Value: value,
		Started: micros(text(reply[0])), IdleUntil: local(asked, reply[1], reply[3]),
		Ends: local(asked, reply[2], reply[3])}, nil
}

// local turns a server time into this computer's clock by what is left of it,
// counted from before the call: never too late.
func local(asked time.Time, at, now any) time.Time {
	return asked.Add(micros(text(at)).Sub(micros(text(now))))
}

// Check finds the session of a token and moves its idle limit, in one round
// trip. A revoked or ended session is [ErrNoSession] and stays so.
func (s *Sessions[T]) Check(ctx context.Context, token string) (Session[T], error) {
	return s.check(ctx, token, true)
}

// Peek is Check without moving the idle limit.
func (s *Sessions[T]) Peek(ctx context.Context, token string) (Session[T], error) {
	return s.check(ctx, token, false)
}

func (s *Sessions[T]) check(ctx context.Context, token string, slide bool) (Session[T], error) {
	tag, hash, ok := readToken(token)
	if !ok {
		return Session[T]{}, ErrNoSession
	}
	return s.look(ctx, tag, hash, slide)
}

func (s *Sessions[T]) look(ctx context.Context, tag, hash string, slide bool) (Session[T], error) {
	var none Session[T]
	move := "0"
	if slide {
		move = "1"
	}
	k, asked := s.c.keys, time.Now()
	reply, err := s.c.run(ctx, sessionCheck, []string{k.session(tag, hash), k.sessionEpoch(tag)}, move).Slice()
	switch {
	case errors.Is(err, redis.Nil):
		return none, ErrNoSession
	case err != nil:
		return none, wrap("session check", err)
	}
	now, _ := reply[0].(int64)
	left, _ := reply[1].(int64)
	kept, ok := readSession(text(reply[2]))
	// The keys are found by a hash of the person; make sure that it is theirs.
	if !ok || personTag(kept.person) != tag {
		return none, ErrNoSession
	}
	found := Session[T]{ID: publicID(hash), Person: kept.person, Started: time.UnixMicro(kept.started).UTC()}
	if err := json.Unmarshal([]byte(kept.value), &found.Value); err != nil {
		return none, fmt.Errorf("redisx: session check: value: %w", err)
	}
	found.Ends = asked.Add(time.Duration(kept.ends-now) * time.Microsecond)
	found.IdleUntil = asked.Add(time.Duration(min(left*1000, kept.ends-now)) * time.Microsecond)
	return found, nil
}

// keptSession is a session as Redis holds it; times in us of the server.
type keptSession struct {
	started, ends int64
	person, value string
}

// readSession takes "started ends idle length personvalue" apart.
func readSession(raw string) (s keptSession, ok bool) {
	var head [4]int64
	for i := range head {
		field, rest, found := strings.Cut(raw, " ")
		n, err := strconv.ParseInt(field, 10, 64)
		if !found || err != nil || n < 0 {
			return s, false
		}
		head[i], raw = n, rest
	}
	if head[3] > int64(len(raw)) {
		return s, false
	}
	return keptSession{started: head[0], ends: head[1], person: raw[:head[3]], value: raw[head[3]:]}, true
}

// Revoke ends the session of a token everywhere. That there is none is no error.
func (s *Sessions[T]) Revoke(ctx context.Context, token string) error {
	tag, hash, ok := readToken(token)
	if !ok {
		return nil
	}
	return s.revoke(ctx, tag, hash)
}

// RevokeID ends the session of a person that has this public ID, or returns
// [ErrNoSession].
func (s *Sessions[T]) RevokeID(ctx context.Context, person, id string) error {
	tag := personTag(person)
	hashes, err := s.hashes(ctx, tag)
	if err != nil {
		return err
	}
	for _, hash := range hashes {
		if publicID(hash) == id {
			return s.revoke(ctx, tag, hash)
		}
	}
	return ErrNoSession
}

func (s *Sessions[T]) revoke(ctx context.Context, tag, hash string) error {
	k := s.c.keys
	return wrap("session revoke", s.c.run(ctx, sessionRevoke,
		[]string{k.session(tag, hash), k.sessionList(tag)},
		hash, k.sessionEnded(), revocationMessage(Revocation{ID: publicID(hash)})).Err())
}

// RevokeAll ends every session that the person has at this moment, those that
// are being written included.
func (s *Sessions[T]) RevokeAll(ctx context.Context, person string) error {
	k, tag := s.c.keys, personTag(person)
	return wrap("session revoke", s.c.run(ctx, sessionRevokeAll,
		[]string{k.sessionEpoch(tag), k.sessionList(tag)},
		k.sessionEnded(), revocationMessage(Revocation{Person: person})).Err())
}

// List returns the person's live sessions, without moving their idle limits.
func (s *Sessions[T]) List(ctx context.Context, person string) ([]Session[T], error) {
	tag := personTag(person)
	hashes, err := s.hashes(ctx, tag)
	if err != nil {
		return nil, err
	}
	var list []Session[T]
	for _, hash := range hashes {
		found, err := s.look(ctx, tag, hash, false)
		if errors.Is(err, ErrNoSession) {
			continue // idled out, or another person with the same tag
		}
		if err != nil {
			return nil, err
		}
		if found.Person == person {
			list = append(list, found)
		}
	}
	return list, nil
}

func (s *Sessions[T]) hashes(ctx context.Context, tag string) ([]string, error) {
	ctx, cancel := s.c.call(ctx)
	defer cancel()
	all, err := s.c.coord.ZRange(ctx, s.c.keys.sessionList(tag), 0, -1).Result()
	if err != nil {
		return nil, wrap("session list", err)
	}
	hashes := all[:0]
	for _, h := range all {
		if len(h) == 2*sha256.Size {
			hashes = append(hashes, h)
		}
	}
	return hashes, nil
}
