package records

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/chart"
)

// RestoreOptions say how a backup is put in the place of a record.
type RestoreOptions struct {
	// Discard allows it although the record is newer than the backup, or
	// another one.
	Discard bool
	By      audit.Event // who asked, from where
	Trust   audit.Trust
}

// Restored is what was done.
type Restored struct {
	Backup Snapshot `json:"backup"`
	// Was is what was there, if it could be read; Aside is the file in which it
	// still is ("": there was none).
	Was   *Snapshot `json:"was,omitempty"`
	Aside string    `json:"aside,omitempty"`
	// First is where the sequence of changes, the versions and the revisions go
	// on: higher than any number that was ever given out.
	First int64 `json:"first"`
}

// Restore puts a backup in the place of the SQLite record at o.Path, or of none.
// It is checked first as [InspectBackup] does. No program may have the record open
// ([ErrInUse]). A record that holds changes which the backup lacks is not
// replaced ([ErrNewer]), nor another one ([ErrOther]), unless r.Discard says so,
// and is kept beside it. If anything fails the record is as it was.
//
// No number that a station may have seen comes again: the sequence of changes,
// patients' revisions and sections' versions go on from the milliseconds since
// 1970, which the record's own counting never reaches, and older leases do not
// save any more. Everybody is told of every ward and patient anew, so
// that a station that followed the lost record follows this one.
func Restore(ctx context.Context, from string, o Options, r RestoreOptions) (out Restored, err error) {
	if o.DSN != "" {
		return out, ErrServersBackup
	}
	lock, err := alone(o.Path)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, lock.end()) }()

	source, err := o.cipherOf(ctx, from)
	if err != nil {
		return out, err
	}
	defer source.end()
	if out.Backup, err = inspect(ctx, from, source, r.Trust); err != nil {
		return out, fmt.Errorf("backup: %w", err)
	}
	// A record that cannot be read is the reason for a restore; one whose key is
	// not at hand just now is not.
	var unreadable error
	if out.Was, unreadable = settle(ctx, o); unreadable != nil &&
		(ctx.Err() != nil || errors.Is(unreadable, ErrInUse) ||
			errors.Is(unreadable, ErrKey) && !r.Discard) {
		return out, unreadable
	}
	if was := out.Was; was != nil && !r.Discard {
		switch {
		case was.Record != out.Backup.Record:
			return out, ErrOther
		case was.Change > out.Backup.Change || was.AuditLines > out.Backup.AuditLines:
			return out, fmt.Errorf("%w: changes %d, backup %d; audit lines %d, backup %d", ErrNewer,
				was.Change, out.Backup.Change, was.AuditLines, out.Backup.AuditLines)
		}
	}
	next := o
	next.Path, next.anew = o.Path+".restoring", true
	if err := discard(next.Path); err != nil {
		return out, away(err)
	}
	defer func() { err = errors.Join(err, discard(next.Path)) }()
	if err := copyFile(ctx, from, next.Path); err != nil {
		return out, away(err)
	}
	if source == nil {
		// A plain backup becomes an encrypted record if there is a key, and
		// never a plain one in the place of an encrypted one.
		plain, empty, err := header(o.Path)
		if err != nil {
			return out, away(err)
		}
		if err := encrypt(ctx, next); err != nil && (!errors.Is(err, ErrKey) || !plain && !empty) {
			return out, err
		}
	}
	if out.First, err = goOn(ctx, next, out, r.By); err != nil {
		return out, err
	}
	if err := flush(next.Path); err != nil {
		return out, away(err)
	}
	if _, err := os.Lstat(o.Path); err == nil {
		// A second name, not another one: there is a record at every moment.
		out.Aside = fmt.Sprintf("%s.before-restore-%s", o.Path, time.Now().UTC().Format("20060102T150405.000"))
		if err := os.Link(o.Path, out.Aside); err != nil {
			return out, away(err)
		}
		// What an unreadable record's log holds belongs to that record.
		if err := os.Rename(o.Path+"-wal", out.Aside+"-wal"); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return out, away(err)
		}
	}
	return out, away(replace(next.Path, o.Path))
}

// goOn opens the copy, brings its schema up and moves its numbers on.
func goOn(ctx context.Context, o Options, r Restored, by audit.Event) (first int64, err error) {
	s, err := Open(ctx, o)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	err = s.write(ctx, func(t *tx) error {
		first = max(t.at.UnixMilli(), r.Backup.Change+1)
		if r.Was != nil {
			first = max(first, r.Was.Change+1)
		}
		if err := t.jump(ctx, first); err != nil {
			return err
		}
		by.Action, by.Outcome, by.Version, by.Object = audit.Restore, audit.Done, first, r.Backup.Record
		return t.audit(ctx, by)
	})
	if err != nil {
		return 0, err
	}
	return first, s.verdict(ctx, `PRAGMA integrity_check(1)`)
}

// jump moves every number that stations compare past all that were given out.
func (t *tx) jump(ctx context.Context, first int64) error {
	for _, step := range []struct {
		query string
		args  []any
	}{
		// What waited to be told is told under new numbers.
		{`UPDATE changes SET seq = -seq WHERE seq > (SELECT value FROM counters WHERE name = 'relayed')`, nil},
		{`UPDATE changes SET seq = ? - seq - (SELECT value FROM counters WHERE name = 'relayed') WHERE seq < 0`,
			[]any{first}},
		{`UPDATE counters SET value = ? + value - (SELECT r.value FROM counters r WHERE r.name = 'relayed')
			WHERE name = 'change'`, []any{first}},
		{`UPDATE counters SET value = ? WHERE name = 'relayed'`, []any{first}},
		{`UPDATE patients SET revision = ? WHERE revision < ?`, []any{first, first}},
		{`INSERT INTO sections (patient, section, version, fence, changed, by_staff)
			SELECT p.id, s.value, 0, 0, NULL, '' FROM patients p, json_each(?) s WHERE TRUE
			ON CONFLICT (patient, section) DO NOTHING`, []any{jsonList([]string{string(chart.Observations),
			string(chart.Notes)})}},
		{`UPDATE sections SET version = ? WHERE version < ?`, []any{first, first}},
		{`UPDATE sections SET fence = ? WHERE fence < ?`, []any{t.at.UnixMicro(), t.at.UnixMicro()}},
	} {
		if _, err := t.exec(ctx, step.query, step.args...); err != nil {
			return err
		}
	}
	for _, list := range []struct {
		query string
		tell  func(id string) error
	}{
		{`SELECT id FROM patients`, func(id string) error { t.later[id] = true; return nil }},
		{`SELECT id FROM wards ORDER BY id`, func(id string) error { return t.wardChanged(ctx, id) }},
	} {
		ids, err := t.texts(ctx, list.query)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := list.tell(id); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tx) texts(ctx context.Context, query string) (out []string, err error) {
	rows, err := t.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what matters
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// alone takes the record for this program.
func alone(path string) (*inUse, error) {
	f, err := os.OpenFile(path+"-use", os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, away(err)
	}
	u := &inUse{f}
	ok, err := tryLock(f, true)
	if err == nil && !ok {
		err = ErrInUse
	}
	if err != nil {
		return nil, errors.Join(err, u.end())
	}
	return u, nil
}

// settle writes a record's log into its file, so that the file alone is the
// record, and reads what it holds; nil without a record. If it cannot be read
// nothing of it was changed.
func settle(ctx context.Context, o Options) (_ *Snapshot, err error) {
	if _, empty, err := header(o.Path); err != nil || empty {
		return nil, away(err)
	}
	c, err := o.cipherOf(ctx, o.Path)
	if err != nil {
		return nil, err
	}
	defer c.end()
	o.crypt = c
	s := &Store{d: sqliteDialect}
	if s.reader, err = s.sqlitePool(o, false); err != nil {
		return nil, away(err)
	}
	s.reader.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, s.reader.Close()) }()
	var busy, frames, done int
	if err := s.reader.QueryRowContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`).Scan(&busy, &frames, &done); err != nil {
		return nil, away(err)
	}
	if busy != 0 {
		return nil, ErrInUse
	}
	snap, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	snap.Encrypted = c != nil
	return &snap, nil
}

// discard removes a database and what SQLite and this package keep beside it.
func discard(path string) error {
	var err error
	for _, part := range []string{"", "-wal", "-shm", "-use", "-journal"} {
		if gone := os.Remove(path + part); !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}

// Encrypt turns the plain record at o.Path into an encrypted one, by a copy that
// is checked and then takes its name at once. No program may have it open. The
// plain file's blocks stay on the disk until they are written over; a disk that
// held one is wiped, or encrypted itself, before it leaves the house.
func Encrypt(ctx context.Context, o Options) (err error) {
	lock, err := alone(o.Path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lock.end()) }()
	plain, _, err := header(o.Path)
	if err != nil || !plain {
		return errors.Join(err, fmt.Errorf("%s: %w", o.Path, errNotPlain))
	}
	if snap, err := settle(ctx, o); err != nil || snap == nil {
		return errors.Join(ErrDamaged, err)
	}
	return encrypt(ctx, o)
}

// encrypt replaces a plain file that nobody has open and that has no log.
func encrypt(ctx context.Context, o Options) error {
	c, err := o.cipher(ctx)
	if err == nil && c == nil {
		err = errNoKey
	}
	if err != nil {
		return fmt.Errorf("%w: %w", ErrKey, err)
	}
	defer c.end()
	next := o.Path + ".encrypting"
	if err := discard(next); err != nil {
		return away(err)
	}
	if err := createPrivate(next); err != nil {
		return away(err)
	}
	defer func() { _ = discard(next) }()
	s := &Store{d: sqliteDialect, at: o}
	if err := s.copyTo(ctx, next, c); err != nil {
		return err
	}
	if _, err := inspect(ctx, next, c, audit.Trust{}); err != nil {
		return err
	}
	for _, part := range []string{"-wal", "-shm"} { // empty, and of the plain file
		if gone := os.Remove(o.Path + part); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			return away(gone)
		}
	}
	return away(replace(next, o.Path))
}

var errNotPlain = errors.New("records: not a plain record")

func copyFile(ctx context.Context, from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // it is read only
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, reader{ctx, in})
	if err == nil {
		err = out.Sync()
	}
	return errors.Join(err, out.Close())
}

// reader ends with its context.
type reader struct {
	ctx context.Context
	io.Reader
}

// Read implements [io.Reader].
func (r reader) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(b)
}
