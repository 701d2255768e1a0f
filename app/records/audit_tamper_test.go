package records_test

import (
	"context"
	"crypto/ed25519"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/records/recordtest"
)

// seal is a keyring in memory.
type seal struct {
	mu   sync.Mutex
	key  ed25519.PrivateKey
	kept audit.Checkpoint
	away error
}

func newSeal() *seal {
	_, key, _ := ed25519.GenerateKey(nil) // reads the system's random numbers
	return &seal{key: key}
}

func (s *seal) Key(context.Context) (ed25519.PrivateKey, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.key, s.away
}

func (s *seal) Keep(_ context.Context, c audit.Checkpoint) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.kept = c
	return s.away
}

func (s *seal) Kept(context.Context) (audit.Checkpoint, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept.N == 0 {
		return s.kept, audit.ErrNothingKept
	}
	return s.kept, s.away
}

// tampering is the record's owner at work: every trigger is gone, and each
// change starts from the trail as it was.
type tampering struct {
	t     *testing.T
	db    *sql.DB
	r     *rand.Rand
	lines int64
	forge ed25519.PrivateKey // the attacker's own
	// again says whether hashes are made anew after the change, to the end.
	again bool
}

func (x *tampering) exec(query string, args ...any) {
	x.t.Helper()
	if _, err := x.db.ExecContext(x.t.Context(), query, args...); err != nil {
		x.t.Fatalf("%s: %v", query, err)
	}
}

// put brings the trail back.
func (x *tampering) put() {
	x.exec(`BEGIN IMMEDIATE; DELETE FROM audit_checkpoints; DELETE FROM audit_keys; DELETE FROM audit;
		INSERT INTO audit SELECT * FROM was_audit; INSERT INTO audit_keys SELECT * FROM was_keys;
		INSERT INTO audit_checkpoints SELECT * FROM was_checkpoints; COMMIT`)
}

// link makes the hashes of the lines from seq on anew.
func (x *tampering) link(seq int64) {
	rows, err := x.db.QueryContext(x.t.Context(),
		`SELECT seq, at, actor, role, station, session, action, patient, object,
		version, outcome, reason, hash, writer, id, purpose FROM audit WHERE seq >= ? ORDER BY seq`, seq-1)
	ok(x.t, err)
	prev, todo := "", map[int64]string{}
	for rows.Next() {
		var l audit.Line
		var at int64
		ok(x.t, rows.Scan(&l.Seq, &at, &l.Actor, &l.Role, &l.Station, &l.Session, &l.Action, &l.Patient, &l.Object,
			&l.Version, &l.Outcome, &l.Reason, &l.Hash, &l.Writer, &l.ID, &l.Purpose))
		if l.At = time.UnixMicro(at); l.Seq >= seq {
			l.Hash = audit.Link(prev, l.Event)
			todo[l.Seq] = l.Hash
		}
		prev = l.Hash
	}
	ok(x.t, rows.Err())
	for _, s := range slices.Sorted(maps.Keys(todo)) {
		x.exec(`UPDATE audit SET hash = ? WHERE seq = ?`, todo[s], s)
	}
}

// text is some text that is not was.
func (x *tampering) text(was string) string {
	for {
		if s := []string{"", "x", was + " ", "p2", "achen"}[x.r.IntN(5)]; s != was {
			return s
		}
	}
}

// tampers are the ways to change a trail. Each returns the line where it began.
var tampers = map[string]func(x *tampering) int64{
	"edit": func(x *tampering) int64 {
		seq := 1 + x.r.Int64N(x.lines)
		texts := []string{"actor", "role", "station", "session", "action", "patient", "object", "outcome",
			"reason", "writer",
			"id", "purpose", "address", "hash"}
		if n := x.r.IntN(len(texts) + 2); n < len(texts) {
			var was string
			ok(x.t, x.db.QueryRowContext(x.t.Context(), `SELECT `+texts[n]+` FROM audit WHERE seq = ?`, seq).Scan(&was))
			x.exec(`UPDATE audit SET `+texts[n]+` = ? WHERE seq = ?`, x.text(was), seq)
			if texts[n] == "hash" {
				x.again = false // it would be put right
			}
		} else {
			x.exec(`UPDATE audit SET `+[]string{"at", "version"}[n-len(texts)]+` = ? WHERE seq = ?`, x.r.Int64(), seq)
		}
		return seq
	},
	"cut": func(x *tampering) int64 {
		seq, n := 1+x.r.Int64N(x.lines-1), 1+x.r.Int64N(3)
		n = min(n, x.lines-seq)
		x.exec(`DELETE FROM audit WHERE seq >= ? AND seq < ?`, seq, seq+n)
		if x.r.IntN(2) == 0 { // and close the gap
			x.exec(`UPDATE audit SET seq = -(seq - ?) WHERE seq > ?`, n, seq)
			x.exec(`UPDATE audit SET seq = -seq WHERE seq < 0`)
		} else {
			x.again = false
		}
		return seq
	},
	"swap": func(x *tampering) int64 {
		a := 1 + x.r.Int64N(x.lines)
		b := 1 + (a+x.r.Int64N(x.lines-1))%x.lines
		x.exec(`UPDATE audit SET seq = CASE seq WHEN ?1 THEN -?2 ELSE -?1 END WHERE seq IN (?1, ?2)`, a, b)
		x.exec(`UPDATE audit SET seq = -seq WHERE seq < 0`)
		return min(a, b)
	},
	"insert": func(x *tampering) int64 {
		seq := 1 + x.r.Int64N(x.lines)
		x.exec(`UPDATE audit SET seq = -(seq + 1) WHERE seq >= ?`, seq)
		x.exec(`UPDATE audit SET seq = -seq WHERE seq < 0`)
		x.exec(`INSERT INTO audit SELECT ?, at + 1, 'mdiaz',
			role, station, session, action, 'p7', object, version, outcome,
			reason, hash, writer, '', purpose, address FROM audit WHERE seq = ?`, seq, seq+1)
		return seq
	},
	"cut tail": func(x *tampering) int64 {
		seq := 1 + x.r.Int64N(x.lines)
		x.exec(`DELETE FROM audit WHERE seq >= ?`, seq)
		if x.r.IntN(2) == 0 { // and what was signed about it
			x.exec(`DELETE FROM audit_checkpoints WHERE seq >= ?`, seq)
			if x.r.IntN(2) == 0 {
				x.exec(`DELETE FROM audit_keys WHERE id NOT IN (SELECT key_id FROM audit_checkpoints)`)
			}
		}
		x.again = false
		return seq
	},
	"cut checkpoint": func(x *tampering) int64 {
		x.exec(`DELETE FROM audit_checkpoints WHERE n = (SELECT n FROM audit_checkpoints ORDER BY random() LIMIT 1)`)
		x.again = false
		return 0
	},
	// The chain is made anew and signed anew, with another key: in the old
	// key's place under its ID, in its place under its own ID, or beside it.
	"forge": func(x *tampering) int64 {
		seq := 1 + x.r.Int64N(x.lines)
		x.exec(`UPDATE audit SET patient = patient || 'x' WHERE seq = ?`, seq)
		how := x.r.IntN(3)
		public := base64.StdEncoding.EncodeToString(x.forge.Public().(ed25519.PublicKey))
		id := audit.KeyID(x.forge.Public().(ed25519.PublicKey))
		switch how {
		case 0:
			x.exec(`UPDATE audit_keys SET public = ?`, public)
		case 1:
			x.exec(`PRAGMA foreign_keys = off`)
			x.exec(`UPDATE audit_keys SET public = ?, id = ?`, public, id)
			x.exec(`UPDATE audit SET object = ? WHERE action = 'new-seal-key'`, id)
			seq = 1
		}
		x.link(1)
		rows, err := x.db.QueryContext(x.t.Context(), `SELECT c.key_id, c.n, c.writer, c.record, c.seq, a.hash, c.at
			FROM audit_checkpoints c JOIN audit a ON a.seq = c.seq WHERE c.seq >= ?`, seq)
		ok(x.t, err)
		var list []audit.Checkpoint
		for rows.Next() {
			var c audit.Checkpoint
			var at int64
			ok(x.t, rows.Scan(&c.Key, &c.N, &c.Writer, &c.Record, &c.Seq, &c.Hash, &at))
			c.At = time.UnixMicro(at)
			list = append(list, c)
		}
		ok(x.t, rows.Err())
		for _, c := range list {
			was := c.Key
			c.Sign(x.forge)
			if how != 1 {
				c.Key = was
			}
			x.exec(`UPDATE audit_checkpoints SET key_id = ?, hash = ?, sig = ? WHERE key_id = ? AND n = ?`,
				c.Key, c.Hash, base64.StdEncoding.EncodeToString(c.Sig), was, c.N)
		}
		x.again = false
		if how == 1 { // no honest checkpoint is left to tell the line by
			return 0
		}
		return seq
	},
}

// Whoever owns the file can change everything in it. Every change of a sealed
// trail is found, also if all hashes after it are made anew, and the first
// finding names the place.
//
// Seen red: without the comparison of links an edit is not found (round 3);
// without that of checkpoints a swap with new hashes (round 6); without the
// anchor a trail that was signed anew with another key (round 4); with every
// signature believed a forged line 39 of 42 is told by the anchor alone, its
// place not named (round 25).
func TestTampersAreFound(t *testing.T) {
	t.Parallel()
	rounds, lines := 250, 40
	if full {
		rounds = 10_000
	}
	r := recordtest.SQLite(t)
	held := newSeal()
	r.Options.Seal, r.Options.Writer = held, "WS-1"
	s, err := records.Open(t.Context(), r.Options)
	ok(t, err)
	furnish(t, s)
	for n := range lines {
		ok(t, s.Audit(t.Context(),
			audit.Event{At: noon.Add(time.Duration(n) * time.Second), Actor: "tnguyen", Station: "WS-1",
				Session: "8f3a", Action: audit.ViewChart, Patient: fmt.Sprintf("p%d", n%9), Object: "notes",
				Version: int64(n), Outcome: audit.Done}))
		if n%10 == 5 {
			ok(t, s.SealAudit(t.Context()))
		}
	}
	ok(t, s.Close()) // makes the last checkpoint
	s = r.Open(t)
	trust, err := s.AuditTrust(t.Context())
	ok(t, err)
	whole, err := s.AuditReport(t.Context(), trust)
	ok(t, err)
	if whole.Unsealed != 0 || whole.Checkpoints < 5 || len(trust.Anchors) != 1 || len(whole.Unproven) != 0 {
		t.Fatalf("%+v", whole)
	}

	db := r.Raw(t)
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { ok(t, db.Close()) })
	x := &tampering{t: t, db: db, r: rand.New(rand.NewPCG(7, 11)), lines: whole.Lines, forge: newSeal().key}
	x.exec(`PRAGMA synchronous = off; PRAGMA foreign_keys = off`)
	for _, table := range []string{"audit", "audit_keys", "audit_checkpoints"} {
		x.exec(`DROP TRIGGER ` + table + `_no_update; DROP TRIGGER ` + table + `_no_delete`)
	}
	x.exec(`CREATE TABLE was_audit AS SELECT * FROM audit; CREATE TABLE was_keys AS SELECT * FROM audit_keys;
		CREATE TABLE was_checkpoints AS SELECT * FROM audit_checkpoints`)

	kinds := slices.Sorted(maps.Keys(tampers))
	tried, alone, named := map[string]int{}, map[string]int{}, map[string]int{}
	faults := map[audit.Fault]int{}
	for n := range rounds {
		kind := kinds[n%len(kinds)]
		x.again = x.r.IntN(2) == 0
		again := x.again
		at := tampers[kind](x)
		if x.again && at > 0 {
			x.link(at)
		}
		report, err := s.AuditReport(t.Context(), trust)
		if !errors.Is(err, records.ErrAuditBroken) || report.OK() {
			t.Fatalf("round %d: %s from line %d (hashes anew: %v, %v) was not found: %v", n, kind, at, again,
				x.again, err)
		}
		tried[kind]++
		faults[report.Findings[0].Fault]++
		if slices.ContainsFunc(report.Findings, func(f audit.Finding) bool {
			if f.Fault == audit.CutTail {
				return at > f.Proven && at <= f.To
			}
			return f.From != 0 && at >= f.From-1 && at <= max(f.From, f.To)+1 || at == 0 && f.N != 0
		}) {
			named[kind]++
		} else {
			t.Errorf("round %d: %s from line %d (hashes anew: %v): the place is not named: %v", n, kind, at, x.again,
				report.Findings)
		}
		if report, err := s.AuditReport(t.Context(), audit.Trust{}); err != nil && !report.OK() {
			alone[kind]++
		}
		x.put()
		if t.Failed() {
			return
		}
	}
	if again, err := s.AuditReport(t.Context(), trust); err != nil || !again.OK() {
		t.Fatalf("the trail that was put back: %v %v", again.Findings, err)
	}
	for _, kind := range kinds {
		t.Logf("%-15s %5d tried, all found, %d with the place; %d without key and anchor from outside", kind,
			tried[kind], named[kind], alone[kind])
	}
	t.Logf("%d of %d found; first findings: %v", rounds, rounds, faults)
}
