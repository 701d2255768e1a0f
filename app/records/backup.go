package records

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/ncruces/go-sqlite3"

	"github.com/wardlight/wardlight/app/audit"
)

// Errors of backups.
var (
	// ErrServersBackup means that the record is in PostgreSQL: its backup is the
	// server's (pg_dump, or base backups and the write-ahead log for a point in
	// time), made and tried by whoever runs it.
	ErrServersBackup = errors.New(
		"records: a record in PostgreSQL is backed up by its server: pg_dump, or base backups with archived WAL")
	// ErrNewer means that the record holds changes that the backup does not.
	ErrNewer = errors.New("records: the record is newer than the backup")
	// ErrOther means that the backup is of another record.
	ErrOther = errors.New("records: the backup is of another record")
	// ErrInUse means that a program has the record open.
	ErrInUse = errors.New("records: the record is open in another program")
)

// Snapshot is what a backup, or a record at rest, holds.
type Snapshot struct {
	Record     string `json:"record"` // its identity
	Schema     int64  `json:"schema"`
	Change     int64  `json:"change"` // the newest change
	AuditLines int64  `json:"audit_lines"`
	Unsealed   int64  `json:"unsealed"` // of them
	Encrypted  bool   `json:"encrypted"`
	Bytes      int64  `json:"bytes"`
}

// Backup writes the record, as it stands at one moment, to a new file while
// others go on reading and writing, and reads that file through before it gets
// its name: the integrity check, the schema and the whole audit trail. An
// encrypted record's backup is encrypted with the same key. e says who asked; a
// backup that cannot be audited is not made.
//
// It is made by VACUUM INTO and not page by page by SQLite's backup interface:
// the file holds no freed pages (discarded drafts among them), every row has
// been read as a row and not as bytes, and one read transaction needs no
// restart when another program writes, as the page copier does.
func (s *Store) Backup(ctx context.Context, path string, e audit.Event, t audit.Trust) (Snapshot, error) {
	var none Snapshot
	if s.d != sqliteDialect {
		return none, ErrServersBackup
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return none, fmt.Errorf("%s: %w", path, errors.Join(fs.ErrExist, err))
	}
	e.Action, e.Outcome = audit.Backup, audit.Done
	if err := s.Audit(ctx, e); err != nil {
		return none, err
	}
	if err := s.SealAudit(ctx); err != nil {
		s.log.WarnContext(ctx, "the backup's audit trail is not sealed to its end", "err", err)
	}
	part := path + ".part"
	if err := createPrivate(part); err != nil {
		return none, away(err)
	}
	defer func() { _ = os.Remove(part) }() // gone already if all went well
	if err := s.copyTo(ctx, part, s.cipher); err != nil {
		return none, err
	}
	snap, err := inspect(ctx, part, s.cipher, t)
	if err == nil && snap.Schema != s.schema {
		err = fmt.Errorf("%w: the copy has schema %d", ErrDamaged, snap.Schema)
	}
	if err != nil {
		return none, err
	}
	if err := replace(part, path); err != nil {
		return none, away(err)
	}
	return snap, s.SetMeta(ctx, metaBackup, s.now().UTC().Format(time.RFC3339))
}

// metaBackup names the meta entry with the time of the last good backup.
const metaBackup = "last-backup"

// LastBackup is when the newest backup was made and checked, the zero time if
// never. Of PostgreSQL it is when the server last archived a piece of its
// write-ahead log, without which there is no restore to a point in time; dumps
// that a site makes besides do not show.
func (s *Store) LastBackup(ctx context.Context) (at time.Time, err error) {
	if s.d == sqliteDialect {
		text, err := s.Meta(ctx, metaBackup)
		if errors.Is(err, ErrNotFound) {
			return at, nil
		}
		if err != nil {
			return at, err
		}
		return time.Parse(time.RFC3339, text)
	}
	var micros sql.NullInt64
	err = s.reader.QueryRowContext(ctx, `SELECT CAST(EXTRACT(EPOCH FROM last_archived_time) * 1000000 AS BIGINT)
		FROM pg_stat_archiver`).Scan(&micros)
	if micros.Valid {
		at = time.UnixMicro(micros.Int64).UTC()
	}
	return at, away(err)
}

// copyTo writes the record into an empty file, encrypted with c or not (nil).
func (s *Store) copyTo(ctx context.Context, path string, c *cipher) error {
	p, err := s.sqlitePool(s.at, false)
	if err != nil {
		return away(err)
	}
	p.SetMaxOpenConns(1)
	_, err = p.ExecContext(ctx, `VACUUM INTO ?`, fileURI(path, c, nil))
	err = errors.Join(err, p.Close())
	if err != nil {
		return away(err)
	}
	return away(flush(path))
}

// fileURI names a file to SQLite.
func fileURI(path string, c *cipher, q url.Values) string {
	if q == nil {
		q = url.Values{}
	}
	if c != nil {
		q.Set("vfs", c.vfs)
		q.Set("textkey", "record") // asks the file system for its key
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	return uri(abs, q)
}

// flush puts a file that SQLite wrote onto the disk: VACUUM INTO does not.
func flush(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// replace gives a file its name, for good.
func replace(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	d, err := os.Open(filepath.Dir(to))
	if err != nil {
		return err
	}
	_ = d.Sync() // not every system can sync a folder
	return d.Close()
}

// InspectBackup reads a backup through and says what it holds: [ErrDamaged] if
// it fails the integrity check, [ErrAuditBroken] if its audit trail was changed,
// [ErrKey] if it is encrypted with another key than o.Key gives.
func InspectBackup(ctx context.Context, path string, o Options, t audit.Trust) (Snapshot, error) {
	c, err := o.cipherOf(ctx, path)
	if err != nil {
		return Snapshot{}, err
	}
	defer c.end()
	return inspect(ctx, path, c, t)
}

// cipherOf is what opens a file: nil if it is plain.
func (o *Options) cipherOf(ctx context.Context, path string) (*cipher, error) {
	plain, empty, err := header(path)
	switch {
	case err != nil:
		return nil, away(err)
	case empty:
		return nil, fmt.Errorf("%s: %w: the file is empty or absent", path, ErrDamaged)
	case plain:
		return nil, nil
	}
	c, err := o.cipher(ctx)
	if err == nil && c == nil {
		err = errNoKey
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	return c, nil
}

// frozen opens a file that nobody changes, without a lock or a log beside it.
func frozen(path string, c *cipher) (*Store, error) {
	s := &Store{d: sqliteDialect, trail: newTrail(Options{})}
	db, err := sql.Open("sqlite3",
		fileURI(path, c, url.Values{"mode": {"ro"}, "immutable": {"1"}, "_pragma": {"query_only(1)"}}))
	if err != nil {
		return nil, err
	}
	s.reader = &pool{db, s.d}
	return s, nil
}

func inspect(ctx context.Context, path string, c *cipher, t audit.Trust) (snap Snapshot, err error) {
	s, err := frozen(path, c)
	if err != nil {
		return snap, err
	}
	defer func() { err = errors.Join(err, s.reader.Close()) }()
	if snap, err = s.snapshot(ctx); err != nil {
		if c != nil && errors.Is(err, sqlite3.NOTADB) {
			err = fmt.Errorf("%w, or it is damaged: %w", ErrKey, err)
		}
		return snap, err
	}
	snap.Encrypted = c != nil
	if info, err := os.Stat(path); err == nil {
		snap.Bytes = info.Size()
	}
	if err := s.verdict(ctx, `PRAGMA integrity_check(1)`); err != nil {
		return snap, err
	}
	if snap.Schema < sealedSchema { // an older program's: its trail has another form
		return snap, nil
	}
	// An anchor newer than the backup says nothing of it.
	old := t
	old.Anchors = nil
	for _, a := range t.Anchors {
		if a.Seq <= snap.AuditLines {
			old.Anchors = append(old.Anchors, a)
		}
	}
	r, err := s.AuditReport(ctx, old)
	snap.Unsealed = r.Unsealed
	return snap, err
}

// sealedSchema is the first schema with checkpoints.
const sealedSchema = 10

func (s *Store) snapshot(ctx context.Context) (snap Snapshot, err error) {
	if snap.Record, err = s.Meta(ctx, MetaRecordID); err != nil {
		return snap, fmt.Errorf("%w: it is no record: %w", ErrDamaged, err)
	}
	if snap.Change, err = s.counter(ctx, "change"); err != nil {
		return snap, err
	}
	if err := s.reader.QueryRowContext(ctx, `SELECT schema FROM gate WHERE id = 1`).Scan(&snap.Schema); err != nil {
		return snap, away(err)
	}
	return snap, away(s.reader.QueryRowContext(ctx, `SELECT COALESCE(MAX(seq), 0) FROM audit`).Scan(&snap.AuditLines))
}
