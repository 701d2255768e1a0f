package records

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/wardlight/wardlight/app/audit"
)

// A checkpoint is made after so many lines of this program, or so long after
// the first of them, and when the record is closed.
const (
	SealLines = 1000
	SealEvery = time.Minute
)

// sealLimit is how long closing waits for the last checkpoint: the keyring may
// hang.
const sealLimit = 3 * time.Second

// mark is the newest line that this program wrote, and how many it wrote.
type mark struct {
	seq   int64
	hash  string
	lines int64
}

// trail is a program's part in the audit trail.
type trail struct {
	writer string
	seal   audit.Seal

	mu     sync.Mutex
	own    mark
	sealed int64 // of own.lines
	kick   chan struct{}
	ask    chan chan error
	stop   chan struct{} // nil: nothing seals
	ended  chan struct{}
	once   sync.Once // closes stop

	// Of the goroutine that seals.
	key     ed25519.PrivateKey
	checked bool
	silent  bool // a failure was logged, and since then no success
}

func newTrail(o Options) *trail {
	w := o.Writer
	if w == "" {
		w = "unnamed" // a line without a writer is one of the first form
	}
	return &trail{writer: w, seal: o.Seal, kick: make(chan struct{}, 1), ask: make(chan chan error), checked: o.anew}
}

// committed notes the lines of a transaction that was kept.
func (a *trail) committed(m mark) {
	if m.lines == 0 {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if m.seq > a.own.seq {
		a.own.seq, a.own.hash = m.seq, m.hash
	}
	a.own.lines += m.lines
	if a.own.lines-a.sealed >= SealLines {
		select {
		case a.kick <- struct{}{}:
		default:
		}
	}
}

func (a *trail) state() (own mark, waiting int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.own, a.own.lines - a.sealed
}

// startSealing seals until endSealing, on its own: nothing that a nurse does
// waits for the keyring.
func (s *Store) startSealing(ctx context.Context) {
	a := s.trail
	if a.seal == nil {
		return
	}
	a.stop, a.ended = make(chan struct{}), make(chan struct{})
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx)) // it lives as long as the store
	go func() {
		defer close(a.ended)
		defer cancel()
		tick := time.NewTicker(SealEvery)
		defer tick.Stop()
		for {
			select {
			case <-a.stop:
				last, done := context.WithTimeout(ctx, sealLimit)
				s.sealLogged(last)
				done()
				return
			case answer := <-a.ask:
				_, err := s.sealNow(ctx)
				answer <- err
			case <-a.kick:
				s.sealLogged(ctx)
			case <-tick.C:
				s.sealLogged(ctx)
			}
		}
	}()
}

// endSealing makes the last checkpoint. It does nothing the second time.
func (s *Store) endSealing() {
	if s.trail == nil || s.trail.stop == nil {
		return
	}
	s.trail.once.Do(func() { close(s.trail.stop) })
	<-s.trail.ended
}

// SealAudit makes a checkpoint now if lines of this program wait for one. It
// does nothing without [Options].Seal.
func (s *Store) SealAudit(ctx context.Context) error {
	if s.trail.seal == nil {
		return nil
	}
	answer := make(chan error, 1)
	select {
	case s.trail.ask <- answer:
	case <-s.trail.ended:
		return away(sql.ErrConnDone)
	case <-ctx.Done():
		return away(ctx.Err())
	}
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		return away(ctx.Err())
	}
}

// AuditTrust is what this program's seal vouches for: its key and the newest
// checkpoint that it kept outside the record. An error means that the seal could
// not be asked; what could be is there all the same.
func (s *Store) AuditTrust(ctx context.Context) (t audit.Trust, err error) {
	if s.trail.seal == nil {
		return t, nil
	}
	key, err := s.trail.seal.Key(ctx)
	if err != nil {
		return t, err
	}
	t.Keys = append(t.Keys, key.Public().(ed25519.PublicKey))
	c, err := s.trail.seal.Kept(ctx)
	if errors.Is(err, audit.ErrNothingKept) {
		return t, nil
	}
	if err != nil {
		return t, err
	}
	record, err := s.Meta(ctx, MetaRecordID)
	if err == nil && record == c.Record { // another record's says nothing of this one
		t.Anchors = append(t.Anchors, c)
	}
	return t, err
}

func (s *Store) sealLogged(ctx context.Context) {
	_, err := s.sealNow(ctx)
	if err == nil {
		s.trail.silent = false
		return
	}
	if !s.trail.silent || errors.Is(err, ErrAuditBroken) {
		s.log.WarnContext(ctx, "audit trail not sealed", "writer", s.trail.writer, "err", err)
		s.trail.silent = true
	}
}

// sealNow makes a checkpoint if this program wrote lines since its last one. It
// also looks whether its own newest line still stands where it was written.
func (s *Store) sealNow(ctx context.Context) (made bool, err error) {
	a := s.trail
	own, waiting := a.state()
	if waiting == 0 {
		return false, nil
	}
	var hash string
	err = s.reader.QueryRowContext(ctx, `SELECT hash FROM audit WHERE seq = ?`, own.seq).Scan(&hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return false, away(err)
	}
	if hash != own.hash {
		err = fmt.Errorf("%w: line %d is not as this program wrote it", ErrAuditBroken, own.seq)
		return false, errors.Join(err, s.tellBroken(ctx, own.seq))
	}
	if a.key == nil {
		if a.key, err = a.seal.Key(ctx); err != nil {
			return false, fmt.Errorf("key of the audit trail: %w", err)
		}
	}
	if !a.checked {
		if err := s.checkKept(ctx); err != nil {
			return false, err
		}
	}
	c, err := s.checkpoint(ctx, a.key)
	if err != nil {
		return false, err
	}
	a.mu.Lock()
	a.sealed = max(a.sealed, own.lines)
	a.mu.Unlock()
	// Whoever collects the programs' logs holds an anchor by this line.
	s.log.InfoContext(ctx, "audit checkpoint", "writer", c.Writer, "n", c.N, "seq", c.Seq, "hash", c.Hash)
	if err := a.seal.Keep(ctx, c); err != nil {
		return true, fmt.Errorf("checkpoint not kept outside the record: %w", err)
	}
	return true, nil
}

// tellBroken writes into the trail itself that it was changed. The program goes
// on from what is there, and says this once.
func (s *Store) tellBroken(ctx context.Context, seq int64) error {
	a := s.trail
	a.mu.Lock()
	a.own, a.sealed = mark{}, 0
	a.mu.Unlock()
	return s.Audit(ctx, audit.Event{Actor: a.writer, Station: a.writer, Action: audit.Broken, Version: seq,
		Outcome: audit.Done,
		Reason:  "own-line-gone"})
}

// checkKept compares the record with what was kept outside it, once: a record
// that was put back to an older state, or cut while no program ran, is told.
func (s *Store) checkKept(ctx context.Context) error {
	a := s.trail
	c, err := a.seal.Kept(ctx)
	switch {
	case errors.Is(err, audit.ErrNothingKept):
		a.checked = true
		return nil
	case err != nil:
		return fmt.Errorf("checkpoint kept outside the record: %w", err)
	}
	record, err := s.Meta(ctx, MetaRecordID)
	if err != nil {
		return err
	}
	a.checked = true
	if c.Record != record { // another record's: this is a new one
		return nil
	}
	var hash string
	err = s.reader.QueryRowContext(ctx, `SELECT hash FROM audit WHERE seq = ?`, c.Seq).Scan(&hash)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		a.checked = false
		return away(err)
	}
	if hash != c.Hash {
		s.log.ErrorContext(ctx, "the audit trail is not the one that was sealed", "seq", c.Seq)
		return s.Audit(ctx, audit.Event{Actor: a.writer, Station: a.writer, Action: audit.Broken, Version: c.Seq,
			Outcome: audit.Done, Reason: "kept-checkpoint"})
	}
	return nil
}

// checkpoint signs the newest line. It needs no lock: any line that is
// committed stays the end of what it covers.
func (s *Store) checkpoint(ctx context.Context, key ed25519.PrivateKey) (c audit.Checkpoint, err error) {
	public := key.Public().(ed25519.PublicKey)
	id := audit.KeyID(public)
	if err := s.introduce(ctx, id, public); err != nil {
		return c, err
	}
	// Another program with the same key may take the same number.
	for range 4 {
		if c, err = s.number(ctx, id, key); !taken(err) {
			break
		}
	}
	return c, err
}

func (s *Store) number(ctx context.Context, id string, key ed25519.PrivateKey) (c audit.Checkpoint, err error) {
	err = s.aside(ctx, func(t *tx) error {
		c = audit.Checkpoint{Writer: s.trail.writer, At: t.at.Truncate(time.Microsecond)}
		if err := t.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = ?`,
			MetaRecordID).Scan(&c.Record); err != nil {
			return err
		}
		if err := t.QueryRowContext(ctx, `SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1`).Scan(&c.Seq,
			&c.Hash); err != nil {
			return err
		}
		if err := t.QueryRowContext(ctx, `SELECT COALESCE(MAX(n), 0) + 1 FROM audit_checkpoints WHERE key_id = ?`,
			id).Scan(&c.N); err != nil {
			return err
		}
		c.Sign(key)
		_, err := t.exec(ctx, `INSERT INTO audit_checkpoints (`+checkpointColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			c.Key, c.N, c.Writer, c.Record, c.Seq, c.Hash, c.At.UnixMicro(), base64.StdEncoding.EncodeToString(c.Sig))
		return err
	})
	return c, err
}

// introduce writes a key into the record and its name into the chain, once.
func (s *Store) introduce(ctx context.Context, id string, public ed25519.PublicKey) error {
	var writer string
	err := s.reader.QueryRowContext(ctx, `SELECT writer FROM audit_keys WHERE id = ?`, id).Scan(&writer)
	if err == nil && writer == s.trail.writer {
		return nil
	}
	if err == nil {
		return fmt.Errorf("records: the key %s of the audit trail belongs to writer %q, not to %q", id, writer,
			s.trail.writer)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return away(err)
	}
	return s.write(ctx, func(t *tx) error {
		n, err := t.exec(ctx,
			`INSERT INTO audit_keys (id, writer, public, at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
			id, s.trail.writer, base64.StdEncoding.EncodeToString(public), t.at.UnixMicro())
		if err != nil || n == 0 {
			return err
		}
		return t.audit(ctx, audit.Event{Actor: s.trail.writer, Station: s.trail.writer, Action: audit.NewSealKey,
			Object: id, Outcome: audit.Done})
	})
}
