package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"

	"github.com/wardlight/wardlight/app/audit"
	"github.com/wardlight/wardlight/app/records"
	"github.com/wardlight/wardlight/cmd/internal/site"
)

func (t *tool) backupCommand() *cobra.Command {
	return &cobra.Command{Use: "backup FILE",
		Short: "Write the record to a new file while stations run, and check that file", Args: cobra.ExactArgs(1),
		Long: "Writes the record, as it stands at one moment, to a new file and reads it through: integrity, schema, audit trail.\n" +
			"An encrypted record's backup is encrypted with the same key: keep that key elsewhere too (`wardctl recovery-key`).\n" +
			"A record in PostgreSQL is backed up by its server: pg_dump, or base backups with archived WAL.",
		RunE: func(cmd *cobra.Command, args []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				trust, err := s.Record.AuditTrust(ctx)
				if err != nil {
					fmt.Fprintf(cmd.ErrOrStderr(), "note: the keyring cannot be asked: %v\n", err)
				}
				snap, err := s.Record.Backup(ctx, args[0],
					audit.Event{Actor: station, Station: s.Config.Station, Purpose: audit.Operations}, trust)
				if err != nil {
					return err
				}
				return printJSON(cmd.OutOrStdout(), snap)
			})
		}}
}

// closed prepares a site whose record stays closed.
func (t *tool) closed() (*site.Site, records.Options, error) {
	s, err := site.Prepare(site.Options{Data: t.data})
	if err != nil {
		return nil, records.Options{}, err
	}
	o := s.RecordOptions(site.Options{Logger: slog.New(slog.DiscardHandler)})
	if o.DSN != "" {
		return nil, o, records.ErrServersBackup
	}
	return s, o, nil
}

func (t *tool) restoreCommand() *cobra.Command {
	var discard, recovery, check bool
	c := &cobra.Command{Use: "restore FILE",
		Short: "Put a backup in the record's place; every station of this record must be closed",
		Args:  cobra.ExactArgs(1),
		Long: "Checks the backup and puts it in the record's place. The record that was there is kept beside it. A record that holds\n" +
			"changes which the backup lacks is not replaced without --discard-newer. Change numbers, versions and revisions go on\n" +
			"higher than before, so that no station takes old for new.",
		RunE: func(cmd *cobra.Command, args []string) error {
			s, o, err := t.closed()
			if err != nil {
				return err
			}
			if recovery {
				text, err := bufio.NewReader(io.LimitReader(cmd.InOrStdin(), 1<<10)).ReadString('\n')
				if err != nil && !errors.Is(err, io.EOF) {
					return err
				}
				if err := s.PutRecordKey(cmd.Context(), strings.TrimSpace(text)); err != nil {
					return err
				}
			}
			o.Key = func(ctx context.Context) ([]byte, error) {
				key, err := s.KeyOfRecord(ctx)
				if errors.Is(err, site.ErrNoKey) {
					return nil, nil // a plain backup becomes a plain record
				}
				return key, err
			}
			if check {
				snap, err := records.InspectBackup(cmd.Context(), args[0], o, audit.Trust{})
				if err != nil {
					return err
				}
				return printJSON(cmd.OutOrStdout(), snap)
			}
			done, err := records.Restore(cmd.Context(), args[0], o, records.RestoreOptions{Discard: discard,
				By: audit.Event{Actor: station, Station: s.Config.Station, Purpose: audit.Operations}})
			if errors.Is(err, records.ErrKey) {
				err = fmt.Errorf("%w; give its recovery key with --recovery-key", err)
			}
			if err != nil {
				return err
			}
			return printJSON(cmd.OutOrStdout(), done)
		}}
	f := c.Flags()
	f.BoolVar(&discard, "discard-newer", false, "replace a record that is newer than the backup, or another one")
	f.BoolVar(&recovery, "recovery-key", false,
		"read the backup's key from the standard input and keep it in the keyring")
	f.BoolVar(&check, "check", false, "only check the backup")
	return c
}

func (t *tool) encryptCommand() *cobra.Command {
	return &cobra.Command{Use: "encrypt",
		Short: "Encrypt a plain record, with a key in the keyring; every station must be closed", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, o, err := t.closed()
			if err != nil {
				return err
			}
			o.Key = s.MakeRecordKey
			if err := records.Encrypt(cmd.Context(), o); err != nil {
				return err
			}
			err = t.with(cmd, func(ctx context.Context, s *site.Site) error {
				return s.Record.Audit(ctx,
					audit.Event{Actor: station, Station: s.Config.Station, Action: audit.ChangeConfig,
						Object: "encryption", Outcome: audit.Done})
			})
			fmt.Fprintln(cmd.OutOrStdout(),
				"encrypted; without its key nobody reads it again: keep `wardctl recovery-key` on paper.\n"+
					"The plain file's blocks stay on the disk until they are written over.")
			return err
		}}
}

func (t *tool) recoveryKeyCommand() *cobra.Command {
	return &cobra.Command{Use: "recovery-key", Short: "Print the record's key, to be kept on paper in a safe",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return t.with(cmd, func(ctx context.Context, s *site.Site) error {
				text, err := s.RecordKeyText(ctx)
				if err != nil {
					return err
				}
				if err := s.Record.Audit(ctx,
					audit.Event{Actor: station, Station: s.Config.Station, Action: audit.Export,
						Object: site.RecordKey, Outcome: audit.Done}); err != nil {
					return err // not shown unaudited
				}
				_, err = fmt.Fprintln(cmd.OutOrStdout(), text)
				return err
			})
		}}
}
