package redistest

import (
	"errors"
	"net"
	"sync"
	"time"
)

// Proxy is a TCP relay in front of a server that can be made to fail. A fault
// holds for all connections until it is taken back. Its methods are safe for
// concurrent use.
type Proxy struct {
	listen net.Listener
	wg     sync.WaitGroup

	mu       sync.Mutex
	changed  *sync.Cond
	target   string
	pairs    map[*pair]struct{}
	cuts     int // a connection that was being made when it was cut is cut too
	closed   bool
	refuse   bool
	silentUp bool // client → server held back
	silentDn bool // server → client held back
	delay    time.Duration
	loseNext int // replies to swallow, cutting their connection
	rate     int // bytes a second in each direction of a connection, 0 for any
	cutAfter int // replies' bytes until a connection is cut, -1 for never
	made     int // connections so far
}

// pairsMost bounds the connections that are relayed at a time. While bytes are held
// back nobody sees that a client has given up, so that an outage of minutes would
// hold every connection that was tried; like a router, the proxy forgets the oldest.
const pairsMost = 256

type pair struct {
	client, server net.Conn
	made           int
	gone           bool
	deaf           bool // what the client sends is held back for good
	left           int  // bytes of replies until the connection is cut, -1 for never
}

// NewProxy relays a free loopback port to target until the test ends.
func NewProxy(tb TB, target string) *Proxy {
	tb.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatalf("redistest: %v", err)
	}
	p := &Proxy{target: target, listen: l, pairs: make(map[*pair]struct{}), cutAfter: -1}
	p.changed = sync.NewCond(&p.mu)
	p.wg.Go(p.accept)
	tb.Cleanup(p.Close)
	return p
}

// Addr is where clients connect.
func (p *Proxy) Addr() string { return p.listen.Addr().String() }

// Cut closes every connection; new ones are accepted.
func (p *Proxy) Cut() {
	p.set(func() {
		p.cuts++
		for q := range p.pairs {
			q.end()
		}
	})
}

// Refuse closes new connections at once while on.
func (p *Proxy) Refuse(on bool) { p.set(func() { p.refuse = on }) }

// Blackhole holds back all bytes both ways while on, as a network that drops
// packets does: no error, no answer, new connections included. Turned off, the
// bytes flow on, as after a retransmission.
func (p *Proxy) Blackhole(on bool) { p.set(func() { p.silentUp, p.silentDn = on, on }) }

// HalfOpen holds back only what the server sends while on: requests arrive and
// are carried out, replies do not come.
func (p *Proxy) HalfOpen(on bool) { p.set(func() { p.silentDn = on }) }

// Delay holds every chunk back for d in each direction.
func (p *Proxy) Delay(d time.Duration) { p.set(func() { p.delay = d }) }

// LoseReplies swallows the next n chunks from the server and closes their
// connections: the request was carried out and its reply is lost.
func (p *Proxy) LoseReplies(n int) { p.set(func() { p.loseNext = n }) }

// Throttle lets at most rate bytes a second through, in each direction of each
// connection; 0 lifts it.
func (p *Proxy) Throttle(rate int) { p.set(func() { p.rate = rate }) }

// CutAfter closes every connection, those open now and those to come, once n
// more bytes of replies have passed on it, in the middle of a reply if that is
// where they end. A negative n lifts it.
func (p *Proxy) CutAfter(n int) {
	p.set(func() {
		p.cutAfter = n
		for q := range p.pairs {
			q.left = n
		}
	})
}

// Deafen holds back what clients send on the connections open now, for good.
// Replies and messages still arrive on them, and new connections work.
func (p *Proxy) Deafen() {
	p.set(func() {
		for q := range p.pairs {
			q.deaf = true
		}
	})
}

// Retarget sends new connections elsewhere; open ones stay.
func (p *Proxy) Retarget(addr string) { p.set(func() { p.target = addr }) }

// Connections is the number of open connections.
func (p *Proxy) Connections() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.pairs)
}

// Close ends the proxy and all its connections and waits for them.
func (p *Proxy) Close() {
	p.set(func() {
		p.closed = true
		for q := range p.pairs {
			q.end()
		}
	})
	_ = p.listen.Close()
	p.wg.Wait()
}

func (p *Proxy) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	p.changed.Broadcast()
}

func (p *Proxy) accept() {
	for {
		client, err := p.listen.Accept()
		p.mu.Lock()
		refuse, closed, target, cuts := p.refuse || p.closed, p.closed, p.target, p.cuts
		p.mu.Unlock()
		switch {
		case err != nil && (closed || errors.Is(err, net.ErrClosed)):
			return
		case err != nil: // too many files, say: it may pass
			time.Sleep(10 * time.Millisecond)
			continue
		}
		if refuse {
			_ = client.Close()
			continue
		}
		server, err := net.DialTimeout("tcp", target, time.Second)
		if err != nil {
			_ = client.Close()
			continue
		}
		q := &pair{client: client, server: server}
		p.mu.Lock()
		if p.closed || p.refuse || p.cuts != cuts {
			p.mu.Unlock()
			q.end()
			continue
		}
		q.left = p.cutAfter
		if len(p.pairs) >= pairsMost {
			oldest := q
			for old := range p.pairs {
				if oldest == q || old.made < oldest.made {
					oldest = old
				}
			}
			oldest.end()
			delete(p.pairs, oldest)
			p.changed.Broadcast()
		}
		p.made++
		q.made = p.made
		p.pairs[q] = struct{}{}
		p.mu.Unlock()
		p.wg.Go(func() { p.relay(q, client, server, false) })
		p.wg.Go(func() { p.relay(q, server, client, true) })
	}
}

// relay copies from one side to the other through the faults.
func (p *Proxy) relay(q *pair, from, to net.Conn, reply bool) {
	defer func() {
		p.mu.Lock()
		q.end()
		delete(p.pairs, q)
		p.changed.Broadcast()
		p.mu.Unlock()
	}()
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		if n > 0 {
			for rest := buf[:n]; len(rest) > 0; {
				some := p.pass(q, reply, len(rest))
				if some > 0 {
					if _, err := to.Write(rest[:some]); err != nil {
						return
					}
				}
				if some <= 0 {
					return
				}
				rest = rest[some:]
			}
		}
		if err != nil {
			return
		}
	}
}

// pass waits until some of n bytes may go on and says how many; 0 means that
// the connection must end.
func (p *Proxy) pass(q *pair, reply bool, n int) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if reply && p.loseNext > 0 {
		p.loseNext--
		return 0
	}
	wait := p.delay
	if p.rate > 0 {
		n = min(n, max(1, p.rate/50)) // in steps of 20 ms
		wait += time.Duration(n) * time.Second / time.Duration(p.rate)
	}
	if wait > 0 {
		p.mu.Unlock()
		time.Sleep(wait)
		p.mu.Lock()
	}
	for !q.gone && !p.closed && (reply && p.silentDn || !reply && (p.silentUp || q.deaf)) {
		p.changed.Wait()
	}
	if q.gone || p.closed {
		return 0
	}
	if reply && q.left >= 0 {
		n = min(n, q.left)
		q.left -= n
	}
	return n
}

// end closes both sides; the caller holds the proxy's lock or is alone with q.
func (q *pair) end() {
	q.gone = true
	_ = q.client.Close()
	_ = q.server.Close()
}
