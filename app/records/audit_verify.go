package records

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/wardlight/wardlight/app/audit"
)

// ErrAuditBroken means the trail was changed from outside.
var ErrAuditBroken = errors.New("records: the audit trail has been changed")

// VerifyAudit walks the whole trail and returns how many lines it holds, or
// [ErrAuditBroken] with the first thing that was changed. It trusts what the
// program's own [Options].Seal holds, if it can be asked.
func (s *Store) VerifyAudit(ctx context.Context) (lines int64, err error) {
	t, err := s.AuditTrust(ctx)
	if err != nil {
		s.log.WarnContext(ctx, "audit trail verified without the seal", "err", err)
	}
	r, err := s.AuditReport(ctx, t)
	return r.Lines, err
}

// AuditReport walks the whole trail and tells everything that was changed in it.
// With a trail that was changed the error is [ErrAuditBroken]. t is what is known
// from outside the record: [Store.AuditTrust], or anchors and keys from another
// place.
func (s *Store) AuditReport(ctx context.Context, t audit.Trust) (audit.Report, error) {
	var r audit.Report
	record, err := s.Meta(ctx, MetaRecordID)
	if err != nil {
		return r, err
	}
	t.Record = record
	err = s.reader.snapshot(ctx, func(q querier) error {
		keys, err := auditKeys(ctx, q)
		if err != nil {
			return err
		}
		checks, err := auditCheckpoints(ctx, q)
		if err != nil {
			return err
		}
		r, err = audit.Verify(auditLines(ctx, q), checks, keys, t)
		return err
	})
	if err == nil && !r.OK() {
		err = fmt.Errorf("%w: %s", ErrAuditBroken, r.Findings[0])
	}
	return r, err
}

// ahead is how many lines are read while others are hashed.
const ahead = 512

// auditLines reads the trail in one goroutine and hands it over in another: the
// two cost about the same.
func auditLines(ctx context.Context, q querier) iter.Seq2[audit.Line, error] {
	return func(yield func(audit.Line, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		type batch struct {
			lines []audit.Line
			err   error
		}
		ready := make(chan batch, 2)
		go func() {
			defer close(ready)
			var b batch
			send := func() error {
				select {
				case ready <- b:
					b = batch{lines: make([]audit.Line, 0, ahead)}
					return nil
				case <-ctx.Done():
					return ctx.Err()
				}
			}
			rows, err := q.QueryContext(ctx, `SELECT `+auditColumns+` FROM audit ORDER BY seq`)
			b.err = each(rows, err, func(r *sql.Rows) error {
				l, err := scanLine(r)
				if err != nil {
					return err
				}
				if b.lines = append(b.lines, l); len(b.lines) == ahead {
					return send()
				}
				return nil
			})
			_ = send() // nobody listens any more
		}()
		defer func() {
			cancel()
			for range ready { // the transaction is the reader's until it ends
			}
		}()
		for b := range ready {
			for _, l := range b.lines {
				if !yield(l, nil) {
					return
				}
			}
			if b.err != nil {
				yield(audit.Line{}, b.err)
				return
			}
		}
	}
}

func auditKeys(ctx context.Context, q querier) ([]audit.Key, error) {
	var out []audit.Key
	rows, err := q.QueryContext(ctx, `SELECT id, writer, public, at FROM audit_keys ORDER BY at, id`)
	err = each(rows, err, func(r *sql.Rows) error {
		var k audit.Key
		var public string
		if err := r.Scan(&k.ID, &k.Writer, &public, clock{&k.At}); err != nil {
			return err
		}
		k.Public, _ = base64.StdEncoding.DecodeString(public) // a bad one verifies nothing
		out = append(out, k)
		return nil
	})
	return out, err
}

const checkpointColumns = `key_id, n, writer, record, seq, hash, at, sig`

func auditCheckpoints(ctx context.Context, q querier) ([]audit.Checkpoint, error) {
	var out []audit.Checkpoint
	rows, err := q.QueryContext(ctx, `SELECT `+checkpointColumns+` FROM audit_checkpoints ORDER BY seq, key_id, n`)
	err = each(rows, err, func(r *sql.Rows) error {
		var c audit.Checkpoint
		var sig string
		if err := r.Scan(&c.Key, &c.N, &c.Writer, &c.Record, &c.Seq, &c.Hash, clock{&c.At}, &sig); err != nil {
			return err
		}
		c.Sig, _ = base64.StdEncoding.DecodeString(sig)
		out = append(out, c)
		return nil
	})
	return out, err
}

// AuditCheckpoints lists the newest checkpoint of each key.
func (s *Store) AuditCheckpoints(ctx context.Context) ([]audit.Checkpoint, error) {
	all, err := auditCheckpoints(ctx, s.reader)
	newest := map[string]audit.Checkpoint{}
	for _, c := range all {
		if c.N > newest[c.Key].N {
			newest[c.Key] = c
		}
	}
	var out []audit.Checkpoint
	for _, key := range slices.Sorted(maps.Keys(newest)) {
		out = append(out, newest[key])
	}
	return out, away(err)
}
