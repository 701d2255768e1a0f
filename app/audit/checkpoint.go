package audit

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"time"
)

// Checkpoint is a writer's signed word that the trail up to line Seq ends in
// Hash. The chain alone does not show a cut end or a trail that was rewritten
// from some line on; a checkpoint does, for everything before it, whoever wrote
// those lines.
type Checkpoint struct {
	Record string    `json:"record"` // the record's identity
	Writer string    `json:"writer"`
	Key    string    `json:"key"`  // [KeyID] of the writer's public key
	N      int64     `json:"n"`    // 1, 2, ... for each key
	Seq    int64     `json:"seq"`  // the last line that it covers
	Hash   string    `json:"hash"` // that line's
	At     time.Time `json:"at"`   // UTC, whole microseconds
	Sig    []byte    `json:"sig"`  // Ed25519
}

// Key is a writer's public key. Its ID is its own hash, so that a key cannot be
// exchanged under its ID, and the line [NewSealKey] puts the ID into the chain.
type Key struct {
	ID     string
	Writer string
	Public ed25519.PublicKey
	At     time.Time
}

// Seal is what a writer keeps outside the record, where whoever can change the
// record cannot: its private key, and the newest checkpoint it made. It is safe
// for concurrent use and never called within a transaction.
type Seal interface {
	// Key is the writer's private key, made when first asked for. An error
	// (a locked keyring) means that it is asked for again later.
	Key(ctx context.Context) (ed25519.PrivateKey, error)
	// Keep replaces the checkpoint that is kept.
	Keep(ctx context.Context, c Checkpoint) error
	// Kept is the checkpoint that was kept last, or [ErrNothingKept].
	Kept(ctx context.Context) (Checkpoint, error)
}

// ErrNothingKept means that a [Seal] holds no checkpoint yet.
var ErrNothingKept = errors.New("audit: no checkpoint kept")

// KeyID is the name of a public key: 32 hex digits of its SHA-256.
func KeyID(k ed25519.PublicKey) string {
	sum := sha256.Sum256(k)
	return hex.EncodeToString(sum[:16])
}

// Sign fills in the key and the signature.
func (c *Checkpoint) Sign(k ed25519.PrivateKey) {
	c.Key = KeyID(k.Public().(ed25519.PublicKey))
	c.Sig = ed25519.Sign(k, c.message())
}

// SignedBy reports whether k signed the checkpoint as it stands.
func (c *Checkpoint) SignedBy(k ed25519.PublicKey) bool {
	return len(k) == ed25519.PublicKeySize && KeyID(k) == c.Key && ed25519.Verify(k, c.message(), c.Sig)
}

func (c *Checkpoint) message() []byte {
	b := []byte("wardlight checkpoint 1\n")
	for _, n := range [...]int64{c.N, c.Seq, c.At.UnixMicro()} {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	for _, s := range [...]string{c.Record, c.Writer, c.Key, c.Hash} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return b
}
