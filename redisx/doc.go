// Package redisx is Redis for programs whose users must be able to rely on
// what they see: a cache that knows how old its values are, locks that say who
// holds them and tell a holder the moment it may have lost them, sessions that
// no late write revives, and a feed that loses nothing and hides no gap.
//
//	client, err := redisx.Open(redisx.Config{Addrs: []string{"redis.ward:6379"}})
//	…
//	cache := redisx.NewCache(client, redisx.CacheOptions[Summary]{Name: "summary", ID: …, Load: …})
//	entry, err := cache.Get(ctx, "patient-12") // with its age, its source, and whether it is Stale
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
// # What there is
//
//   - [Cache] reads values through Redis from a record: many in one round trip,
//     each miss loaded once among all processes, changes pushed to everybody.
//     With NearFresh, hits need no round trip at all while a proved link would
//     have told of a change. Writers call [Cache.Put] or [Cache.Invalidate] after
//     they have written the record.
//   - [Locks] hand out a [Lease] with owner and fence, renewed by itself, whose
//     Done closes the moment it may be lost. Who waits stands in a line that all
//     can see, and is woken in turn.
//   - [Sessions] keep who is signed in, with idle and absolute limits and
//     revocation that no late write undoes; [Throttle] and [Attempts] slow
//     guessing.
//   - [Feed] appends events to a log and rings a channel in one step; followers
//     get each once, in order, and are told of what is missing. What a server
//     forgot in a restart or failover is appended again by whoever appended it.
//     An append may ask how many replicas have it; [Feed.Resume] goes on where a
//     restart left off; [Feed.Move] lets exactly one of many take an item.
//   - [Deadlines] hand due work to exactly one of many claimants, and again if
//     that one dies.
//   - [Live] keeps the newest value of each ID, such as a heart rate: a slow reader
//     skips values and is never behind.
//   - [Client.Health], [Client.Listen] and [Client.Publish] are for the rest.
//
// Each has a runnable example. The package redistest starts real servers and
// breaks the way to them; the module in bench measures all of it beside the
// libraries it replaces.
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
// an answer to PING on the same connection, within a bounded time (2 s by
// default, 3 s on a slow wire). A link that fails this is left and replaced, and what was missed
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
//
// A failover or a crash can lose the newest writes. Whoever wrote a cache entry
// in the last minute and hears of the new server invalidates it again, and nobody
// takes an entry that is older than one it has seen; but a reader that has seen
// neither gets the older one until then, or until FreshFor. A revocation that was
// lost with the server's memory has to be repeated from the record.
package redisx
