// Package redisx is Redis for programs whose users must be able to rely on
// what they see: a cache that knows how old its values are, locks that say who
// holds them and tell a holder the moment it may have lost them, sessions that
// no late write revives, and a feed that loses nothing and hides no gap.
//
// It stands on [github.com/redis/go-redis/v9] and works against a standalone
// server, Sentinel and Cluster, Redis 7.0 and later. It knows nothing about
// the program that uses it.
//
// # One client
//
// [Open] makes a [Client]; it never dials, so a program starts with its server
// away. The client keeps two sets of connections: one for coordination (locks,
// sessions, feeds), which never repeats a command by itself and gives every
// call a deadline of about a second, and one for reading the cache.
//
// # Time
//
// Every deadline in Redis is computed by the server's clock, inside scripts.
// A station's own deadlines run on its monotonic clock, measured from before
// the call was sent, and are checked against the wall clock so that a computer
// that slept does not believe its lease is young.
//
// # Liveness
//
// A TCP connection that went silent looks healthy for minutes. Everything here
// that listens therefore publishes a probe to itself and demands it back, and
// an answer to PING on the same connection, within a bounded time (3 s by
// default). A link that fails this is left and replaced, and what was missed
// is fetched.
//
// # Errors
//
// Errors wrap the sentinels of this package ([ErrDown], [ErrHeld], [ErrLost],
// [ErrNoSession] …) and keep the server's own text. Use [errors.Is].
//
// # What Redis cannot promise
//
// A lock in Redis is a courtesy between people. It can be granted twice around
// a failover. Whatever must not be overwritten has to be guarded where it is
// stored: by a version, and by the fence of the [Lease].
package redisx
