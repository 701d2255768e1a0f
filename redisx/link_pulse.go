package redisx

import (
	"crypto/rand"
	"slices"
	"sync"
	"time"
)

// How long a link may be silent follows from how often it is asked to prove
// itself: limitProbes probes, and up to allowedProbes more for a wire that is
// known to be slow and for a process that got no time to look. Behind the
// messages of others a proof may stand in line for busyProbes: a link of
// 64 kbit/s carries nothing else for seconds after a storm.
const (
	limitProbes   = 3.5
	allowedProbes = 1.5
	busyProbes    = 20
	pingsMost     = 2 * busyProbes // that are remembered: a connection is left sooner
)

// pulse tells a live connection from a dead one, by what came and when. Safe for
// concurrent use.
type pulse struct {
	limit, allowed, busy time.Duration
	every                time.Duration // how often silent is asked

	mu      sync.Mutex
	started time.Time
	sent    map[string]time.Time // probes under way, by nonce
	probed  time.Time            // when the newest probe that came back was sent
	ponged  time.Time            // when the newest PING that was answered was sent
	pings   []time.Time          // when those were sent that were not answered yet
	message time.Time            // when the newest message of somebody else came
	trip    time.Duration        // a probe's way there and back: the slowest of the last few
	looked  time.Time            // when silent was asked last
	blind   time.Duration        // for how long it was not, though it should have been, since the last proof
}

func newPulse(probe, limit time.Duration) *pulse {
	return &pulse{limit: limit, allowed: times(probe, allowedProbes), busy: max(busyProbes*probe, limit),
		every: max(probe/8, 10*time.Millisecond), sent: make(map[string]time.Time)}
}

// begin counts silence from now on. What the connection was for until then, to be
// made and to fetch what was missed, owes no proof: a slow one would never be kept.
func (p *pulse) begin() {
	p.mu.Lock()
	p.started = time.Now()
	p.looked = p.started
	p.mu.Unlock()
}

func times(d time.Duration, n float64) time.Duration { return time.Duration(float64(d) * n) }

// ask notes a PING and a probe that go out now, and names the probe.
func (p *pulse) ask() (nonce string) {
	nonce = rand.Text()
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.pings) < pingsMost {
		p.pings = append(p.pings, now)
	}
	for n, at := range p.sent {
		if now.Sub(at) > max(2*p.limit, p.busy) {
			delete(p.sent, n)
		}
	}
	p.sent[nonce] = now
	return nonce
}

// back notes a probe that came back, and says when it was sent; false for one that
// is somebody else's, or forged.
func (p *pulse) back(nonce string) (sent time.Time, known bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if sent, known = p.sent[nonce]; known {
		delete(p.sent, nonce)
		if sent.After(p.probed) { // they may overtake each other
			p.probed = sent
		}
		p.blind = 0
		p.trip = max(time.Since(sent), p.trip*3/4)
	}
	return sent, known
}

// pong notes an answer to PING: answers come in the order of the questions, and
// on a slow wire several are under way.
func (p *pulse) pong() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.pings) > 0 {
		p.ponged = p.pings[0]
		p.pings = slices.Delete(p.pings, 0, 1)
	}
}

// heard notes a message of somebody else.
func (p *pulse) heard() {
	p.mu.Lock()
	p.message = time.Now()
	p.mu.Unlock()
}

// silent reports that the connection owes its proof for too long. It is to be
// asked at every tick of every: a process that was not run for a while has not
// seen that the wire was silent, and gives it that time.
func (p *pulse) silent() bool {
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if late := now.Sub(p.looked) - p.every; late > p.every {
		p.blind += late
	}
	p.looked = now
	limit := p.limit + min(2*p.trip+p.blind, p.allowed)
	// The older of both halves of the proof.
	proof := p.probed
	if p.ponged.Before(proof) {
		proof = p.ponged
	}
	if proof.Before(p.started) {
		proof = p.started
	}
	switch age := now.Sub(proof); {
	case age <= limit:
		return false
	case now.Sub(p.message) <= limit:
		return age > p.busy
	}
	return true
}
