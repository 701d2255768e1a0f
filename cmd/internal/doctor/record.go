package doctor

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/app/trust"
	"github.com/wardlight/wardlight/app/ward"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

// record opens the record and looks at what is in it.
func (v *visit) record(ctx context.Context) {
	s := v.site
	var err error
	if s.Record, err = records.Open(ctx, s.RecordOptions(site.Options{})); err != nil {
		s.Record = nil
		text := strings.TrimPrefix(err.Error(), "records: ")
		next := "check the disk and the folder's owner; `wardctl restore` brings the last backup back if it is damaged"
		switch {
		case trust.Explain(err) != "":
			text, next = trust.Explain(err), "correct record.dsn or the certificates"
		case errors.Is(err, records.ErrKey):
			next = "put its key back: `wardctl recovery-key` printed it once; --put takes it"
		case s.Config.Record.DSN != "":
			next = "check record.dsn, the network to the database, and the secret " + site.RecordPassword
		}
		v.fail("record", text, next)
		return
	}
	if err := s.Record.Check(ctx); err != nil {
		v.fail("record", err.Error(), "restore the last backup: `wardctl restore`")
		return
	}
	n, err := s.Record.Count(ctx)
	if err != nil {
		v.fail("record", err.Error(), "restore the last backup: `wardctl restore`")
		return
	}
	v.ok("record", fmt.Sprintf("%s, %d patients, %d observation sets", s.Record.Engine(), n.Patients, n.Observations))
	began := time.Now()
	wards, err := s.Record.Wards(ctx)
	if took := time.Since(began); err == nil && took > v.o.Slow {
		v.warn("record-latency", fmt.Sprintf("a small question takes %s", took.Round(time.Millisecond)),
			"look at the database server's load and the network to it")
	}
	switch {
	case err != nil:
		v.fail("wards", err.Error(), "restore the last backup")
	case len(wards) == 0:
		v.warn("wards", "the record has no ward", "`wardctl import hl7 FILE` brings them")
	case s.Config.Ward != "":
		if _, err := s.Record.FindWard(ctx, s.Config.Ward); errors.Is(err, ward.ErrSeveral) {
			v.fail("wards", err.Error(), "write the setting ward as CODE@SITE")
			break
		} else if err != nil {
			v.fail("wards", "the configured ward is not in the record",
				"correct the setting ward; `wardctl wards` lists what there is")
			break
		}
		fallthrough
	default:
		v.ok("wards", fmt.Sprint(len(wards)))
	}
	v.people(ctx)
	v.feed(ctx)
	v.atRest()
	v.backup(ctx)
}

// people looks whether somebody can sign in.
func (v *visit) people(ctx context.Context) {
	all, err := v.site.Record.AllStaff(ctx)
	active := 0
	for _, p := range all {
		if p.Active {
			active++
		}
	}
	switch {
	case err != nil:
		v.fail("staff", err.Error(), "restore the last backup")
	case active == 0:
		v.warn("staff", "nobody can sign in", "`wardctl staff add` or `wardctl staff import`")
	default:
		v.ok("staff", fmt.Sprintf("%d can sign in", active))
	}
}

// atRest says whether who takes the disk away can read it.
func (v *visit) atRest() {
	s := v.site
	switch {
	case s.Record.Engine() != "sqlite":
		v.ok("encryption", "the database server's own")
	case s.Record.Encrypted():
		v.ok("encryption", "AES-256-XTS, key in the keyring")
	case s.Config.Record.Plain:
		v.ok("encryption", "none, as record.plain says")
	default:
		v.warn("encryption", "the record's file is not encrypted",
			"close every station and run `wardctl encrypt`; keep `wardctl recovery-key` on paper")
	}
}

// backup says whether there is something to restore.
func (v *visit) backup(ctx context.Context) {
	what, next := "the last backup", "run `wardctl backup FILE` each night, and take FILE to another machine"
	if v.site.Record.Engine() != "sqlite" {
		what = "the last archived WAL"
		next = "set up WAL archiving and base backups (pg_basebackup), or ignore this if the site makes nightly dumps with pg_dump"
	}
	at, err := v.site.Record.LastBackup(ctx)
	switch age := time.Since(at); {
	case err != nil:
		v.warn("backup", err.Error(), next)
	case at.IsZero():
		v.warn("backup", "there is none", next)
	case age > v.o.BackupAge:
		v.warn("backup", fmt.Sprintf("%s is %.0f hours old", what, age.Hours()), next)
	default:
		v.ok("backup", fmt.Sprintf("%s is %s old", what, age.Round(time.Minute)))
	}
}
